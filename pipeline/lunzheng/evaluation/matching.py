"""One-to-one matching of predicted and labelled spans by the overlap of their characters."""

from __future__ import annotations

from collections.abc import Sequence

from lunzheng.spans import Span, content_offsets, iou

LEAST_IOU = 0.5


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
