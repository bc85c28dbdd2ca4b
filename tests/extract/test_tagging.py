"""BIO tags: ranges to tags and back, and what the decoders make of logits."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lunzheng.extract.crf import LinearChainCrf
from lunzheng.extract.decode_spans import decode_spans
from lunzheng.extract.decode_units import CrfScores, decode_units
from lunzheng.extract.tagging import MENTION_TAGS, SPAN_TAGS, UNIT_TAGS, is_allowed, tagged_spans, write_tags

_LABELS = ("claim", "evidence")


@st.composite
def _ranges(draw: st.DrawFn) -> list[tuple[int, int, str]]:
    cuts = sorted(draw(st.sets(st.integers(0, 20), max_size=10)))
    return [(a, b, draw(st.sampled_from(_LABELS))) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]


@given(_ranges())
def test_ranges_are_read_back_from_their_tags(ranges: list[tuple[int, int, str]]) -> None:
    assert list(tagged_spans(write_tags(20, ranges))) == ranges


def test_the_earlier_of_two_overlapping_ranges_wins() -> None:
    tags = write_tags(5, [(1, 4, "claim"), (0, 2, "evidence"), (4, 5, "claim"), (2, 2, "claim")])
    assert tags == ["O", "B-claim", "I-claim", "I-claim", "B-claim"]


def test_a_stray_inside_tag_opens_a_span() -> None:
    tags = ["I-claim", "I-evidence", "O", "B-claim", "B-claim", "I-claim"]
    expected = [(0, 1, "claim"), (1, 2, "evidence"), (3, 4, "claim"), (4, 6, "claim")]
    assert list(tagged_spans(tags)) == expected


@pytest.mark.parametrize("before", UNIT_TAGS)
def test_inside_follows_only_its_own_kind(before: str) -> None:
    allowed = {after for after in UNIT_TAGS if is_allowed(before, after)}
    inside = {f"I-{before[2:]}"} if before != "O" else set()
    assert allowed == {"O", "B-claim", "B-evidence"} | inside


_logits = st.integers(0, 10**6).map(lambda s: np.random.default_rng(s).normal(0, 3, (12, 5)).astype(np.float32))
_SENTENCES = ((0, 5), (5, 6), (7, 12))


@given(_logits)
def test_units_stay_inside_their_sentence_and_begin_with_a_b_tag(logits: np.ndarray) -> None:
    units = decode_units(logits, _SENTENCES, CrfScores.of(LinearChainCrf(len(UNIT_TAGS))))
    for unit in units:
        assert unit.first < unit.last
        assert any(a <= unit.first and unit.last <= b for a, b in _SENTENCES)
        assert 0 < unit.confidence <= 1.00001
    assert all(one.last <= two.first for one, two in itertools.pairwise(units))


def _sure(tags: list[str], names: tuple[str, ...]) -> np.ndarray:
    logits = np.full((len(tags), len(names)), -9, dtype=np.float32)
    logits[range(len(tags)), [names.index(t) for t in tags]] = 9
    return logits


def test_sure_tags_are_decoded_as_they_stand() -> None:
    tags = ["B-claim", "I-claim", "O", "B-evidence", "I-evidence", "B-claim"]
    units = decode_units(_sure(tags, UNIT_TAGS), [(0, 6)], CrfScores.of(LinearChainCrf(len(UNIT_TAGS))))
    assert [(u.first, u.last, u.type) for u in units] == list(tagged_spans(tags))
    assert min(u.confidence for u in units) > 0.999
    tags = ["O", "B-actor", "I-actor", "B-term", "O", "O"]
    spans = decode_spans(_sure(tags, MENTION_TAGS), [(0, 6)], MENTION_TAGS)
    assert [(s.first, s.last, s.label) for s in spans] == list(tagged_spans(tags))


def test_a_sentence_end_cuts_a_span() -> None:
    logits = _sure(["O", "B-span", "I-span", "I-span"], SPAN_TAGS)
    found = decode_spans(logits, [(0, 3), (3, 4)], SPAN_TAGS)
    assert [(s.first, s.last) for s in found] == [(1, 3)]


def test_a_bias_finds_more_spans_and_leaves_the_logits_alone() -> None:
    logits = np.array([[1.0, 0.0, -5.0], [1.0, -5.0, 0.0]], dtype=np.float32)
    before = logits.copy()
    assert decode_spans(logits, [(0, 2)], SPAN_TAGS) == []
    assert [(s.first, s.last) for s in decode_spans(logits, [(0, 2)], SPAN_TAGS, bias=2.0)] == [(0, 2)]
    assert (logits == before).all()


def test_moves_that_bio_forbids_are_shut() -> None:
    crf = LinearChainCrf(len(UNIT_TAGS))
    with torch.no_grad():
        crf.transitions.fill_(5.0)
    scores = CrfScores.of(crf)
    shut = scores.transitions < -1000
    for i, before in enumerate(UNIT_TAGS):
        for j, after in enumerate(UNIT_TAGS):
            assert shut[i, j] == (not is_allowed(before, after))
    assert (scores.start < -1000).tolist() == [t.startswith("I-") for t in UNIT_TAGS]
