"""Counters behind F1 and accuracy; they add up over articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce


@dataclass(frozen=True)
class F1Count:
    """True positives, and how many were found and labelled."""

    hit: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: F1Count) -> F1Count:
        return F1Count(self.hit + other.hit, self.found + other.found, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """Share of the found that are right; 0 where nothing was found."""
        return self.hit / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the labelled that were found; 0 where nothing is labelled."""
        return self.hit / self.gold if self.gold else 0.0

    @property
    def score(self) -> float:
        """F1; 0 where nothing is right."""
        return 2 * self.hit / (self.found + self.gold) if self.found + self.gold else 0.0


@dataclass(frozen=True)
class AccuracyCount:
    """Right answers among those asked."""

    right: int = 0
    asked: int = 0

    def __add__(self, other: AccuracyCount) -> AccuracyCount:
        return AccuracyCount(self.right + other.right, self.asked + other.asked)

    @property
    def score(self) -> float:
        """Share of right answers; 0 where nothing was asked."""
        return self.right / self.asked if self.asked else 0.0


Count = F1Count | AccuracyCount
Counts = dict[str, Count]


def was_asked(count: Count) -> bool:
    """Whether there was anything to find or to answer; without it a score means nothing."""
    return bool(count.found or count.gold) if isinstance(count, F1Count) else bool(count.asked)


def add_counts(counts: Sequence[Counts]) -> Counts:
    """Counts summed over articles."""

    def add(one: Counts, two: Counts) -> Counts:
        return {k: one[k] + two[k] for k in one}  # type: ignore[operator]

    return reduce(add, counts)
