"""Lines of pages to paragraphs: what runs along goes, what the width broke is joined, each with its reason."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from clean.helpers import MORE, PROSE, clean, reasons, unaccounted
from lunzheng.errors import InputError
from strategies import noisy_pages, sentences

_THIRD = "夏天的傍晚，街坊们在树荫底下争了很久，有人翻出旧账本，有人搬来小板凳，谁也不肯先回家吃饭。"
_LINES = st.one_of(
    sentences(), st.sampled_from(["", " ", "- 1 -", "第2页", "页眉", "\u3000\u3000段首，", "inter-", "est"])
)


def _wrapped(text: str, width: int) -> list[str]:
    return [text[i : i + width] for i in range(0, len(text), width)]


@settings(deadline=None)
@given(st.lists(st.lists(_LINES, max_size=9), max_size=5), noisy_pages())
def test_every_character_of_a_page_is_accounted_for(pages: list[list[str]], noise: str) -> None:
    raw = "\f".join(["\n".join(page) for page in pages] + [noise.replace("\r", "\n")])
    try:
        result = clean(raw, "pdf")
    except InputError:
        return
    assert unaccounted(result) == ""
    for piece in result.offsets.pieces:
        if piece.exact:
            assert piece.raw.of(result.raw) == piece.text.of(result.text)


def test_a_paragraph_goes_on_over_a_page_and_its_running_lines() -> None:
    lines = _wrapped("\u3000\u3000" + PROSE + MORE, 20)
    pages = [
        ["月报 2026年1月", *lines[:2], "1"],
        ["月报 2026年1月", *lines[2:4], "2"],
        ["月报 2026年1月", *lines[4:], "3"],
    ]
    result = clean("\f".join("\n".join(page) for page in pages), "pdf")
    assert result.text == PROSE + MORE
    assert reasons(result) == {"running header or footer", "page number", "line break of the page"}


def test_numbers_that_do_not_count_pages_stay() -> None:
    pages = [[*_wrapped(PROSE, 20), "300"], [*_wrapped(MORE, 20), "120"], [*_wrapped(_THIRD, 20), "80"]]
    text = clean("\f".join("\n".join(page) for page in pages), "pdf").text
    assert all(number in text for number in ("300", "120"))


def test_spaces_that_only_set_characters_apart_go() -> None:
    result = clean(" ".join(PROSE.replace("，", "，")) + "\n" + "车主 王强 说：“" + MORE + "”", "pdf")
    assert PROSE in result.text
    assert "车主 王强 说" in result.text
    assert "letter spacing" in reasons(result)
