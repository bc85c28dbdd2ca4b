"""Causal relations from the scores of candidate pairs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lunzheng.document import Causal
from lunzheng.extract.causal_pairs import CausalPair
from lunzheng.extract.decode_spans import TaggedSpan
from lunzheng.extract.prepared import PreparedText
from lunzheng.extract.quotes import with_partners
from lunzheng.extract.thresholds import Thresholds
from lunzheng.labels import CAUSAL_KINDS
from lunzheng.spans import Span

Floats = NDArray[np.float32]
_EDGE = " \t\u3000。，、；：！？,;:!?"
_MAX_CONNECTIVE_GAP = 24


def causal_relations(
    prepared: PreparedText,
    pairs: Sequence[CausalPair],
    *,
    valid: Floats,
    kind: Floats,
    inhibit: Floats,
    connectives: Sequence[TaggedSpan],
    thresholds: Thresholds,
) -> tuple[Causal, ...]:
    """Pairs that pass the threshold, best first where two say the same, in order of the text.

    Args:
        prepared: the text.
        pairs: candidates.
        valid: probability of each pair. *Shape:* (n,).
        kind: *Shape:* (n, 3).
        inhibit: *Shape:* (n,).
        connectives: spans that may signal a relation.
        thresholds: of the model.
    """
    signs = [prepared.tokens.span_of(c.first, c.last) for c in connectives]
    found: list[Causal] = []
    for i in sorted(range(len(pairs)), key=lambda i: (-float(valid[i]), pairs[i].cause, pairs[i].effect)):
        if valid[i] < thresholds.causal:
            break
        cause, effect = (
            prepared.tokens.span_of(*r).trim(prepared.text, _EDGE) for r in (pairs[i].cause, pairs[i].effect)
        )
        if not len(cause) or not len(effect) or any(_reversed(cause, effect, other) for other in found):
            continue
        found.append(
            Causal(
                cause=with_partners(cause, prepared.text),
                effect=with_partners(effect, prepared.text),
                connective=_connective(prepared.text, cause, effect, signs),
                kind=CAUSAL_KINDS[int(kind[i].argmax())],
                polarity="inhibit" if inhibit[i] >= thresholds.inhibit else "facilitate",
                confidence=thresholds.calibration.causal(float(valid[i])),
            )
        )
    return tuple(sorted(found, key=lambda c: (c.cause, c.effect)))


def _reversed(cause: Span, effect: Span, other: Causal) -> bool:
    """Whether *other* already says the opposite direction of nearly the same spans."""
    return cause.overlaps(other.effect) and effect.overlaps(other.cause)


def _connective(text: str, cause: Span, effect: Span, signs: Sequence[Span]) -> Span | None:
    """The sign nearest to both spans, in the sentence of one of them."""
    best: tuple[int, Span] | None = None
    for sign in signs:
        distance = sign.gap(cause) + sign.gap(effect)
        hull = cause.hull(effect).hull(sign)
        if distance > _MAX_CONNECTIVE_GAP or hull.of(text).count("。") > 1:
            continue
        if best is None or (distance, sign) < best:
            best = (distance, sign)
    return best[1] if best else None
