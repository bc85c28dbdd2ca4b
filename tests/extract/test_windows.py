"""Windows: every token is kept once, from a window that reads it, well inside where it can be."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunzheng.extract.windows import Window, plan_windows

_plans = st.tuples(st.integers(1, 2000), st.integers(2, 200)).flatmap(
    lambda p: st.tuples(st.just(p[0]), st.just(p[1]), st.integers(0, p[1] - 1))
)


@given(_plans)
def test_every_token_is_kept_once_inside_its_window(plan: tuple[int, int, int]) -> None:
    n, size, overlap = plan
    windows = plan_windows(n, size, overlap)
    assert [t for w in windows for t in range(w.keep_start, w.keep_end)] == list(range(n))
    for window in windows:
        assert 0 <= window.start <= window.keep_start < window.keep_end <= window.end <= n
        assert window.end - window.start <= size


@given(_plans)
def test_neighbours_share_the_overlap_and_split_it_in_the_middle(plan: tuple[int, int, int]) -> None:
    n, size, overlap = plan
    windows = plan_windows(n, size, overlap)
    for one, two in itertools.pairwise(windows):
        shared = one.end - two.start
        assert shared >= overlap
        assert abs((one.end - one.keep_end) - (two.keep_start - two.start)) <= 1


def test_a_short_text_has_one_window_and_an_empty_one_none() -> None:
    assert plan_windows(5, 8, 2) == [Window(0, 5, 0, 5)]
    assert plan_windows(8, 8, 2) == [Window(0, 8, 0, 8)]
    assert plan_windows(0, 8, 2) == []


@pytest.mark.parametrize("overlap", [-1, 8, 9])
def test_an_overlap_that_leaves_no_step_is_refused(overlap: int) -> None:
    with pytest.raises(ValueError, match="expected 0 <= overlap < size"):
        plan_windows(20, 8, overlap)
