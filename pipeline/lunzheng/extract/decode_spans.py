"""Spans from the plain BIO heads: mentions, causes, effects, connectives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lunzheng.extract.crf import viterbi
from lunzheng.extract.tagging import is_allowed, tagged_spans

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class TaggedSpan:
    """A token range, its label and the mean probability of its tags."""

    first: int
    last: int
    label: str
    confidence: float


def decode_spans(
    logits: Floats, sentences: Sequence[tuple[int, int]], tags: Sequence[str], bias: float = 0.0
) -> list[TaggedSpan]:
    """Best spans, sentence by sentence.

    Args:
        logits: *Shape:* (n_tokens, n_tags); tag 0 is O.
        sentences: token ranges; no span leaves its sentence.
        tags: names of the tags.
        bias: taken from the logit of O, to find more spans.
    """
    moves = np.zeros((len(tags), len(tags)), dtype=np.float32)
    start = np.zeros(len(tags), dtype=np.float32)
    for i, before in enumerate(tags):
        start[i] = -1e4 if before.startswith("I-") else 0
        for j, after in enumerate(tags):
            moves[i, j] = 0 if is_allowed(before, after) else -1e4
    logits = logits.copy()
    logits[:, 0] -= bias
    probabilities = np.exp(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True))
    found = []
    for first, last in sentences:
        if (logits[first:last].argmax(1) == 0).all():
            continue
        path = viterbi(logits[first:last], start, np.zeros_like(start), moves)
        for a, b, label in tagged_spans([tags[t] for t in path]):
            confidence = float(probabilities[range(first + a, first + b), path[a:b]].mean())
            found.append(TaggedSpan(first + a, first + b, label, confidence))
    return found
