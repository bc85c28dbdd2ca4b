"""What training reads: the treebank, the examples, the changed readings."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented import article, segmentation_of
from lunzheng.errors import CorpusError
from lunzheng.extract.network_config import NetworkConfig
from lunzheng.extract.predictor import Predictor
from lunzheng.extract.tagging import MENTION_TAGS, SPAN_TAGS, UNIT_TAGS, tagged_spans
from lunzheng.segment.sentences import make_splitter
from lunzheng.training.augment import augmented
from lunzheng.training.config import Augmentation
from lunzheng.training.examples import article_example, discourse_examples, gold_words
from lunzheng.training.gcdt import DiscourseDocument, read_tok
from lunzheng.training.tiny_base import clause_document


def _tok(*rows: tuple[str, str, bool]) -> str:
    return "".join(f"{i}\t{w}" + "\t_" * 7 + f"\t{'Seg=B-seg' if b else 'Seg=O'}\n" for i, w, b in rows)


_TOK = (
    "# newdoc id = one\n"
    + _tok(("1", "街坊", True), ("2", "说", False), ("3", "，", False), ("4", "贵", True), ("5", "-LRB-", False))
    + "\n"
    + _tok(("1-2", "iPhone13", False), ("1", "iPhone", True), ("2", "13", False), ("3", "。", False))
    + "# newdoc id = two\n# a remark\n"
    + _tok(("1", "完", True))
)


def test_the_treebank_is_read_as_raw_text(tmp_path: Path) -> None:
    path = tmp_path / "x.tok"
    path.write_text(_TOK, encoding="utf-8")
    one, two = read_tok(path)
    assert one == DiscourseDocument("one", "街坊说，贵(iPhone 13。", (0, 2, 3, 4, 5, 6, 13, 15), frozenset({0, 3, 5}))
    assert two == DiscourseDocument("two", "完", (0,), frozenset({0}))


def test_a_bad_treebank_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"gone\.tok: cannot be read"):
        read_tok(tmp_path / "gone.tok")
    (tmp_path / "x.tok").write_text("# newdoc id = a\n1\t街坊\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"x\.tok:2: expected 10 columns, found 2"):
        read_tok(tmp_path / "x.tok")


@pytest.fixture
def network(predictor: Predictor) -> NetworkConfig:
    return predictor.network.config


def test_tags_of_an_article_tell_its_labels(predictor: Predictor, network: NetworkConfig) -> None:
    gold = article()
    example = article_example(gold, segmentation_of(gold.text), predictor.tokenizer, network)
    tokens = example.prepared.tokens

    def said(tags: np.ndarray, names: tuple[str, ...]) -> list[tuple[str, str]]:
        found = tagged_spans([names[t] for t in tags])
        return [(tokens.span_of(a, b).of(gold.text), label) for a, b, label in found]

    assert said(example.unit_tags, UNIT_TAGS) == [(u.span.of(gold.text), u.type) for u in gold.units]
    assert {w for w, _ in said(example.cause_tags, SPAN_TAGS)} == {c.cause.of(gold.text) for c in gold.causals}
    assert {w for w, _ in said(example.effect_tags, SPAN_TAGS)} == {c.effect.of(gold.text) for c in gold.causals}
    mentions = said(example.mention_tags, MENTION_TAGS)
    assert set(mentions) == {("修旧", "term"), ("换新", "term"), ("补胎", "term"), ("新车", "term")} | {
        ("启禾", "actor"),
        ("朗岳", "actor"),
    }
    assert len(mentions) == sum(gold.text.count(w) for pair in gold_words(gold) for w in pair)
    assert [tokens.span_of(*r) for r in example.unit_ranges] == [u.span for u in gold.units]
    assert len(example.causal_ranges) == len(gold.causals)


def test_an_article_without_strategies_has_no_words() -> None:
    gold = article()
    plain = gold.model_copy(update={"meta": gold.meta.model_copy(update={"A": None, "B": None})})
    assert gold_words(plain) == ((), ())


def test_discourse_examples_mark_each_start_once(predictor: Predictor, network: NetworkConfig) -> None:
    document = clause_document(article())
    examples = discourse_examples(document, predictor.tokenizer, network, make_splitter("spacy"))
    assert len(examples) > 2
    assert sum(int(e.starts.sum()) for e in examples) == len(document.unit_starts)
    for example in examples:
        text, tokens = example.prepared.text, example.prepared.tokens
        for t in np.flatnonzero(example.starts):
            at = int(tokens.starts[t])
            assert at == 0 or text[at - 1] in "，。；：！？"


@given(st.text("一二，。“”abc", max_size=60), st.integers(0, 99))
def test_a_changed_reading_is_as_long(text: str, seed: int) -> None:
    config = Augmentation(p_article=1, p_half_width=0.5, p_wrong=0.5)
    found = augmented(text, config, random.Random(seed))
    assert len(found) == len(text)
    assert augmented(text, config, random.Random(seed)) == found


def test_readings_change_as_often_as_they_are_told() -> None:
    text = "一二三，四五六。" * 9
    always = Augmentation(p_article=1, p_half_width=1, p_wrong=0)
    assert augmented(text, always, random.Random(1)) == text.replace("，", ",")
    assert augmented(text, Augmentation(p_article=0, p_wrong=1), random.Random(1)) == text
