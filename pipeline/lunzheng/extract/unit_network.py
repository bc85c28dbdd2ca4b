"""The document-level network: units, each read in the light of all others and of the two strategies."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from lunzheng.extract.network_config import NetworkConfig
from lunzheng.extract.pooling import Biaffine, SpanPooler
from lunzheng.extract.unit_features import N_PAIR_FEATURES, N_UNIT_FEATURES
from lunzheng.labels import FACETS, SIDES

N_UNIT_CLASSES = 3  # none, claim, evidence
N_LINK_TYPES = 2  # supports, attacks


@dataclass
class UnitScores:
    """Logits for *n* units.

    *Shape:* ``kind`` (n, 3), ``facet`` (n, 6), ``side`` (n, 4), ``central`` (n,), ``links`` (n, n, 2) from row to
    column, ``root`` (n,) for no outgoing link, ``contrast`` (n, n) symmetric.
    """

    kind: Tensor
    facet: Tensor
    side: Tensor
    central: Tensor
    links: Tensor
    root: Tensor
    contrast: Tensor


class UnitNetwork(nn.Module):
    """Classifies units and scores the links between them."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        width = config.unit_width
        self.pool = SpanPooler(config.hidden, width, config.dropout)
        self.features = nn.Linear(N_UNIT_FEATURES, width)
        self.strategy = nn.Linear(config.hidden, width)
        self.strategy_slot = nn.Parameter(torch.randn(2, width) * 0.02)
        layer = nn.TransformerEncoderLayer(
            width, config.n_heads, 2 * width, config.dropout, "gelu", batch_first=True, norm_first=True
        )
        self.context = nn.TransformerEncoder(
            layer, config.n_unit_layers, nn.LayerNorm(width), enable_nested_tensor=False
        )
        self.classes = nn.Sequential(
            nn.Linear(2 * width, width),
            nn.GELU(),
            nn.Dropout(config.dropout),
            nn.Linear(width, N_UNIT_CLASSES + len(FACETS) + len(SIDES) + 1),
        )
        self.side_features = nn.Linear(N_UNIT_FEATURES, len(SIDES))
        self.links = Biaffine(width, config.link_width, N_LINK_TYPES, config.dropout)
        self.root = nn.Linear(width, 1)
        self.contrast = Biaffine(width, config.link_width, 1, config.dropout)
        self.pair = nn.Sequential(nn.Linear(N_PAIR_FEATURES + 3, 48), nn.GELU(), nn.Linear(48, N_LINK_TYPES + 1))

    def forward(
        self, tokens: Tensor, ranges: Tensor, features: Tensor, pairs: Tensor, strategies: Tensor
    ) -> UnitScores:
        """Score all units of one document.

        Args:
            tokens: encoder output. *Shape:* (n_tokens, hidden).
            ranges: token ranges of the units in order. *Shape:* (n, 2).
            features: :func:`unit_features`. *Shape:* (n, N_UNIT_FEATURES).
            pairs: :func:`pair_features`. *Shape:* (n, n, N_PAIR_FEATURES).
            strategies: mean mention vector of A and of B, zeros where there is none. *Shape:* (2, hidden).
        """
        local = self.pool(tokens, ranges) + self.features(features)
        x = local + _positions(len(local), local.shape[1], local)
        slots = self.strategy(strategies) + self.strategy_slot
        x = self.context(torch.cat([slots, x])[None])[0, 2:]
        kind, facet, side, central = self.classes(torch.cat([x, local], 1)).split(
            [N_UNIT_CLASSES, len(FACETS), len(SIDES), 1], dim=1
        )
        side = side + self.side_features(features)
        pair = self._pair_scores(pairs, facet, side)
        contrast = self.contrast(x)[:, :, 0]
        return UnitScores(
            kind=kind,
            facet=facet,
            side=side,
            central=central[:, 0],
            links=self.links(x) + pair[:, :, :N_LINK_TYPES],
            root=self.root(x)[:, 0],
            contrast=(contrast + contrast.T) / 2 + (pair[:, :, -1] + pair[:, :, -1].T) / 2,
        )

    def _pair_scores(self, pairs: Tensor, facet: Tensor, side: Tensor) -> Tensor:
        sides, facets = side.softmax(1).detach(), facet.softmax(1).detach()
        across = sides[:, None, 0] * sides[None, :, 1] + sides[:, None, 1] * sides[None, :, 0]
        same_facet = facets @ facets.T
        same_side = sides @ sides.T
        extra = torch.stack([across, same_facet, same_side], dim=2)
        return self.pair(torch.cat([pairs, extra], dim=2))  # type: ignore[no-any-return]


def _positions(n: int, width: int, like: Tensor) -> Tensor:
    """Sinusoidal positions (Vaswani et al. 2017). *Shape:* (n, width)."""
    rates = torch.exp(torch.arange(0, width, 2, device=like.device) * (-math.log(10_000.0) / width))
    angles = torch.arange(n, device=like.device)[:, None] * rates
    return torch.stack([angles.sin(), angles.cos()], dim=2).reshape(n, -1).to(like.dtype)
