"""Which cause goes with which effect, of what kind, and whether it raises or lowers."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from lunzheng.extract.network_config import NetworkConfig
from lunzheng.extract.pooling import SpanPooler
from lunzheng.labels import CAUSAL_KINDS

N_CAUSAL_FEATURES = 8


@dataclass
class CausalScores:
    """Logits for *n* pairs. *Shape:* ``valid`` (n,), ``kind`` (n, 3), ``inhibit`` (n,)."""

    valid: Tensor
    kind: Tensor
    inhibit: Tensor


class CausalNetwork(nn.Module):
    """Classifies pairs of a cause span and an effect span."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        width = config.unit_width
        self.cause = SpanPooler(config.hidden, width, config.dropout)
        self.effect = SpanPooler(config.hidden, width, config.dropout)
        self.between = SpanPooler(config.hidden, width, config.dropout)
        self.score = nn.Sequential(
            nn.Linear(4 * width + N_CAUSAL_FEATURES, width),
            nn.GELU(),
            nn.Dropout(config.dropout),
            nn.Linear(width, 2 + len(CAUSAL_KINDS)),
        )

    def forward(self, tokens: Tensor, causes: Tensor, effects: Tensor, features: Tensor) -> CausalScores:
        """Score pairs.

        Args:
            tokens: encoder output. *Shape:* (n_tokens, hidden).
            causes: token ranges. *Shape:* (n, 2).
            effects: token ranges. *Shape:* (n, 2).
            features: :func:`pair_row` of each pair. *Shape:* (n, N_CAUSAL_FEATURES).
        """
        first = torch.minimum(causes[:, 1], effects[:, 1])
        last = torch.maximum(causes[:, 0], effects[:, 0])
        first = torch.minimum(first, last - 1).clamp(min=0)
        gap = torch.stack([first, torch.maximum(last, first + 1)], dim=1)
        cause, effect = self.cause(tokens, causes), self.effect(tokens, effects)
        between = self.between(tokens, gap)
        out = self.score(torch.cat([cause, effect, cause * effect, between, features], dim=1))
        return CausalScores(valid=out[:, 0], inhibit=out[:, 1], kind=out[:, 2:])


def pair_row(cause: tuple[int, int], effect: tuple[int, int], sentence_gap: int, n_between: int) -> list[float]:
    """Features of one pair.

    Args:
        cause: token range.
        effect: token range.
        sentence_gap: sentences from cause to effect, signed.
        n_between: other candidate spans that lie between the two.
    """
    distance = max(effect[0] - cause[1], cause[0] - effect[1], 0)
    return [
        float(cause[0] < effect[0]),
        float(sentence_gap == 0),
        float(sentence_gap == 1),
        float(sentence_gap == -1),
        min(2.0, distance / 16),
        float(distance <= 1),
        min(3, n_between) / 3,
        float(n_between == 0),
    ]
