"""Whether confidences mean what they say: reliability, expected calibration error, and the map that mends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, logit

from lunzheng.corpus.article import LabelledArticle
from lunzheng.document import Linked
from lunzheng.evaluation.judgement import judge
from lunzheng.evaluation.score_file import CalibrationError
from lunzheng.extract.calibration import Calibration, PlattMap

N_BINS = 10
_TINY = 1e-6
_SLOPES = (0.05, 5.0)
_SHIFTS = (-8.0, 8.0)
# on fewer findings a slope, or anything at all, is chance
_LEAST_FOR_SLOPE = 40
_LEAST_FOR_SHIFT = 8


@dataclass(frozen=True)
class Reliability:
    """How sure each finding of one kind was, and whether it was right. *Shape:* both (n,)."""

    confidence: NDArray[np.float64]
    right: NDArray[np.bool_]


def reliabilities(articles: Sequence[LabelledArticle], found: Sequence[Linked]) -> dict[str, Reliability]:
    """Confidence and rightness of all findings, by the kinds of :class:`Calibration`.

    Args:
        articles: labelled.
        found: what was found in each of them.
    """
    told: dict[str, list[tuple[float, bool]]] = {kind: [] for kind in Calibration.model_fields}
    for gold, linked in zip(articles, found, strict=True):
        judged = judge(gold, linked)
        told["units"] += zip((u.confidence for u in linked.units), judged.typed, strict=True)
        for link, right in zip(linked.links, judged.links, strict=True):
            told["contrasts" if link.type == "contrasts" else "links"].append((link.confidence, right))
        told["causal"] += zip(
            (c.confidence for c in linked.causals), (g is not None for g in judged.causals), strict=True
        )
    return {
        kind: Reliability(
            np.array([c for c, _ in rows], dtype=np.float64), np.array([r for _, r in rows], dtype=np.bool_)
        )
        for kind, rows in told.items()
    }


def expected_calibration_error(told: Reliability, n_bins: int = N_BINS) -> float:
    """Mean distance of confidence and share of right findings over bins of equal mass; 0 without findings.

    Source: Naeini, Cooper and Hauskrecht 2015, with bins of equal mass (Nixon et al. 2019).
    """
    n = len(told.confidence)
    order = np.argsort(told.confidence, kind="stable")
    bins = [b for b in np.array_split(order, n_bins) if len(b)]
    return float(sum(abs(told.confidence[b].mean() - told.right[b].mean()) * len(b) / n for b in bins))


def calibration_errors(articles: Sequence[LabelledArticle], found: Sequence[Linked]) -> dict[str, CalibrationError]:
    """The calibration error of each kind; kinds of which nothing was found are left out."""
    return {
        kind: CalibrationError(
            n=len(told.right),
            confidence=float(told.confidence.mean()),
            right=float(told.right.mean()),
            error=expected_calibration_error(told),
        )
        for kind, told in reliabilities(articles, found).items()
        if len(told.right)
    }


def fit_platt(told: Reliability) -> PlattMap:
    """The map of greatest likelihood, its targets smoothed by one.

    With little to go by the slope stays 1, with next to nothing the map is the identity.

    Source: Platt 1999, section 2.2.
    """
    n, n_right = len(told.right), int(told.right.sum())
    if n < _LEAST_FOR_SHIFT:
        return PlattMap()
    target = np.where(told.right, (n_right + 1) / (n_right + 2), 1 / (n - n_right + 2))
    x = logit(np.clip(told.confidence, _TINY, 1 - _TINY))

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        z = values[0] * x + values[1]
        off = expit(z) - target
        return float((np.logaddexp(0, z) - target * z).mean()), np.array([(off * x).mean(), off.mean()])

    slopes = _SLOPES if n >= _LEAST_FOR_SLOPE else (1.0, 1.0)
    best = minimize(loss, np.array([1.0, 0.0]), jac=True, method="L-BFGS-B", bounds=(slopes, _SHIFTS)).x
    return PlattMap(a=round(float(best[0]), 4), b=round(float(best[1]), 4))


def fit_calibration(articles: Sequence[LabelledArticle], found: Sequence[Linked]) -> Calibration:
    """One map a kind.

    Args:
        articles: of the development split.
        found: in each of them, with confidences as the network gives them (no map applied).
    """
    return Calibration(**{kind: fit_platt(told) for kind, told in reliabilities(articles, found).items()})
