"""A linear-chain CRF over the tokens of one sentence.

Source: Lafferty, McCallum and Pereira 2001. Sentences are short, so the loop over positions is, too.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

Floats = NDArray[np.float32]


class LinearChainCrf(nn.Module):
    """Transition scores between *n_tags* tags, with start and end scores."""

    def __init__(self, n_tags: int) -> None:
        super().__init__()
        self.start = nn.Parameter(torch.zeros(n_tags))
        self.end = nn.Parameter(torch.zeros(n_tags))
        self.transitions = nn.Parameter(torch.zeros(n_tags, n_tags))

    def loss(self, emissions: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """Mean negative log-likelihood of a token.

        Args:
            emissions: *Shape:* (n_sentences, n_tokens, n_tags).
            tags: *Shape:* (n_sentences, n_tokens).
            mask: True at real tokens, which come first in each row.
        """
        emissions = emissions.float()
        gold = self._score(emissions, tags, mask)
        alpha = self.start + emissions[:, 0]
        for t in range(1, emissions.shape[1]):
            step = torch.logsumexp(alpha[:, :, None] + self.transitions, dim=1) + emissions[:, t]
            alpha = torch.where(mask[:, t, None], step, alpha)
        total = torch.logsumexp(alpha + self.end, dim=1)
        return (total - gold).sum() / mask.sum()

    def _score(self, emissions: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        picked = emissions.gather(2, tags[:, :, None])[:, :, 0] * mask
        moves = self.transitions[tags[:, :-1], tags[:, 1:]] * mask[:, 1:]
        last = tags.gather(1, mask.sum(1, keepdim=True) - 1)[:, 0]
        return picked.sum(1) + moves.sum(1) + self.start[tags[:, 0]] + self.end[last]


def viterbi(emissions: Floats, start: Floats, end: Floats, transitions: Floats) -> list[int]:
    """The best tag sequence of one sentence.

    Args:
        emissions: *Shape:* (n_tokens, n_tags), n_tokens > 0.
        start: *Shape:* (n_tags,).
        end: *Shape:* (n_tags,).
        transitions: *Shape:* (n_tags, n_tags), from row to column.
    """
    score = start + emissions[0]
    back: list[NDArray[np.intp]] = []
    for emission in emissions[1:]:
        candidates = score[:, None] + transitions
        back.append(candidates.argmax(0))
        score = candidates.max(0) + emission
    tag = int((score + end).argmax())
    path = [tag]
    for pointers in reversed(back):
        tag = int(pointers[tag])
        path.append(tag)
    return path[::-1]


def marginals(emissions: Floats, start: Floats, end: Floats, transitions: Floats) -> Floats:
    """Posterior probability of each tag at each token (forward-backward).

    Returns:
        *Shape:* (n_tokens, n_tags), rows sum to 1.
    """
    n = len(emissions)
    forward, backward = np.zeros_like(emissions), np.zeros_like(emissions)
    forward[0] = start + emissions[0]
    for t in range(1, n):
        forward[t] = np.logaddexp.reduce(forward[t - 1][:, None] + transitions, axis=0) + emissions[t]
    backward[n - 1] = end
    for t in range(n - 2, -1, -1):
        backward[t] = np.logaddexp.reduce(transitions + emissions[t + 1] + backward[t + 1], axis=1)
    joint = forward + backward
    joint -= np.logaddexp.reduce(joint, axis=1, keepdims=True)
    return np.asarray(np.exp(joint), dtype=np.float32)
