"""Each rule fires on an article that breaks it, and none on one that keeps them all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from invented import HEAD, MARKUP, article
from lunzheng.corpus.article import LabelledArticle
from lunzheng.corpus.checks import check_article
from lunzheng.corpus.folder import article_paths
from lunzheng.corpus.markup import read_article
from lunzheng.spans import Span


def _found(source: str) -> list[tuple[str, str]]:
    return [(f.level, f.message) for f in check_article(read_article(source))]


def test_nothing_is_found_in_a_good_article() -> None:
    assert check_article(article()) == []


def _swap(old: str, new: str) -> str:
    assert MARKUP.count(old) == 1, f"the sample holds {old!r} {MARKUP.count(old)} times"
    return MARKUP.replace(old, new)


_BROKEN = [
    (
        _swap("[4|修旧替街坊省下了真金白银]。", "[4|修旧替街坊省下了真金白银。]"),
        "error",
        "unit 4 begins or ends with punct",
    ),
    (_swap("[4|修旧替街坊省下了真金白银]。", "[4|。]修旧替街坊省下了真金白银。"), "error", "unit 4 is empty"),
    (
        _swap("[4|修旧替街坊省下了真金白银]", "[4|修旧替街坊省钱。省下了真金白银]"),
        "error",
        "unit 4 runs over a sentence",
    ),
    (_swap("[4|修旧替街坊省下了真金白银]", "修旧替街坊[4|省下了]真金白银"), "warning", "unit 4 has only 3"),
    (_swap("% 7 claim A cost attacks 4", "% 7 claim A cost attacks 5"), "error", "unit 7 attacks 5, which is evidence"),
    (_swap("% 7 claim A cost attacks 4", "% 7 claim A cost supports 8 attacks 4"), "error", "unit 7 has two outgoing"),
    (
        _swap("% 4 claim A benefit supports 12", "% 4 claim A benefit supports 7"),
        "error",
        "from unit 4 run in a circle",
    ),
    (
        _swap("% 2 evidence B means supports 8", "% 2 evidence B means supports 8 contrasts 1"),
        "error",
        "a contrast is labelled twice",
    ),
    (MARKUP.replace(" central", ""), "error", "0 central claims"),
    (
        _swap("% 3 evidence both context supports 12", "% 3 evidence both context central supports 12"),
        "error",
        "unit 3 is",
    ),
    (
        _swap("% 11 claim B cost attacks 8", "% 11 claim B cost central attacks 8"),
        "error",
        "central claim 11 is grounded",
    ),
    (
        _swap("% 3 evidence both context supports 12", "% 3 evidence both context"),
        "warning",
        "evidence 3 grounds nothing",
    ),
    (
        _swap("%c 用补胎的手艺 | 防止 | 老", "%c 用补胎的手艺 | 防止 | 的手艺防止老"),
        "error",
        "cause and effect overlap",
    ),
    (_swap("%c 钢材涨了三成 | - ", "%c 钢材涨了三成， | - "), "error", "causal span begins or ends with punct"),
    (_swap("%c 钢材涨了三成 | - | 两家的", "%c 做的是两种生意 | - | 两家的"), "error", "more than one sentence apart"),
    (_swap("actors: [启禾]", "actors: [启和]"), "error", "strategy A: '启和' does not stand in the text"),
    (_swap("A: {name: 修旧, actors: [启禾], cues: [补胎]}\n", ""), "error", "give both strategies, or neither"),
    (HEAD.split("A: {")[0] + "---\n" + MARKUP[len(HEAD) :], "error", "unit 1 has side A"),
    (HEAD + "短。\n", "warning", "expected 600 to 2,000"),
    (_swap("industry: retail", "industry: bicycles"), "warning", "industry 'bicycles' is none of platforms"),
    (_swap("voice: newspaper column", "voice: poem"), "warning", "voice 'poem' is none of"),
    (HEAD + "长" * 800 + "。\n", "warning", "0 units in"),
    (HEAD + "长" * 800 + "。\n", "warning", "0 causal relations in"),
]


@pytest.mark.parametrize(("source", "level", "message"), _BROKEN)
def test_each_rule_fires(source: str, level: str, message: str) -> None:
    assert any(found == level and message in said for found, said in _found(source)), _found(source)


def test_units_that_overlap_are_an_error() -> None:
    good = article()
    wide = good.units[0].model_copy(update={"span": Span(good.units[0].span.start, good.units[1].span.start + 1)})
    bad = good.model_copy(update={"units": (wide, *good.units[1:])})
    assert any("units 1 and 2 overlap" in f.message for f in check_article(bad))


def test_a_sentence_end_inside_quotation_marks_is_allowed() -> None:
    quoted = _swap("[4|修旧替街坊省下了真金白银]", "[4|街坊说“省钱。真省钱”才是修旧的好处]")
    assert not [m for _, m in _found(quoted) if "sentence end" in m]


def test_errors_stand_before_warnings() -> None:
    levels = [level for level, _ in _found(HEAD + "短。\n")]
    assert levels == sorted(levels)
    assert set(levels) == {"error", "warning"}


def _corpus(test: Callable[[Path], LabelledArticle], corpus: Path) -> list[LabelledArticle]:
    return [test(path) for path in article_paths(corpus)]


def test_the_corpus_has_no_errors_and_no_id_twice(corpus: Path) -> None:
    articles = _corpus(lambda path: read_article(path.read_text(encoding="utf-8"), str(path)), corpus)
    errors = {a.meta.id: [f for f in check_article(a) if f.level == "error"] for a in articles}
    assert {i: e for i, e in errors.items() if e} == {}
    assert len(errors) == len(articles)
    assert len({a.text for a in articles}) == len(articles)


def test_a_finding_says_where_it_is() -> None:
    [finding] = check_article(read_article(_swap("[4|修旧替街坊省下了真金白银]", "修旧替街坊[4|省下了]真金白银")))
    assert finding.at is not None
    assert read_article(MARKUP).text.startswith("省下了", finding.at)
