"use strict";
// The article is cut where a unit, a cause, an effect or a line begins or ends; each piece knows all that cover it.
let pieces = [];

function cutArticle() {
  const cuts = new Set([0, CHARACTERS.own.length]);
  const anchors = [];
  for (const node of inOrder) anchors.push({ key: `n:${node.id}`, span: node.span, as: "unit" });
  for (const relation of causals.values()) {
    for (const part of ["cause", "connective", "effect"]) {
      if (relation[part]) anchors.push({ key: `c:${relation.id}`, span: relation[part].span, as: part });
    }
  }
  for (const anchor of anchors) cuts.add(anchor.span[0]).add(anchor.span[1]);
  CHARACTERS.own.forEach((character, i) => { if (character === "\n") cuts.add(i).add(i + 1); });
  const places = [...cuts].sort((a, b) => a - b);
  const index = new Map(places.map((place, i) => [place, i]));
  pieces = places.slice(0, -1).map((start, i) => ({ span: [start, places[i + 1]], anchors: [], element: null }));
  for (const anchor of anchors) {
    for (let i = index.get(anchor.span[0]); i < index.get(anchor.span[1]); i += 1) pieces[i].anchors.push(anchor);
  }
}

function renderArticle() {
  const paragraphs = [];
  let line = el("p");
  const end = () => {
    if (line.childNodes.length) paragraphs.push(line);
    line = el("p");
  };
  for (const piece of pieces) {
    const said = words(piece.span);
    if (said === "\n") {
      end();
      piece.element = null;
      continue;
    }
    piece.element = pieceElement(piece, said);
    line.append(piece.element);
  }
  end();
  const headings = new Set([title(), ...inOrder.map((node) => node.section).filter(Boolean).map(spoken)]);
  for (const paragraph of paragraphs) paragraph.classList.toggle("heading", headings.has(paragraph.textContent));
  $("text").replaceChildren(...paragraphs);
  paintFilters();
}

function pieceElement(piece, said) {
  const unit = unitOf(piece);
  const causal = piece.anchors.filter((anchor) => anchor.as !== "unit");
  if (!unit && !causal.length) return el("span", {}, said);
  const element = el("span", { class: ["piece", ...new Set(causal.map((anchor) => `as-${anchor.as}`))].join(" "), onclick: () => clicked(piece) }, said);
  if (unit) {
    element.classList.add("unit", unit.type, `side-${unit.side}`);
    element.dataset.unit = unit.id;
    if (unit.span[0] === piece.span[0]) {
      element.dataset.tag = `${unit.central ? "★" : ""}${{ A: "A", B: "B", both: "AB", none: "·" }[unit.side]}`;
      element.classList.add("first");
    }
    element.title = `${unit.id} · ${label(unit.type)} · ${sideName(unit.side)} · ${label(unit.facet)} · ${percent(unit.confidence)}`;
  }
  return element;
}

// Where units overlap the shortest one is meant.
function unitOf(piece) {
  const units = piece.anchors.filter((anchor) => anchor.as === "unit").map((anchor) => nodes.get(anchor.key.slice(2)));
  return units.sort((a, b) => a.span[1] - a.span[0] - (b.span[1] - b.span[0]))[0] ?? null;
}

// A second click on the same words goes on to whatever else covers them.
function clicked(piece) {
  if (String(getSelection())) return;
  const causesFirst = state.tab === "causes";
  const keys = [...piece.anchors]
    .sort((a, b) => (a.as === "unit") - (b.as === "unit") || a.span[1] - a.span[0] - (b.span[1] - b.span[0]))
    .map((anchor) => anchor.key);
  const wanted = keys.filter((key) => key.startsWith(causesFirst ? "c:" : "n:"));
  const choices = [...new Set(wanted.length ? wanted : keys)];
  select(choices[(choices.indexOf(state.sel) + 1) % choices.length], { scroll: "map" });
}

function paintFilters() {
  for (const piece of pieces) {
    if (piece.element?.dataset.unit) piece.element.classList.toggle("dim", !visible(nodes.get(piece.element.dataset.unit)));
  }
  paintHits();
}

function paintArticleSelection(scroll) {
  const chosen = selection();
  const linked = chosen?.kind === "node" ? related(chosen.id) : new Map();
  let first = null;
  for (const piece of pieces) {
    const element = piece.element;
    if (!element) continue;
    const inside = chosen !== null && chosen.spans.some(([start, end]) => start <= piece.span[0] && piece.span[1] <= end);
    element.classList.toggle("selected", inside);
    if (inside && first === null) first = element;
    const link = linked.get(element.dataset.unit);
    if (link && !inside) element.dataset.link = link;
    else delete element.dataset.link;
  }
  if (first && scroll) reveal(first);
}

function reveal(element) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "center", inline: "nearest", behavior: calm ? "auto" : "smooth" });
}

// Hits of the search are painted over the text without touching it, where the browser can.
let hits = [], hitIndex = -1;

function paintHits() {
  hits = [];
  hitIndex = -1;
  const sought = state.q.trim().toLowerCase();
  if (typeof Highlight === "undefined") return;
  CSS.highlights.delete("hit");
  if (!sought) return;
  for (const paragraph of $("text").children) {
    const starts = [];
    let all = "";
    for (const child of paragraph.children) {
      starts.push([all.length, child.firstChild]);
      all += child.textContent;
    }
    const low = all.toLowerCase();
    if (low.length !== all.length) continue;
    const place = (offset) => starts.findLast(([start]) => start <= offset);
    for (let at = low.indexOf(sought); at >= 0; at = low.indexOf(sought, at + sought.length)) {
      const range = new Range(), [s, head] = place(at), [e, tail] = place(at + sought.length - 1);
      range.setStart(head, at - s);
      range.setEnd(tail, at + sought.length - e);
      hits.push(range);
    }
  }
  CSS.highlights.set("hit", new Highlight(...hits));
}

function nextHit() {
  if (!hits.length) return;
  hitIndex = (hitIndex + 1) % hits.length;
  reveal(hits[hitIndex].startContainer.parentElement);
}
