"""The map between a cleaned text and the decoded source that it came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from lunzheng.spans import Span


class Piece(NamedTuple):
    """A stretch of clean text and the raw stretch it stands for.

    ``exact`` pieces are copied code point by code point; others replace their raw span as a whole
    (a raw span may be empty where cleaning inserts, a text span is empty only where it drops).
    """

    text: Span
    raw: Span
    exact: bool


@dataclass(frozen=True)
class OffsetMap:
    """Ordered pieces that tile the clean text; raw spans rise without overlap.

    Raises:
        ValueError: on creation, when the pieces leave a gap in the text, overlap, fall in the raw
            text, or an exact piece has two lengths.
    """

    pieces: tuple[Piece, ...]

    def __post_init__(self) -> None:
        position = raw_position = 0
        for piece in self.pieces:
            if piece.text.start != position or piece.text.end <= piece.text.start:
                raise ValueError(f"expected a piece that starts at {position}, found {piece}")
            if piece.raw.start < raw_position or piece.raw.end < piece.raw.start:
                raise ValueError(f"raw offsets must rise from {raw_position}, found {piece}")
            if piece.exact and len(piece.text) != len(piece.raw):
                raise ValueError(f"an exact piece needs two equal lengths, found {piece}")
            position, raw_position = piece.text.end, piece.raw.end

    @classmethod
    def identity(cls, length: int) -> OffsetMap:
        """The map of a text that is its own source."""
        whole = Span(0, length)
        return cls((Piece(whole, whole, True),) if length else ())

    @classmethod
    def from_characters(cls, raw_spans: Iterable[tuple[int, int]], exact: Iterable[bool]) -> OffsetMap:
        """Merge one raw span per clean character into pieces.

        Args:
            raw_spans: for each clean code point in order, the raw ``(start, end)`` it stands for.
                Characters that share one raw span are one replacement.
            exact: for each clean code point, whether it was copied.
        """
        pieces: list[Piece] = []
        for i, ((start, end), copied) in enumerate(zip(raw_spans, exact, strict=True)):
            last = pieces[-1] if pieces else None
            if last and copied and last.exact and last.raw.end == start:
                pieces[-1] = Piece(Span(last.text.start, i + 1), Span(last.raw.start, end), True)
            elif (
                last and not copied and not last.exact and (last.raw == (start, end) or (end == start == last.raw.end))
            ):
                pieces[-1] = Piece(Span(last.text.start, i + 1), last.raw, False)
            else:
                pieces.append(Piece(Span(i, i + 1), Span(start, end), copied))
        return cls(tuple(pieces))

    @property
    def length(self) -> int:
        """Code points of clean text that the map covers."""
        return self.pieces[-1].text.end if self.pieces else 0

    @cached_property
    def _starts(self) -> list[int]:
        return [p.text.start for p in self.pieces]

    def _raw_bound(self, offset: int, *, end: bool) -> int:
        """Raw offset of one bound; inside a replacement the bound widens to its edge."""
        index = bisect_right(self._starts, offset - 1 if end else offset) - 1
        piece = self.pieces[max(0, index)]
        if piece.exact:
            return piece.raw.start + (offset - piece.text.start)
        if end:
            return piece.raw.end
        return piece.raw.start

    def to_raw(self, span: Span) -> Span:
        """The raw span that a clean span stands for.

        Args:
            span: ``[start, end)`` in clean code points, not empty.

        Raises:
            ValueError: the span is empty or reaches beyond the text.
        """
        if not 0 <= span.start < span.end <= self.length:
            raise ValueError(f"expected a span inside [0, {self.length}), found {span}")
        return Span(self._raw_bound(span.start, end=False), self._raw_bound(span.end, end=True))

    def from_raw(self, raw: Span) -> Span | None:
        """The clean span of what a raw span left in the text; None where all of it was dropped."""
        found: Span | None = None
        for piece in self.pieces:
            if not (piece.raw.overlaps(raw) or (len(piece.raw) == 0 and raw.start <= piece.raw.start < raw.end)):
                continue
            part = piece.text
            if piece.exact:
                shift = piece.text.start - piece.raw.start
                part = Span(max(raw.start, piece.raw.start) + shift, min(raw.end, piece.raw.end) + shift)
            found = part if found is None else found.hull(part)
        return found
