"""The CRF against brute force over all tag sequences."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from lunzheng.extract.crf import LinearChainCrf, marginals, viterbi

Floats = NDArray[np.float32]


class _Case:
    """Scores of a small chain, and of all its tag sequences."""

    def __init__(self, seed: int, n_tokens: int, n_tags: int) -> None:
        rng = np.random.default_rng(seed)
        self.emissions: Floats = rng.normal(0, 2, (n_tokens, n_tags)).astype(np.float32)
        self.start: Floats = rng.normal(0, 2, n_tags).astype(np.float32)
        self.end: Floats = rng.normal(0, 2, n_tags).astype(np.float32)
        self.transitions: Floats = rng.normal(0, 2, (n_tags, n_tags)).astype(np.float32)
        self.paths = list(itertools.product(range(n_tags), repeat=n_tokens))
        self.scores = np.array([self.score(p) for p in self.paths], dtype=np.float64)

    def score(self, path: tuple[int, ...]) -> float:
        steps = sum(float(self.transitions[a, b]) for a, b in itertools.pairwise(path))
        tokens = sum(float(self.emissions[t, tag]) for t, tag in enumerate(path))
        return float(self.start[path[0]]) + tokens + steps + float(self.end[path[-1]])

    @property
    def arguments(self) -> tuple[Floats, Floats, Floats, Floats]:
        return self.emissions, self.start, self.end, self.transitions

    def crf(self) -> LinearChainCrf:
        crf = LinearChainCrf(len(self.start))
        with torch.no_grad():
            crf.start.copy_(torch.from_numpy(self.start))
            crf.end.copy_(torch.from_numpy(self.end))
            crf.transitions.copy_(torch.from_numpy(self.transitions))
        return crf


_cases = st.builds(_Case, st.integers(0, 10**6), st.integers(1, 4), st.integers(1, 4))


@given(_cases)
def test_viterbi_finds_the_best_sequence(case: _Case) -> None:
    assert case.score(tuple(viterbi(*case.arguments))) == pytest.approx(case.scores.max(), abs=1e-4)


@given(_cases)
def test_marginals_are_sums_over_all_sequences(case: _Case) -> None:
    weights = np.exp(case.scores - case.scores.max())
    expected = np.zeros_like(case.emissions, dtype=np.float64)
    for path, weight in zip(case.paths, weights / weights.sum(), strict=True):
        expected[range(len(path)), path] += weight
    np.testing.assert_allclose(marginals(*case.arguments), expected, atol=1e-4)


@given(_cases, st.integers(0, 10**6))
def test_the_loss_is_minus_the_log_of_the_share(case: _Case, pick: int) -> None:
    path = case.paths[pick % len(case.paths)]
    log_share = case.score(path) - float(np.logaddexp.reduce(case.scores))
    mask = torch.ones(1, len(path), dtype=torch.bool)
    loss = case.crf().loss(torch.from_numpy(case.emissions)[None], torch.tensor([path]), mask)
    assert float(loss.detach()) == pytest.approx(-log_share / len(path), abs=1e-3)


def test_padding_does_not_count() -> None:
    one, two = _Case(1, 4, 3), _Case(1, 2, 3)
    emissions = torch.zeros(2, 4, 3)
    emissions[0] = torch.from_numpy(one.emissions)
    emissions[1, :2] = torch.from_numpy(two.emissions)
    emissions[1, 2:] = 99.0
    tags = torch.tensor([[0, 1, 2, 1], [2, 0, 1, 1]])
    mask = torch.tensor([[True] * 4, [True, True, False, False]])
    crf = one.crf()
    full = torch.ones(1, 4, dtype=torch.bool)
    apart = 4 * crf.loss(emissions[:1], tags[:1], full) + 2 * crf.loss(emissions[1:, :2], tags[1:, :2], full[:, :2])
    assert float(crf.loss(emissions, tags, mask).detach()) == pytest.approx(float(apart.detach()) / 6, abs=1e-5)
