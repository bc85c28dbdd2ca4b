"""A map as xAIF: propositions, inferences, conflicts; what AIF has no node for stands in a block ``lunzheng``.

A cause that furthers its effect is an inference ``Cause To Effect``, one that inhibits it a conflict. A contrast
is neither, and is kept in the block only.

Source: https://wiki.arg.tech/books/amf/page/xaif-format; scheme ids as AIFdb exports them.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from lunzheng.argmap import ArgumentMap, Edge
from lunzheng.export.formats.exported import Exported
from lunzheng.export.formats.values import CAUSE, inhibits, json_text, remainder, values
from lunzheng.export.outline import outline

_COLUMN, _ROW = 420, 130  # pixels between propositions on OVA's canvas
_INFERENCE, _CONFLICT, _CAUSE = ("RA", "Default Inference", "72"), ("CA", "Default Conflict", "71"), "Cause To Effect"


def xaif(argument_map: ArgumentMap) -> Exported:
    """The map as one ``.xaif.json`` file."""
    return Exported({".xaif.json": json_text(xaif_values(argument_map))})


def xaif_values(argument_map: ArgumentMap) -> dict[str, Any]:
    """The map as xAIF; node ids are numbers, units first.

    They begin with 1: the xaif package loses the relations of a node 0.
    """
    numbers = {node.id: number for number, node in enumerate(argument_map.nodes, 1)}
    nodes = [_node(numbers[n.id], n.text, "I") for n in argument_map.nodes]
    edges: list[dict[str, Any]] = []
    fulfilled: list[dict[str, Any]] = []
    relations: dict[str, Any] = {}
    against = inhibits(argument_map)
    for edge in argument_map.edges:
        if edge.type == "contrasts":
            continue
        kind, text, scheme = _scheme(edge, against)
        number = len(nodes) + 1
        nodes.append({**_node(number, text, kind), "scheme": text, **({"schemeID": scheme} if scheme else {})})
        fulfilled += [{"nodeID": number, "schemeID": scheme}] if scheme else []
        for start, end in ((numbers[edge.source], number), (number, numbers[edge.target])):
            edges.append({"edgeID": len(edges) + 1, "fromID": start, "toID": end, "formEdgeID": None})
        relations[str(number)] = values(edge)
    block = {
        "units": {str(numbers[n.id]): values(n, "text") for n in argument_map.nodes},
        "relations": relations,
        "contrasts": [values(e) for e in argument_map.edges if e.type == "contrasts"],
        "text": argument_map.document.text,
        **remainder(argument_map),
    }
    return {
        "AIF": {
            "nodes": nodes,
            "edges": edges,
            "schemefulfillments": fulfilled,
            "descriptorfulfillments": [],
            "participants": [],
            "locutions": [],
        },
        "text": _marked(argument_map, numbers),
        "dialog": False,
        "OVA": {"firstname": "", "surname": "", "url": "", **_canvas(argument_map, numbers, edges)},
        "lunzheng": block,
    }


def _node(number: int, text: str, kind: str) -> dict[str, Any]:
    return {"nodeID": number, "text": text, "type": kind, "timestamp": ""}


def _scheme(edge: Edge, against: frozenset[str]) -> tuple[str, str, str | None]:
    """Node type, name and AIFdb's number of the scheme that an edge becomes."""
    if edge.type == CAUSE and edge.causal_relation not in against:
        return "RA", _CAUSE, None
    return _INFERENCE if edge.type == "supports" else _CONFLICT


def _marked(argument_map: ArgumentMap, numbers: Mapping[str, int]) -> str:
    """The article as HTML with its units marked; one that overlaps another before it is not."""
    text, position, parts = argument_map.document.text, 0, []
    for node in sorted(argument_map.nodes, key=lambda n: (n.span, n.id)):
        if node.span.start < position:
            continue
        parts.append(_html(text[position : node.span.start]))
        parts.append(f'<span id="node{numbers[node.id]}" class="highlighted">{_html(node.text)}</span>')
        position = node.span.end
    return "".join([*parts, _html(text[position:])])


def _html(words: str) -> str:
    return html.escape(words).replace("\n", "<br>")


def _canvas(
    argument_map: ArgumentMap, numbers: Mapping[str, int], edges: list[dict[str, Any]]
) -> dict[str, list[dict[str, Any]]]:
    """Places on OVA's canvas: trees from left to right, a scheme between the two that it joins."""
    lines = [line for tree in outline(argument_map) for line in tree if not line.seen]
    depths = {line.node.id: line.depth for line in lines}
    order = [*depths, *(n.id for n in argument_map.nodes if n.id not in depths)]
    places = {numbers[i]: (depths.get(i, 0) * _COLUMN, row * _ROW) for row, i in enumerate(order)}
    for into, out in zip(edges[::2], edges[1::2], strict=True):  # each scheme has one edge in and one out
        (x1, y1), (x2, y2) = places[into["fromID"]], places[out["toID"]]
        places[into["toID"]] = (x1 + x2) // 2, (y1 + y2) // 2
    return {
        "nodes": [{"nodeID": i, "visible": True, "x": x, "y": y, "timestamp": ""} for i, (x, y) in places.items()],
        "edges": [{"fromID": e["fromID"], "toID": e["toID"], "visible": True} for e in edges],
    }
