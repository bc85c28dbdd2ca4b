"""The whole network: one encoder pass over windows of an article feeds every head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from lunzheng.extract._hf import encoder_from_config
from lunzheng.extract.causal_network import CausalNetwork
from lunzheng.extract.crf import LinearChainCrf
from lunzheng.extract.network_config import NetworkConfig
from lunzheng.extract.strategy_network import StrategyNetwork
from lunzheng.extract.tagging import MENTION_TAGS, SPAN_TAGS, UNIT_TAGS
from lunzheng.extract.tokens import Ints
from lunzheng.extract.unit_network import UnitNetwork
from lunzheng.extract.windows import Window

TOKEN_HEADS = {
    "edu": 1,
    "units": len(UNIT_TAGS),
    "mentions": len(MENTION_TAGS),
    "cause": len(SPAN_TAGS),
    "effect": len(SPAN_TAGS),
    "connective": len(SPAN_TAGS),
}


@dataclass
class TokenLogits:
    """Logits of the token heads. *Shape:* each (n_tokens, width of the head)."""

    edu: Tensor
    units: Tensor
    mentions: Tensor
    cause: Tensor
    effect: Tensor
    connective: Tensor


class Network(nn.Module):
    """Encoder, token heads, and the document-level networks."""

    def __init__(self, config: NetworkConfig, encoder: nn.Module | None = None) -> None:
        super().__init__()
        self.config = config
        self.encoder = encoder if encoder is not None else encoder_from_config(dict(config.encoder))
        self.mix_norm = nn.LayerNorm(config.hidden)
        self.token_heads = nn.Sequential(
            nn.Dropout(config.dropout),
            nn.Linear(config.hidden, config.hidden),
            nn.GELU(),
            nn.Linear(config.hidden, sum(TOKEN_HEADS.values())),
        )
        self.crf = LinearChainCrf(len(UNIT_TAGS))
        self.units = UnitNetwork(config)
        self.causal = CausalNetwork(config)
        self.strategies = StrategyNetwork(config)

    def encode(self, ids: Ints, windows: Sequence[Window], cls_id: int, sep_id: int, batch: int = 4) -> Tensor:
        """Vectors of all tokens, each from the window that keeps it.

        Args:
            ids: token ids of the whole text. *Shape:* (n_tokens,).
            windows: cover ``[0, n_tokens)``.
            cls_id: id set before each window.
            sep_id: id set behind each window.
            batch: windows encoded at once.

        Returns:
            *Shape:* (n_tokens, hidden), float32.
        """
        device = next(self.parameters()).device
        kept = []
        for first in range(0, len(windows), batch):
            group = windows[first : first + batch]
            longest = max(w.end - w.start for w in group) + 2
            rows = np.zeros((len(group), longest), dtype=np.int64)
            mask = np.zeros((len(group), longest), dtype=np.int64)
            for row, window in enumerate(group):
                body = [cls_id, *ids[window.start : window.end], sep_id]
                rows[row, : len(body)] = body
                mask[row, : len(body)] = 1
            states = self.encoder(
                input_ids=torch.from_numpy(rows).to(device),
                attention_mask=torch.from_numpy(mask).to(device),
                output_hidden_states=True,
            ).hidden_states
            output = torch.stack([states[k] for k in self.config.mix_layers]).mean(0)
            for row, window in enumerate(group):
                shift = 1 - window.start
                kept.append(output[row, window.keep_start + shift : window.keep_end + shift])
        mixed: Tensor = self.mix_norm(torch.cat(kept).float())
        return mixed

    def token_logits(self, tokens: Tensor) -> TokenLogits:
        """All token heads.

        Args:
            tokens: *Shape:* (n_tokens, hidden).
        """
        return TokenLogits(*self.token_heads(tokens).split(list(TOKEN_HEADS.values()), dim=1))
