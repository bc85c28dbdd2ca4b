"""brat and Label Studio, read back by the corpus' own importers."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from format_examples import NAMED, hostile_maps
from hypothesis import given, settings

import maps
from lunzheng.argmap import ArgumentMap
from lunzheng.corpus._brat import read_brat
from lunzheng.corpus._label_studio_reader import read_tasks
from lunzheng.corpus.article import LabelledArticle
from lunzheng.export.formats.brat import brat
from lunzheng.export.formats.label_studio import label_studio
from lunzheng.export.formats.labelled import labelled
from lunzheng.labels import LINK_TYPES
from lunzheng.spans import Span


def by_brat(found: ArgumentMap) -> LabelledArticle:
    files = brat(found).files
    return read_brat(str(files[".txt"]), str(files[".ann"]), "x.ann")


def by_label_studio(found: ArgumentMap) -> LabelledArticle:
    return read_tasks(str(label_studio(found).files[".json"]), "x.json")[0]


def _full(kind: str = "两家茶店") -> ArgumentMap:
    """A map whose text is laid out as that of a corpus article."""
    draft = maps.Draft(f"{kind}\n\n茶价上涨。青禾因此涨价，客人嫌贵。\n\n白杨不涨价。")
    nodes = [
        draft.node("n1", "茶价上涨", "evidence", "both", "motive"),
        draft.node("n2", "青禾因此涨价", "claim", "A", "means", central=True),
        draft.node("n3", "客人嫌贵", "claim", "A", "cost"),
        draft.node("n4", "白杨不涨价", "evidence", "B", "means"),
    ]
    edges = [
        maps.edge("e1", "n1", "supports", "n2"),
        maps.edge("e2", "n3", "attacks", "n2"),
        maps.edge("e3", "n2", "contrasts", "n4"),
        maps.edge("e4", "n1", "causes", "n2", "c1"),
    ]
    causals = [
        draft.causal("c1", "茶价上涨", "因此", "青禾因此涨价", "motivation", nodes=("n1", "n2")),
        draft.causal("c2", "涨价", None, "客人嫌贵", polarity="inhibit", nodes=("n2", "n3")),
    ]
    return draft.finish("tea", nodes, edges, causals, maps.strategies(), kind).map


@pytest.mark.parametrize("read", [by_brat, by_label_studio])
def test_a_whole_article_comes_back_with_its_offsets(read: Any) -> None:
    found = _full()
    article = read(found)
    assert article.text == found.document.text
    assert [(u.number, u.span, u.type, u.side, u.facet, u.central) for u in article.units] == [
        (int(n.id[1:]), n.span, n.type, n.side, n.facet, n.central) for n in found.nodes
    ]
    assert {(x.source, x.type, x.target) for x in article.links} == {
        (1, "supports", 2),
        (3, "attacks", 2),
        (2, "contrasts", 4),
    }
    assert [(c.cause, c.effect, c.kind, c.polarity) for c in article.causals] == [
        (c.cause.span, c.effect.span, c.kind, c.polarity) for c in found.causal_relations
    ]
    assert article.meta.A is not None
    assert (article.meta.A.name, article.meta.A.actors) == ("自建", ("青禾",))
    assert brat(found).left_out == ()


@settings(deadline=None, max_examples=80)
@given(hostile_maps())
def test_any_map_can_be_read_back(found: ArgumentMap) -> None:
    made = labelled(found)
    assert by_brat(found) == made.article
    assert by_label_studio(found) == made.article
    kept = Counter(u.span.of(made.article.text) for u in made.article.units)
    assert kept <= Counter(n.text for n in found.nodes)
    causals = Counter((c.cause.of(made.article.text), c.effect.of(made.article.text)) for c in made.article.causals)
    assert causals <= Counter((c.cause.text, c.effect.text) for c in found.causal_relations)
    n_lost = sum(int(line.rsplit(" ", 1)[1]) for line in made.left_out)
    n_links = sum(e.type in LINK_TYPES for e in found.edges)
    n_said = len(found.nodes) + n_links + len(found.causal_relations)
    assert len(made.article.units) + len(made.article.links) + len(made.article.causals) + n_lost == n_said


@pytest.mark.parametrize("name", NAMED)
def test_examples_can_be_read_back(name: str) -> None:
    assert by_brat(NAMED[name]) == by_label_studio(NAMED[name]) == labelled(NAMED[name]).article


def test_a_text_laid_out_otherwise_moves_its_spans() -> None:
    draft = maps.Draft("甲。  \n乙说丙。\r\n丁。")
    article = by_brat(draft.finish("文章", [draft.node("u1", "乙说丙")], title="题").map)
    assert article.text == "题\n\n甲。\n\n乙说丙。\n\n丁。"
    assert article.units[0].span == Span(7, 10)
    assert article.meta.id.startswith("map-")


def test_what_does_not_fit_is_left_out_and_told() -> None:
    draft = maps.Draft("题目很长\n\n甲乙。\n\n丙丁。")
    nodes = [
        draft.node("u1", "很长"),
        draft.node("u2", "甲乙"),
        draft.node("u3", "乙"),
        draft.node("u4", "丙丁"),
    ]
    edges = [maps.edge("r1", "u3", "supports", "u2"), maps.edge("r2", "u4", "supports", "u2")]
    causals = [draft.causal("c1", "甲乙", None, "丙丁"), draft.causal("c2", "甲", None, "乙")]
    found = draft.finish("d", nodes, edges, causals, title="题目很长").map
    assert labelled(found).left_out == (
        "causal relations that reach over a paragraph's end or into the title: 1",
        "relations of units that are left out, or said twice: 1",
        "units in the title: 1",
        "units that overlap another or reach over a paragraph's end: 1",
    )
    assert [u.number for u in by_brat(found).units] == [2, 4]


def test_label_studio_keeps_the_places_of_the_map() -> None:
    draft = maps.Draft("甲{-略-}。\n乙说丙。")
    found = draft.finish("x", [draft.node("u1", "乙说丙")], (), [draft.causal("c1", "乙", None, "丙")], title="题").map
    result = json.loads(str(label_studio(found).files[".json"]))[0]["annotations"][0]["result"]
    places = {item["id"]: (item["value"]["start"], item["meta"]) for item in result if "id" in item}
    assert places["u1"] == (7, {"id": "u1", "span": [3, 6], "raw_span": [4, 7]})
    assert places["c1-effect"] == (9, {"id": "c1", "span": [5, 6], "raw_span": [6, 7]})


@settings(deadline=None, max_examples=40)
@given(hostile_maps())
def test_the_table_beside_brat_says_what_each_mark_is(found: ArgumentMap) -> None:
    files = brat(found).files
    head, *lines = (line.split("\t") for line in str(files[".map.tsv"]).removesuffix("\n").split("\n"))
    rows = [dict(zip(head, line, strict=True)) for line in lines]
    article = by_brat(found)
    words = {f"T{u.number}": u.span.of(article.text) for u in article.units}
    units = {r["mark"]: found.document.text[int(r["start"]) : int(r["end"])] for r in rows if r["part"] == "unit"}
    assert units == words
    assert len([r for r in rows if r["part"] == "relation"]) == len(article.links)
    for index, causal in enumerate(article.causals, 1):
        own = {r["part"]: r for r in rows if r["mark"] == f"E{index}"}
        places = {p: found.document.text[int(r["start"]) : int(r["end"])] for p, r in own.items()}
        assert places["cause"] == causal.cause.of(article.text)
        assert places["effect"] == causal.effect.of(article.text)


def test_the_table_beside_brat_has_confidences() -> None:
    table = str(brat(_full()).files[".map.tsv"]).splitlines()
    assert "T1\tn1\tunit\t6\t10\t6\t10\t0.75" in table
    assert "R1\te1\trelation\t\t\t\t\t0.625" in table
    assert [line.split("\t")[:3] for line in table if line.startswith("E1")] == [
        ["E1", "c1", "cause"],
        ["E1", "c1", "connective"],
        ["E1", "c1", "effect"],
    ]


def test_label_studio_keeps_confidences() -> None:
    found = _full()
    result = json.loads(str(label_studio(found).files[".json"]))[0]["annotations"][0]["result"]
    scores = {(item.get("id"), item.get("from_id"), item["type"]): item["score"] for item in result}
    assert scores["u1", None, "labels"] == 0.75
    assert scores[None, "u1", "relation"] == 0.625
    assert scores["c1-cause", None, "labels"] == scores[None, "c2-cause", "relation"] == 0.5
