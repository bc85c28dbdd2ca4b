"use strict";
let zoom = 1;

function renderCauses(panel) {
  const shown = DATA.causes.filter((cause) => visibleCausal(causals.get(cause.relation)));
  if (!shown.length) return panel.replaceChildren(el("p", { class: "none" }, t("noCauses")));
  const used = new Set(shown.flatMap((cause) => [cause.source, cause.target]));
  const vertices = DATA.events.filter((event) => used.has(event.id)).map((event) => vertexOf(event));
  const arcs = shown.map(arcOf);
  DATA.sameUnit.forEach(([source, target], i) => {
    if (used.has(source) && used.has(target)) arcs.push({ id: `same${i}`, source, target, class: "same", label: null, marker: null, key: "" });
  });
  const frame = el("div", { class: "frame", tabindex: "0", role: "region", "aria-label": t("causes") }, drawGraph(vertices, arcs, t("causes")));
  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoomBy(event.deltaY < 0 ? 1.1 : 1 / 1.1);
  }, { passive: false });
  panel.replaceChildren(graphTools(), frame,
    foldable("causeList", [el("span", { class: "facet" }, t("listed")), el("span", { class: "tally" }, String(shown.length))],
      el("ol", { class: "causeList" }, ...shown.map((cause) => el("li", {}, causeEntry(causals.get(cause.relation)))))));
  fitGraph();
}

function vertexOf(event) {
  const said = words(event.spans[0]);
  const sides = new Set(event.nodes.map((id) => nodes.get(id)?.side).filter((side) => side === "A" || side === "B"));
  return { id: event.id, key: `e:${event.id}`, words: said, lines: wrap(said), class: sides.size === 1 ? `side-${[...sides][0]}` : "side-none" };
}

function arcOf(cause) {
  const relation = causals.get(cause.relation);
  const sign = relation.polarity === "inhibit" ? "⊣" : "→";
  const signal = relation.connective ? [words(relation.connective.span)] : [];
  const spoken = `${words(relation.cause.span)} ${sign} ${words(relation.effect.span)}`;
  return { id: cause.relation, source: cause.source, target: cause.target, key: `c:${cause.relation}`, class: relation.polarity, words: spoken,
    label: [...signal, label(relation.kind)].map((line) => (Array.from(line).length > 12 ? `${Array.from(line).slice(0, 11).join("")}…` : line)), marker: relation.polarity === "inhibit" ? "stop" : "arrow" };
}

function causeEntry(relation) {
  const inhibits = relation.polarity === "inhibit";
  return el("button", { type: "button", class: `entry ${relation.polarity}`, "data-key": `c:${relation.id}`, onclick: () => select(`c:${relation.id}`, { scroll: "article" }) },
    el("bdi", {}, words(relation.cause.span)),
    el("span", { class: "connective" }, ` ─${relation.connective ? `[${words(relation.connective.span)}]` : ""}${inhibits ? "⊣" : "→"} `),
    el("bdi", {}, words(relation.effect.span)),
    el("span", { class: "sure" }, ` ${label(relation.kind)} · ${label(relation.polarity)} · ${percent(relation.confidence)}`));
}

function graphTools() {
  const button = (key, sign, action) => el("button", { type: "button", "aria-label": t(key), title: t(key), onclick: action }, sign);
  return el("div", { class: "graphTools", role: "toolbar" }, button("zoomIn", "＋", () => zoomBy(1.2)), button("zoomOut", "－", () => zoomBy(1 / 1.2)), button("fit", "⤢", fitGraph),
    el("span", { class: "graphLegend" }, el("span", { class: "facilitate" }, t("facilitate")), el("span", { class: "inhibit" }, t("inhibit")), DATA.sameUnit.length ? el("span", { class: "same" }, `┄ ${t("sameUnit")}`) : null));
}

function zoomBy(factor) {
  zoom = Math.min(4, Math.max(0.2, zoom * factor));
  const picture = document.querySelector("svg.graph");
  if (picture) {
    picture.style.width = `${picture.dataset.width * zoom}px`;
    picture.style.height = `${picture.dataset.height * zoom}px`;
  }
}

// Never so small that words cannot be read: a wide chain scrolls instead.
function fitGraph() {
  const picture = document.querySelector("svg.graph");
  const room = picture?.parentElement.clientWidth;
  if (!room) return;
  zoom = Math.min(1.1, Math.max(0.7, (room - 8) / picture.dataset.width));
  zoomBy(1);
}
