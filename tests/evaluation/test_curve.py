"""The curve is what ``min_confidence`` would give."""

from __future__ import annotations

from itertools import pairwise

import pytest

from lunzheng.config import LinkConfig
from lunzheng.corpus.article import LabelledArticle
from lunzheng.evaluation.counts import F1Count, add_counts
from lunzheng.evaluation.curve import DRAWN, LEVELS, confidence_curve
from lunzheng.evaluation.evaluate import count_articles, read_articles, read_linked
from lunzheng.extract.predictor import Predictor


def test_each_level_is_a_run_with_that_min_confidence(predictor: Predictor, learned: list[LabelledArticle]) -> None:
    articles = learned[:2]
    curve = confidence_curve(articles, read_articles(articles, read_linked(predictor, LinkConfig())))
    assert set(curve) == set(DRAWN)
    for level in (0.0, 0.5, 0.9):
        total = add_counts(count_articles(articles, read_linked(predictor, LinkConfig(min_confidence=level))))
        for name in DRAWN:
            count, point = total[name], curve[name][LEVELS.index(level)]
            assert isinstance(count, F1Count)
            assert (point.min_confidence, point.n_found) == (level, count.found)
            assert (point.precision, point.recall) == pytest.approx((count.precision, count.recall))
    for points in curve.values():
        assert all(one.n_found >= two.n_found for one, two in pairwise(points))
    assert curve["relations"][0].n_found > curve["relations"][-1].n_found
