"""Vectors for spans of tokens, and scores for pairs of vectors."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class SpanPooler(nn.Module):
    """A span's vector from its first, last and mean token and the tokens beside it."""

    def __init__(self, hidden: int, width: int, dropout: float) -> None:
        super().__init__()
        self.project = nn.Sequential(nn.Dropout(dropout), nn.Linear(5 * hidden, width), nn.GELU(), nn.LayerNorm(width))

    def forward(self, tokens: Tensor, ranges: Tensor) -> Tensor:
        """Pool each range.

        Args:
            tokens: *Shape:* (n_tokens, hidden).
            ranges: ``[first, last)`` token offsets, not empty. *Shape:* (n_spans, 2).

        Returns:
            *Shape:* (n_spans, width).
        """
        first, last = ranges[:, 0], ranges[:, 1]
        sums = torch.cat([tokens.new_zeros(1, tokens.shape[1]), tokens.cumsum(0)])
        mean = (sums[last] - sums[first]) / (last - first).clamp(min=1)[:, None]
        before = tokens[(first - 1).clamp(min=0)]
        after = tokens[last.clamp(max=len(tokens) - 1)]
        return self.project(torch.cat([tokens[first], tokens[last - 1], mean, before, after], dim=1))  # type: ignore[no-any-return]


class Biaffine(nn.Module):
    """Scores of ordered pairs: ``d_i^T U h_j + u^T h_j`` for each output."""

    def __init__(self, width: int, inner: int, n_out: int, dropout: float) -> None:
        super().__init__()
        self.dependent = nn.Sequential(nn.Linear(width, inner), nn.GELU(), nn.Dropout(dropout))
        self.head = nn.Sequential(nn.Linear(width, inner), nn.GELU(), nn.Dropout(dropout))
        self.weight = nn.Parameter(torch.randn(n_out, inner, inner) * 0.02)
        self.head_bias = nn.Linear(inner, n_out)

    def forward(self, x: Tensor) -> Tensor:
        """Score pairs.

        Args:
            x: *Shape:* (n, width).

        Returns:
            *Shape:* (n, n, n_out).
        """
        dependent = self.dependent(x)
        head = self.head(x)
        scores = torch.einsum("id,ode,je->ijo", dependent, self.weight, head)
        bias: Tensor = self.head_bias(head)[None]
        return scores + bias
