"""Agreement: published and hand-made cases of alpha, full marks for copies, and what is said of differences."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from invented import HEAD, MARKUP, article
from lunzheng.cli import app
from lunzheng.corpus.agreement import Pair, agreement, align_sides, as_linked, read_adjudicated, read_pairs, unpaired
from lunzheng.corpus.alpha import nominal_alpha
from lunzheng.corpus.article import LabelledArticle
from lunzheng.corpus.disagreements import Disagreement, disagreements
from lunzheng.corpus.folder import read_corpus
from lunzheng.corpus.markup import read_article
from lunzheng.errors import CorpusError
from lunzheng.evaluation.matching import match_causals
from lunzheng.evaluation.scores import score_article

_ID = "bicycle-repair-replace"


def _alpha(first: str, second: str) -> float | None:
    return nominal_alpha(Counter(zip(first, second, strict=True)))


@pytest.mark.parametrize(
    ("first", "second", "published"),
    [
        ("0100000010", "1110010000", 0.095),  # Krippendorff 2011, section A: Meg and Owen
        ("aabbdcccedda", "babbbccceddd", 0.692),  # section B: Ben and Gerry
    ],
)
def test_alpha_of_the_published_examples(first: str, second: str, published: float) -> None:
    assert _alpha(first, second) == pytest.approx(published, abs=0.0005)


def test_alpha_by_hand() -> None:
    # 4 values: three a, one b; D_o = 2/4, D_e = (16 - 9 - 1) / (4 * 3) = 1/2
    assert _alpha("aa", "ab") == pytest.approx(0.0)
    # 4 values: two a, two b; D_o = 1, D_e = 8/12
    assert _alpha("ab", "ba") == pytest.approx(-0.5)


@pytest.mark.parametrize(("first", "second"), [("", ""), ("aaa", "aaa")])
def test_without_variation_there_is_no_alpha(first: str, second: str) -> None:
    assert _alpha(first, second) is None


@given(st.text("abc", min_size=2).filter(lambda codes: len(set(codes)) > 1))
def test_identical_coders_have_alpha_1(codes: str) -> None:
    assert _alpha(codes, codes) == 1.0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1))
def test_alpha_has_no_first_coder(pairs: list[tuple[str, str]]) -> None:
    assert nominal_alpha(Counter(pairs)) == nominal_alpha(Counter((b, a) for a, b in pairs))


def _read(body: str) -> LabelledArticle:
    return read_article(HEAD + "\n" + body)


def test_alpha_over_characters_by_hand() -> None:
    first = _read("[1|一二三四]五，六七八九十。\n% 1 claim A cost\n%c 一二 | - | 六七 | consequence facilitate\n")
    second = _read("[1|一二三四五]，六七八九十。\n% 1 evidence A cost\n%c 一 | - | 六七 | consequence facilitate\n")
    found = agreement([Pair(first, second)]).alphas
    # claim-evidence 4, none-evidence 1, none-none 5: 20 values of claim 4, evidence 5, none 11
    assert found["unit type"].value == pytest.approx(1 - 19 * 10 / (400 - 16 - 25 - 121))
    # cause-cause 1, cause-none 1, none-none 8: 20 values of cause 3, none 17
    assert found["cause"].value == pytest.approx(1 - 19 * 2 / (400 - 9 - 289))
    assert found["effect"].value == 1.0
    assert found["side"].value is None  # both say A of the four characters that both put in a unit
    assert {layer: a.n_characters for layer, a in found.items()} == {
        "unit type": 10, "side": 4, "facet": 4, "cause": 10, "effect": 10
    }  # fmt: skip


def test_two_copies_agree_throughout() -> None:
    found = agreement([Pair(article(), article())])
    assert {count.score for count in found.scores.values()} == {1.0}
    assert {alpha.value for alpha in found.alphas.values()} == {1.0}
    assert disagreements(Pair(article(), article())) == []


def test_the_corpus_agrees_with_itself(corpus: Path) -> None:
    for one in read_corpus(corpus):
        assert disagreements(Pair(one, one)) == [], one.meta.id


def _swapped() -> LabelledArticle:
    text = MARKUP.replace("A: {", "X: {").replace("B: {", "A: {").replace("X: {", "B: {")
    for kind in ("claim", "evidence"):
        text = (
            text.replace(f"{kind} A ", f"{kind} X ")
            .replace(f"{kind} B ", f"{kind} A ")
            .replace(f"{kind} X ", f"{kind} B ")
        )
    return read_article(text)


def test_a_and_b_may_be_exchanged_for_a_whole_article() -> None:
    assert _swapped().unit(4).side == "B"
    assert align_sides(article(), _swapped()) == article()
    assert align_sides(article(), article()) == article()
    assert agreement([Pair(article(), _swapped())]).alphas["side"].value == 1.0


def test_counts_add_up_over_articles() -> None:
    other = _read("[1|一二三四]五，六七八九十。\n% 1 claim A cost\n")
    none = _read("一二三四五，六七八九十。\n")
    found = agreement([Pair(article(), article()), Pair(other, none)])
    assert found.scores["units span"].score == pytest.approx(2 * 15 / (16 + 15))
    assert found.alphas["unit type"].value not in (None, 1.0)


_TEN = "老师傅一天最多修九辆，生意再好也快不起来"
_STEEL = "今年钢材涨了三成，两家的日子都不好过"
_LESSON = "supports '修旧慢而长久，换新快而短促，谁也不能只守着一头'"
_CHANGES = [
    ("% 7 claim A cost attacks 4", "% 7 claim A benefit attacks 4",
     [("unit", _TEN, "claim A cost", "claim A benefit")]),
    ("% 7 claim A cost attacks 4", "% 7 claim A cost",
     [("link", _TEN, "attacks '修旧替街坊省下了真金白银'", "–")]),
    ("% 7 claim A cost attacks 4", "% 7 claim A cost attacks 4 contrasts 11",
     [("link", _TEN, "–", "contrasts '街坊买过一次，往后三年都不会再来，回头客越来越少'")]),
    ("| 防止 | 老客人走散 | consequence inhibit", "| 防止 | 老客人走散 | purpose inhibit",
     [("causal", "用补胎的手艺 → 老客人走散", "consequence inhibit, 防止", "purpose inhibit, 防止")]),
    ("| 防止 | 老客人走散 |", "| - | 老客人走散 |",
     [("causal", "用补胎的手艺 → 老客人走散", "consequence inhibit, 防止", "consequence inhibit, no connective")]),
    ("%c 补胎用的胶片是整卷批来的 |", "%c 补胎 |",
     [("causal", "补胎用的胶片是整卷批来的 → 单价压得很低", "consequence facilitate, 因此", "–"),
      ("causal", "补胎 → 单价压得很低", "–", "consequence facilitate, 因此")]),
    (f"[3|{_STEEL}]", f"今年[3|{_STEEL[2:]}]", [("span", _STEEL, _STEEL, _STEEL[2:])]),
    (f"[3|{_STEEL}]", f"[3|{_STEEL[:4]}]{_STEEL[4:]}",
     [("unit", _STEEL, "evidence both context", "–"), ("unit", _STEEL[:4], "–", "evidence both context"),
      ("link", _STEEL, _LESSON, "–"), ("link", _STEEL[:4], "–", _LESSON)]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), _CHANGES)
def test_every_difference_is_listed_with_what_each_said(
    old: str, new: str, expected: list[tuple[str, str, str, str]]
) -> None:
    assert old in MARKUP
    found = disagreements(Pair(article(), read_article(MARKUP.replace(old, new, 1))))
    assert sorted(found, key=repr) == sorted((Disagreement(_ID, *e) for e in expected), key=repr)


def test_causal_matching_is_that_of_the_scores() -> None:
    other = read_article(
        MARKUP.replace("%c 补胎用的胶片是整卷批来的 |", "%c 补胎 |").replace("%c 老师傅一天最多", "%c 一天最多")
    )
    assert (
        len(match_causals(article().causals, other.causals, other.text))
        == score_article(article(), as_linked(other))["causal"].hit
        == 6
    )


@pytest.fixture
def twice(tmp_path: Path) -> Path:
    for folder in ("articles", "second"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{_ID}.txt").write_text(MARKUP, encoding="utf-8")
    return tmp_path


def _second(corpus: Path, text: str) -> None:
    (corpus / "second" / f"{_ID}.txt").write_text(text, encoding="utf-8")


def test_reads_what_stands_in_both_folders(twice: Path) -> None:
    (twice / "second" / "other.txt").write_text("", encoding="utf-8")
    (twice / "articles" / "third.txt").write_text("", encoding="utf-8")
    assert read_pairs(twice) == [Pair(article(), article())]
    assert unpaired(twice) == [twice / "second" / "other.txt"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("单价压得很低]。可是", "单价压得低]。可是", "单价压得很低"),
        (
            "平均每辆只收三十八元",
            "平均每辆只收三十九元",
            "expected '只收三十八元，补胎用的胶片是整卷', found '只收三十九元，",
        ),
        ("title: 小区门口的两家车铺", "title: 小区门口的车铺", ":1: the text must be that of"),
        ("说到这里，该喝口茶了。", "\n说到这里，该喝口茶了。\n\n", "found '口茶了。'; copy the text again"),
        ("[5|", "[50|", "unit 5 has labels but no"),
        ("id: bicycle", "id: tricycle", ":1: id 'tricycle-repair-replace' must equal the file name"),
    ],
)
def test_a_changed_second_file_is_told(twice: Path, old: str, new: str, message: str) -> None:
    assert old in MARKUP
    _second(twice, MARKUP.replace(old, new))
    with pytest.raises(CorpusError) as caught:
        read_pairs(twice)
    assert str(caught.value).startswith(f"{twice / 'second' / _ID}.txt:")
    assert message in str(caught.value)


def test_a_changed_text_names_its_line(twice: Path) -> None:
    changed = MARKUP.replace("先看修旧的账", "先看看修旧的账")
    _second(twice, changed)
    line = next(i for i, words in enumerate(changed.split("\n"), 1) if "先看看" in words)
    with pytest.raises(CorpusError, match=rf"{_ID}\.txt:{line}: the text must be that of"):
        read_pairs(twice)


def test_a_missing_paragraph_is_told(twice: Path) -> None:
    lines = MARKUP.split("\n")
    start = next(i for i, words in enumerate(lines) if words.startswith("两本账"))
    _second(twice, "\n".join(lines[:start]).replace(" supports 12", ""))
    with pytest.raises(CorpusError, match="found no such paragraph"):
        read_pairs(twice)


def test_no_second_labels_are_told(tmp_path: Path, twice: Path) -> None:
    (twice / "second" / f"{_ID}.txt").unlink()
    with pytest.raises(CorpusError, match="second: expected second labels of articles"):
        read_pairs(tmp_path)


def test_the_command_prints_lists_and_writes(twice: Path) -> None:
    _second(twice, MARKUP.replace("% 7 claim A cost attacks 4", "% 7 claim A cost"))
    (twice / "second" / "[bold]other.txt").write_text("", encoding="utf-8")
    out = twice / "agreement.json"
    result = CliRunner().invoke(
        app, ["corpus", "agree", str(twice), "--list", "--out", str(out)], catch_exceptions=False
    )
    assert result.exit_code == 0
    assert f"{_ID}: link: 老师傅一天最多修九辆" in result.output
    assert "[bold]other.txt" in result.output
    values = json.loads(out.read_text(encoding="utf-8"))
    assert values["articles"] == [_ID]
    assert values["scores"]["relations"] == {
        "score": pytest.approx(2 * 15 / (16 + 15)),
        "hit": 15,
        "found": 15,
        "gold": 16,
    }
    assert values["scores"]["units exact"]["score"] == 1.0
    assert values["alpha"]["facet"]["value"] == 1.0


def test_what_nobody_labelled_has_no_score(twice: Path) -> None:
    plain = HEAD + "\n[1|一二三四]五，六七八九十。\n% 1 claim A cost\n"
    for folder in ("articles", "second"):
        (twice / folder / f"{_ID}.txt").write_text(plain, encoding="utf-8")
    out = twice / "agreement.json"
    CliRunner().invoke(app, ["corpus", "agree", str(twice), "--out", str(out)], catch_exceptions=False)
    scores = json.loads(out.read_text(encoding="utf-8"))["scores"]
    assert scores["causal"]["score"] is scores["causal kind"]["score"] is None
    assert scores["units span"]["score"] == 1.0


def test_the_first_labels_of_an_adjudicated_article_are_those_in_first(twice: Path) -> None:
    changed = MARKUP.replace("% 7 claim A cost attacks 4", "% 7 claim A cost")
    (twice / "first").mkdir()
    (twice / "first" / f"{_ID}.txt").write_text(changed, encoding="utf-8")
    pairs = read_pairs(twice)
    assert [p.first for p in pairs] == [read_article(changed)]
    assert [p.second for p in pairs] == [article()]
    first, second = read_adjudicated(twice, pairs)
    assert first == [Pair(article(), read_article(changed))]
    assert second == [Pair(article(), article())]
    assert read_adjudicated(twice, []) == ([], [])


def test_one_article_can_be_compared_alone(twice: Path) -> None:
    assert len(read_pairs(twice, [_ID])) == 1
    with pytest.raises(CorpusError, match="expected second labels of gone, found none"):
        read_pairs(twice, ["gone"])
