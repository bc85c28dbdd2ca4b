"""How two candidate words stand to each other in the text, as numbers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lunzheng.document import Segmentation
from lunzheng.extract.candidates import Candidate
from lunzheng.spans import Span

Floats = NDArray[np.float32]

N_CANDIDATE_PAIR_FEATURES = 12
_JOINED = re.compile(r"[”」’]?\s*(?:与|與|和|跟|同|或|抑或|及|对|對|、|/|vs\.?|VS\.?|，?还是|，?還是)\s*[“「‘]?")
_NEAR = 8  # code points


def candidate_pair_features(text: str, candidates: Sequence[Candidate], segmentation: Segmentation) -> Floats:
    """Features of each ordered pair (word, name).

    Returns:
        Share of the word's places in the sentence, paragraph and headed section of the name, nearness in sentences
        and in signs, which comes first; whether the two are joined, nested, alike. *Shape:* (n, n, N).
    """
    n = len(candidates)
    rows = np.zeros((n, n, N_CANDIDATE_PAIR_FEATURES), dtype=np.float32)
    if not n:
        return rows
    sentences = _counts(candidates, [s.start for s in segmentation.sentences])
    paragraphs = _counts(candidates, [p.start for p in segmentation.paragraphs])
    total = np.array([len(c.spans) for c in candidates], dtype=np.float32)[:, None]
    rows[:, :, 0] = sentences @ (sentences > 0).T.astype(np.float32) / total
    rows[:, :, 1] = paragraphs @ (paragraphs > 0).T.astype(np.float32) / total
    rows[:, :, 2] = _under_heading(candidates, segmentation) / total
    rows[:, :, 3] = sentences @ _decay(sentences > 0).T / total
    rows[:, :, 4] = _near(candidates, len(text)) / total
    rows[:, :, 5] = np.minimum(1, _joined(text, candidates))
    rows[:, :, 6:10] = _shape(candidates)
    rows[:, :, 10] = _both_in_heading(candidates, segmentation)
    first = np.array([c.spans[0].start for c in candidates])
    rows[:, :, 11] = first[:, None] < first[None, :]
    return rows


def _counts(candidates: Sequence[Candidate], starts: Sequence[int]) -> Floats:
    """How often each word stands in each stretch. *Shape:* (n, n_stretches + 1)."""
    table = np.zeros((len(candidates), len(starts) + 1), dtype=np.float32)
    for i, candidate in enumerate(candidates):
        for span in candidate.spans:
            table[i, bisect_right(starts, span.start)] += 1
    return table


def _decay(present: NDArray[np.bool_]) -> Floats:
    """Halved with each sentence from the nearest place of the word. *Shape:* as *present*."""
    out = np.zeros(present.shape, dtype=np.float32)
    for step in (1, -1):
        value = np.zeros(len(present), dtype=np.float32)
        columns = range(present.shape[1])[::step]
        for column in columns:
            value = np.where(present[:, column], 1.0, value / 2).astype(np.float32)
            out[:, column] = np.maximum(out[:, column], value)
    return out


def _under_heading(candidates: Sequence[Candidate], segmentation: Segmentation) -> Floats:
    heads = [s for s in segmentation.sections if s.heading is not None]
    starts = [s.span.start for s in heads]
    inside = np.zeros((len(candidates), len(heads) + 1), dtype=np.float32)
    named = np.zeros((len(candidates), len(heads) + 1), dtype=np.float32)
    for i, candidate in enumerate(candidates):
        for span in candidate.spans:
            column = bisect_right(starts, span.start)
            inside[i, column] += 1
            heading = heads[column - 1].heading if column else None
            if heading is not None and heading.contains(span):
                named[i, column] = 1
    out: Floats = inside @ named.T
    return out


def _near(candidates: Sequence[Candidate], length: int) -> Floats:
    """How many places of the word have the other within a few signs."""
    out = np.zeros((len(candidates), len(candidates)), dtype=np.float32)
    starts = [np.array([s.start for s in c.spans]) for c in candidates]
    for j, candidate in enumerate(candidates):
        mask = np.zeros(length + 1, dtype=bool)
        for span in candidate.spans:
            mask[max(0, span.start - _NEAR) : span.end + _NEAR] = True
        for i, places in enumerate(starts):
            out[i, j] = mask[places].sum()
    return out


def _joined(text: str, candidates: Sequence[Candidate]) -> Floats:
    """How often the two stand on both sides of "and", "or", "versus". Symmetric."""
    out = np.zeros((len(candidates), len(candidates)), dtype=np.float32)
    begins: dict[int, list[int]] = {}
    for i, candidate in enumerate(candidates):
        for span in candidate.spans:
            begins.setdefault(span.start, []).append(i)
    for i, candidate in enumerate(candidates):
        for span in candidate.spans:
            sign = _JOINED.match(text, span.end)
            for j in begins.get(sign.end(), ()) if sign else ():
                out[i, j] += 1
                out[j, i] += 1
    return out


def _shape(candidates: Sequence[Candidate]) -> Floats:
    words = [c.word for c in candidates]
    out = np.zeros((len(words), len(words), 4), dtype=np.float32)
    for i, one in enumerate(words):
        for j, two in enumerate(words):
            out[i, j] = (one in two or two in one, one[-1] == two[-1], one[0] == two[0], len(one) == len(two))
    return out


def _both_in_heading(candidates: Sequence[Candidate], segmentation: Segmentation) -> Floats:
    table = np.zeros((len(candidates), max(1, len(segmentation.headings))), dtype=np.float32)
    for i, candidate in enumerate(candidates):
        for k, heading in enumerate(segmentation.headings):
            table[i, k] = any(_contains(heading, s) for s in candidate.spans)
    out: Floats = np.minimum(1, table @ table.T)
    return out


def _contains(heading: Span, span: Span) -> bool:
    return heading.contains(span)
