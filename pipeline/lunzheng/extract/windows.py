"""Overlapping windows over a token sequence, and which window answers for which token."""

from __future__ import annotations

import itertools
from dataclasses import dataclass


@dataclass(frozen=True)
class Window:
    """Tokens ``[start, end)`` are read; of these ``[keep_start, keep_end)`` are taken."""

    start: int
    end: int
    keep_start: int
    keep_end: int


def plan_windows(n_tokens: int, size: int, overlap: int) -> list[Window]:
    """Windows that cover all tokens; each token is kept from exactly one window.

    A token that two windows read is kept from the one in which it lies further from the edge.

    Args:
        n_tokens: length of the sequence.
        size: most tokens a window reads.
        overlap: least tokens that two neighbours share, smaller than *size*.

    Raises:
        ValueError: *overlap* is not in ``[0, size)``.
    """
    if not 0 <= overlap < size:
        raise ValueError(f"expected 0 <= overlap < size, found overlap {overlap} and size {size}")
    if n_tokens <= size:
        return [Window(0, n_tokens, 0, n_tokens)] if n_tokens else []
    n_windows = -(-(n_tokens - overlap) // (size - overlap))
    stride = (n_tokens - size) / (n_windows - 1)
    starts = [round(i * stride) for i in range(n_windows)]
    cuts = [0, *((b + a + size) // 2 for a, b in itertools.pairwise(starts)), n_tokens]
    return [Window(s, s + size, cuts[i], cuts[i + 1]) for i, s in enumerate(starts)]
