"""A text under repair that always knows which raw characters it stands for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from lunzheng.document import Edit
from lunzheng.errors import InputError
from lunzheng.offsets import OffsetMap, Piece
from lunzheng.spans import Span

_MOST_CHANGES = 500_000  # in one step; no page that an article stands on comes near it


class Change(NamedTuple):
    """Put *replacement* in place of ``text[start:end]``.

    ``reason`` None is for white space and decoded entities, which leave no edit behind.
    """

    start: int
    end: int
    replacement: str
    reason: str | None


@dataclass(frozen=True)
class Draft:
    """Text between two cleaning steps, its way back to the raw text, and the edits so far."""

    raw: str
    text: str
    pieces: tuple[Piece, ...]
    edits: tuple[Edit, ...] = ()

    @classmethod
    def of(cls, raw: str) -> Draft:
        """The draft that nothing has touched yet."""
        return cls(raw, raw, OffsetMap.identity(len(raw)).pieces)

    def apply(self, changes: Iterable[Change]) -> Draft:
        """A new draft with all *changes* made; of overlapping changes the first in the text wins.

        Args:
            changes: in code points of ``self.text``, in any order.

        Raises:
            InputError: there are more than an article can need.
        """
        ordered = sorted(islice(changes, _MOST_CHANGES + 1), key=lambda c: (c.start, c.end > c.start, -c.end))
        if not ordered:
            return self
        if len(ordered) > _MOST_CHANGES:
            raise InputError(
                f"expected an article, found more than {_MOST_CHANGES} places to mend or drop; give the article itself"
            )
        builder = _Builder(self)
        for change in ordered:
            builder.make(change)
        return builder.finish()

    def note(self, edits: Iterable[Edit]) -> Draft:
        """The same text with more edits on record."""
        return Draft(self.raw, self.text, self.pieces, self.edits + tuple(edits))


class _Builder:
    """Walks a draft from left to right and copies or changes its pieces."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.starts = [p.text.start for p in draft.pieces]
        self.position = self.length = self.raw_end = 0
        self.parts: list[str] = []
        self.pieces: list[Piece] = []
        self.edits = list(draft.edits)

    def make(self, change: Change) -> None:
        if change.start < self.position or change.end < change.start:
            return
        self._keep(change.start)
        raw = self._raw(change.start, change.end)
        self._emit(change.replacement, Span(max(raw.start, self.raw_end), max(raw.end, self.raw_end)), exact=False)
        self.position = change.end
        if change.reason is not None:
            self.edits.append(Edit(raw, change.reason, change.replacement or None))

    def finish(self) -> Draft:
        self._keep(len(self.draft.text))
        return Draft(self.draft.raw, "".join(self.parts), tuple(self.pieces), tuple(self.edits))

    def _keep(self, end: int) -> None:
        pieces, text = self.draft.pieces, self.draft.text
        index = bisect_right(self.starts, self.position) - 1
        while self.position < end:
            piece = pieces[index]
            stop = min(end, piece.text.end)
            part = text[self.position : stop]
            if piece.exact:
                shift = piece.raw.start - piece.text.start
                self._emit(part, Span(self.position + shift, stop + shift), exact=True)
            else:
                # A replacement cut in two: its first kept part answers for the whole raw span.
                start = max(piece.raw.start, self.raw_end)
                self._emit(part, Span(start, max(start, piece.raw.end)), exact=False)
            self.position = stop
            index += 1

    def _emit(self, part: str, raw: Span, *, exact: bool) -> None:
        if not part:
            return
        span = Span(self.length, self.length + len(part))
        last = self.pieces[-1] if self.pieces else None
        if last and exact and last.exact and last.raw.end == raw.start:
            self.pieces[-1] = Piece(Span(last.text.start, span.end), Span(last.raw.start, raw.end), True)
        else:
            self.pieces.append(Piece(span, raw, exact))
        self.parts.append(part)
        self.length, self.raw_end = span.end, raw.end

    def _raw(self, start: int, end: int) -> Span:
        """Raw span of a stretch of the old text; an empty stretch lies before its right neighbour."""
        pieces = self.draft.pieces
        if start == end:
            return Span(self.raw_end, self.raw_end)
        first = pieces[bisect_right(self.starts, start) - 1]
        last = pieces[bisect_right(self.starts, end - 1) - 1]
        raw_start = first.raw.start + (start - first.text.start if first.exact else 0)
        raw_end = last.raw.start + (end - last.text.start) if last.exact else last.raw.end
        return Span(raw_start, raw_end)
