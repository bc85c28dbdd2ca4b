"""Causal relations as a graph: events as vertices, each with all places of the text that tell it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lunzheng.argmap import ArgumentMap
from lunzheng.export.chains import SAME, chains
from lunzheng.spans import Span, content_offsets, iou


class Event(NamedTuple):
    """One vertex."""

    id: str
    spans: tuple[Span, ...]  # the first is the one to show
    nodes: tuple[str, ...]  # units of the map in which it is a cause or an effect


class Cause(NamedTuple):
    """One causal relation between two events."""

    relation: str
    source: str
    target: str


class EventGraph(NamedTuple):
    """What the page draws."""

    events: tuple[Event, ...]
    causes: tuple[Cause, ...]
    same_unit: tuple[tuple[str, str], ...]  # events that a chain joins because one unit tells both


def event_graph(argument_map: ArgumentMap) -> EventGraph:
    """The causal relations of a map as a graph, in order of the text.

    Anchors that are one event by the measure of :mod:`lunzheng.export.chains` share a vertex.
    """
    relations = argument_map.causal_relations
    spans = sorted({a.span for r in relations for a in (r.cause, r.effect)})
    groups = _groups(spans, argument_map.document.text)
    of_span = {span: f"e{i}" for i, group in enumerate(groups, 1) for span in group}
    nodes: dict[str, set[str]] = {f"e{i}": set() for i in range(1, len(groups) + 1)}
    for r in relations:
        for anchor, node in ((r.cause, r.source_node), (r.effect, r.target_node)):
            if node is not None:
                nodes[of_span[anchor.span]].add(node)
    events = (Event(f"e{i}", group, tuple(sorted(nodes[f"e{i}"]))) for i, group in enumerate(groups, 1))
    causes = (Cause(r.id, of_span[r.cause.span], of_span[r.effect.span]) for r in relations)
    joined = {(of_span[a], of_span[b]) for a, b in _followed(argument_map)}
    return EventGraph(tuple(events), tuple(causes), tuple(sorted((a, b) for a, b in joined if a != b)))


def _groups(spans: Sequence[Span], text: str) -> list[tuple[Span, ...]]:
    """Sorted spans in groups of one event; only spans that overlap are compared."""
    offsets = [content_offsets(span, text) for span in spans]
    parent = list(range(len(spans)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, span in enumerate(spans):
        for j in range(i + 1, len(spans)):
            if spans[j].start >= span.end:
                break
            if iou(offsets[i], offsets[j]) >= SAME:
                low, high = sorted((root(i), root(j)))
                parent[high] = low
    groups: dict[int, list[Span]] = {}
    for i, span in enumerate(spans):
        groups.setdefault(root(i), []).append(span)
    return [tuple(group) for _, group in sorted(groups.items())]


def _followed(argument_map: ArgumentMap) -> list[tuple[Span, Span]]:
    """Where a chain goes on: the effect that one relation ends in, the cause that the next begins with."""
    pairs = []
    for chain in chains(argument_map):
        path: list[Span] = []
        for step in chain:
            del path[step.depth :]
            if path:
                pairs.append((path[-1], step.relation.cause.span))
            path.append(step.relation.effect.span)
    return pairs
