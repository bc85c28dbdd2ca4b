"""A linked document as an ArgumentMap."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from lunzheng.argmap import (
    SCHEMA_VERSION,
    Anchor,
    ArgumentMap,
    CausalRelation,
    CleaningNote,
    Contrast,
    ContrastRow,
    Edge,
    MapDocument,
    MapStrategy,
    Node,
    Provenance,
)
from lunzheng.document import CleanText, Document, Linked, Segmentation
from lunzheng.errors import PipelineError
from lunzheng.labels import FACETS
from lunzheng.spans import Span

_PLACES = 4


def document_id(source_name: str, sha256: str) -> str:
    """A readable id that differs for different content or another place.

    Args:
        source_name: path, URI or record key; only letters and digits of its last part are taken.
        sha256: of the source's bytes.
    """
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}(?=$|#)", "", source_name.replace("\\", "/").rsplit("/", 1)[-1])
    words = unicodedata.normalize("NFC", re.sub(r"[^\w]+", "-", stem)).strip("-_")[:60]
    digest = hashlib.sha256(f"{source_name}\0{sha256}".encode(errors="surrogatepass")).hexdigest()[:8]
    return f"{words}-{digest}" if words else digest


def build_map(document: Document, provenance: Provenance) -> ArgumentMap:
    """The map of a linked document.

    Raises:
        PipelineError: a stage that should have run before has not.
    """
    clean, segmentation, linked = document.clean, document.segmentation, document.linked
    if clean is None or segmentation is None or linked is None or document.discourse_units is None:
        raise PipelineError("build_map: expected a document that is cleaned, segmented, extracted and linked")
    sha256 = document.source.sha256 or hashlib.sha256(document.source.data).hexdigest()
    nodes = _nodes(clean, segmentation, linked)
    causals = _causal_relations(clean, linked, nodes)
    return ArgumentMap(
        schema_version=SCHEMA_VERSION,
        document=MapDocument(
            id=document_id(document.source.name, sha256),
            source=document.source.name,
            title=clean.title,
            script=clean.script,
            text=clean.text,
            sha256=sha256,
            encoding=clean.encoding,
            sentences=segmentation.sentences,
            discourse_units=document.discourse_units,
            cleaning=tuple(
                CleaningNote(raw_span=e.raw_span, reason=e.reason, replacement=e.replacement) for e in clean.edits
            ),
        ),
        strategies=tuple(
            MapStrategy(id=i, name=s.name, actors=s.actors, cues=s.cues, confidence=round(s.confidence, _PLACES))
            for i, s in zip(("A", "B"), linked.strategies, strict=False)
        ),
        nodes=nodes,
        edges=_edges(linked, nodes, causals),
        causal_relations=causals,
        contrast=_contrast(nodes),
        provenance=provenance,
    )


def _anchor(clean: CleanText, span: Span) -> Anchor:
    return Anchor(text=span.of(clean.text), span=span, raw_span=clean.offsets.to_raw(span))


def _nodes(clean: CleanText, segmentation: Segmentation, linked: Linked) -> tuple[Node, ...]:
    nodes = []
    for number, unit in enumerate(linked.units, 1):
        heading = next((s.heading for s in reversed(segmentation.sections) if s.span.start <= unit.span.start), None)
        is_title = heading is not None and heading.start == segmentation.paragraphs[0].start
        nodes.append(
            Node(
                **_anchor(clean, unit.span).model_dump(),
                id=f"n{number}",
                type=unit.type,
                side=unit.side,
                facet=unit.facet,
                central=unit.central,
                section=heading.of(clean.text) if heading is not None and not is_title else None,
                confidence=round(unit.confidence, _PLACES),
            )
        )
    return tuple(nodes)


def _causal_relations(clean: CleanText, linked: Linked, nodes: tuple[Node, ...]) -> tuple[CausalRelation, ...]:
    return tuple(
        CausalRelation(
            id=f"c{number}",
            cause=_anchor(clean, causal.cause),
            effect=_anchor(clean, causal.effect),
            connective=_anchor(clean, causal.connective) if causal.connective else None,
            kind=causal.kind,
            polarity=causal.polarity,
            source_node=_holder(causal.cause, nodes),
            target_node=_holder(causal.effect, nodes),
            confidence=round(causal.confidence, _PLACES),
        )
        for number, causal in enumerate(linked.causals, 1)
    )


def _holder(span: Span, nodes: tuple[Node, ...]) -> str | None:
    """The node that holds more than half of *span*."""
    for node in nodes:
        shared = min(span.end, node.span.end) - max(span.start, node.span.start)
        if 2 * shared > len(span):
            return node.id
    return None


def _edges(linked: Linked, nodes: tuple[Node, ...], causals: tuple[CausalRelation, ...]) -> tuple[Edge, ...]:
    edges = [(nodes[x.source].id, nodes[x.target].id, x.type, round(x.confidence, _PLACES), None) for x in linked.links]
    lifted: dict[tuple[str, str], CausalRelation] = {}
    for causal in causals:
        if causal.source_node and causal.target_node and causal.source_node != causal.target_node:
            pair = (causal.source_node, causal.target_node)
            if pair not in lifted or causal.confidence > lifted[pair].confidence:
                lifted[pair] = causal
    rows = [
        *edges,
        *((source, target, "causes", c.confidence, c.id) for (source, target), c in lifted.items()),
    ]
    return tuple(
        Edge(id=f"e{number}", source=s, target=t, type=kind, confidence=confidence, causal_relation=causal)
        for number, (s, t, kind, confidence, causal) in enumerate(rows, 1)
    )


def _contrast(nodes: tuple[Node, ...]) -> Contrast:
    rows = []
    for facet in FACETS:
        cells = {side: tuple(n.id for n in nodes if n.facet == facet and n.side == side) for side in ("A", "B", "both")}
        if cells["A"] or cells["B"]:
            rows.append(ContrastRow(facet=facet, **cells))
    return Contrast(rows=tuple(rows), common_ground=tuple(n.id for n in nodes if n.side == "both"))
