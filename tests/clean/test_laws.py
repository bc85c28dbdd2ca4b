"""What holds for every page: the map is true, nothing vanishes, clean text stays as it is."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clean.helpers import SHARED, clean, unaccounted
from lunzheng.clean.decode import decode
from lunzheng.document import CleanText, InputKind
from lunzheng.errors import InputError
from strategies import articles, noisy_pages

_SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
_PAGES = sorted((SHARED / "web").rglob("*.md"))[::9]


def _check(result: CleanText) -> None:
    assert result.offsets.length == len(result.text)
    for piece in result.offsets.pieces:
        if piece.exact:
            assert piece.raw.of(result.raw) == piece.text.of(result.text)
    assert unaccounted(result) == ""
    assert all(0 <= e.raw_span.start < e.raw_span.end <= len(result.raw) for e in result.edits)
    assert list(result.edits) == sorted(result.edits, key=lambda e: e.raw_span.start)
    assert result.text == result.text.strip()
    assert "\n\n\n" not in result.text
    assert " \n" not in result.text


@_SETTINGS
@given(noisy_pages(), st.sampled_from(["txt", "md", "html"]))
def test_map_and_edits_account_for_every_character(page: str, kind: InputKind) -> None:
    try:
        result = clean(page, kind)
    except InputError:
        return
    _check(result)
    assert clean(page, kind) == result


@_SETTINGS
@given(articles())
def test_clean_text_stays_as_it_is(article: str) -> None:
    try:
        result = clean(article)
    except InputError:  # so little is left when a line repeats the title
        return
    again = clean(result.text)
    assert again.text == result.text
    assert again.title == result.title


@_SETTINGS
@given(articles(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]))
def test_encodings_that_hold_simplified_text_round_trip(article: str, encoding: str) -> None:
    assert decode(article.encode(encoding), "x")[0] == article


@pytest.mark.skipif(not _PAGES, reason="shared articles are not here")
@pytest.mark.parametrize("path", _PAGES, ids=lambda p: p.stem[:30])
def test_shared_articles_obey_the_laws(path) -> None:  # type: ignore[no-untyped-def]
    result = clean(path.read_bytes(), "md")
    _check(result)
    for mark in ("{#", "](", "![", "**", "*** **", "|--", "\n#", "\n>"):
        assert mark not in result.text
    assert clean(result.text).text == result.text


@pytest.mark.skipif(not (SHARED / "walls.txt").exists(), reason="shared articles are not here")
def test_a_page_with_two_damaged_copies_gives_the_article_once() -> None:
    result = clean((SHARED / "walls.txt").read_bytes())
    _check(result)
    paragraphs = result.text.split("\n\n")
    # The second copy is undisturbed but for a credit, a byline and a copyright notice.
    second_copy = result.raw[result.edits[-1].raw_span.start :]
    n_lines = sum(bool(line.strip()) for line in second_copy.split("\n"))
    assert len(paragraphs) == len(set(paragraphs)) == n_lines - 3
    assert result.script == "Hant"
    assert result.title == paragraphs[0]
    assert not re.search("[\u0370-\u04ff\u3040-\u312f\ue000-\uf8ff]", result.text)
    assert not any(c in "āáǎàēéěèīíǐìōóǒòūúǔù" for c in result.text)
    assert sum(e.reason == "second copy" for e in result.edits) == 1
    assert not any(e.reason == "suspect" for e in result.edits)
    assert clean(result.text).text == result.text
