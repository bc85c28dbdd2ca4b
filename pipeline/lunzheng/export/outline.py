"""The supports and attacks of a map as trees, with the claims that the article argues for on top."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lunzheng.argmap import ArgumentMap, Edge, Node

ARGUED = ("supports", "attacks")


class Line(NamedTuple):
    """One unit in a walk through the trees."""

    node: Node
    edge: Edge | None  # to the unit one step up; None at the top
    depth: int
    seen: bool  # drawn before: what bears on it is not walked again


def outline(argument_map: ArgumentMap) -> tuple[tuple[Line, ...], ...]:
    """Trees of all units that argue or are argued for; central claims first, then in order of the text.

    Every such unit is walked at least once, also where the map is damaged and they form a circle.
    """
    nodes = {node.id: node for node in argument_map.nodes}
    incoming: dict[str, list[Edge]] = defaultdict(list)
    targets: dict[str, list[str]] = defaultdict(list)
    for edge in argument_map.edges:
        if edge.type in ARGUED and edge.source in nodes and edge.target in nodes:
            incoming[edge.target].append(edge)
            targets[edge.source].append(edge.target)
    for edges in incoming.values():
        edges.sort(key=lambda e: (nodes[e.source].span, e.id))
    walked: set[str] = set()
    trees = []
    for top in _tops(nodes, incoming, targets):
        if top not in walked:
            trees.append(tuple(_walk(top, nodes, incoming, walked)))
    return tuple(trees)


def unlinked(argument_map: ArgumentMap) -> tuple[Node, ...]:
    """Units outside of all trees: no claim of the article rests on them, and they rest on nothing."""
    inside = {line.node.id for tree in outline(argument_map) for line in tree}
    return tuple(sorted((n for n in argument_map.nodes if n.id not in inside), key=lambda n: (n.span, n.id)))


def _tops(
    nodes: Mapping[str, Node], incoming: Mapping[str, Sequence[Edge]], targets: Mapping[str, Sequence[str]]
) -> list[str]:
    """Ids in the order in which trees may begin with them; those already walked are to be passed over."""
    linked = [n for n in nodes if nodes[n].central or n in incoming or n in targets]

    def rank(node_id: str) -> tuple[int, bool, tuple[int, int], str]:
        central, top = nodes[node_id].central, node_id not in targets
        # A central claim that serves another one comes after it, so that it is found inside its tree.
        group = 0 if central and top else 1 if central and not _serves_central(node_id, nodes, targets) else 2
        return group, not top, nodes[node_id].span, node_id

    return sorted(linked, key=rank)


def _serves_central(node_id: str, nodes: Mapping[str, Node], targets: Mapping[str, Sequence[str]]) -> bool:
    """Whether another central claim lies further up."""
    stack, met = list(targets.get(node_id, ())), {node_id}
    while stack:
        current = stack.pop()
        if current in met:
            continue
        if nodes[current].central:
            return True
        met.add(current)
        stack.extend(targets.get(current, ()))
    return False


def _walk(
    top: str, nodes: Mapping[str, Node], incoming: Mapping[str, Sequence[Edge]], walked: set[str]
) -> Iterator[Line]:
    """Depth first; a stack instead of recursion because a hostile text can argue very deep."""
    stack: list[tuple[str, Edge | None, int]] = [(top, None, 0)]
    while stack:
        node_id, edge, depth = stack.pop()
        seen = node_id in walked
        yield Line(nodes[node_id], edge, depth, seen)
        if not seen:
            walked.add(node_id)
            stack.extend((e.source, e, depth + 1) for e in reversed(incoming.get(node_id, ())))
