"""Features of units and pairs: shapes, and what single columns say."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented import article, segmentation_of
from lunzheng.extract.unit_features import (
    N_PAIR_FEATURES,
    N_UNIT_FEATURES,
    Mentions,
    UnitPlaces,
    pair_features,
    unit_features,
)
from lunzheng.spans import Span
from strategies import articles


def _spans(text: str, *words: str) -> list[Span]:
    return [Span(text.index(w), text.index(w) + len(w)) for w in words]


def test_mentions_leave_out_a_word_inside_a_longer_one_of_the_other_side() -> None:
    text = "换新不是新，新车也是新。"
    found = Mentions.of(text, ["新"], ["换新", "新车"])
    assert [s.start for s in found.A] == [4, 10]
    assert [s.of(text) for s in found.B] == ["换新", "新车"]


def test_a_word_of_both_sides_belongs_to_a_and_an_empty_one_to_none() -> None:
    found = Mentions.of("车，车", ["车", ""], ["车", ""])
    assert (len(found.A), len(found.B)) == (2, 0)


@given(st.text("甲乙丙", max_size=20), st.lists(st.text("甲乙", max_size=3)), st.lists(st.text("乙丙", max_size=3)))
def test_mentions_do_not_overlap(text: str, a: list[str], b: list[str]) -> None:
    found = Mentions.of(text, a, b)
    spans = sorted([*found.A, *found.B])
    assert all(one.end <= two.start for one, two in itertools.pairwise(spans))
    assert all(s.of(text) in {*a, *b} for s in spans)
    assert list(found.A) == sorted(found.A)


_TEXT = "标题\n修旧省钱，换新快。街坊不知道。\n换新贵，修旧慢2024。"


def test_unit_features_of_a_small_text() -> None:
    segmentation = segmentation_of(_TEXT)
    units = _spans(_TEXT, "修旧省钱", "换新快", "街坊不知道", "修旧慢2024")
    mentions = Mentions.of(_TEXT, ["修旧"], ["换新"])
    rows = unit_features(_TEXT, units, segmentation, mentions)
    assert rows.shape == (4, N_UNIT_FEATURES)
    assert rows.dtype == np.float32
    in_unit = rows[:, [0, 5]].tolist()
    assert in_unit == [[1, 0], [0, 1], [0, 0], [1, 0]]
    in_sentence = rows[:, [1, 6]].tolist()
    assert in_sentence == [[1, 1], [1, 1], [0, 0], [1, 1]]
    in_sentence_before = rows[:, [2, 7]].tolist()
    assert in_sentence_before == [[0, 0], [0, 0], [1, 1], [0, 0]]
    named_last = rows[:, [10, 11]].tolist()
    assert named_last == [[1, 0], [0, 1], [0, 1], [1, 0]]
    first_in_paragraph = rows[:, 13].tolist()
    assert first_in_paragraph == [1, 0, 0, 1]
    assert rows[:, 18].tolist() == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert rows[3, 21] == 1
    assert rows[0, 21] == 0


def test_places_are_counted_from_the_start() -> None:
    places = UnitPlaces.of(_spans(_TEXT, "修旧省钱", "街坊", "换新贵"), segmentation_of(_TEXT))
    assert places.sentence.tolist() == [1, 2, 3]
    assert places.paragraph.tolist() == [1, 1, 2]
    assert places.section.tolist() == [0, 0, 0]


def test_pair_features_of_a_small_text() -> None:
    units = _spans(_TEXT, "修旧省钱", "换新快", "街坊不知道", "修旧慢2024")
    pairs = pair_features(units, segmentation_of(_TEXT))
    assert pairs.shape == (4, 4, N_PAIR_FEATURES)
    flags = pairs[:, :, -8:]
    assert flags[0, 1].tolist() == [1, 0, 0, 1, 0, 0, 1, 0]
    assert flags[0, 2].tolist() == [0, 1, 0, 1, 0, 0, 1, 0]
    assert flags[2, 0].tolist() == [0, 0, 1, 1, 0, 0, 1, 1]
    assert flags[2, 3].tolist() == [0, 1, 0, 0, 1, 0, 1, 0]
    distances = pairs[:, :, :-8]
    assert (distances.sum(axis=2) == 1).all()
    assert (distances[0, 1] != distances[1, 0]).any()
    assert (distances[0, 1] == distances[1, 2]).all()


@given(articles())
def test_features_are_finite_for_any_article(text: str) -> None:
    segmentation = segmentation_of(text)
    units = list(segmentation.sentences)
    rows = unit_features(text, units, segmentation, Mentions((), ()))
    assert rows.shape == (len(units), N_UNIT_FEATURES)
    assert np.isfinite(rows).all()
    assert pair_features(units, segmentation).shape == (len(units), len(units), N_PAIR_FEATURES)


def test_no_units_have_no_features() -> None:
    gold = article()
    segmentation = segmentation_of(gold.text)
    assert unit_features(gold.text, [], segmentation, Mentions((), ())).shape == (0, N_UNIT_FEATURES)
    assert pair_features([], segmentation).shape == (0, 0, N_PAIR_FEATURES)
