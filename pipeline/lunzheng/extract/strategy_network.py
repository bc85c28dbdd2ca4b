"""Which words of an article name its two strategies, and which belong together."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from lunzheng.extract.candidates import N_CANDIDATE_FEATURES
from lunzheng.extract.network_config import NetworkConfig
from lunzheng.extract.pooling import Biaffine, SpanPooler

ROLES = ("name", "actor", "cue")


@dataclass
class StrategyScores:
    """Logits for *n* candidate words.

    *Shape:* ``valid`` (n,), ``role`` (n, 3), ``same`` (n, n) symmetric: the two belong to one strategy,
    ``contrast`` (): the article contrasts two strategies.
    """

    valid: Tensor
    role: Tensor
    same: Tensor
    contrast: Tensor


class StrategyNetwork(nn.Module):
    """Judges candidate words from all places where they stand."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        width = config.unit_width
        self.pool = SpanPooler(config.hidden, width, config.dropout)
        self.features = nn.Linear(N_CANDIDATE_FEATURES, width)
        self.document = nn.Linear(config.hidden, width)
        layer = nn.TransformerEncoderLayer(
            width, config.n_heads, 2 * width, config.dropout, "gelu", batch_first=True, norm_first=True
        )
        self.context = nn.TransformerEncoder(layer, 1, nn.LayerNorm(width), enable_nested_tensor=False)
        self.classes = nn.Linear(width, 1 + len(ROLES))
        self.same = Biaffine(width, config.link_width // 2, 1, config.dropout)
        self.contrast = nn.Linear(2 * width, 1)

    def forward(self, tokens: Tensor, ranges: Tensor, owner: Tensor, features: Tensor) -> StrategyScores:
        """Score candidates.

        Args:
            tokens: encoder output. *Shape:* (n_tokens, hidden).
            ranges: token ranges of all places of all candidates. *Shape:* (n_places, 2).
            owner: candidate of each place, each candidate at least once. *Shape:* (n_places,).
            features: *Shape:* (n, N_CANDIDATE_FEATURES).
        """
        document = self.document(tokens.mean(0))[None]
        if not len(features):
            pooled = torch.cat([self.context(document[None])[0], torch.zeros_like(document)], dim=1)
            empty = tokens.new_zeros(0)
            return StrategyScores(empty, tokens.new_zeros(0, 3), tokens.new_zeros(0, 0), self.contrast(pooled)[0, 0])
        places = self.pool(tokens, ranges)
        sums = places.new_zeros(len(features), places.shape[1]).index_add(0, owner, places)
        counts = torch.bincount(owner, minlength=len(features)).clamp(min=1)
        x = sums / counts[:, None].to(sums.dtype) + self.features(features)
        out = self.context(torch.cat([document, x])[None])[0]
        valid, role = self.classes(out[1:]).split([1, len(ROLES)], dim=1)
        same = self.same(out[1:])[:, :, 0]
        weights = valid[:, 0].softmax(0)[:, None]
        contrast = self.contrast(torch.cat([out[0], (weights * out[1:]).sum(0)]))[0]
        return StrategyScores(valid[:, 0], role, (same + same.T) / 2, contrast)
