"""Scores: full marks for the labels themselves, none for nothing, and small cases by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented import article, perfect, segmentation_of
from lunzheng.corpus.article import LabelledArticle
from lunzheng.corpus.markup import read_article
from lunzheng.document import Causal, Link, Linked, Strategy, Unit
from lunzheng.evaluation.baselines import baseline
from lunzheng.evaluation.counts import AccuracyCount, Count, F1Count
from lunzheng.evaluation.evaluate import add_counts, count_articles, discourse_f1, evaluate
from lunzheng.evaluation.matching import match_spans
from lunzheng.evaluation.scores import score_article
from lunzheng.extract.predictor import Predictor
from lunzheng.spans import Span
from lunzheng.training.gcdt import DiscourseDocument
from strategies import spans

_NOTHING = Linked((), (), (), ())
_OTHER_SIDE = {"A": "B", "B": "A", "both": "both", "none": "none"}


def _scores(counts: dict[str, Count]) -> dict[str, float]:
    return {name: count.score for name, count in counts.items()}


def test_the_labels_themselves_score_full() -> None:
    scores = _scores(score_article(article(), perfect(article())))
    assert scores == dict.fromkeys(scores, 1.0)
    assert len(scores) == 17


def test_nothing_scores_nothing() -> None:
    scores = _scores(score_article(article(), _NOTHING))
    assert scores == dict.fromkeys(scores, 0.0)


def test_every_labelled_article_scores_full_on_itself(learned: list[LabelledArticle]) -> None:
    total = add_counts([score_article(a, perfect(a)) for a in learned])
    assert _scores(total) == dict.fromkeys(total, 1.0)


def test_a_and_b_may_be_exchanged() -> None:
    found = perfect(article())
    units = tuple(replace(u, side=_OTHER_SIDE[u.side]) for u in found.units)
    swapped = replace(found, units=units, strategies=found.strategies[::-1])
    scores = _scores(score_article(article(), swapped))
    assert scores == dict.fromkeys(scores, 1.0)


def test_exchanged_sides_with_unexchanged_names_lose_the_names() -> None:
    found = perfect(article())
    units = tuple(replace(u, side=_OTHER_SIDE[u.side]) for u in found.units)
    scores = _scores(score_article(article(), replace(found, units=units)))
    assert (scores["side"], scores["strategies named"], scores["actors"]) == (1.0, 0.0, 0.0)


_GOLD = read_article(
    """---
{id: a, title: 题, topic: 题, industry: i, voice: v, script: Hans, annotator: model, date: 2026-01-01,
 A: {name: 修旧, actors: [启禾, 朗岳], cues: [补胎]}, B: {name: 换新}}
