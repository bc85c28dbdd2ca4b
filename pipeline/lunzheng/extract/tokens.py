"""Model tokens of a text, with the code points each stands for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from lunzheng.extract.view import model_view
from lunzheng.spans import Span

Ints = NDArray[np.int64]


class Tokenizer(Protocol):
    """What is needed of a tokenizer: ids and offsets of one paragraph."""

    cls_id: int
    sep_id: int
    pad_id: int

    def encode(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Ids and ``(start, end)`` offsets of *text*, without special tokens."""
        ...


@dataclass(frozen=True)
class TokenizedText:
    """Tokens of a whole text; a separator token stands at each paragraph's end.

    *Shape:* ``ids``, ``starts``, ``ends`` are (n_tokens,). A separator has ``starts == ends``.
    """

    ids: Ints
    starts: Ints
    ends: Ints
    paragraph_of: Ints  # (n_tokens,) index of the token's paragraph

    def __len__(self) -> int:
        return len(self.ids)

    def tokens_in(self, span: Span) -> tuple[int, int]:
        """Token range ``[first, last)`` of the tokens that overlap *span*; empty where none does."""
        first = bisect_right(self.ends, span.start)
        last = bisect_left(self.starts, span.end)
        return first, max(first, last)

    def span_of(self, first: int, last: int) -> Span:
        """Code points from token *first* to the end of token *last* - 1."""
        return Span(int(self.starts[first]), int(self.ends[last - 1]))


def tokenize(text: str, paragraphs: Sequence[Span], tokenizer: Tokenizer) -> TokenizedText:
    """Tokenize *text* paragraph by paragraph.

    Args:
        text: clean text; the tokenizer sees its :func:`model_view`.
        paragraphs: in order, without overlap.
        tokenizer: gives ids and offsets.
    """
    view = model_view(text)
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    owner: list[int] = []
    for index, paragraph in enumerate(paragraphs):
        piece_ids, offsets = tokenizer.encode(paragraph.of(view))
        for piece, (start, end) in zip(piece_ids, offsets, strict=True):
            span = Span(start, end).shift(paragraph.start).trim(text, " \t\u3000\u00a0")
            if len(span):
                ids.append(piece)
                starts.append(span.start)
                ends.append(span.end)
                owner.append(index)
        ids.append(tokenizer.sep_id)
        starts.append(paragraph.end)
        ends.append(paragraph.end)
        owner.append(index)
    arrays = (np.asarray(values, dtype=np.int64) for values in (ids, starts, ends, owner))
    return TokenizedText(*arrays)
