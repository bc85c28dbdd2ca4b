"""Which articles are copies of which: the longest of each kind is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lunzheng.duplicates.sketch import N_HASHES, Sketch, similarity

_BANDS = (8, 4, 2, 1)  # hash values a band, the strictest first
_MOST_MISSED = 1e-3  # of the pairs that are just alike enough


@dataclass(frozen=True)
class Surveyed:
    """An article of the run, by all that is needed to compare it."""

    name: str
    sha256: str
    n_characters: int
    sketch: Sketch


@dataclass(frozen=True)
class Copy:
    """An article that another one stands for, and how like the two are."""

    article: Surveyed
    kept: Surveyed
    similarity: float


def find_copies(articles: Sequence[Surveyed], threshold: float) -> list[Copy]:
    """Every article that a longer one (at equal length, one with a name before) stands for.

    Each copy is like the article that is kept itself, not only like another copy, so that a chain of
    small changes does not make two different articles one. The order of *articles* makes no difference.

    Args:
        articles: names differ.
        threshold: least share of n-grams in common.
    """
    ordered = sorted(articles, key=lambda a: (-a.n_characters, a.name, a.sha256))
    n_rows = _rows(threshold)
    kept: list[Surveyed] = []
    holders: defaultdict[tuple[int, bytes], list[int]] = defaultdict(list)
    copies: list[Copy] = []
    for article in ordered:
        bands = list(_bands(article.sketch, n_rows))
        candidates = sorted({i for band in bands for i in holders[band]})
        scored = [(similarity(article.sketch, kept[i].sketch), -i) for i in candidates]
        best, place = max(scored, default=(0.0, 0))
        if best >= threshold:
            copies.append(Copy(article, kept[-place], best))
            continue
        for band in bands:
            holders[band].append(len(kept))
        kept.append(article)
    return copies


def _bands(values: Sketch, n_rows: int) -> Iterator[tuple[int, bytes]]:
    """Stretches of a sketch; articles that share none are hardly alike."""
    for start in range(0, N_HASHES, n_rows):
        yield start, values[start : start + n_rows].tobytes()


def _rows(threshold: float) -> int:
    """The longest bands that still let all but a few of the pairs at *threshold* meet."""
    for n_rows in _BANDS:
        if (1 - threshold**n_rows) ** (N_HASHES // n_rows) <= _MOST_MISSED:
            return n_rows
    return 1