---
[1|一二三四五六七八]，[2|甲乙丙丁]。[3|子丑寅卯]。
% 1 claim A cost central
% 2 evidence A means supports 1
% 3 claim B cost attacks 1 contrasts 1
%c 一二三四 | - | 甲乙 | consequence facilitate
%c 甲乙丙丁 | - | 子丑寅卯 | purpose inhibit
"""
)


def _unit(words: str, kind: str = "claim", side: str = "A", facet: str = "cost", *, central: bool = False) -> Unit:
    at = _GOLD.text.index(words)
    return Unit(Span(at, at + len(words)), kind, side, facet, central, 1.0)  # type: ignore[arg-type]


def _span(words: str) -> Span:
    return Span(_GOLD.text.index(words), _GOLD.text.index(words) + len(words))


def test_a_small_case_by_hand() -> None:
    """Unit 1 half found, 2 found with the wrong type, 3 missed, one invented; of three links one is right."""
    found = Linked(
        strategies=(Strategy("补胎", ("启禾", "别家"), (), 1.0), Strategy("别的", (), ("换旧",), 1.0)),
        units=(_unit("一二三四", central=True), _unit("甲乙丙丁", "claim", facet="means", central=True), _unit("寅")),
        links=(Link(1, 0, "supports", 1.0), Link(0, 1, "supports", 1.0), Link(2, 0, "contrasts", 1.0)),
        causals=(
            Causal(_span("一二三"), _span("甲乙"), None, "motivation", "facilitate", 1.0),
            Causal(_span("子丑寅卯"), _span("甲乙丙丁"), None, "purpose", "inhibit", 1.0),
        ),
    )
    assert score_article(_GOLD, found) == {
        "units span": F1Count(2, 3, 3),
        "units typed": F1Count(1, 3, 3),
        "units exact": F1Count(0, 3, 3),
        "side": AccuracyCount(2, 2),
        "facet": AccuracyCount(2, 2),
        "central": F1Count(1, 2, 1),
        "relations": F1Count(1, 3, 3),
        "supports": F1Count(1, 2, 1),
        "attacks": F1Count(0, 0, 1),
        "contrasts": F1Count(0, 1, 1),
        "causal": F1Count(1, 2, 2),
        "causal kind": AccuracyCount(0, 1),
        "causal polarity": AccuracyCount(1, 1),
        "causal connective": AccuracyCount(1, 1),
        "strategies named": AccuracyCount(1, 2),
        "actors": F1Count(1, 2, 2),
        "contrast found": AccuracyCount(1, 1),
    }


def test_a_contrast_has_no_direction_and_a_support_has() -> None:
    units = (_unit("一二三四五六七八"), _unit("甲乙丙丁", "evidence"), _unit("子丑寅卯"))
    for links, hits in (((Link(0, 2, "contrasts", 1.0),), 1), ((Link(0, 1, "supports", 1.0),), 0)):
        assert score_article(_GOLD, Linked((), units, links, ()))["relations"] == F1Count(hits, 1, 3)


def test_punctuation_does_not_count() -> None:
    with_comma = _unit("一二三四五六七八，")
    assert score_article(_GOLD, Linked((), (with_comma,), (), ()))["units exact"] == F1Count(1, 1, 3)


@pytest.mark.parametrize(
    ("count", "score", "precision", "recall"),
    [
        (F1Count(), 0, 0, 0),
        (F1Count(1, 2, 4), 1 / 3, 0.5, 0.25),
        (F1Count(0, 0, 3), 0, 0, 0),
        (F1Count(2, 2, 2), 1, 1, 1),
    ],
)
def test_f1(count: F1Count, score: float, precision: float, recall: float) -> None:
    assert (count.score, count.precision, count.recall) == pytest.approx((score, precision, recall))


def test_accuracy() -> None:
    assert AccuracyCount().score == 0
    assert (AccuracyCount(1, 2) + AccuracyCount(2, 2)).score == 0.75
    assert F1Count(1, 2, 3) + F1Count(1, 1, 1) == F1Count(2, 3, 4)


def test_the_best_overlap_is_matched_first() -> None:
    text = "一二三四五六七八九十"
    gold = [Span(0, 4), Span(4, 10)]
    assert match_spans(gold, [Span(0, 6), Span(0, 4), Span(4, 9)], text) == {0: 1, 1: 2}
    assert match_spans(gold, [Span(0, 8)], text) == {0: 0}
    assert match_spans([Span(0, 4)], [Span(2, 6)], text) == {}


@given(st.lists(spans(), max_size=6), st.lists(spans(), max_size=6))
def test_matching_is_one_to_one(gold: list[Span], found: list[Span]) -> None:
    matched = match_spans(gold, found, "字" * 60)
    assert len(set(matched.values())) == len(matched)
    for g, f in matched.items():
        shared = min(gold[g].end, found[f].end) - max(gold[g].start, found[f].start)
        assert 2 * shared >= len(gold[g].hull(found[f]))


def test_the_baseline_reads_only_the_text() -> None:
    gold = article()
    bare = gold.model_copy(update={"units": (), "links": (), "causals": ()})
    one, two = (baseline(a, segmentation_of(a.text), [gold]) for a in (gold, bare))
    assert one == two
    assert {(u.type, u.side, u.facet) for u in one.units} == {("claim", "A", "means")}
    assert [(x.source, x.target) for x in one.links[:2]] == [(1, 0), (2, 1)]
    assert [u.central for u in one.units].index(True) == len(one.units) - 1


def test_the_baseline_follows_connectives_and_quotations() -> None:
    gold = article()
    text = "因为旧，换了“新车”。平台补贴让商家涌入“新车”。修旧，导致“旧车”慢，“旧车”。"
    found = baseline(gold.model_copy(update={"text": text}), segmentation_of(text), [gold])
    said = {(c.cause.of(text), c.effect.of(text)) for c in found.causals}
    assert said == {("旧", "换了“新车"), ("平台补贴", "商家涌入“新车"), ("修旧", "“旧车”慢")}
    assert [s.name for s in found.strategies] == ["新车", "旧车"]


def test_evaluate_gives_scores_with_an_interval_beside_the_baseline(
    predictor: Predictor, learned: list[LabelledArticle]
) -> None:
    scores = evaluate(predictor, learned[:2], learned)
    assert scores["units typed"].score > 0.6
    assert scores["units typed"].score > scores["units typed"].baseline
    for score in scores.values():
        assert 0 <= score.low <= score.high <= 1
    assert evaluate(predictor, learned[:2], learned) == scores


def test_counts_of_articles_are_those_of_each() -> None:
    gold = article()
    counts = count_articles([gold, gold], lambda a, _: perfect(a))
    assert counts == [score_article(gold, perfect(gold))] * 2
    assert add_counts(counts)["units span"] == F1Count(30, 30, 30)


def test_discourse_units_are_scored_at_token_starts(predictor: Predictor) -> None:
    document = DiscourseDocument("d", "街坊说贵，还是买了。", (0, 2, 3, 4, 5, 7, 8, 9), frozenset({0, 4}))
    model, trivial = discourse_f1(predictor, [document])
    assert (trivial.hit, trivial.found, trivial.gold) == (2, 2, 2)
    assert model.gold == 2
    assert model.hit >= 1
