"""Mistakes told apart, on a small article by hand; and none in the labels themselves."""

from __future__ import annotations

import pytest

from invented import article, perfect
from lunzheng.corpus.article import LabelledArticle
from lunzheng.corpus.markup import read_article
from lunzheng.document import Causal, Link, Linked, Strategy, Unit
from lunzheng.evaluation.causal_mistakes import causal_mistakes
from lunzheng.evaluation.link_mistakes import distance, link_mistakes
from lunzheng.evaluation.tally import Tally, short
from lunzheng.evaluation.unit_mistakes import ABSENT, unit_confusions
from lunzheng.spans import Span

_GOLD = read_article(
    """---
{id: a, title: 题, topic: 题, industry: i, voice: v, script: Hans, annotator: model, date: 2026-01-01,
 A: {name: 修旧}, B: {name: 换新}}
---
[1|一二三四五六]，[2|甲乙丙丁]。[3|子丑寅卯]，[4|东南西北]，[5|春夏秋冬]。修旧换新
% 1 claim A cost central
% 2 evidence A means supports 1
% 3 claim B cost attacks 1 contrasts 1
% 4 evidence B cost supports 3
% 5 evidence B cost supports 3
%c 一二三 | - | 甲乙 | consequence facilitate
%c 丙丁 | - | 子丑 | purpose inhibit
%c 东南 | 西 | 北 | motivation facilitate
"""
)


def _span(words: str) -> Span:
    at = _GOLD.text.index(words)
    return Span(at, at + len(words))


def _unit(words: str, kind: str = "evidence", side: str = "A", facet: str = "cost") -> Unit:
    return Unit(_span(words), kind, side, facet, False, 1.0)  # type: ignore[arg-type]


_FOUND = Linked(
    strategies=(Strategy("修旧", (), (), 1.0), Strategy("换新", (), (), 1.0)),
    units=(
        _unit("一二三四五六", "claim", "A"),
        _unit("甲乙丙丁", "claim", "A", "benefit"),
        _unit("子丑寅卯", "claim", "A"),
        _unit("春夏秋冬", side="B"),
        _unit("修旧换新"),
    ),
    links=(
        Link(0, 1, "supports", 1.0),  # the other way round
        Link(0, 2, "contrasts", 1.0),  # right
        Link(3, 0, "supports", 1.0),  # another target: two units before the labelled one
        Link(4, 2, "attacks", 1.0),  # an end that is not labelled
    ),
    causals=(
        Causal(_span("一二三"), _span("甲乙"), None, "motivation", "inhibit", 1.0),
        Causal(_span("子丑"), _span("丙丁"), None, "purpose", "inhibit", 1.0),
    ),
)


@pytest.mark.parametrize("gold", [_GOLD, article()])
def test_the_labels_themselves_hold_no_mistake(gold: LabelledArticle) -> None:
    articles, found = [gold], [perfect(gold)]
    for confusion in unit_confusions(articles, found).values():
        assert confusion.tally.n == {}
        assert sum(confusion.cells.values()) == len(gold.units)
    links = link_mistakes(articles, found)
    assert (links.missed.n, links.invented.n, links.off_by) == ({}, {}, {})
    causals = causal_mistakes(articles, found)
    assert (causals.missed.n, causals.invented.n, causals.kind.tally.n) == ({}, {}, {})
    assert causals.missed.of["all"] == len(gold.causals)


def test_confusions_of_units() -> None:
    tables = unit_confusions([_GOLD], [_FOUND])
    assert tables["type"].cells == {
        ("claim", "claim"): 2,
        ("evidence", "claim"): 1,
        ("evidence", "evidence"): 1,
        ("evidence", ABSENT): 1,
        (ABSENT, "evidence"): 1,
    }
    assert tables["type"].tally.examples(f"evidence → {ABSENT}") == [("a", "东南西北")]
    assert tables["facet"].cells == {("cost", "cost"): 3, ("means", "benefit"): 1}
    assert tables["side"].cells == {("A", "A"): 2, ("B", "A"): 1, ("B", "B"): 1}


def test_relations_missed_and_invented() -> None:
    mistakes = link_mistakes([_GOLD], [_FOUND])
    assert mistakes.missed.n == {
        "supports: found the other way round": 1,
        "attacks: found as contrasts": 1,
        "supports: an end was not found": 1,
        "supports: led to another target": 1,
    }
    assert mistakes.missed.of == {"supports: all labelled": 3, "attacks: all labelled": 1, "contrasts: all labelled": 1}
    assert mistakes.invented.n == {
        "supports: labelled the other way round": 1,
        "supports: labelled with another target": 1,
        "attacks: an end is not labelled": 1,
    }
    assert mistakes.off_by == {"-2": 1}
    assert mistakes.missed.examples("supports: found the other way round") == [
        ("a", "甲乙丙丁 —supports→ 一二三四五六")
    ]


def test_causes_missed_invented_and_of_another_kind() -> None:
    mistakes = causal_mistakes([_GOLD], [_FOUND])
    assert mistakes.missed.of == {
        "all": 3, "no connective": 2, "with connective": 1, "across sentences": 1, "in one sentence": 2,
        "consequence": 1, "purpose": 1, "motivation": 1, "facilitate": 2, "inhibit": 1,
    }  # fmt: skip
    assert mistakes.missed.n == {
        "all": 2, "no connective": 1, "with connective": 1, "across sentences": 1, "in one sentence": 1,
        "purpose": 1, "motivation": 1, "facilitate": 1, "inhibit": 1,
    }  # fmt: skip
    assert mistakes.invented.n == {"the other way round": 1}
    assert mistakes.kind.cells == {("consequence", "motivation"): 1}
    assert mistakes.polarity.cells == {("facilitate", "inhibit"): 1}
    assert mistakes.missed.examples("motivation") == [("a", "东南 —西→ 北")]


@pytest.mark.parametrize(
    ("steps", "told"), [(0, "+0"), (2, "+2"), (-2, "-2"), (3, "+3 or more"), (9, "+3 or more"), (-3, "-3 or less")]
)
def test_distances(steps: int, told: str) -> None:
    assert distance(steps) == told


def test_examples_come_from_different_articles_first() -> None:
    tally = Tally()
    for name in ("a", "a", "b", "c", "d"):
        tally.add("kind", name, f"{name}{tally.n['kind']}")
    assert tally.n["kind"] == 5
    assert [e.article for e in tally.examples("kind")] == ["a", "b", "c"]
    two = Tally()
    two.add("kind", "a", "one")
    two.add("kind", "a", "two")
    assert [e.words for e in two.examples("kind")] == ["one", "two"]


def test_long_words_are_cut_in_the_middle() -> None:
    assert short("一\n二") == "一 二"
    assert short("甲" * 30 + "乙" * 30) == "甲" * 18 + "…" + "乙" * 18
