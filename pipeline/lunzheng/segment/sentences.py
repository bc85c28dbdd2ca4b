"""Sentence spans from any splitter that returns cut points, mended at quotation marks."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Protocol

from lunzheng.errors import ConfigError
from lunzheng.spans import Span

_OPENERS = "“‘「『（《〈【(["
_CLOSERS = "”’」』）》〉】)]。！？!?…；，,、：\"'"
_SPACE = " \t\r\n\u3000\u00a0"


class Splitter(Protocol):
    """Cuts one paragraph into sentences."""

    def __call__(self, paragraph: str) -> list[int]:
        """Ascending offsets in *paragraph* at which a sentence starts (0 may be left out)."""
        ...


def make_splitter(backend: str) -> Splitter:
    """The sentence splitter named in the configuration.

    Raises:
        ConfigError: no splitter has that name.
    """
    if backend == "spacy":
        from lunzheng.segment._spacy import SpacySplitter

        return SpacySplitter()
    if backend == "hanlp":
        from lunzheng.segment._hanlp import split_with_hanlp

        return split_with_hanlp
    raise ConfigError(f"segment.backend: expected 'spacy' or 'hanlp', found {backend!r}")


def sentence_spans(text: str, paragraphs: Iterable[Span], splitter: Splitter) -> tuple[Span, ...]:
    """Sentences of each paragraph, without space at their ends, in order.

    A cut never leaves an opening quotation mark behind, nor a closing one or a second
    full stop at a sentence's head.
    """
    found: list[Span] = []
    for paragraph in paragraphs:
        words = paragraph.of(text)
        cuts = sorted({0, len(words), *(_mend(words, c) for c in splitter(words))})
        for start, end in itertools.pairwise(cuts):
            span = Span(start, end).shift(paragraph.start).trim(text, _SPACE)
            if len(span):
                found.append(span)
    return tuple(found)


def _mend(words: str, cut: int) -> int:
    while 0 < cut < len(words) and words[cut] in _CLOSERS:
        cut += 1
    while 0 < cut < len(words) and words[cut - 1] in _OPENERS:
        cut -= 1
    return cut
