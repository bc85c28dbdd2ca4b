"""Causal pairs: which are tried, what is said of them, and which are kept."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from invented import segmentation_of
from lunzheng.document import Causal
from lunzheng.extract.causal_decoding import causal_relations
from lunzheng.extract.causal_network import N_CAUSAL_FEATURES
from lunzheng.extract.causal_pairs import CausalPair, near_pairs, pair_arrays
from lunzheng.extract.decode_spans import TaggedSpan
from lunzheng.extract.predictor import Predictor
from lunzheng.extract.prepared import PreparedText, prepare
from lunzheng.extract.thresholds import Thresholds
from lunzheng.spans import Span

_SENTENCES = [(0, 10), (10, 20), (20, 30), (30, 40)]
_PARAGRAPH = np.repeat([0, 1], [30, 10])
_range = st.integers(0, 38).flatmap(lambda a: st.tuples(st.just(a), st.integers(a + 1, min(a + 6, 39))))


def _sentence(at: int) -> int:
    return at // 10


@given(st.sets(_range, max_size=8), st.sets(_range, max_size=8))
def test_near_pairs_are_all_that_are_near(causes: set[tuple[int, int]], effects: set[tuple[int, int]]) -> None:
    expected = {
        CausalPair(c, e)
        for c in causes
        for e in effects
        if abs(_sentence(c[0]) - _sentence(e[0])) <= 1
        and (c[1] <= e[0] or e[1] <= c[0])
        and _PARAGRAPH[c[0]] == _PARAGRAPH[e[0]]
    }
    found = near_pairs(sorted(causes), sorted(effects), _SENTENCES, _PARAGRAPH)
    assert len(found) == len(set(found))
    assert set(found) == expected


def test_what_the_features_say() -> None:
    pairs = [CausalPair((0, 3), (4, 6)), CausalPair((12, 14), (4, 6)), CausalPair((0, 3), (12, 14))]
    causes, effects, rows = pair_arrays(pairs, _SENTENCES)
    assert causes.tolist() == [[0, 3], [12, 14], [0, 3]]
    assert effects.tolist() == [[4, 6], [4, 6], [12, 14]]
    assert rows.shape == (3, N_CAUSAL_FEATURES)
    assert rows[:, 0].tolist() == [1, 0, 1]
    assert rows[:, 1:4].tolist() == [[1, 0, 0], [0, 0, 1], [0, 1, 0]]
    assert rows[:, 5].tolist() == [1, 0, 0]
    assert rows[:, 7].tolist() == [1, 1, 0]


def test_no_pairs_give_empty_arrays() -> None:
    assert [a.shape for a in pair_arrays([], _SENTENCES)] == [(0, 2), (0, 2), (0, N_CAUSAL_FEATURES)]


_TEXT = "平台补贴，让商家涌入，于是街坊高兴。"


def _prepared(predictor: Predictor) -> PreparedText:
    return prepare(_TEXT, segmentation_of(_TEXT), predictor.tokenizer, predictor.network.config)


def _relations(
    prepared: PreparedText,
    pairs: list[tuple[str, str]],
    valid: list[float],
    connectives: tuple[str, ...] = (),
    inhibit: float = 0.1,
) -> tuple[Causal, ...]:
    def tokens(words: str) -> tuple[int, int]:
        at = _TEXT.index(words)
        return prepared.tokens.tokens_in(Span(at, at + len(words)))

    return causal_relations(
        prepared,
        [CausalPair(tokens(c), tokens(e)) for c, e in pairs],
        valid=np.array(valid, dtype=np.float32),
        kind=np.tile(np.array([0.2, 0.5, 0.3], dtype=np.float32), (len(pairs), 1)),
        inhibit=np.full(len(pairs), inhibit, dtype=np.float32),
        connectives=[TaggedSpan(*tokens(c), "span", 1.0) for c in connectives],
        thresholds=Thresholds(causal=0.5, inhibit=0.5),
    )


def test_pairs_below_the_threshold_are_left_out(predictor: Predictor) -> None:
    pairs = [("平台补贴", "商家涌入"), ("商家涌入", "街坊高兴")]
    found = _relations(_prepared(predictor), pairs, [0.49, 0.51])
    assert [(c.cause.of(_TEXT), c.effect.of(_TEXT)) for c in found] == [("商家涌入", "街坊高兴")]
    assert (found[0].kind, found[0].polarity, found[0].connective) == ("motivation", "facilitate", None)


def test_the_surer_of_two_directions_is_kept(predictor: Predictor) -> None:
    found = _relations(_prepared(predictor), [("平台补贴", "商家涌入"), ("商家涌入", "平台补贴")], [0.6, 0.8])
    assert [c.cause.of(_TEXT) for c in found] == ["商家涌入"]


def test_spans_lose_punctuation_at_their_ends_and_stand_in_order(predictor: Predictor) -> None:
    pairs = [("商家涌入，", "街坊高兴。"), ("平台补贴，", "商家涌入，")]
    found = _relations(_prepared(predictor), pairs, [0.9, 0.8], inhibit=0.9)
    assert [c.cause.of(_TEXT) for c in found] == ["平台补贴", "商家涌入"]
    assert [c.effect.of(_TEXT) for c in found] == ["商家涌入", "街坊高兴"]
    assert {c.polarity for c in found} == {"inhibit"}
    assert _relations(_prepared(predictor), [("，", "商家涌入")], [0.9]) == ()


def test_the_nearest_connective_is_taken(predictor: Predictor) -> None:
    pairs = [("平台补贴", "商家涌入"), ("商家涌入", "街坊高兴")]
    found = _relations(_prepared(predictor), pairs, [0.9, 0.9], ("让", "于是"))
    assert [c.connective.of(_TEXT) for c in found if c.connective] == ["让", "于是"]
