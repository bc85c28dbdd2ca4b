"""One-to-one matching of predicted and labelled spans by the overlap of their characters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from lunzheng.spans import Span, content_offsets, iou

LEAST_IOU = 0.5


class CausePair(Protocol):
    """Anything that has a cause span and an effect span."""

    @property
    def cause(self) -> Span:
        """Span of the cause."""
        ...

    @property
    def effect(self) -> Span:
        """Span of the effect."""
        ...


def match_spans(gold: Sequence[Span], found: Sequence[Span], text: str) -> dict[int, int]:
    """Labelled to predicted index, best overlap first, at character IoU of at least one half.

    Source: annotation guidelines, section 7.
    """
    gold_sets = [content_offsets(s, text) for s in gold]
    found_sets = [content_offsets(s, text) for s in found]
    scored = [
        (iou(gold_sets[g], found_sets[f]), g, f)
        for g in range(len(gold))
        for f in range(len(found))
        if gold[g].overlaps(found[f])
    ]
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for score, g, f in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        if score >= LEAST_IOU and g not in matched and f not in taken:
            matched[g] = f
            taken.add(f)
    return matched


def match_causals(gold: Sequence[CausePair], found: Sequence[CausePair], text: str) -> dict[int, int]:
    """Labelled to predicted index, best overlap first, both spans at character IoU of at least one half.

    Source: annotation guidelines, section 7.
    """
    ones, twos = (
        [(content_offsets(c.cause, text), content_offsets(c.effect, text)) for c in causals]
        for causals in (gold, found)
    )
    scored = sorted(
        (-min(iou(cause, other_cause), iou(effect, other_effect)), a, b)
        for a, (cause, effect) in enumerate(ones)
        for b, (other_cause, other_effect) in enumerate(twos)
    )
    matched: dict[int, int] = {}
    for score, a, b in scored:
        if -score >= LEAST_IOU and a not in matched and b not in matched.values():
            matched[a] = b
    return matched
