"""Tokens and the view they are made from: offsets tell the same words, in both scripts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invented import segmentation_of
from lunzheng.extract.network_config import NetworkConfig
from lunzheng.extract.predictor import Predictor
from lunzheng.extract.prepared import prepare
from lunzheng.extract.tokens import TokenizedText, tokenize
from lunzheng.extract.view import model_view, to_simplified
from lunzheng.segment.layout import paragraphs
from lunzheng.spans import Span
from strategies import articles, noisy_pages

_HANS = "车铺坚持修旧，一条内胎补上十次；“换新”要2024元。"
_HANT = "車鋪堅持修舊，一條內胎補上十次；「換新」要2024元。"


def test_both_scripts_look_the_same_to_the_model() -> None:
    assert model_view(_HANT) == model_view(_HANS) == _HANS


def test_a_character_without_a_partner_of_one_code_point_stays() -> None:
    assert to_simplified("abc 1，。") == "abc 1，。"
    assert model_view("a\u3000b\u00a0c\td") == "a b c d"


@given(st.text())
def test_the_view_is_as_long_as_the_text(text: str) -> None:
    assert len(model_view(text)) == len(text)


def _tokens(text: str, predictor: Predictor) -> TokenizedText:
    return tokenize(text, paragraphs(text), predictor.tokenizer)


@settings(deadline=None)
@given(text=st.one_of(articles(), noisy_pages()))
def test_offsets_cover_the_text_in_order(text: str, predictor: Predictor) -> None:
    tokens = _tokens(text, predictor)
    assert (np.diff(tokens.starts) >= 0).all()
    assert (np.diff(tokens.ends) >= 0).all()
    inside = {i for a, b in zip(tokens.starts, tokens.ends, strict=True) for i in range(a, b)}
    assert {text[i] for i in range(len(text)) if i not in inside} <= set(" \t\n\r\u3000\u00a0\u200b\ufeff\x07")
    lines = paragraphs(text)
    for start, end, owner in zip(tokens.starts, tokens.ends, tokens.paragraph_of, strict=True):
        assert lines[owner].contains(Span(start, end))


@pytest.mark.parametrize("text", [_HANS, _HANT])
def test_a_token_stands_for_its_own_words(text: str, predictor: Predictor) -> None:
    tokens = _tokens(text, predictor)
    view = model_view(text)
    pieces = predictor.tokenizer.inner.convert_ids_to_tokens(tokens.ids.tolist())
    for piece, start, end in zip(pieces[:-1], tokens.starts, tokens.ends, strict=False):
        if piece != "<unk>":
            assert piece == view[start:end] or piece == {"；": ";", "，": ","}.get(view[start:end])


def test_both_scripts_get_the_same_tokens(predictor: Predictor) -> None:
    one, two = _tokens(_HANS, predictor), _tokens(_HANT, predictor)
    assert one.ids.tolist() == two.ids.tolist()
    assert one.starts.tolist() == two.starts.tolist()


def test_a_separator_closes_each_paragraph(predictor: Predictor) -> None:
    tokens = _tokens("一二\n\n三", predictor)
    at = [i for i, t in enumerate(tokens.ids) if t == predictor.tokenizer.sep_id]
    assert at == [2, 4]
    assert [int(tokens.starts[i]) for i in at] == [int(tokens.ends[i]) for i in at] == [2, 5]


def test_tokens_in_a_span_are_those_that_overlap_it(predictor: Predictor) -> None:
    text = "一二三\n四五六"
    tokens = _tokens(text, predictor)
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            first, last = tokens.tokens_in(Span(start, end))
            wide = [i for i in range(len(tokens)) if tokens.starts[i] < tokens.ends[i]]
            wanted = [i for i in wide if tokens.starts[i] < end and tokens.ends[i] > start]
            assert [i for i in range(first, last) if i in wide] == wanted
            if wanted:
                assert tokens.span_of(wanted[0], wanted[-1] + 1).contains(Span(start, end).trim(text, "\n"))
    assert tokens.tokens_in(Span(3, 4))[0] == tokens.tokens_in(Span(3, 4))[1]


def test_a_prepared_text_has_windows_and_full_sentences(predictor: Predictor) -> None:
    text = (_HANS + _HANT) * 3 + "\n" + _HANS
    config: NetworkConfig = predictor.network.config
    prepared = prepare(text, segmentation_of(text), predictor.tokenizer, config)
    assert len(prepared.windows) > 1
    assert prepared.windows[-1].end == len(prepared.tokens)
    assert all(b > a for a, b in prepared.sentences)
    assert len(prepared.sentences) == len(prepared.segmentation.sentences)


def test_another_reading_must_be_as_long(predictor: Predictor) -> None:
    with pytest.raises(ValueError, match="expected a reading of"):
        prepare("一二。", segmentation_of("一二。"), predictor.tokenizer, predictor.network.config, "一。")
