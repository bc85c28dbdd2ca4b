"""Whether the units of a long text depend on where a window ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import torch

from lunzheng.evaluation.counts import F1Count
from lunzheng.extract.predictor import EncodedText, Predictor
from lunzheng.extract.windows import plan_windows
from lunzheng.segment import segment_text
from lunzheng.segment.sentences import make_splitter
from lunzheng.spans import Span

_GAP = "\n\n"


def long_text(texts: Sequence[str], n_characters: int) -> str:
    """Articles one after another, over and over, until the text has *n_characters*."""
    parts: list[str] = []
    while len(_GAP.join(parts)) < n_characters:
        parts.append(texts[len(parts) % len(texts)])
    return _GAP.join(parts)[:n_characters]


@torch.inference_mode()
def seam_stability(predictor: Predictor, text: str, shorter: int) -> tuple[F1Count, F1Count]:
    """Agreement of the units (span and type) with those that windows of another length give.

    Args:
        predictor: the model.
        text: takes several windows.
        shorter: tokens by which the other windows are shorter, so that all ends fall elsewhere.

    Returns:
        Over all units, and over those that lie within half an overlap of a window's end in either reading.
    """
    segmentation = segment_text(text, make_splitter("spacy"))
    one = predictor.encode(text, segmentation)
    config = predictor.network.config
    windows = tuple(plan_windows(len(one.prepared.tokens), config.window - shorter, config.overlap))
    prepared = replace(one.prepared, windows=windows)
    hidden = predictor.network.encode(
        prepared.tokens.ids, windows, predictor.tokenizer.cls_id, predictor.tokenizer.sep_id, predictor.batch
    )
    units: list[set[tuple[Span, str]]] = [
        {(u.span, u.type) for u in predictor.decode(e)[0].units} for e in (one, EncodedText(prepared, hidden))
    ]
    cuts = {w.keep_end for e in (one.prepared, prepared) for w in e.windows[:-1]}
    half, n = config.overlap // 2, len(prepared.tokens)
    near = [prepared.tokens.span_of(max(0, c - half), min(n, c + half)) for c in sorted(cuts)]
    close = [{u for u in side if any(u[0].overlaps(place) for place in near)} for side in units]
    return _agree(*units), _agree(*close)


def _agree(one: set[tuple[Span, str]], two: set[tuple[Span, str]]) -> F1Count:
    return F1Count(len(one & two), len(two), len(one))
