"""Candidate words for the names, actors and cues of the two strategies, with all places they stand in."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lunzheng.extract.decode_spans import TaggedSpan
from lunzheng.extract.prepared import PreparedText
from lunzheng.spans import Span

_QUOTED = re.compile(r"[“「『]([^“”「」『』。，]{2,8})[”」』]")
_EDGE = " \t“”‘’「」『』《》（）()、，。：；！？,.:;!?"
_MAX_PLACES = 12
MAX_CANDIDATES = 48
N_CANDIDATE_FEATURES = 10


@dataclass(frozen=True)
class Candidate:
    """A word that may name a strategy or an actor, the token ranges of its places, and their sentences."""

    word: str
    places: tuple[tuple[int, int], ...]
    features: tuple[float, ...]
    sentences: tuple[int, ...]
    in_heading: bool = False
    quoted: float = 0.0  # share of its places in quotation marks

    @property
    def n_places(self) -> int:
        """How often the word stands in the text; ``places`` may hold fewer."""
        return len(self.sentences)


def collect_candidates(
    prepared: PreparedText, mentions: Iterable[TaggedSpan], extra: Sequence[str] = ()
) -> list[Candidate]:
    """Candidates from tagged mentions and quoted words, most trusted first.

    Args:
        prepared: the text.
        mentions: what the mention head found.
        extra: words to take in addition (the labelled ones, in training).
    """
    trust: dict[str, list[float]] = {}
    actor: dict[str, list[float]] = {}
    for mention in mentions:
        span = prepared.tokens.span_of(mention.first, mention.last).trim(prepared.text, _EDGE)
        word = span.of(prepared.text)
        if 1 < len(word) <= 16:
            trust.setdefault(word, []).append(mention.confidence)
            actor.setdefault(word, []).append(float(mention.label == "actor"))
    quoted = [m[1] for m in _QUOTED.finditer(prepared.text)]
    words = {*trust, *extra, *(q for q in quoted if prepared.text.count(q) > 1)}
    found = []
    for word in words:
        candidate = _candidate(prepared, word, trust.get(word, []), actor.get(word, []))
        if candidate:
            found.append(candidate)
    found.sort(key=lambda c: (c.word not in extra, -sum(trust.get(c.word, [0.0])), c.word))
    kept = found[:MAX_CANDIDATES]
    return sorted(kept, key=lambda c: (c.places[0], c.word))


def _candidate(prepared: PreparedText, word: str, trust: list[float], actor: list[float]) -> Candidate | None:
    text = prepared.text
    spans = [Span(m.start(), m.end()) for m in re.finditer(re.escape(word), text)]
    ranges = [r for r in (prepared.tokens.tokens_in(s) for s in spans) if r[1] > r[0]]
    if not ranges:
        return None
    in_heading = any(h.contains(s) for h in prepared.segmentation.headings for s in spans)
    n_quoted = sum(text[s.start - 1 : s.start] in ("“", "「") and text[s.end : s.end + 1] in ("”", "」") for s in spans)
    features = (
        math.log1p(len(spans)) / 3,
        spans[0].start / max(1, len(text)),
        spans[-1].start / max(1, len(text)),
        float(in_heading),
        float(bool(prepared.segmentation.paragraphs) and prepared.segmentation.paragraphs[0].contains(spans[0])),
        n_quoted / len(spans),
        min(1.0, sum(trust) / len(spans)),
        max(trust, default=0.0),
        sum(actor) / len(actor) if actor else 0.5,
        min(2.0, len(word) / 6),
    )
    starts = [s.start for s in prepared.segmentation.sentences]
    sentences = tuple(bisect_right(starts, s.start) for s in spans)
    return Candidate(word, tuple(ranges[:_MAX_PLACES]), features, sentences, in_heading, n_quoted / len(spans))


def candidate_arrays(
    candidates: Sequence[Candidate],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """``ranges`` (n_places, 2), ``owner`` (n_places,) and ``features`` (n, width) for the strategy network."""
    ranges = [place for c in candidates for place in c.places]
    owner = [i for i, c in enumerate(candidates) for _ in c.places]
    features = np.array([c.features for c in candidates], dtype=np.float32).reshape(-1, N_CANDIDATE_FEATURES)
    return np.array(ranges, dtype=np.int64).reshape(-1, 2), np.array(owner, dtype=np.int64), features
