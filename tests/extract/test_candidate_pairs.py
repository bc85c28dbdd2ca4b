"""How two candidate words stand to each other."""

from __future__ import annotations

import re

import numpy as np

from invented import segmentation_of
from lunzheng.extract.candidate_pairs import N_CANDIDATE_PAIR_FEATURES, candidate_pair_features
from lunzheng.extract.candidates import N_CANDIDATE_FEATURES, Candidate
from lunzheng.spans import Span

_TEXT = "修旧还是换新\n修旧省钱。换新省事，启禾主张修旧。\n朗岳只卖新车。"


def _candidate(word: str) -> Candidate:
    spans = tuple(Span(m.start(), m.end()) for m in re.finditer(word, _TEXT))
    return Candidate(word, spans, tuple((0, 1) for _ in spans), (0.0,) * N_CANDIDATE_FEATURES)


def _features(*words: str) -> np.ndarray:
    return candidate_pair_features(_TEXT, [_candidate(w) for w in words], segmentation_of(_TEXT))


def test_shares_count_the_words_places() -> None:
    rows = _features("修旧", "换新", "启禾", "朗岳")
    assert rows[2, 0, 0] == 1.0  # 启禾 always in a sentence with 修旧
    assert rows[3, 0, 0] == 0.0
    assert rows[2, 0, 1] == 1.0  # and in a paragraph with it
    assert rows[3, 2, 1] == 0.0
    assert rows[2, 0, 3] == 1.0
    assert rows[3, 0, 3] == 0.5  # one sentence behind
    assert rows[2, 0, 4] == 1.0  # within a few signs


def test_two_words_on_both_sides_of_or_are_joined() -> None:
    rows = _features("修旧", "换新", "朗岳")
    assert rows[0, 1, 5] == rows[1, 0, 5] == 1.0
    assert rows[0, 2, 5] == 0.0


def test_shape_and_order() -> None:
    rows = _features("修旧", "换新", "新车")
    assert rows[0, 1].tolist()[6:10] == [0.0, 0.0, 0.0, 1.0]
    assert rows[0, 1, 11] == 1.0
    assert rows[1, 0, 11] == 0.0


def test_no_candidates_give_no_rows() -> None:
    assert _features().shape == (0, 0, N_CANDIDATE_PAIR_FEATURES)
