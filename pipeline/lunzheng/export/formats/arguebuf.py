"""A map as Arguebuf: atoms that quote the article, schemes between them, all else as ``userdata``.

A cause that furthers its effect is a support ``CAUSE_TO_EFFECT``, one that inhibits it an attack; a contrast
is a scheme of no type.

Source: https://buf.build/recap/arg-services/docs/main:arg_services.graph.v1, written as protobuf's JSON.
"""

from __future__ import annotations

from typing import Any

from lunzheng import __version__
from lunzheng.argmap import ArgumentMap, Edge, Node
from lunzheng.export.formats.exported import Exported
from lunzheng.export.formats.values import CAUSE, inhibits, json_text, remainder, values
from lunzheng.export.outline import outline

_RESOURCE = "article"


def arguebuf(argument_map: ArgumentMap) -> Exported:
    """The map as one ``.arguebuf.json`` file."""
    return Exported({".arguebuf.json": json_text(arguebuf_values(argument_map))})


def arguebuf_values(argument_map: ArgumentMap) -> dict[str, Any]:
    """The map as the JSON of an Arguebuf graph; ids of units and relations are the map's."""
    document = argument_map.document
    against = inhibits(argument_map)
    taken = {node.id for node in argument_map.nodes}
    nodes = {node.id: _atom(node) for node in argument_map.nodes}
    edges: dict[str, Any] = {}
    for edge in argument_map.edges:
        name = edge.id if edge.id not in taken else _free(edge.id, taken | nodes.keys())
        nodes[name] = {"scheme": _scheme(edge, against), "userdata": values(edge)}
        edges[str(len(edges))] = {"source": edge.source, "target": name}
        edges[str(len(edges))] = {"source": name, "target": edge.target}
    source = {"text": document.text, "title": document.title or "", "source": document.source}
    major = next((tree[0].node.id for tree in outline(argument_map) if tree[0].node.central), None)
    return {
        "nodes": nodes,
        "edges": edges,
        "resources": {_RESOURCE: source},
        **({"majorClaim": major} if major is not None else {}),
        "schemaVersion": 1,
        "libraryVersion": f"lunzheng {__version__}",
        "userdata": remainder(argument_map),
    }


def _atom(node: Node) -> dict[str, Any]:
    reference = {"resource": _RESOURCE, "offset": node.span.start, "text": node.text}
    return {"atom": {"text": node.text, "reference": reference}, "userdata": values(node, "text")}


def _scheme(edge: Edge, against: frozenset[str]) -> dict[str, str]:
    if edge.type == "contrasts":
        return {}
    if edge.type == "attacks" or (edge.type == CAUSE and edge.causal_relation in against):
        return {"attack": "ATTACK_DEFAULT"}
    return {"support": "SUPPORT_CAUSE_TO_EFFECT" if edge.type == CAUSE else "SUPPORT_DEFAULT"}


def _free(name: str, taken: set[str]) -> str:
    """A name for a scheme whose own is a unit's, too."""
    while name in taken:
        name += "'"
    return name
