"use strict";
const BOX = { width: 216, line: 19, pad: 10, characters: 13, lines: 4, size: 14 };

// Wide characters count 1, others about half.
const wide = (character) => (character.codePointAt(0) > 0x2000 ? 1 : 0.58);
const breadth = (said) => Array.from(said).reduce((sum, character) => sum + wide(character), 0);

function wrap(said) {
  const lines = [];
  let line = "", width = 0;
  for (const character of Array.from(said.replace(/\s+/gu, " "))) {
    const w = wide(character);
    if (width + w > BOX.characters && !/[，。、；：！？”’）」』,.;:!?)]/u.test(character)) {
      lines.push(line);
      [line, width] = ["", 0];
    }
    line += character;
    width += w;
  }
  if (line) lines.push(line);
  if (lines.length <= BOX.lines) return lines;
  const cut = lines.slice(0, BOX.lines);
  cut[BOX.lines - 1] = `${Array.from(cut[BOX.lines - 1]).slice(0, -1).join("")}…`;
  return cut;
}

// Connected parts are laid out one by one: quicker on big maps, and each chain keeps its own row.
function components(vertices, arcs) {
  const parent = new Map(vertices.map((vertex) => [vertex.id, vertex.id]));
  const root = (id) => {
    while (parent.get(id) !== id) {
      parent.set(id, parent.get(parent.get(id)));
      id = parent.get(id);
    }
    return id;
  };
  for (const arc of arcs) parent.set(root(arc.source), root(arc.target));
  const groups = new Map();
  for (const vertex of vertices) {
    const key = root(vertex.id);
    (groups.get(key) ?? groups.set(key, { vertices: [], arcs: [] }).get(key)).vertices.push(vertex);
  }
  for (const arc of arcs) groups.get(root(arc.source)).arcs.push(arc);
  return [...groups.values()];
}

function layout({ vertices, arcs }) {
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: "LR", nodesep: 16, ranksep: 46, edgesep: 14, marginx: 4, marginy: 4 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const vertex of vertices) graph.setNode(vertex.id, { width: BOX.width, height: vertex.lines.length * BOX.line + 2 * BOX.pad });
  for (const arc of arcs) {
    const width = arc.label ? Math.max(...arc.label.map(breadth)) * 13 + 10 : 0;
    graph.setEdge(arc.source, arc.target, { width, height: arc.label ? arc.label.length * 16 : 0, labelpos: "c" }, arc.id);
  }
  dagre.layout(graph);
  return graph;
}

function curve(points) {
  const [start, ...rest] = points;
  let path = `M${start.x} ${start.y}`;
  for (let i = 0; i < rest.length - 1; i += 1) {
    const middle = { x: (rest[i].x + rest[i + 1].x) / 2, y: (rest[i].y + rest[i + 1].y) / 2 };
    const end = i === rest.length - 2 ? rest[i + 1] : middle;
    path += `Q${rest[i].x} ${rest[i].y} ${end.x} ${end.y}`;
  }
  return rest.length === 1 ? `${path}L${rest[0].x} ${rest[0].y}` : path;
}

function drawGraph(vertices, arcs, name) {
  const picture = svg("svg", { class: "graph", role: "group", "aria-label": name });
  let [width, height] = [0, 0];
  for (const part of components(vertices, arcs)) {
    const graph = layout(part);
    const group = svg("g", { transform: `translate(0 ${height})` });
    for (const arc of part.arcs) group.append(...drawArc(arc, graph.edge(arc.source, arc.target, arc.id)));
    for (const vertex of part.vertices) group.append(drawVertex(vertex, graph.node(vertex.id)));
    picture.append(group);
    width = Math.max(width, graph.graph().width);
    height += graph.graph().height + 14;
  }
  picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
  picture.dataset.width = width;
  picture.dataset.height = height;
  return picture;
}

function pressable(action) {
  return { tabindex: "0", role: "button", onclick: action, onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); action(); } } };
}

function drawVertex(vertex, place) {
  const left = place.x - place.width / 2, top = place.y - place.height / 2;
  return svg("g", { class: `vertex ${vertex.class}`, "data-key": vertex.key, "aria-label": vertex.words, ...pressable(() => select(vertex.key, { scroll: "article" })) },
    svg("title", {}, vertex.words),
    svg("rect", { x: left, y: top, width: place.width, height: place.height, rx: 6 }),
    svg("text", {}, ...vertex.lines.map((line, i) => svg("tspan", { x: left + BOX.pad, y: top + BOX.pad + (i + 0.78) * BOX.line }, line))));
}

function drawArc(arc, place) {
  const parts = [svg("path", { class: `arc ${arc.class}`, d: curve(place.points), "data-key": arc.key, "marker-end": arc.marker && `url(#${arc.marker})` })];
  if (arc.label) {
    const top = place.y - (arc.label.length * 16) / 2;
    parts.push(svg("g", { class: `arcLabel ${arc.class}`, "data-key": arc.key, "aria-label": arc.words, ...pressable(() => select(arc.key, { scroll: "article" })) },
      svg("rect", { x: place.x - place.width / 2, y: top - 1, width: place.width, height: place.height + 2, rx: 4 }),
      svg("text", { "text-anchor": "middle" }, ...arc.label.map((line, i) => svg("tspan", { x: place.x, y: top + 12 + i * 16 }, line)))));
  }
  return parts;
}
