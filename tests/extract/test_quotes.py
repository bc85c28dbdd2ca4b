"""Partners of quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunzheng.extract.quotes import with_partners
from lunzheng.spans import Span


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("“换电”很快。", "换电”很快", "“换电”很快"),
        ("他推行“现烤”。", "他推行“现烤", "他推行“现烤”"),
        ("他说“换电很快”。", "换电很快", "换电很快"),
        ('他说"换电很快"。', '换电很快"', "换电很快"),
        ("「直營」與「加盟」", "直營」與「加盟", "「直營」與「加盟」"),
    ],
)
def test_a_lone_mark_gets_its_partner(text: str, words: str, expected: str) -> None:
    start = text.index(words)
    assert with_partners(Span(start, start + len(words)), text).of(text) == expected


@given(st.text(alphabet="甲乙“”「」（），", max_size=20), st.data())
def test_the_span_grows_by_marks_only(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    grown = with_partners(Span(start, end), text)
    assert grown.contains(Span(start, end))
    assert set(text[grown.start : start] + text[end : grown.end]) <= set("“”「」（）")
