"use strict";
const SIGN = { supports: "＋", attacks: "－", contrasts: "⟷", causes: "⇒" };

function card(node, extra = []) {
  const counts = ["supports", "attacks", "contrasts", "causes"].map((type) => {
    const links = [...(to.get(node.id) ?? []), ...(type === "contrasts" ? (from.get(node.id) ?? []) : [])];
    const n = links.filter((edge) => edge.type === type && visibleEdge(edge)).length;
    return n ? el("span", { class: `count ${type}`, title: label(type) }, `${SIGN[type]}${n}`) : null;
  });
  return el("button", { type: "button", class: `card ${node.type} side-${node.side}`, "data-key": `n:${node.id}`, onclick: () => select(`n:${node.id}`, { scroll: "article" }) },
    el("span", { class: "meta" }, ...extra, node.central ? el("span", { class: "star", title: t("central") }, "★") : null,
      el("span", { class: "kind" }, label(node.type)), ...counts, el("span", { class: "sure" }, percent(node.confidence)), el("span", { class: "id" }, node.id)),
    el("bdi", { class: "words" }, words(node.span)));
}

function chip(id) {
  const node = nodes.get(id);
  const short = words(node.span);
  return el("button", { type: "button", class: `chip side-${node.side}`, "data-key": `n:${id}`, onclick: () => select(`n:${id}`, { scroll: "article" }) },
    el("span", { class: "id" }, id), el("bdi", {}, short));
}

const units = (ids) => ids.filter((id) => nodes.has(id)).map((id) => nodes.get(id)).filter(visible).sort((a, b) => a.span[0] - b.span[0]);

function foldable(key, summary, ...body) {
  const details = el("details", { class: "fold", open: !state.fold.has(key), "data-fold": key },
    el("summary", {}, ...summary), ...body);
  details.addEventListener("toggle", () => {
    if (details.open === !state.fold.has(key)) return;
    state.fold[details.open ? "delete" : "add"](key);
    writeFragment();
  });
  return details;
}

// Two facing columns, facet by facet; what both share stands across.
function renderStrategies(panel) {
  if (!MAP.strategies.length) return panel.replaceChildren(el("p", { class: "none" }, t("noStrategies")));
  const heads = ["A", "B"].map((side) => strategyHead(side));
  const sections = MAP.contrast.rows.map((row) => {
    const [a, b, both] = [row.A, row.B, row.both].map(units);
    if (!a.length && !b.length && !both.length) return null;
    return foldable(`f.${row.facet}`,
      [el("span", { class: "facet" }, label(row.facet)), el("span", { class: "tally" }, `A ${a.length} · B ${b.length}${both.length ? ` · ${label("both")} ${both.length}` : ""}`)],
      el("div", { class: "facing" },
        el("div", { class: "column", role: "group", "aria-label": sideName("A") }, ...filled(a)),
        el("div", { class: "column", role: "group", "aria-label": sideName("B") }, ...filled(b)),
        both.length ? el("div", { class: "shared", role: "group", "aria-label": label("both") }, el("span", { class: "sharedHead" }, label("both")), ...both.map((node) => card(node))) : null));
  });
  panel.replaceChildren(el("div", { class: "facing heads" }, ...heads), ...shownOr(sections, "noUnits"));
}

const filled = (list) => (list.length ? list.map((node) => card(node)) : [el("p", { class: "none" }, t("empty"))]);
const shownOr = (list, key) => (list.some(Boolean) ? list.filter(Boolean) : [el("p", { class: "none" }, t(key))]);

function strategyHead(side) {
  const it = strategy(side);
  if (!it) return el("div", { class: `strategy side-${side}` }, side);
  const facts = [["actors", it.actors], ["cues", it.cues]].filter(([, list]) => list.length);
  return el("div", { class: `strategy side-${side}` },
    el("h2", {}, el("span", { class: "letter", "aria-hidden": "true" }, side), el("bdi", {}, it.name), el("span", { class: "sure" }, percent(it.confidence))),
    ...facts.map(([key, list]) => el("p", {}, el("span", { class: "key" }, t(key)), " ", el("bdi", {}, list.join(lang() === "zh" ? "、" : ", ")))));
}

function renderTable(panel) {
  if (!MAP.strategies.length) return panel.replaceChildren(el("p", { class: "none" }, t("noStrategies")));
  const sides = ["A", "B", "both"];
  const rows = MAP.contrast.rows.map((row) => {
    const cells = sides.map((side) => units(row[side]));
    if (!cells.some((cell) => cell.length)) return null;
    return el("tr", {}, el("th", { scope: "row" }, label(row.facet)),
      ...cells.map((cell, i) => el("td", { class: `side-${sides[i]}` }, cell.length ? el("ul", {}, ...cell.map((node) => el("li", {}, entry(node)))) : t("empty"))));
  });
  const table = el("table", { class: "contrast" }, el("caption", { class: "unseen" }, t("table")),
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("facetHead")), ...sides.map((side) => el("th", { scope: "col", class: `side-${side}` }, el("bdi", {}, sideName(side)))))),
    el("tbody", {}, ...rows.filter(Boolean)));
  panel.replaceChildren(...(rows.some(Boolean) ? [table] : [el("p", { class: "none" }, t("noUnits"))]), ...pairs(), ...common());
}

const entry = (node) => el("button", { type: "button", class: `entry ${node.type}`, "data-key": `n:${node.id}`, onclick: () => select(`n:${node.id}`, { scroll: "article" }) },
  node.central ? "★ " : null, el("bdi", {}, words(node.span)));

function pairs() {
  const list = MAP.edges.filter((edge) => edge.type === "contrasts" && visibleEdge(edge) && nodes.has(edge.source) && nodes.has(edge.target));
  if (!list.length) return [];
  return [el("h3", {}, t("contrasts")), el("ul", { class: "pairs" }, ...list.map((edge) => el("li", {}, chip(edge.source), el("span", { class: "contrasts", "aria-label": label("contrasts") }, "⟷"), chip(edge.target))))];
}

function common() {
  const list = units(MAP.contrast.common_ground);
  return list.length ? [el("h3", {}, t("common")), el("ul", { class: "pairs" }, ...list.map((node) => el("li", {}, chip(node.id))))] : [];
}
