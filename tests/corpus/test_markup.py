"""The mark-up: what it compiles to, that it writes back, and what it says of every slip."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented import HEAD, MARKUP, article
from lunzheng.corpus.article import ArticleMeta, LabelledArticle, LabelledCausal, LabelledLink, LabelledUnit
from lunzheng.corpus.folder import article_paths
from lunzheng.corpus.markup import line_of, read_article, write_article
from lunzheng.errors import CorpusError
from lunzheng.labels import CAUSAL_KINDS, FACETS, LINK_TYPES, POLARITIES, SIDES, UNIT_TYPES
from lunzheng.spans import Span

_N_HEAD = HEAD.count("\n")


def _read(body: str) -> LabelledArticle:
    return read_article(HEAD + body, "a.txt")


def test_compiles_to_spans_of_the_plain_text() -> None:
    found = article()
    assert found.text.startswith("小区门口的两家车铺\n\n小区门口有两家车铺")
    assert "[" not in found.text
    assert "%" not in found.text
    assert found.unit(4).span.of(found.text) == "修旧替街坊省下了真金白银"
    assert (found.unit(4).type, found.unit(4).side, found.unit(4).facet) == ("claim", "A", "benefit")
    assert [u.number for u in found.units if u.central] == [12, 15]
    assert LabelledLink(source=1, target=2, type="contrasts") in found.links
    assert [p.of(found.text)[:4] for p in found.paragraphs][:2] == ["小区门口", "小区门口"]
    inhibits = [c for c in found.causals if c.polarity == "inhibit"]
    assert [c.connective.of(found.text) for c in inhibits if c.connective] == ["防止"]


def test_an_unknown_number_has_no_unit() -> None:
    with pytest.raises(KeyError):
        article().unit(99)


def test_escaped_signs_are_text() -> None:
    found = _read("\\%一\\[二\\]三\\\\四[1|五六\\|七八]。\n% 1 claim none context\n")
    assert found.paragraphs[1].of(found.text) == "%一[二]三\\四五六|七八。"
    assert found.unit(1).span.of(found.text) == "五六|七八"


def test_a_number_tells_which_occurrence_is_meant() -> None:
    found = _read("涨价，涨价，所以涨价。\n%c 涨价#2 | 所以 | 涨价#3 | consequence facilitate\n")
    base = found.paragraphs[1].start
    assert found.causals[0].cause == Span(base + 3, base + 5)
    assert found.causals[0].effect == Span(base + 8, base + 10)


def test_the_nearest_connective_is_taken() -> None:
    found = _read("因为旧，因为贵，街坊走了。\n%c 贵 | 因为 | 街坊走了 | consequence facilitate\n")
    assert found.causals[0].connective == Span(4, 6).shift(found.paragraphs[1].start)


_BAD = [
    ("[1|一二[2|三]]\n", 1, "opens inside unit 1"),
    ("一]二\n", 1, "stray ']'"),
    ("[一二\n", 1, "stray '['"),
    ("[1|一二\n", 1, "unit 1 is not closed"),
    ("[1|一]\n[1|二]\n", 2, "used twice"),
    ("[1|一]\n% 1 claim A\n", 2, "expected '% NUMBER TYPE SIDE FACET"),
    ("[1|一]\n% ² claim A cost\n", 2, "expected '% NUMBER TYPE SIDE FACET"),
    ("[1|一]\n% 2 claim A cost\n", 2, "no [2|words]"),
    ("[1|一]\n% 1 claim A cost\n% 1 claim A cost\n", 3, "two label lines"),
    ("[1|一]\n% 1 claims A cost\n", 2, "'claims'; expected one of claim, evidence"),
    ("[1|一]\n% 1 claim C cost\n", 2, "'C'; expected one of A, B"),
    ("[1|一]\n% 1 claim A price\n", 2, "'price'; expected one of context"),
    ("[1|一]\n% 1 claim A cost helps 2\n", 2, "'helps'; expected one of supports"),
    ("[1|一]\n% 1 claim A cost 2\n", 2, "'2'; expected one of supports"),
    ("[1|一]\n% 1 claim A cost supports ²\n", 2, "'²'; expected one of supports"),
    ("一二\n%c 一 | 二 | consequence facilitate\n", 2, "expected '%c CAUSE"),
    ("一二\n%c 一 | - | 二 | consequence\n", 2, "expected '%c CAUSE"),
    ("一二\n%c 一 | - | 二 | result facilitate\n", 2, "'result'"),
    ("一二\n%c 一 | - | 二 | consequence raise\n", 2, "'raise'"),
    ("一二\n%c 三 | - | 二 | consequence facilitate\n", 2, "'三' does not stand"),
    ("一二\n%c | - | 二 | consequence facilitate\n", 2, "does not stand"),
    ("一二\n%c 一 | 三 | 二 | consequence facilitate\n", 2, "'三' does not stand"),
    ("一一二\n%c 一 | - | 二 | consequence facilitate\n", 2, "occurs 2 times"),
    ("一一二\n%c 一#3 | - | 二 | consequence facilitate\n", 2, "occur 2 times"),
    ("[1|一]\n", 1, "unit 1 has no label line"),
    ("[1|一]\n% 1 claim A cost supports 2\n", 2, "unit 1 supports 2"),
    ("[1|一]\n% 1 claim A cost supports 1\n", 2, "unit 1 supports 1"),
]


@pytest.mark.parametrize(("body", "line", "message"), _BAD)
def test_a_slip_names_file_line_and_reason(body: str, line: int, message: str) -> None:
    with pytest.raises(CorpusError) as caught:
        _read(body)
    assert str(caught.value).startswith(f"a.txt:{_N_HEAD + line}: ")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("没有头\n", "expected a YAML head"),
        ("---\nid: a\n", "expected a YAML head"),
        ("---\n- a\n---\n", "'key: value' lines"),
        ("---\n{a\n---\n", "not valid YAML"),
        (MARKUP.replace("id: bicycle-repair-replace", "id: Bicycle Repair"), "'id'"),
        (MARKUP.replace("script: Hans", "script: Latn"), "'script'"),
        (MARKUP.replace("topic: ", "topics: "), "'topic'"),
        (MARKUP.replace("actors: [启禾]", "actor: [启禾]"), "'A.actor'"),
    ],
)
def test_a_bad_head_is_told(source: str, message: str) -> None:
    with pytest.raises(CorpusError, match=r"^b\.txt:1: ") as caught:
        read_article(source, "b.txt")
    assert message in str(caught.value)


def test_every_article_of_the_corpus_writes_back(corpus: Path) -> None:
    for path in article_paths(corpus):
        found = read_article(path.read_text(encoding="utf-8"), str(path))
        assert read_article(write_article(found)) == found, path


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    assert read_article("\ufeff" + MARKUP.replace("\n", "\r\n")) == article()


_WORDS = st.text("一二三四五，。“”[]|%\\#-1 a", min_size=1, max_size=14)


@st.composite
def _paragraphs(draw: st.DrawFn) -> str:
    return draw(_WORDS).strip() or "空"


@st.composite
def _labelled(draw: st.DrawFn) -> LabelledArticle:
    """Any article that the mark-up can say: units that do not overlap, links and causes at will."""
    title = "题"
    text, paragraphs, spans = title, [Span(0, 1)], []
    for words in draw(st.lists(_paragraphs(), min_size=1, max_size=4)):
        start = len(text) + 2
        text += "\n\n" + words
        paragraphs.append(Span(start, start + len(words)))
        cuts = sorted(draw(st.sets(st.integers(start, start + len(words)), max_size=6)))
        spans += [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    numbers = draw(st.permutations(range(1, len(spans) + 1)))
    units = tuple(
        LabelledUnit(
            number=number,
            span=span,
            type=draw(st.sampled_from(UNIT_TYPES)),
            side=draw(st.sampled_from(SIDES)),
            facet=draw(st.sampled_from(FACETS)),
            central=draw(st.booleans()),
        )
        for number, span in zip(numbers, spans, strict=True)
    )
    return LabelledArticle(
        meta=ArticleMeta.model_validate(
            {"id": "a-1", "title": title, "topic": "t: #", "industry": "i", "voice": "'v", "script": "Hans"}
            | {"annotator": "model", "date": "2026-01-01", "A": {"name": "一", "cues": ["1"]}, "B": {"name": "null"}}
        ),
        text=text,
        paragraphs=tuple(paragraphs),
        units=units,
        links=_links(draw, numbers),
        causals=_causals(draw, text, paragraphs[1:]),
    )


def _links(draw: st.DrawFn, numbers: list[int]) -> tuple[LabelledLink, ...]:
    if len(numbers) < 2:
        return ()
    ends = st.sampled_from(sorted(numbers))
    keys = draw(st.sets(st.tuples(ends, st.sampled_from(LINK_TYPES), ends), max_size=4))
    return tuple(LabelledLink(source=s, type=t, target=e) for s, t, e in sorted(keys) if s != e)


def _causals(draw: st.DrawFn, text: str, paragraphs: list[Span]) -> tuple[LabelledCausal, ...]:
    found = []
    for paragraph in draw(st.lists(st.sampled_from(paragraphs), max_size=3)):
        ends = st.integers(paragraph.start, paragraph.end)
        spans = [Span(*sorted((draw(ends), draw(ends)))).trim(text, " ") for _ in range(3)]
        if not all(map(len, spans)):
            continue
        found.append(
            LabelledCausal(
                cause=spans[0],
                effect=spans[1],
                connective=draw(st.sampled_from([None, spans[2]])),
                kind=draw(st.sampled_from(CAUSAL_KINDS)),
                polarity=draw(st.sampled_from(POLARITIES)),
            )
        )
    return tuple(sorted(found, key=lambda c: (c.cause, c.effect)))


@given(_labelled())
def test_whatever_is_labelled_writes_back(labelled: LabelledArticle) -> None:
    assert read_article(write_article(labelled)) == labelled


def test_a_place_of_the_text_has_the_line_of_its_paragraph() -> None:
    found = article()
    lines = MARKUP.split("\n")
    for unit in found.units:
        line = lines[line_of(MARKUP, found, unit.span.start) - 1]
        assert f"[{unit.number}|" in line
    assert line_of(MARKUP, found, None) == line_of(MARKUP, found, 0) == 1
