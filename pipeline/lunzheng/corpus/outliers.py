"""Articles whose statistics lie far from the rest of the corpus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

from lunzheng.corpus.article import LabelledArticle

_FAR = 4.5  # robust standard deviations
_LEAST_ARTICLES = 20
_MAD_TO_SD = 1.4826


def _per_thousand(count: int, article: LabelledArticle) -> float:
    return 1000 * count / max(1, len(article.text))


def _share(count: int, of: int) -> float:
    return count / of if of else 0.0


_STATISTICS: dict[str, Callable[[LabelledArticle], float]] = {
    "units in 1,000 characters": lambda a: _per_thousand(len(a.units), a),
    "causal relations in 1,000 characters": lambda a: _per_thousand(len(a.causals), a),
    "characters a unit": lambda a: _share(sum(len(u.span) for u in a.units), len(a.units)),
    "share of the text in units": lambda a: _share(sum(len(u.span) for u in a.units), len(a.text)),
    "share of claims": lambda a: _share(sum(u.type == "claim" for u in a.units), len(a.units)),
    "attacks a unit": lambda a: _share(sum(x.type == "attacks" for x in a.links), len(a.units)),
    "share of inhibiting causes": lambda a: _share(sum(c.polarity == "inhibit" for c in a.causals), len(a.causals)),
}


def outliers(articles: Sequence[LabelledArticle]) -> list[tuple[LabelledArticle, str]]:
    """Articles with a statistic many robust deviations from the median, and what is to be looked at.

    Args:
        articles: of one corpus; fewer than 20 say nothing of what is usual.

    Source: median absolute deviation, Iglewicz & Hoaglin 1993.
    """
    if len(articles) < _LEAST_ARTICLES:
        return []
    found = []
    for name, measure in _STATISTICS.items():
        values = [measure(a) for a in articles]
        middle = median(values)
        spread = _MAD_TO_SD * median(abs(v - middle) for v in values)
        if spread:
            found += [
                (a, f"{name}: {v:.2f}, corpus median {middle:.2f}; look whether the guidelines were kept")
                for a, v in zip(articles, values, strict=True)
                if abs(v - middle) > _FAR * spread
            ]
    return found
