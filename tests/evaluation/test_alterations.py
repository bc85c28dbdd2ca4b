"""What each alteration does to an article, and that its labels come along."""

from __future__ import annotations

import pytest

from invented import MARKUP, article
from lunzheng.corpus.markup import read_article
from lunzheng.evaluation.alterations import ALTERATIONS, altered
from lunzheng.spans import content_offsets

_SPACED = read_article(
    MARKUP.replace("启禾去年修好了", "启禾 2025 年修好了").replace("先看修旧的账。", "一、先看\n\n先看修旧的账。")
)


def _alter(name: str, seed: int = 0) -> tuple[str, str]:
    new = altered(_SPACED, name, seed)
    assert new is not None
    return _SPACED.text, new.text


@pytest.mark.parametrize("name", [n for n in ALTERATIONS if n != "simplified characters"])
def test_labels_come_along(name: str) -> None:
    new = altered(_SPACED, name)
    assert new is not None
    assert [u.number for u in new.units] == [u.number for u in _SPACED.units]
    assert len(new.causals) == len(_SPACED.causals)
    assert new.links == _SPACED.links
    for old, unit in zip(_SPACED.units, new.units, strict=True):
        before, after = content_offsets(old.span, _SPACED.text), content_offsets(unit.span, new.text)
        assert len(before) == len(after)
        assert unit.span.of(new.text)[0].strip()


@pytest.mark.parametrize("name", ALTERATIONS)
def test_the_same_seed_gives_the_same_article(name: str) -> None:
    assert altered(_SPACED, name) == altered(_SPACED, name)


def test_another_seed_gives_other_wrong_characters() -> None:
    assert _alter("3 % of characters wrong")[1] != _alter("3 % of characters wrong", seed=1)[1]


def test_scripts() -> None:
    assert altered(_SPACED, "simplified characters") is None
    new = altered(article(), "traditional characters")
    assert new is not None
    assert new.meta.script == "Hant"
    assert len(new.text) == len(article().text)
    assert [s.name for s in new.strategies] == ["修舊", "換新"]
    back = altered(new, "simplified characters")
    assert back is not None
    assert back.meta.script == "Hans"
    assert back.text.startswith("小区门口")
    assert altered(new, "traditional characters") is None


def test_half_width_signs() -> None:
    before, after = _alter("half-width signs")
    assert len(before) == len(after)
    assert "。" in before
    assert not set("，。；：？") & set(after)


def test_spaces() -> None:
    before, after = _alter("spaces put in, line ends doubled")
    assert after.count("\n") == 2 * before.count("\n")
    assert before.count(" ") < after.count(" ") < before.count(" ") + 0.1 * len(before)
    before, after = _alter("spaces and blank lines lost")
    assert " " in before
    assert " " not in after
    assert "\n\n" not in after
    assert after.count("\n") == before.count("\n\n")


def test_headings_go_and_prose_stays() -> None:
    before, after = _alter("headings cut")
    assert before.startswith("小区门口的两家车铺\n\n小区门口有")
    assert after.startswith("小区门口有")
    assert "一、先看\n" in before
    assert "一、先看" not in after
    assert after.endswith(before[-40:])


def test_three_in_a_hundred_are_wrong() -> None:
    before, after = _alter("3 % of characters wrong")
    wrong = [(b, a) for b, a in zip(before, after, strict=True) if b != a]
    assert 0.005 < len(wrong) / len(before) < 0.06
    assert all("\u4e00" <= b <= "\u9fff" and a in before for b, a in wrong)
