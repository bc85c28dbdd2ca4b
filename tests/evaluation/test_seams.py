"""Long texts: where a window ends must not matter."""

from __future__ import annotations

from lunzheng.corpus.article import LabelledArticle
from lunzheng.evaluation.seams import long_text, seam_stability
from lunzheng.extract.predictor import Predictor


def test_a_long_text_repeats_its_articles_up_to_the_length() -> None:
    assert long_text(["甲乙", "丙"], 7) == "甲乙\n\n丙\n\n"
    assert len(long_text(["甲乙丙。"], 1000)) == 1000


def test_the_same_windows_give_the_same_units(predictor: Predictor, learned: list[LabelledArticle]) -> None:
    every, near = seam_stability(predictor, long_text([a.text for a in learned], 2500), shorter=0)
    assert every.hit == every.found == every.gold > 20
    assert 0 < near.gold < every.gold
    assert near.score == 1.0


def test_windows_that_end_elsewhere_are_compared(predictor: Predictor, learned: list[LabelledArticle]) -> None:
    every, near = seam_stability(predictor, long_text([a.text for a in learned], 2500), shorter=10)
    assert 0 < every.hit < every.gold  # the toy has learned its windows by heart
    assert near.hit <= every.hit
    assert near.gold <= every.gold
