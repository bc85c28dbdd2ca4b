"""What the layout and the mentions of strategies say of a unit, and of a pair of units, as numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lunzheng.document import Segmentation
from lunzheng.spans import Span

Floats = NDArray[np.float32]

_N_SIDE = 2 * 6
_N_LAYOUT = 11
N_UNIT_FEATURES = _N_SIDE + _N_LAYOUT
_BUCKETS = (1, 2, 3, 4, 6, 9, 14, 22)
N_PAIR_FEATURES = 2 * (len(_BUCKETS) + 1) + 8


@dataclass(frozen=True)
class Mentions:
    """Where the text speaks of strategy A and of strategy B, each in order of the text."""

    A: tuple[Span, ...]
    B: tuple[Span, ...]

    @classmethod
    def of(cls, text: str, words_a: Sequence[str], words_b: Sequence[str]) -> Mentions:
        """Occurrences of each strategy's words; a word inside a longer one of the other side is not counted."""
        every = sorted({*words_a, *words_b} - {""}, key=lambda w: (-len(w), w))
        taken = np.zeros(len(text), dtype=bool)
        found: dict[str, list[Span]] = {}
        for word in every:
            at = text.find(word)
            while at >= 0:
                if not taken[at : at + len(word)].any():
                    taken[at : at + len(word)] = True
                    found.setdefault(word, []).append(Span(at, at + len(word)))
                at = text.find(word, at + 1)
        a = sorted(s for w in set(words_a) for s in found.get(w, ()))
        b = sorted(s for w in set(words_b) - set(words_a) for s in found.get(w, ()))
        return cls(tuple(a), tuple(b))


def _containing(starts: Sequence[int], offset: int) -> int:
    return max(0, bisect_right(starts, offset) - 1)


def _n_inside(mentions: Sequence[Span], span: Span) -> int:
    return sum(m.overlaps(span) for m in mentions)


@dataclass(frozen=True)
class UnitPlaces:
    """Index of the sentence, paragraph and section that each unit stands in."""

    sentence: NDArray[np.int64]
    paragraph: NDArray[np.int64]
    section: NDArray[np.int64]

    @classmethod
    def of(cls, units: Sequence[Span], segmentation: Segmentation) -> UnitPlaces:
        """Places of *units* in the segmentation."""
        lists = (segmentation.sentences, segmentation.paragraphs, [s.span for s in segmentation.sections])
        columns = []
        for spans in lists:
            starts = [s.start for s in spans]
            columns.append(np.array([_containing(starts, u.start) for u in units], dtype=np.int64))
        return cls(*columns)


def unit_features(text: str, units: Sequence[Span], segmentation: Segmentation, mentions: Mentions) -> Floats:
    """Features of each unit.

    Returns:
        Which strategy is named in the unit, its sentence, the sentence before, its paragraph and its section's
        heading, and which was named last; then place and length. *Shape:* (n_units, N_UNIT_FEATURES).
    """
    places = UnitPlaces.of(units, segmentation)
    rows = np.zeros((len(units), N_UNIT_FEATURES), dtype=np.float32)
    for i, unit in enumerate(units):
        rows[i, :_N_SIDE] = _side_row(unit, i, places, segmentation, mentions)
        rows[i, _N_SIDE:] = _layout_row(text, units, i, places, segmentation)
    return rows


def _side_row(
    unit: Span, index: int, places: UnitPlaces, segmentation: Segmentation, mentions: Mentions
) -> list[float]:
    sentence = segmentation.sentences[places.sentence[index]]
    before = segmentation.sentences[max(0, places.sentence[index] - 1)]
    paragraph = segmentation.paragraphs[places.paragraph[index]]
    heading = segmentation.sections[places.section[index]].heading if segmentation.sections else None
    row: list[float] = []
    for own in (mentions.A, mentions.B):
        row += [
            min(2, _n_inside(own, unit)),
            min(2, _n_inside(own, sentence)),
            min(2, _n_inside(own, before)),
            min(2, _n_inside(own, paragraph)) / 2,
            min(1, _n_inside(own, heading)) if heading else 0,
        ]
    last_a = max((m.start for m in mentions.A if m.start < unit.end), default=-1)
    last_b = max((m.start for m in mentions.B if m.start < unit.end), default=-1)
    return [*row, float(last_a > last_b), float(last_b > last_a)]


def _layout_row(
    text: str, units: Sequence[Span], i: int, places: UnitPlaces, segmentation: Segmentation
) -> list[float]:
    n = max(1, len(units) - 1)
    words = units[i].of(text)
    first_in = [i == 0 or column[i] != column[i - 1] for column in (places.sentence, places.paragraph, places.section)]
    last_in = [
        i == len(units) - 1 or column[i] != column[i + 1]
        for column in (places.sentence, places.paragraph, places.section)
    ]
    digits = sum(c.isdigit() for c in words)
    return [
        *map(float, first_in),
        *map(float, last_in),
        i / n,
        float(places.paragraph[i] >= len(segmentation.paragraphs) - 2),
        min(2.0, len(words) / 30),
        min(1.0, digits / 4),
        float("“" in words or "「" in words),
    ]


def pair_features(units: Sequence[Span], segmentation: Segmentation) -> Floats:
    """Features of each ordered pair: signed distance in units, shared and neighbouring places.

    Returns:
        *Shape:* (n, n, N_PAIR_FEATURES).
    """
    n = len(units)
    places = UnitPlaces.of(units, segmentation)
    index = np.arange(n)
    distance = index[None, :] - index[:, None]
    bucket = np.digitize(np.abs(distance), _BUCKETS)
    rows = np.zeros((n, n, N_PAIR_FEATURES), dtype=np.float32)
    slot = bucket + np.where(distance < 0, len(_BUCKETS) + 1, 0)
    np.put_along_axis(rows, slot[:, :, None], 1.0, axis=2)
    base = 2 * (len(_BUCKETS) + 1)
    paragraph_gap = places.paragraph[None, :] - places.paragraph[:, None]
    sentence_gap = places.sentence[None, :] - places.sentence[:, None]
    flags = (
        sentence_gap == 0,
        sentence_gap == 1,
        sentence_gap == -1,
        paragraph_gap == 0,
        paragraph_gap == 1,
        paragraph_gap == -1,
        places.section[None, :] == places.section[:, None],
        np.broadcast_to(index[None, :] == 0, (n, n)),
    )
    for k, flag in enumerate(flags):
        rows[:, :, base + k] = flag
    return rows
