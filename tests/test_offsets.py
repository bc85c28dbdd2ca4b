"""The offset map: total, monotone, and true for copied text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunzheng.clean.draft import Change, Draft
from lunzheng.offsets import OffsetMap, Piece
from lunzheng.spans import Span

_changes = st.lists(
    st.builds(
        lambda start, length, words, reason: Change(start, start + length, words, reason),
        st.integers(0, 30), st.integers(0, 6), st.text("xyz", max_size=4), st.sampled_from(["r", None]),
    ),
    max_size=6,
)  # fmt: skip


def _changed(text: str, rounds: list[list[Change]]) -> Draft:
    draft = Draft.of(text)
    for changes in rounds:
        draft = draft.apply(c for c in changes if c.end <= len(draft.text))
    return draft


@given(st.text("abcde", max_size=30), st.lists(_changes, max_size=4))
def test_after_any_changes_the_map_is_total_and_exact_pieces_are_copies(text: str, rounds: list[list[Change]]) -> None:
    draft = _changed(text, rounds)
    offsets = OffsetMap(draft.pieces)  # its own checks: tiles the text, raw rises
    assert offsets.length == len(draft.text)
    for piece in offsets.pieces:
        assert 0 <= piece.raw.start <= piece.raw.end <= len(text)
        if piece.exact:
            assert piece.raw.of(text) == piece.text.of(draft.text)


@given(st.text("abcde", min_size=1, max_size=30), st.lists(_changes, max_size=4), st.data())
def test_raw_spans_rise_with_clean_spans(text: str, rounds: list[list[Change]], data: st.DataObject) -> None:
    draft = _changed(text, rounds)
    if not draft.text:
        return
    offsets = OffsetMap(draft.pieces)
    start = data.draw(st.integers(0, len(draft.text) - 1))
    end = data.draw(st.integers(start + 1, len(draft.text)))
    raw = offsets.to_raw(Span(start, end))
    assert 0 <= raw.start <= raw.end <= len(text)
    inner = offsets.to_raw(Span(start, start + 1))
    assert raw.contains(inner)
    if len(raw):
        back = offsets.from_raw(raw)
        assert back is not None
        assert back.start <= start


@given(st.text("abcde", max_size=30), _changes)
def test_every_raw_character_is_kept_or_on_record(text: str, changes: list[Change]) -> None:
    changes = [c._replace(reason="r") for c in changes if c.end <= len(text)]
    draft = Draft.of(text).apply(changes)
    known = {i for p in draft.pieces for i in range(*p.raw)} | {i for e in draft.edits for i in range(*e.raw_span)}
    assert known == set(range(len(text)))


def test_from_characters_joins_copies_and_replacements() -> None:
    offsets = OffsetMap.from_characters([(0, 1), (1, 2), (5, 9), (5, 9), (9, 10)], [True, True, False, False, True])
    assert [tuple(p.raw) for p in offsets.pieces] == [(0, 2), (5, 9), (9, 10)]
    assert offsets.to_raw(Span(2, 3)) == Span(5, 9)
    assert offsets.from_raw(Span(6, 7)) == Span(2, 4)
    assert offsets.from_raw(Span(2, 5)) is None


@pytest.mark.parametrize(
    "pieces",
    [
        (Piece(Span(1, 2), Span(0, 1), True),),
        (Piece(Span(0, 2), Span(0, 1), True),),
        (Piece(Span(0, 1), Span(4, 5), True), Piece(Span(1, 2), Span(2, 3), True)),
    ],
    ids=["gap", "unequal", "falling"],
)
def test_a_false_map_is_refused(pieces: tuple[Piece, ...]) -> None:
    with pytest.raises(ValueError, match=r"expected|must rise|needs"):
        OffsetMap(pieces)


def test_a_span_beyond_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match=r"inside \[0, 3\)"):
        OffsetMap.identity(3).to_raw(Span(2, 4))
