"""Algebra of spans."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lunzheng.spans import Span, content_offsets, covered, iou, is_content
from strategies import spans


@given(spans(), spans())
def test_overlap_agrees_with_sets_of_offsets(a: Span, b: Span) -> None:
    shared = set(range(*a)) & set(range(*b))
    assert (bool(shared)) == (a.overlaps(b) and len(a) > 0 and len(b) > 0)


@given(spans(), spans())
def test_gap_is_symmetric_and_zero_only_without_distance(a: Span, b: Span) -> None:
    assert a.gap(b) == b.gap(a)
    assert (a.gap(b) == 0) == (a.start <= b.end and b.start <= a.end)


@given(spans(), spans())
def test_hull_contains_both_and_nothing_smaller_does(a: Span, b: Span) -> None:
    hull = a.hull(b)
    assert hull.contains(a)
    assert hull.contains(b)
    assert hull.start in (a.start, b.start)
    assert hull.end in (a.end, b.end)


@given(spans(), st.integers(-5, 50))
def test_shift_keeps_the_length(span: Span, offset: int) -> None:
    assert len(span.shift(offset)) == len(span)
    assert span.shift(offset).shift(-offset) == span


@given(st.text("ab 。，", max_size=20))
def test_trim_agrees_with_strip(text: str) -> None:
    whole = Span(0, len(text))
    assert whole.trim(text, " 。").of(text) == text.strip(" 。")


def test_content_leaves_out_punctuation_space_and_marks() -> None:
    assert [c for c in "价格，涨了 3% *！" if is_content(c)] == list("价格涨了3")
    assert content_offsets(Span(1, 4), "价格，涨了") == frozenset({1, 3})


def test_iou_of_sets() -> None:
    assert iou(frozenset({1, 2, 3}), frozenset({2, 3, 4})) == 0.5
    assert iou(frozenset(), frozenset()) == 0.0


@given(st.lists(st.integers(0, 9), max_size=8))
def test_consecutive_pieces_cover_their_sum_and_no_more(lengths: list[int]) -> None:
    pieces, position = [], 0
    for length in lengths:
        pieces.append(Span(position, position + length))
        position += length
    assert covered(pieces, position)
    assert not covered(pieces, position + 1)
    if len(pieces) > 1 and len(pieces[0]):
        assert not covered(pieces[1:], position)
