"""Linked documents as maps: the contract, the spans, the same bytes."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from invented import article, perfect, segmentation_of
from lunzheng.argmap import ArgumentMap, ModelStamp, Provenance
from lunzheng.document import Causal, CleanText, Document, Edit, Linked, Segmentation, Source
from lunzheng.errors import PipelineError
from lunzheng.link.build_map import build_map, document_id
from lunzheng.link.stage import LinkStage, MapStage
from lunzheng.offsets import OffsetMap, Piece
from lunzheng.spans import Span

_STAMP = Provenance(pipeline_version="0", model=ModelStamp(name="toy", sha256="00"), config_sha256="11")
_SHARED = Path(os.environ.get("LUNZHENG_SHARED", Path(__file__).parents[2] / "../shared"))
_DROPPED = "扫码关注\n"


def _document(linked: Linked | None = None) -> Document:
    gold = article()
    n, k = len(gold.text), len(_DROPPED)
    offsets = OffsetMap((Piece(Span(0, n), Span(k, n + k), True),))
    raw = _DROPPED + gold.text
    edits = (Edit(Span(0, k), "furniture"),)
    clean = CleanText(gold.text, raw, offsets, edits, "utf-8", "Hans", gold.meta.title)
    segmentation: Segmentation = segmentation_of(gold.text)
    return Document(
        Source("文章/两家 车铺.txt", "txt", raw.encode()),
        clean=clean,
        segmentation=segmentation,
        discourse_units=segmentation.sentences,
        linked=linked or perfect(gold),
    )


@pytest.fixture(scope="module")
def made() -> ArgumentMap:
    return build_map(_document(), _STAMP)


def test_the_map_keeps_the_contract(made: ArgumentMap) -> None:
    path = _SHARED / "contract" / "argument-map.schema.json"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    import jsonschema

    jsonschema.Draft202012Validator(json.loads(path.read_text())).validate(json.loads(made.to_json()))


def test_all_that_was_linked_stands_in_the_map(made: ArgumentMap) -> None:
    gold = article()
    assert [(n.span, n.type, n.side, n.facet, n.central) for n in made.nodes] == [
        (u.span, u.type, u.side, u.facet, u.central) for u in gold.units
    ]
    assert [s.name for s in made.strategies] == ["修旧", "换新"]
    kinds = [e.type for e in made.edges]
    assert [kinds.count(k) for k in ("supports", "attacks", "contrasts")] == [
        sum(x.type == k for x in gold.links) for k in ("supports", "attacks", "contrasts")
    ]
    assert len(made.causal_relations) == len(gold.causals)


def test_every_span_tells_its_words_in_text_and_source(made: ArgumentMap) -> None:
    raw = _document().clean.raw  # type: ignore[union-attr]
    anchors = [*made.nodes, *(a for c in made.causal_relations for a in (c.cause, c.effect, c.connective) if a)]
    for anchor in anchors:
        assert anchor.span.of(made.document.text) == anchor.text == anchor.raw_span.of(raw)


def test_a_cause_is_lifted_to_the_units_that_hold_its_spans() -> None:
    gold = article()
    one, two = gold.unit(8).span, gold.unit(9).span
    causals = (
        Causal(one, two, None, "consequence", "facilitate", 0.4),
        Causal(Span(one.start, one.end - 1), two, None, "consequence", "facilitate", 0.8),
        Causal(one, Span(one.start, one.start + 2), None, "consequence", "facilitate", 0.9),
        Causal(Span(0, 2), two, None, "consequence", "facilitate", 0.9),
    )
    linked = perfect(gold)
    made = build_map(_document(Linked(linked.strategies, linked.units, (), causals)), _STAMP)
    assert [(c.source_node, c.target_node) for c in made.causal_relations] == [
        ("n8", "n9"),
        ("n8", "n9"),
        ("n8", "n8"),
        (None, "n9"),
    ]
    assert [(e.id, e.source, e.target, e.type, e.confidence, e.causal_relation) for e in made.edges] == [
        ("e1", "n8", "n9", "causes", 0.8, "c2")
    ]


def test_the_contrast_has_a_row_for_each_facet_that_a_side_speaks_of(made: ArgumentMap) -> None:
    facets = {n.facet for n in made.nodes if n.side in ("A", "B")}
    assert {r.facet for r in made.contrast.rows} == facets
    for row in made.contrast.rows:
        for side in ("A", "B", "both"):
            assert getattr(row, side) == tuple(n.id for n in made.nodes if (n.facet, n.side) == (row.facet, side))
    assert made.contrast.common_ground == ("n3", "n12", "n15")


def test_the_title_is_no_section(made: ArgumentMap) -> None:
    assert {n.section for n in made.nodes} == {None}


def test_the_same_document_gives_the_same_bytes(made: ArgumentMap) -> None:
    assert build_map(_document(), _STAMP).to_json() == made.to_json()


def test_confidence_is_rounded_so_that_machines_agree() -> None:
    gold = article()
    causal = Causal(gold.units[0].span, gold.units[1].span, None, "consequence", "facilitate", 0.123456789)
    made = build_map(_document(Linked((), (), (), (causal,))), _STAMP)
    assert made.causal_relations[0].confidence == 0.1235


def test_a_document_that_missed_a_stage_is_refused() -> None:
    document = _document()
    document.discourse_units = None
    with pytest.raises(PipelineError, match="expected a document that is cleaned"):
        build_map(document, _STAMP)


def test_stages_leave_documents_alone_that_are_not_ready() -> None:
    document = Document(Source("a", "txt", b""))
    MapStage(_STAMP)([document])
    LinkStage(None)([document])  # type: ignore[arg-type]
    assert (document.argument_map, document.linked) == (None, None)
    ready = _document()
    MapStage(_STAMP)([ready])
    assert ready.argument_map == build_map(_document(), _STAMP)


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("a/b/两家 车铺.txt", "两家-车铺-"),
        ("C:\\x\\y.html", "y-"),
        ("notes.v2.md", "notes-v2-"),
        ("all.jsonl#7", "all-7-"),
        ("../../etc/<script>.txt", "script-"),
        ("....", ""),
    ],
)
def test_ids_are_readable_and_safe(name: str, stem: str) -> None:
    found = document_id(name, "00")
    assert found.startswith(stem)
    assert len(found) == len(stem) + 8
    assert not set(found) & set("/\\<>. ")


def test_ids_differ_by_place_and_content() -> None:
    ids = {document_id(n, s) for n in ("a/x.txt", "b/x.txt", "a/y.txt", "\udcff") for s in ("00", "01")}
    assert len(ids) == 8
