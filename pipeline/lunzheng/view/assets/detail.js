"use strict";
function renderDetail() {
  const chosen = selection(), box = $("detail");
  box.hidden = chosen === null;
  if (!chosen) return box.replaceChildren();
  const body = { node: nodeDetail, causal: causalDetail, event: eventDetail }[chosen.kind](chosen.id);
  box.replaceChildren(el("button", { type: "button", class: "close", "aria-label": t("close"), title: t("close"), onclick: () => select("") }, "×"), ...body.filter(Boolean));
  $("say").textContent = chosen.spans.map((span) => words(span)).join(" ");
}

function nodeDetail(id) {
  const node = nodes.get(id);
  const linkList = (name, list, end) => {
    const shown = list.filter(visibleEdge);
    return shown.length ? el("div", { class: "links" }, el("span", { class: "key" }, t(name)), el("ul", {}, ...shown.map((edge) => el("li", {},
      el("span", { class: `sign ${edge.type}` }, `${SIGN[edge.type]} ${label(edge.type)}`), el("span", { class: "sure" }, percent(edge.confidence)), chip(edge[end]))))) : null;
  };
  const causes = [...causals.values()].filter((r) => r.source_node === id || r.target_node === id);
  return [
    el("p", { class: "meta" }, node.central ? el("span", { class: "star" }, `★ ${t("central")}`) : null, el("span", { class: `tag side-${node.side}` }, el("bdi", {}, sideName(node.side))),
      el("span", { class: "tag" }, label(node.type)), el("span", { class: "tag" }, label(node.facet)), el("span", { class: "sure" }, percent(node.confidence)), el("span", { class: "id" }, `${node.id} [${node.span.join(", ")})`)),
    el("p", { class: "quote" }, el("bdi", {}, words(node.span))),
    node.section ? el("p", {}, el("span", { class: "key" }, t("section")), " ", el("bdi", {}, spoken(node.section))) : null,
    linkList("out", from.get(id) ?? [], "target"), linkList("incoming", to.get(id) ?? [], "source"),
    causes.length ? el("div", { class: "links" }, el("span", { class: "key" }, t("causal")), el("ul", {}, ...causes.map((r) => el("li", {}, causeEntry(r))))) : null,
    rawWords(node),
  ];
}

function rawWords(node) {
  const place = el("span", { class: "id" }, `${t("rawSpan")} [${node.raw_span.join(", ")})`);
  if (!(node.id in DATA.raw)) return el("p", { class: "raw" }, place);
  return el("div", { class: "raw" }, el("span", { class: "key" }, t("raw")), " ", place, el("pre", {}, el("bdi", {}, DATA.raw[node.id])));
}

function causalDetail(id) {
  const relation = causals.get(id);
  const part = (name) => (relation[name] ? el("p", {}, el("span", { class: "key" }, t(name)), " ", el("bdi", {}, words(relation[name].span))) : null);
  const ends = [...new Set([relation.source_node, relation.target_node])].filter((node) => nodes.has(node));
  return [
    el("p", { class: "meta" }, el("span", { class: "tag" }, label(relation.kind)), el("span", { class: `tag ${relation.polarity}` }, label(relation.polarity)), el("span", { class: "sure" }, percent(relation.confidence)), el("span", { class: "id" }, id)),
    part("cause"), part("connective"), part("effect"), ends.length ? el("p", {}, ...ends.map(chip)) : null,
  ];
}

function eventDetail(id) {
  const event = events.get(id);
  const told = DATA.causes.filter((cause) => cause.source === id || cause.target === id);
  return [el("p", { class: "quote" }, el("bdi", {}, words(event.spans[0]))),
    el("div", { class: "links" }, el("ul", {}, ...told.map((cause) => el("li", {}, causeEntry(causals.get(cause.relation)))))),
    event.nodes.length ? el("p", {}, ...event.nodes.filter((node) => nodes.has(node)).map(chip)) : null];
}
