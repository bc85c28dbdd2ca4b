"""Candidate pairs of cause and effect spans: near each other, in one paragraph."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lunzheng.extract.causal_network import N_CAUSAL_FEATURES, pair_row

Range = tuple[int, int]
_MAX_SENTENCE_GAP = 1


@dataclass(frozen=True)
class CausalPair:
    """A cause and an effect, as token ranges."""

    cause: Range
    effect: Range


def near_pairs(
    causes: Sequence[Range],
    effects: Sequence[Range],
    sentences: Sequence[Range],
    paragraph_of: NDArray[np.int64],
) -> list[CausalPair]:
    """All pairs in one paragraph and at most one sentence apart that do not overlap."""
    starts = [s[0] for s in sentences]
    by_sentence: dict[int, list[Range]] = {}
    for effect in effects:
        by_sentence.setdefault(bisect_right(starts, effect[0]) - 1, []).append(effect)
    found = []
    for cause in causes:
        here = bisect_right(starts, cause[0]) - 1
        for sentence in range(here - _MAX_SENTENCE_GAP, here + _MAX_SENTENCE_GAP + 1):
            for effect in by_sentence.get(sentence, ()):
                apart = effect[0] >= cause[1] or cause[0] >= effect[1]
                if apart and paragraph_of[cause[0]] == paragraph_of[effect[0]]:
                    found.append(CausalPair(cause, effect))
    return found


def pair_arrays(
    pairs: Sequence[CausalPair], sentences: Sequence[Range]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """``causes`` (n, 2), ``effects`` (n, 2) and ``features`` for the causal network."""
    starts = [s[0] for s in sentences]
    spans = sorted({p.cause for p in pairs} | {p.effect for p in pairs})
    rows = []
    for pair in pairs:
        gap = bisect_right(starts, pair.effect[0]) - bisect_right(starts, pair.cause[0])
        low, high = min(pair.cause[1], pair.effect[1]), max(pair.cause[0], pair.effect[0])
        n_between = sum(low <= s[0] and s[1] <= high for s in spans)
        rows.append(pair_row(pair.cause, pair.effect, gap, n_between))
    causes = np.array([p.cause for p in pairs], dtype=np.int64).reshape(-1, 2)
    effects = np.array([p.effect for p in pairs], dtype=np.int64).reshape(-1, 2)
    return causes, effects, np.array(rows, dtype=np.float32).reshape(-1, N_CAUSAL_FEATURES)
