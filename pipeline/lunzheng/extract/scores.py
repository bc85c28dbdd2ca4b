"""What the extract stage leaves for linking: arrays and spans, no torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lunzheng.document import Causal
from lunzheng.extract.candidates import Candidate
from lunzheng.extract.prepared import PreparedText
from lunzheng.labels import UnitType
from lunzheng.spans import Span

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class FoundUnit:
    """A unit before it is linked; ``p_claim`` is the tag head's belief in its type."""

    span: Span
    tokens: tuple[int, int]
    type: UnitType
    confidence: float
    p_claim: float


@dataclass(frozen=True)
class FoundStrategies:
    """Scores of candidate words, as of :class:`~lunzheng.extract.strategy_network.StrategyScores`.

    *Shape:* logits ``names`` (n, n), ``other`` (n,), ``role`` (n, 2), ``belongs`` (n, n); ``contrast`` is the
    probability that two strategies are contrasted.
    """

    candidates: tuple[Candidate, ...]
    names: Floats
    other: Floats
    role: Floats
    belongs: Floats
    contrast: float


@dataclass(frozen=True)
class DocumentScores:
    """Everything that was read off one encoder pass over an article."""

    prepared: PreparedText
    hidden: Floats  # (n_tokens, hidden)
    units: tuple[FoundUnit, ...]
    causals: tuple[Causal, ...]
    strategies: FoundStrategies
    rejected: dict[str, int]


@dataclass(frozen=True)
class UnitProbabilities:
    """Probabilities of the document-level network for *n* units.

    *Shape:* ``kind`` (n, 3), ``facet`` (n, 6), ``side`` (n, 4), ``central`` (n,), ``links`` (n, n, 2) and ``root``
    (n,) together sum to 1 for each row, ``contrast`` (n, n).
    """

    kind: Floats
    facet: Floats
    side: Floats
    central: Floats
    links: Floats
    root: Floats
    contrast: Floats
