"""Labels stay on their words whatever happens to the text around and inside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented import article
from lunzheng.evaluation.alter import Replacement, alter_article, alter_text
from lunzheng.spans import Span, is_content
from strategies import han

_TEXT = article().text


@st.composite
def _replacements(draw: st.DrawFn, text: str = _TEXT) -> list[Replacement]:
    """Insertions, cuts, swaps one for one, and stretches that become longer or shorter."""
    found, position = [], 0
    for _ in range(draw(st.integers(0, 12))):
        start = draw(st.integers(position, min(len(text), position + 80)))
        end = draw(st.integers(start, min(len(text), start + 6)))
        words = draw(st.one_of(st.just(""), st.just(" "), han(1, 4), han(end - start, end - start)))
        if start < end or words:
            found.append(Replacement(start, end, words))
        position = end
    return found


def _oracle(text: str, replacements: list[Replacement], span: Span) -> str | None:
    """The words of *span* by walking over it: None where its edge falls into a stretch or words were cut."""
    words, position = "", span.start
    for start, end, new in replacements:
        if start == end:
            if span.start < start < span.end:
                words, position = words + text[position:start] + new, start
            continue
        if end <= span.start or start >= span.end:
            continue
        same_length = len(new) == end - start
        if (start < span.start or end > span.end) and not same_length:
            return None
        if not new and any(map(is_content, text[start:end])):
            return None
        first, last = max(start, span.start), min(end, span.end)
        words += text[position:first] + (new[first - start : last - start] if same_length else new)
        position = last
    return words + text[position : span.end] or None


@given(_replacements())
def test_labelled_words_are_the_same_words_modulo_the_edit(replacements: list[Replacement]) -> None:
    gold = article()
    new = alter_article(gold, replacements)
    expected = [(u.number, w) for u in gold.units if (w := _oracle(gold.text, replacements, u.span)) is not None]
    assert [(u.number, u.span.of(new.text)) for u in new.units] == expected
    kept = {n for n, _ in expected}
    assert set(new.links) == {x for x in gold.links if {x.source, x.target} <= kept}
    pairs = [tuple(_oracle(gold.text, replacements, s) for s in (c.cause, c.effect)) for c in gold.causals]
    assert [(c.cause.of(new.text), c.effect.of(new.text)) for c in new.causals] == [p for p in pairs if None not in p]


@given(_replacements())
def test_every_span_of_the_text_is_carried_as_its_words(replacements: list[Replacement]) -> None:
    altered = alter_text(_TEXT, replacements)
    for start in range(0, len(_TEXT), 7):
        span = Span(start, min(len(_TEXT), start + 5))
        carried = altered.carry(span)
        assert (carried.of(altered.text) if carried else None) == _oracle(_TEXT, replacements, span)


@given(_replacements())
def test_the_text_is_what_the_replacements_say(replacements: list[Replacement]) -> None:
    text = _TEXT
    for start, end, words in reversed(replacements):
        text = text[:start] + words + text[end:]
    assert alter_text(_TEXT, replacements).text == text


def test_no_replacement_changes_nothing() -> None:
    assert alter_article(article(), []) == article()


def test_what_is_inserted_at_an_edge_stays_outside() -> None:
    altered = alter_text("一二三四", [Replacement(1, 1, "甲"), Replacement(3, 3, "乙")])
    assert altered.text == "一甲二三乙四"
    assert altered.carry(Span(1, 3)) == Span(2, 4)
    assert altered.carry(Span(0, 4)) == Span(0, 6)


def test_a_lost_space_keeps_the_label_and_a_cut_word_drops_it() -> None:
    assert alter_text("一 二", [Replacement(1, 2, "")]).carry(Span(0, 3)) == Span(0, 2)
    assert alter_text("一 二", [Replacement(0, 1, "")]).carry(Span(0, 3)) is None
    assert alter_text("一 二", [Replacement(1, 2, "")]).carry(Span(1, 2)) is None


def test_cut_words_take_their_labels_with_them() -> None:
    gold = article()
    unit = gold.unit(4)
    new = alter_article(gold, [Replacement(unit.span.start, unit.span.end + 1, "")])
    assert {u.number for u in gold.units} - {u.number for u in new.units} == {4}
    assert all(4 not in (x.source, x.target) for x in new.links)
    assert len(new.links) == sum(4 not in (x.source, x.target) for x in gold.links)


def test_strategies_follow_their_words() -> None:
    gold = article()
    swaps = [Replacement(i, i + 1, "慢") for i, c in enumerate(gold.text) if c == "旧"]
    first, second = alter_article(gold, swaps).strategies
    assert (first.name, first.actors, first.cues) == ("修慢", ("启禾",), ("补胎",))
    assert second.name == "换新"


def test_a_name_that_is_cut_everywhere_gives_way_to_a_cue() -> None:
    gold = article()
    cuts = [Replacement(i, i + 2, "") for i in range(len(gold.text)) if gold.text.startswith("修旧", i)]
    assert alter_article(gold, cuts).strategies[0].name == "补胎"


@pytest.mark.parametrize("bad", [[(2, 3, "x"), (1, 2, "y")], [(0, 3, ""), (2, 4, "")], [(3, 9, "")], [(2, 1, "")]])
def test_bad_replacements_are_refused(bad: list[tuple[int, int, str]]) -> None:
    with pytest.raises(ValueError, match="expected a replacement inside"):
        alter_text("一二三四", [Replacement(*b) for b in bad])
