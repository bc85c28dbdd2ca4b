"""Unit spans from the logits of the unit head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lunzheng.extract.crf import LinearChainCrf, marginals, viterbi
from lunzheng.extract.tagging import UNIT_TAGS, is_allowed, tagged_spans

Floats = NDArray[np.float32]
_FORBIDDEN = -1e4


@dataclass(frozen=True)
class CrfScores:
    """A CRF's scores as arrays, impossible moves shut."""

    start: Floats
    end: Floats
    transitions: Floats

    @classmethod
    def of(cls, crf: LinearChainCrf, tags: Sequence[str] = UNIT_TAGS) -> CrfScores:
        """Scores of *crf*, with moves that BIO forbids made impossible."""
        start = crf.start.detach().float().cpu().numpy().copy()
        moves = crf.transitions.detach().float().cpu().numpy().copy()
        for i, before in enumerate(tags):
            if before.startswith("I-"):
                start[i] = _FORBIDDEN
            for j, after in enumerate(tags):
                if not is_allowed(before, after):
                    moves[i, j] = _FORBIDDEN
        return cls(start, crf.end.detach().float().cpu().numpy().copy(), moves)


@dataclass(frozen=True)
class TaggedUnit:
    """A unit as the tags say it: token range, type, and mean posterior of its tags."""

    first: int
    last: int
    type: str
    confidence: float


def decode_units(logits: Floats, sentences: Sequence[tuple[int, int]], crf: CrfScores) -> list[TaggedUnit]:
    """Best unit spans, sentence by sentence.

    Args:
        logits: *Shape:* (n_tokens, n_tags).
        sentences: token ranges; no unit leaves its sentence.
        crf: scores of the moves.
    """
    found = []
    for start, end in sentences:
        emissions = logits[start:end]
        path = viterbi(emissions, crf.start, crf.end, crf.transitions)
        if not any(path):
            continue
        posterior = marginals(emissions, crf.start, crf.end, crf.transitions)
        for first, last, label in tagged_spans([UNIT_TAGS[t] for t in path]):
            confidence = float(posterior[range(first, last), path[first:last]].mean())
            found.append(TaggedUnit(start + first, start + last, label, confidence))
    return found
