"""Which article is kept: the longest, whatever order they come in, and never over a chain of changes."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunzheng.duplicates.cluster import Surveyed, find_copies
from lunzheng.duplicates.sketch import sketch

_RNG = random.Random(7)
_HAN = [chr(c) for c in range(0x4E00, 0x5E00)]
_TEXT = "".join(_RNG.choices(_HAN, k=600))
_OTHER = "".join(_RNG.choices(_HAN, k=600))


def _article(name: str, text: str) -> Surveyed:
    return Surveyed(name, name, len(text), sketch(text))


def _moved(text: str, n: int) -> str:
    """*text* with *n* characters at its start exchanged for new ones at its end."""
    return text[n:] + _OTHER[:n]


_ARTICLES = [
    _article("long", _TEXT + "字"),
    _article("b", _TEXT),
    _article("a", _TEXT),
    _article("other", _OTHER),
    _article("half", _TEXT[:300] + _OTHER[300:]),
]


@given(st.permutations(_ARTICLES))
def test_the_longest_is_kept_in_any_order(articles: list[Surveyed]) -> None:
    copies = find_copies(articles, 0.7)
    assert [(c.article.name, c.kept.name) for c in copies] == [("a", "long"), ("b", "long")]
    assert all(c.similarity > 0.95 for c in copies)


def test_of_equal_lengths_the_first_name_is_kept() -> None:
    (copy,) = find_copies([_article("b", _TEXT), _article("a", _TEXT)], 0.7)
    assert (copy.article.name, copy.kept.name) == ("b", "a")


def test_a_chain_of_small_changes_makes_no_copy() -> None:
    chain = [_article(f"{n:03}", _moved(_TEXT, n)) for n in range(0, 500, 50)]
    copies = find_copies(chain, 0.7)
    assert copies
    for copy in copies:
        assert abs(int(copy.article.name) - int(copy.kept.name)) <= 150
    assert len(chain) - len(copies) >= 3


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.7, 0.9])
def test_pairs_above_the_threshold_are_found_at_any_threshold(threshold: float) -> None:
    shared = int(600 * 2 * (threshold + 0.1) / (1 + threshold + 0.1)) if threshold < 0.9 else 596
    close = _TEXT[:shared] + "".join(_RNG.choices(_HAN, k=600 - shared))
    assert len(find_copies([_article("a", _TEXT), _article("b", close)], threshold)) == 1
