"""Tokens of a page: they tile it, say what they are, and cost no more for a hostile page."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clean.helpers import MORE, PROSE, clean
from lunzheng.clean.html_scan import scan
from lunzheng.clean.html_tokens import without_ruby

_PIECES = ("<", ">", "</", "<p>", "</p>", "<!--", "-->", "<a b='", '<a b="', "'", '"', "&", "&amp;", "&#", "1", ";",
           "/", "<script>", "</script>", "<?", "<!", "字", "\n", " ")  # fmt: skip


def _seen(page: str) -> list[tuple[str, str]]:
    return [(t.kind, t.name or page[t.start : t.end]) for t in scan(page)]


@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
def test_tokens_tile_any_page(page: str) -> None:
    position = 0
    for token in scan(page):
        assert token.start == position < token.end
        position = token.end
    assert position == len(page)


@pytest.mark.parametrize(
    ("page", "seen"),
    [
        ("甲<P class=x>乙</p >", [("text", "甲"), ("start", "p"), ("text", "乙"), ("end", "p")]),
        ('<a title="a>b" x=\'"\'>甲', [("start", "a"), ("text", "甲")]),
        ("<br/><hr />", [("empty", "br"), ("empty", "hr")]),
        ("<!-- <p> -->甲<!doctype html>", [("other", "<!-- <p> -->"), ("text", "甲"), ("other", "<!doctype html>")]),
        ("<script>if (a<b) '<p>'</SCRIPT>", [("start", "script"), ("text", "if (a<b) '<p>'"), ("end", "script")]),
        ("3 < 5 & 甲&乙", [("text", "3 < 5 & 甲&乙")]),
        ("&lt;&#x4E00;", [("character", "<"), ("character", "一")]),
        ("&#19968&nosuch;", [("character", "一"), ("text", "&nosuch;")]),
        ("&#" + "1" * 5000 + ";", [("text", "&#" + "1" * 5000 + ";")]),
        ('<a b="甲>乙', [("start", "a"), ("text", "乙")]),
        ("<a 甲", [("text", "<a 甲")]),
        ("<!-- 甲 <p>乙", [("other", "<!-- 甲 <p>"), ("text", "乙")]),
    ],
)  # fmt: skip
def test_what_each_token_is(page: str, seen: list[tuple[str, str]]) -> None:
    assert _seen(page) == seen


@pytest.mark.parametrize(
    "unit",
    ["<", "</", "<!", "<?", "<!--", "<![CDATA[", "<a ", "<a b='", "<a '>'", '<a">"', "&", "&a", "&#", "<rt", "<rt>",
     "<script>", "<svg>", "<ruby><rt>x", "</ruby>"],
)  # fmt: skip
def test_a_mark_that_never_ends_is_not_looked_for_again_and_again(unit: str) -> None:
    page = unit * 100_000
    clock = time.process_time()
    assert sum(token.end - token.start for token in scan(page)) == len(page)
    assert len(without_ruby(page)) <= len(page)
    # A fraction of a second; if each mark looked through all that follows, it would be many minutes.
    assert time.process_time() - clock < 60


def test_glosses_go_before_others_read_the_page() -> None:
    page = "<ruby>换<rp>(</rp><rt>huàn</rt><rp>)</rp></ruby>电<ruby>站<rt>zhàn</ruby>与<ruby>桩<rt>zhuāng"
    assert without_ruby(page) == "<ruby>换</ruby>电<ruby>站</ruby>与<ruby>桩"


def test_references_to_nothing_leave_a_reason() -> None:
    result = clean(f"<p>{PROSE}&#1;{MORE}</p>", "html")
    assert result.text == PROSE + MORE
    place = result.raw.index("&#1;")
    assert any(e.raw_span == (place, place + 4) for e in result.edits)
