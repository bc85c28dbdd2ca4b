"use strict";
const DEEPEST = 24; // deeper branches stay at this indentation: words keep room, recursion keeps within bounds

// Trees of claims with what supports and attacks them; a branch stays when anything below it matches.
function renderArguments(panel) {
  const trees = DATA.trees.map((tree) => kept(nest(tree))).filter(Boolean);
  const loose = units(DATA.unlinked);
  const parts = trees.map((root) => el("ul", { class: "tree" }, branch(root)));
  if (loose.length) {
    parts.push(foldable("loose", [el("span", { class: "facet" }, t("unlinked")), el("span", { class: "tally" }, String(loose.length))],
      el("div", { class: "loose" }, ...loose.map((node) => card(node, labels(node))))));
  }
  panel.replaceChildren(...shownOr(parts, "noUnits"));
}

function nest(tree) {
  const path = [];
  for (const line of tree) {
    const item = { ...line, children: [] };
    path.length = Math.min(line.depth, DEEPEST, path.length);
    path.at(-1)?.children.push(item);
    path.push(item);
  }
  return path[0];
}

function kept(item) {
  if (item.edge !== null && !visibleEdge(edges.get(item.edge))) return null;
  const children = item.children.map(kept).filter(Boolean);
  return visible(nodes.get(item.node)) || children.length ? { ...item, children } : null;
}

const labels = (node) => [node.side === "none" ? null : el("span", { class: `tag side-${node.side}` }, node.side === "both" ? label("both") : node.side), el("span", { class: "tag" }, label(node.facet))];

function branch(item) {
  const node = nodes.get(item.node);
  const edge = item.edge === null ? null : edges.get(item.edge);
  const key = `n.${item.node}`;
  const below = item.children.length && !item.seen;
  const closed = state.fold.has(key);
  const toggle = below
    ? el("button", { type: "button", class: "toggle", "aria-expanded": String(!closed), "aria-label": `${item.node}: ${item.children.length}`, onclick: () => { state.fold[closed ? "delete" : "add"](key); refresh(); } }, closed ? "▸" : "▾")
    : el("span", { class: "toggle", "aria-hidden": "true" });
  const sign = edge ? el("span", { class: `sign ${edge.type}`, title: `${label(edge.type)} ${percent(edge.confidence)}`, "aria-label": label(edge.type), role: "img" }, SIGN[edge.type]) : null;
  const shown = item.seen ? el("span", { class: "above" }, chip(item.node), ` ${t("above")}`) : card(node, labels(node));
  if (!visible(node)) shown.classList.add("dim");
  return el("li", {}, el("div", { class: "leaf" }, toggle, sign, shown), below && !closed ? el("ul", {}, ...item.children.map(branch)) : null);
}
