"use strict";
const MAP = DATA.map;
const nodes = new Map(MAP.nodes.map((node) => [node.id, node]));
const edges = new Map(MAP.edges.map((edge) => [edge.id, edge]));
const causals = new Map(MAP.causal_relations.map((relation) => [relation.id, relation]));
const events = new Map(DATA.events.map((event) => [event.id, event]));
const inOrder = [...nodes.values()].sort((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1]);

// Spans count code points, JavaScript counts UTF-16: both scripts are kept as arrays of code points.
const CHARACTERS = { own: Array.from(MAP.document.text), other: Array.from(DATA.other.text) };
const shownScript = () => (state.script === "other" ? "other" : "own");
const words = (span, script = shownScript()) => CHARACTERS[script].slice(span[0], span[1]).join("");
// Other words of the map (a section's heading) in the shown script, where they stand in the text.
const spoken = (said) => {
  const at = MAP.document.text.indexOf(said);
  if (shownScript() === "own" || at < 0) return said;
  const start = Array.from(MAP.document.text.slice(0, at)).length;
  return words([start, start + Array.from(said).length]);
};
const title = () => (shownScript() === "other" ? DATA.other.title : (MAP.document.title ?? MAP.document.id));
const strategy = (side) => {
  const index = MAP.strategies.findIndex((s) => s.id === side);
  if (index < 0) return null;
  return shownScript() === "other" ? { ...MAP.strategies[index], ...DATA.other.strategies[index] } : MAP.strategies[index];
};
const sideName = (side) => (strategy(side) ? `${side} ${strategy(side).name}` : label(side));

const from = new Map(), to = new Map();
for (const edge of MAP.edges) {
  if (!nodes.has(edge.source) || !nodes.has(edge.target)) continue;
  (from.get(edge.source) ?? from.set(edge.source, []).get(edge.source)).push(edge);
  (to.get(edge.target) ?? to.set(edge.target, []).get(edge.target)).push(edge);
}

const contains = (span) => {
  const sought = state.q.trim().toLowerCase();
  return !sought || ["own", "other"].some((script) => words(span, script).toLowerCase().includes(sought));
};
const visible = (node) =>
  !state.hide.has(`type.${node.type}`) && !state.hide.has(`side.${node.side}`) && !state.hide.has(`facet.${node.facet}`) &&
  node.confidence >= state.conf && (state.q.trim() === node.id || contains(node.span));
const visibleEdge = (edge) => !state.hide.has(`rel.${edge.type}`) && edge.confidence >= state.conf;
const visibleCausal = (relation) =>
  !state.hide.has("rel.causes") && relation.confidence >= state.conf && (contains(relation.cause.span) || contains(relation.effect.span));

// What is selected: "n:" a unit, "c:" a causal relation, "e:" an event of the causal graph.
function selection() {
  const kind = state.sel.slice(0, 2), id = state.sel.slice(2);
  if (kind === "n:" && nodes.has(id)) return { kind: "node", id, spans: [nodes.get(id).span] };
  if (kind === "c:" && causals.has(id)) {
    const relation = causals.get(id);
    const parts = [relation.cause, relation.connective, relation.effect].filter(Boolean);
    return { kind: "causal", id, spans: parts.map((part) => part.span) };
  }
  if (kind === "e:" && events.has(id)) return { kind: "event", id, spans: events.get(id).spans };
  return null;
}

// Units that the selected unit is linked with, and how.
function related(id) {
  const found = new Map();
  for (const edge of [...(from.get(id) ?? []), ...(to.get(id) ?? [])]) {
    if (visibleEdge(edge)) found.set(edge.source === id ? edge.target : edge.source, edge.type);
  }
  return found;
}
