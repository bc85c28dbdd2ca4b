"""Half-open spans of Unicode code points and what can be computed from them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open interval ``[start, end)`` of code points in one text."""

    start: int
    end: int

    def __len__(self) -> int:
        return max(0, self.end - self.start)

    def of(self, text: str) -> str:
        """The words of *text* that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether *other* lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def shift(self, offset: int) -> Span:
        """The span moved by *offset* code points."""
        return Span(self.start + offset, self.end + offset)

    def gap(self, other: Span) -> int:
        """How many code points lie between the two spans; 0 where they touch or overlap."""
        return max(0, other.start - self.end, self.start - other.end)

    def hull(self, other: Span) -> Span:
        """The smallest span that covers both."""
        return Span(min(self.start, other.start), max(self.end, other.end))

    def trim(self, text: str, drop: str) -> Span:
        """The span without the characters of *drop* at its two ends."""
        start, end = self.start, self.end
        while start < end and text[start] in drop:
            start += 1
        while end > start and text[end - 1] in drop:
            end -= 1
        return Span(start, end)


def is_content(char: str) -> bool:
    """Whether *char* counts when spans are compared: no punctuation, space or mark-up sign."""
    return unicodedata.category(char)[0] in "LNSM" and char not in "#*_`~|>"


def content_offsets(span: Span, text: str) -> frozenset[int]:
    """Offsets of the characters of *span* that count in comparisons (guidelines, section 7)."""
    return frozenset(i for i in range(span.start, span.end) if is_content(text[i]))


def iou(a: frozenset[int], b: frozenset[int]) -> float:
    """Intersection over union of two sets of offsets; 0 for two empty sets."""
    union = len(a | b)
    return len(a & b) / union if union else 0.0


def covered(spans: Iterable[Span], length: int) -> bool:
    """Whether *spans*, in order, tile ``[0, length)`` without gap or overlap."""
    position = 0
    for span in spans:
        if span.start != position or span.end < span.start:
            return False
        position = span.end
    return position == length
