"""Rows of the exported dataset, made from argument maps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from typing import TypeAlias

from lunzheng.argmap import Anchor, ArgumentMap, CausalRelation, Edge, Node
from lunzheng.errors import InputError
from lunzheng.export.columns import Config
from lunzheng.spans import Span

Value: TypeAlias = "str | int | float | bool | Sequence[Value] | Mapping[str, Value] | None"
Row: TypeAlias = dict[str, Value]


def rows(maps: Sequence[ArgumentMap], config: Config) -> Iterator[Row]:
    """The rows of one table, in the order of *maps* and of the ids in them.

    Raises:
        InputError: a relation names a unit that its map does not have.
    """
    make = {"documents": _documents, "units": _units, "relations": _relations, "causal": _causals}[config]
    for argument_map in maps:
        document = argument_map.document
        for row in make(argument_map):
            yield {"doc_id": document.id, **row, "source": document.source}


def _documents(argument_map: ArgumentMap) -> Iterator[Row]:
    document, provenance = argument_map.document, argument_map.provenance
    yield {
        "title": document.title,
        "script": document.script,
        "text": document.text,
        "sha256": document.sha256,
        "encoding": document.encoding,
        "sentences": _spans(document.sentences),
        "discourse_units": _spans(document.discourse_units),
        "cleaning": [
            {"raw_start": n.raw_span.start, "raw_end": n.raw_span.end, "reason": n.reason, "replacement": n.replacement}
            for n in document.cleaning
        ],
        "strategies": [
            {"id": s.id, "name": s.name, "actors": s.actors, "cues": s.cues, "score": s.confidence}
            for s in argument_map.strategies
        ],
        "units": [_unit(node) for node in argument_map.nodes],
        "relations": [_relation(edge) for edge in argument_map.edges],
        "causal": [_causal(relation) for relation in argument_map.causal_relations],
        "contrast": [row.model_dump(include={"facet", "A", "B", "both"}) for row in argument_map.contrast.rows],
        "common_ground": argument_map.contrast.common_ground,
        "schema_version": argument_map.schema_version,
        "pipeline_version": provenance.pipeline_version,
        "model_name": provenance.model.name,
        "model_sha256": provenance.model.sha256,
        "config_sha256": provenance.config_sha256,
    }


def _units(argument_map: ArgumentMap) -> Iterator[Row]:
    return (_unit(node) for node in argument_map.nodes)


def _relations(argument_map: ArgumentMap) -> Iterator[Row]:
    nodes = {node.id: node for node in argument_map.nodes}
    for edge in argument_map.edges:
        for end in (edge.source, edge.target):
            if end not in nodes:
                raise InputError(
                    f"{argument_map.document.source}: relation {edge.id} needs the unit {end!r}, which its map does "
                    "not have; make the map again"
                )
        ends = nodes[edge.source], nodes[edge.target]
        passage = _place(_passage(argument_map.document.text, ends))
        yield {**_relation(edge), **passage, **_place(ends[0], "from_"), **_place(ends[1], "to_")}


def _causals(argument_map: ArgumentMap) -> Iterator[Row]:
    for relation in argument_map.causal_relations:
        anchors = [a for a in (relation.cause, relation.effect, relation.connective) if a is not None]
        yield {**_causal(relation), **_place(_passage(argument_map.document.text, anchors))}


def _unit(node: Node) -> Row:
    return {
        "id": node.id,
        **_place(node),
        "label": node.type,
        "side": node.side,
        "facet": node.facet,
        "central": node.central,
        "section": node.section,
        "score": node.confidence,
    }


def _relation(edge: Edge) -> Row:
    return {
        "id": edge.id,
        "from_id": edge.source,
        "to_id": edge.target,
        "label": edge.type,
        "score": edge.confidence,
        "causal_relation": edge.causal_relation,
    }


def _causal(relation: CausalRelation) -> Row:
    return {
        "id": relation.id,
        **_place(relation.cause, "cause_"),
        **_place(relation.effect, "effect_"),
        **_place(relation.connective, "connective_"),
        "label": relation.kind,
        "polarity": relation.polarity,
        "source_node": relation.source_node,
        "target_node": relation.target_node,
        "score": relation.confidence,
    }


def _passage(text: str, anchors: Iterable[Anchor]) -> Anchor:
    """The stretch of text from the first of *anchors* to the last."""
    found = list(anchors)
    span = reduce(Span.hull, (a.span for a in found))
    return Anchor(text=span.of(text), span=span, raw_span=reduce(Span.hull, (a.raw_span for a in found)))


def _place(anchor: Anchor | None, prefix: str = "") -> Row:
    names = [f"{prefix}{name}" for name in ("start", "end", "raw_start", "raw_end", "text")]
    values = (*anchor.span, *anchor.raw_span, anchor.text) if anchor else (None,) * 5
    return dict(zip(names, values, strict=True))


def _spans(spans: Iterable[Span]) -> list[Row]:
    return [{"start": span.start, "end": span.end} for span in spans]
