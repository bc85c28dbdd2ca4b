"""Sentences tile their paragraphs whatever the splitter; quotes stay whole; headings head something."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunzheng.config import SegmentConfig
from lunzheng.document import CleanText, Document, Source
from lunzheng.errors import ConfigError
from lunzheng.offsets import OffsetMap
from lunzheng.segment import SegmentStage, segment_text
from lunzheng.segment.sentences import Splitter, make_splitter, sentence_spans
from lunzheng.spans import Span
from strategies import articles, noisy_pages

_SPACE = " \t\r\n\u3000\u00a0"
_BACKENDS = {name: make_splitter(name) for name in ("spacy", "hanlp")}
_both = pytest.mark.parametrize("splitter", _BACKENDS.values(), ids=_BACKENDS.keys())
_any_cuts = st.lists(st.integers(0, 60), max_size=8)


def _assert_tiles(text: str, splitter: Splitter) -> None:
    found = segment_text(text, splitter)
    for one, two in zip(found.sentences, found.sentences[1:], strict=False):
        assert one.end <= two.start
    for sentence in found.sentences:
        assert sentence.trim(text, _SPACE) == sentence
        assert len(sentence)
        assert sum(p.contains(sentence) for p in found.paragraphs) == 1
    inside = {i for s in found.sentences for i in range(*s)}
    left_out = {text[i] for i in range(len(text)) if i not in inside}
    assert left_out <= set(_SPACE)


@_both
@given(text=st.one_of(articles(), noisy_pages()))
def test_sentences_tile_paragraphs(splitter: Splitter, text: str) -> None:
    _assert_tiles(text, splitter)


@given(text=articles(), cuts=_any_cuts)
def test_sentences_tile_paragraphs_for_any_cuts(text: str, cuts: list[int]) -> None:
    _assert_tiles(text, lambda paragraph: [c for c in sorted(cuts) if c <= len(paragraph)])


@_both
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他修车。她卖车！谁赢？", ["他修车。", "她卖车！", "谁赢？"]),
        ("他说：“不换。”她不信。", ["他说：“不换。”", "她不信。"]),
        ("他說：「不換。」她不信。", ["他說：「不換。」", "她不信。"]),
        ("真贵！！！他走了。", ["真贵！！！", "他走了。"]),
        ("（补胎免费。）他走了。", ["（补胎免费。）", "他走了。"]),
        ("他走了。“不换。”她说。", ["他走了。", "“不换。”", "她说。"]),
        ("没有句号的一行", ["没有句号的一行"]),
        ("车价是3.5万元。贵。", ["车价是3.5万元。", "贵。"]),
    ],
)
def test_quotes_and_stops_stay_with_their_sentence(splitter: Splitter, text: str, expected: list[str]) -> None:
    spans = sentence_spans(text, [Span(0, len(text))], splitter)
    assert [s.of(text) for s in spans] == expected


def test_a_cut_behind_an_opening_quote_is_moved_before_it() -> None:
    text = "他走了。“不换。”她说。"
    spans = sentence_spans(text, [Span(0, len(text))], lambda _: [5])
    assert [s.of(text) for s in spans] == ["他走了。", "“不换。”她说。"]


def test_an_unknown_splitter_is_told() -> None:
    with pytest.raises(ConfigError, match=r"expected 'spacy' or 'hanlp', found 'jieba'"):
        make_splitter("jieba")


_ARTICLE = """车铺的账

一、修旧
启禾坚持修旧，一条内胎补上十次。
(二) 换新
朗岳主张换新，车坏了就劝人买一辆。
3. 谁赢？
街坊还没有想好。

完"""


def test_headings_and_sections() -> None:
    found = segment_text(_ARTICLE, _BACKENDS["spacy"])
    assert [h.of(_ARTICLE) for h in found.headings] == ["车铺的账", "一、修旧", "(二) 换新", "3. 谁赢？"]
    assert [s.heading.of(_ARTICLE) if s.heading else None for s in found.sections] == [
        "车铺的账",
        "一、修旧",
        "(二) 换新",
        "3. 谁赢？",
    ]
    assert "街坊还没有想好" in found.sections[-1].span.of(_ARTICLE)
    assert found.sections[-1].span.end == len(_ARTICLE)


@pytest.mark.parametrize(
    "line",
    [
        "启禾去年修好了两千一百辆旧车。",
        "修旧，换新，两头，都要",
        "没有句号却长得谁也不会当作标题" * 3,
        "他说：“不换。”",
    ],
)
def test_prose_is_no_heading(line: str) -> None:
    assert segment_text(f"{line}\n街坊还没有想好。", _BACKENDS["spacy"]).headings == ()


def test_a_last_line_heads_nothing() -> None:
    assert segment_text("街坊还没有想好。\n修旧", _BACKENDS["spacy"]).headings == ()


@given(text=articles())
def test_sections_follow_each_other_to_the_end(text: str) -> None:
    found = segment_text(text, _BACKENDS["spacy"])
    for one, two in zip(found.sections, found.sections[1:], strict=False):
        assert one.span.end == two.span.start
    assert found.sections[-1].span.end == len(text)
    assert {s.heading for s in found.sections} - {None} == set(found.headings)


def test_an_empty_text_has_no_parts() -> None:
    found = segment_text("\n\n", _BACKENDS["spacy"])
    assert (found.paragraphs, found.sentences, found.headings, found.sections) == ((), (), (), ())


def test_the_stage_leaves_uncleaned_documents_alone() -> None:
    text = "街坊还没有想好。"
    clean = CleanText(text, text, OffsetMap.identity(len(text)), (), "utf-8", "Hans", None)
    source = Source("a.txt", "txt", text.encode())
    documents = [Document(source, clean=clean), Document(source)]
    stage = SegmentStage(SegmentConfig(backend="hanlp"))
    stage(documents)
    assert documents[0].segmentation is not None
    assert documents[0].segmentation.sentences == (Span(0, len(text)),)
    assert documents[1].segmentation is None
