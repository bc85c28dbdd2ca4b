"""Precision and recall as ``min_confidence`` rises."""

from __future__ import annotations

from collections.abc import Sequence

from lunzheng.corpus.article import LabelledArticle
from lunzheng.document import Linked
from lunzheng.evaluation.counts import F1Count, add_counts
from lunzheng.evaluation.score_file import CurvePoint
from lunzheng.evaluation.scores import score_article
from lunzheng.link.least_confidence import drop_unsure

LEVELS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
DRAWN = ("units typed", "relations", "causal")


def confidence_curve(articles: Sequence[LabelledArticle], found: Sequence[Linked]) -> dict[str, list[CurvePoint]]:
    """Precision and recall of units, relations and causal relations at each level.

    Args:
        articles: labelled.
        found: what was found in each of them with ``min_confidence`` 0.
    """
    curve: dict[str, list[CurvePoint]] = {name: [] for name in DRAWN}
    for level in LEVELS:
        total = add_counts([score_article(a, drop_unsure(f, level)[0]) for a, f in zip(articles, found, strict=True)])
        for name in DRAWN:
            count = total[name]
            assert isinstance(count, F1Count)
            curve[name].append(
                CurvePoint(min_confidence=level, n_found=count.found, precision=count.precision, recall=count.recall)
            )
    return curve
