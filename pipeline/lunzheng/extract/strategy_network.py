"""Which words of an article name its two strategies, and which belong to each."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from lunzheng.extract.candidate_pairs import N_CANDIDATE_PAIR_FEATURES
from lunzheng.extract.candidates import N_CANDIDATE_FEATURES
from lunzheng.extract.network_config import NetworkConfig
from lunzheng.extract.pooling import Biaffine, SpanPooler

ROLES = ("actor", "cue")
_DROPOUT = 0.25  # few articles, one pair of names in each


@dataclass
class StrategyScores:
    """Logits for *n* candidate words.

    *Shape:* ``names`` (n, n) symmetric: the two name the two strategies; ``other`` (n,): the word belongs to neither;
    ``role`` (n, 2): as actor, as cue; ``belongs`` (n, n): the row's word to the strategy that the column's names;
    ``contrast`` (): the article contrasts two strategies.
    """

    names: Tensor
    other: Tensor
    role: Tensor
    belongs: Tensor
    contrast: Tensor


class StrategyNetwork(nn.Module):
    """Judges candidate words from all places where they stand, and pairs of them from how these places lie."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        width, dropout = config.unit_width, _DROPOUT
        self.pool = SpanPooler(config.hidden, width, dropout)
        self.features = nn.Sequential(nn.Linear(N_CANDIDATE_FEATURES, width), nn.GELU(), nn.Linear(width, width))
        self.document = nn.Linear(config.hidden, width)
        layer = nn.TransformerEncoderLayer(
            width, config.n_heads, 2 * width, dropout, "gelu", batch_first=True, norm_first=True
        )
        self.context = nn.TransformerEncoder(layer, 1, nn.LayerNorm(width), enable_nested_tensor=False)
        self.classes = nn.Linear(width, 2 + len(ROLES))
        self.vectors = Biaffine(width, config.link_width // 2, 2, dropout)
        self.pairs = nn.Sequential(nn.Linear(N_CANDIDATE_PAIR_FEATURES, 48), nn.GELU(), nn.Linear(48, 2))
        self.contrast = nn.Linear(2 * width + 1, 1)

    def forward(self, tokens: Tensor, ranges: Tensor, owner: Tensor, features: Tensor, pairs: Tensor) -> StrategyScores:
        """Score candidates.

        Args:
            tokens: encoder output. *Shape:* (n_tokens, hidden).
            ranges: token ranges of all places of all candidates. *Shape:* (n_places, 2).
            owner: candidate of each place, each candidate at least once. *Shape:* (n_places,).
            features: *Shape:* (n, N_CANDIDATE_FEATURES).
            pairs: *Shape:* (n, n, N_CANDIDATE_PAIR_FEATURES).
        """
        document = self.document(tokens.mean(0))[None]
        n = len(features)
        if n < 2:
            pooled = torch.cat([self.context(document[None])[0], torch.zeros_like(document)], dim=1)[0]
            contrast = self.contrast(torch.cat([pooled, pooled.new_zeros(1)]))[0]
            zeros = tokens.new_zeros
            return StrategyScores(zeros(n, n), zeros(n), zeros(n, len(ROLES)), zeros(n, n), contrast)
        places = self.pool(tokens, ranges)
        sums = places.new_zeros(n, places.shape[1]).index_add(0, owner, places)
        counts = torch.bincount(owner, minlength=n).clamp(min=1)
        x = sums / counts[:, None].to(sums.dtype) + self.features(features)
        out = self.context(torch.cat([document, x])[None])[0]
        name, other, role = self.classes(out[1:]).split([1, 1, len(ROLES)], dim=1)
        vectors, placed = self.vectors(out[1:]), self.pairs(pairs)
        mutual = vectors[:, :, 0] + placed[:, :, 0]
        names = name + name.T + (mutual + mutual.T) / 2
        weights = name.softmax(0)
        best = names.masked_fill(torch.eye(n, dtype=torch.bool, device=names.device), -1e4).max()
        contrast = self.contrast(torch.cat([out[0], (weights * out[1:]).sum(0), best[None] / 8]))[0]
        return StrategyScores(names, other[:, 0], role, vectors[:, :, 1] + placed[:, :, 1], contrast)
