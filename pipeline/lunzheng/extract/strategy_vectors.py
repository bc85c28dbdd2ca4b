"""The two strategies as vectors: the mean of the places that speak of them."""

from __future__ import annotations

import torch
from torch import Tensor

from lunzheng.extract.tokens import TokenizedText
from lunzheng.extract.unit_features import Mentions


def strategy_vectors(hidden: Tensor, tokens: TokenizedText, mentions: Mentions) -> Tensor:
    """Mean token vector of each strategy's mentions; zeros where there is none.

    Args:
        hidden: encoder output. *Shape:* (n_tokens, hidden).
        tokens: of the text.
        mentions: of strategy A and of B.

    Returns:
        *Shape:* (2, hidden).
    """
    rows = []
    for own in (mentions.A, mentions.B):
        index = [t for span in own for t in range(*tokens.tokens_in(span))]
        rows.append(hidden[index].mean(0) if index else hidden.new_zeros(hidden.shape[1]))
    return torch.stack(rows)
