"""Reliability, calibration error and the fitted map, on cases whose answer is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import expit, logit

from invented import article, perfect
from lunzheng.config import LinkConfig
from lunzheng.corpus.article import LabelledArticle
from lunzheng.document import Linked
from lunzheng.evaluation.calibration import (
    Reliability,
    calibration_errors,
    expected_calibration_error,
    fit_calibration,
    fit_platt,
    reliabilities,
)
from lunzheng.evaluation.counts import AccuracyCount, F1Count
from lunzheng.evaluation.evaluate import read_articles, read_linked
from lunzheng.evaluation.judgement import judge
from lunzheng.evaluation.scores import score_article
from lunzheng.extract.calibration import Calibration, PlattMap
from lunzheng.extract.predictor import Predictor


@pytest.fixture(scope="module")
def found(predictor: Predictor, learned: list[LabelledArticle]) -> list[Linked]:
    return read_articles(learned, read_linked(predictor, LinkConfig()))


def test_right_ones_are_those_that_the_scores_count(learned: list[LabelledArticle], found: list[Linked]) -> None:
    n_wrong = 0
    for gold, linked in zip(learned, found, strict=True):
        judged, counts = judge(gold, linked), score_article(gold, linked)
        hits = {
            "units span": sum(g is not None for g in judged.units),
            "units typed": sum(judged.typed),
            "relations": sum(judged.links),
            "causal": sum(g is not None for g in judged.causals),
        }
        assert hits == {k: c.hit for k, c in counts.items() if k in hits and not isinstance(c, AccuracyCount)}
        n_wrong += sum(c.found - c.hit for k, c in counts.items() if k in hits and isinstance(c, F1Count))
    assert n_wrong > 0


def test_of_the_labels_themselves_everything_is_right() -> None:
    told = reliabilities([article()], [perfect(article())])
    assert set(told) == set(Calibration.model_fields)
    assert {k: len(v.right) for k, v in told.items()} == {"units": 15, "links": 14, "contrasts": 2, "causal": 7}
    assert all(v.right.all() and (v.confidence == 1).all() for v in told.values())


def test_a_unit_of_the_wrong_type_is_not_right() -> None:
    found = perfect(article())
    units = (replace(found.units[0], type="claim"), *found.units[1:])
    told = reliabilities([article()], [replace(found, units=units)])
    assert told["units"].right.tolist() == [False] + [True] * 14
    assert told["links"].right.all()


def _told(confidence: list[float], right: list[int]) -> Reliability:
    return Reliability(np.array(confidence), np.array(right, dtype=bool))


def test_calibration_error_by_hand() -> None:
    """Two bins: mean .3 with half right, mean .8 with half right."""
    told = _told([0.9, 0.2, 0.7, 0.4], [1, 0, 0, 1])
    assert expected_calibration_error(told, n_bins=2) == pytest.approx((0.2 + 0.3) / 2)
    assert expected_calibration_error(_told([0.5, 0.5], [0, 1]), n_bins=1) == 0
    assert expected_calibration_error(_told([], [])) == 0


def _drawn(a: float, b: float, n: int = 20_000) -> Reliability:
    """Findings whose true rate of right ones is the map of their confidence."""
    rng = np.random.default_rng(1)
    confidence: NDArray[np.float64] = rng.uniform(0.02, 0.98, n)
    return Reliability(confidence, rng.uniform(size=n) < expit(a * logit(confidence) + b))


@pytest.mark.parametrize(("a", "b"), [(1.0, 0.0), (0.5, -1.0), (2.0, 0.7)])
def test_the_fit_finds_the_map_that_made_the_findings(a: float, b: float) -> None:
    told = _drawn(a, b)
    fitted = fit_platt(told)
    assert (fitted.a, fitted.b) == pytest.approx((a, b), abs=0.12)
    mended = Reliability(np.array([fitted(p) for p in told.confidence]), told.right)
    assert expected_calibration_error(mended) < 0.03


def test_the_fit_lowers_the_error_of_too_sure_a_network() -> None:
    told = _drawn(0.5, -1.0)
    fitted = fit_platt(told)
    mended = Reliability(np.array([fitted(p) for p in told.confidence]), told.right)
    assert expected_calibration_error(told) > 5 * expected_calibration_error(mended)


def test_little_to_go_by_gives_a_shift_and_next_to_nothing_gives_nothing() -> None:
    assert fit_platt(_told([0.9] * 7, [0] * 7)) == PlattMap()
    shifted = fit_platt(_told([0.9, 0.95] * 10, [0, 1] * 10))
    assert shifted.a == 1
    assert shifted.b < -1


def test_all_right_or_all_wrong_stays_within_bounds() -> None:
    for right in (0, 1):
        fitted = fit_platt(_told([0.6, 0.7, 0.8, 0.9] * 20, [right] * 80))
        assert 0 < fitted(0.75) < 1
        assert (fitted(0.75) > 0.75) == bool(right)


def test_findings_that_are_the_less_right_the_surer_keep_their_order() -> None:
    fitted = fit_platt(_told([0.1] * 30 + [0.9] * 30, [1] * 30 + [0] * 30))
    assert fitted(0.1) < fitted(0.9)


def test_a_real_reading_gets_errors_and_maps(learned: list[LabelledArticle], found: list[Linked]) -> None:
    errors = calibration_errors(learned, found)
    assert {"units", "links", "causal"} <= set(errors)
    assert errors["units"].n == sum(len(f.units) for f in found)
    assert all(0 <= e.error <= 1 for e in errors.values())
    fitted = fit_calibration(learned, found)
    assert fitted.units != PlattMap()
    assert fit_calibration(learned, found) == fitted


def test_kinds_of_which_nothing_was_found_have_no_error() -> None:
    assert calibration_errors([article()], [Linked((), (), (), ())]) == {}
