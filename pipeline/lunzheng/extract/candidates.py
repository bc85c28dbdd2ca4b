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
from lunzheng.extract.repeated_words import repeated_words
from lunzheng.extract.tagging import MENTION_TAGS
from lunzheng.spans import Span

Floats = NDArray[np.float32]

_QUOTED = re.compile(r"[“「『‘]([^“”‘’「」『』。，]{2,8})[”」』’]")
_EDGE = " \t\"'“”‘’「」『』《》（）()、，。：；！？,.:;!?"
_MAX_PLACES = 12
MAX_CANDIDATES = 96
N_CANDIDATE_FEATURES = 16
_BEGIN = [i for i, t in enumerate(MENTION_TAGS) if t.startswith("B-")]
_INSIDE = [i for i, t in enumerate(MENTION_TAGS) if t.startswith("I-")]
_ACTOR = [i for i, t in enumerate(MENTION_TAGS) if t.endswith("actor")]


@dataclass(frozen=True)
class Candidate:
    """A word that may name a strategy or an actor, and where it stands."""

    word: str
    spans: tuple[Span, ...]  # every place, in order
    places: tuple[tuple[int, int], ...]  # token ranges of the first places
    features: tuple[float, ...]


def collect_candidates(
    prepared: PreparedText, mentions: Iterable[TaggedSpan], tags: Floats, extra: Sequence[str] = ()
) -> list[Candidate]:
    """Candidates from tagged mentions, quoted words and words used again and again, in order of the text.

    Args:
        prepared: the text.
        mentions: what the mention head found.
        tags: its probabilities. *Shape:* (n_tokens, len(MENTION_TAGS)).
        extra: words to take in addition (the labelled ones, in training).
    """
    text = prepared.text
    tagged = {prepared.tokens.span_of(m.first, m.last).trim(text, _EDGE).of(text) for m in mentions}
    quoted = {m[1] for m in _QUOTED.finditer(text)}
    words = {w for w in (*tagged, *quoted, *repeated_words(text)) if 1 < len(w) <= 16} | set(extra)
    places = _Places.of(prepared)
    found = [c for w in sorted(words) if (c := _candidate(prepared, places, w, tags, tagged=w in tagged))]
    always = set(extra)
    found.sort(key=lambda c: (c.word not in always, -_promise(c), c.word))
    return sorted(found[:MAX_CANDIDATES], key=lambda c: (c.spans[0], c.word))


def _promise(candidate: Candidate) -> float:
    """What decides who stays when there are too many: trusted, frequent, in headings or quotation marks."""
    count, _, _, heading, first, quoted, inside, best, *_ = candidate.features
    return 2 * inside + best + count + 0.5 * heading + 0.5 * quoted + 0.2 * first


@dataclass(frozen=True)
class _Places:
    """Where sentences and paragraphs begin."""

    paragraphs: tuple[int, ...]

    @classmethod
    def of(cls, prepared: PreparedText) -> _Places:
        return cls(tuple(p.start for p in prepared.segmentation.paragraphs))


def _candidate(prepared: PreparedText, places: _Places, word: str, tags: Floats, *, tagged: bool) -> Candidate | None:
    text = prepared.text
    spans = [Span(m.start(), m.end()) for m in re.finditer(re.escape(word), text)]
    ranges = [r for r in (prepared.tokens.tokens_in(s) for s in spans) if r[1] > r[0]]
    if not ranges:
        return None
    heads = prepared.segmentation.headings
    n_heading = sum(any(h.contains(s) for h in heads) for s in spans)
    n_quoted = sum(
        text[s.start - 1 : s.start] in ("“", "「", "‘") and text[s.end : s.end + 1] in ("”", "」", "’") for s in spans
    )
    n_paragraphs = len({bisect_right(places.paragraphs, s.start) for s in spans})
    features = (
        math.log1p(len(spans)) / 3,
        spans[0].start / max(1, len(text)),
        spans[-1].start / max(1, len(text)),
        float(n_heading > 0),
        float(bool(places.paragraphs) and bisect_right(places.paragraphs, spans[0].start) <= 1),
        n_quoted / len(spans),
        *_trust(ranges, tags),
        float(tagged),
        min(2.0, len(word) / 6),
        min(1.0, n_heading / 3),
        n_paragraphs / max(1, len(places.paragraphs)),
        float(word.isascii()),
    )
    return Candidate(word, tuple(spans), tuple(ranges[:_MAX_PLACES]), features)


def _trust(ranges: Sequence[tuple[int, int]], tags: Floats) -> tuple[float, float, float, float, float]:
    """What the mention head says of all places: inside (mean, best), begins and ends there, an actor."""
    inside = [float(1 - tags[a:b, 0].mean()) for a, b in ranges]
    begins = [float(tags[a, _BEGIN].sum()) for a, _ in ranges]
    ends = [float(1 - tags[b, _INSIDE].sum()) if b < len(tags) else 1.0 for _, b in ranges]
    actor = sum(float(tags[a:b, _ACTOR].mean(0).sum()) for a, b in ranges) / max(1e-3, sum(inside))
    n = len(ranges)
    return sum(inside) / n, max(inside), sum(begins) / n, sum(ends) / n, min(1.0, actor)


def candidate_arrays(
    candidates: Sequence[Candidate],
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """``ranges`` (n_places, 2), ``owner`` (n_places,) and ``features`` (n, width) for the strategy network."""
    ranges = [place for c in candidates for place in c.places]
    owner = [i for i, c in enumerate(candidates) for _ in c.places]
    features = np.array([c.features for c in candidates], dtype=np.float32).reshape(-1, N_CANDIDATE_FEATURES)
    return np.array(ranges, dtype=np.int64).reshape(-1, 2), np.array(owner, dtype=np.int64), features
