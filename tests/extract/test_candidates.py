"""Candidate words for the strategies: where they come from and where they stand."""

from __future__ import annotations

import numpy as np

from invented import segmentation_of
from lunzheng.extract.candidates import MAX_CANDIDATES, N_CANDIDATE_FEATURES, candidate_arrays, collect_candidates
from lunzheng.extract.decode_spans import TaggedSpan
from lunzheng.extract.predictor import Predictor
from lunzheng.extract.prepared import PreparedText, prepare
from lunzheng.spans import Span

_TEXT = "车铺\n启禾坚持“修旧”，朗岳主张“换新”。“修旧”省钱，启禾不急。"


def _prepared(predictor: Predictor, text: str = _TEXT) -> PreparedText:
    return prepare(text, segmentation_of(text), predictor.tokenizer, predictor.network.config)


def _mention(prepared: PreparedText, words: str, label: str, confidence: float) -> TaggedSpan:
    at = prepared.text.index(words)
    return TaggedSpan(*prepared.tokens.tokens_in(Span(at, at + len(words))), label, confidence)


def test_words_come_from_mentions_repeated_quotations_and_labels(predictor: Predictor) -> None:
    prepared = _prepared(predictor)
    mentions = [_mention(prepared, "启禾", "actor", 0.9), _mention(prepared, "，朗岳", "term", 0.4)]
    found = {c.word: c for c in collect_candidates(prepared, mentions, extra=["省钱", "没有"])}
    assert set(found) == {"启禾", "朗岳", "修旧", "省钱"}
    assert len(found["启禾"].places) == 2
    starts = [int(prepared.tokens.starts[first]) for first, _ in found["修旧"].places]
    assert [_TEXT[s : s + 2] for s in starts] == ["修旧", "修旧"]
    assert found["启禾"].features[8] == 1.0
    assert found["朗岳"].features[8] == 0.0
    assert found["修旧"].features[5] == 1.0
    assert found["启禾"].features[5] == 0.0


def test_a_single_character_and_a_long_phrase_are_no_candidates(predictor: Predictor) -> None:
    prepared = _prepared(predictor, "一二三四五六七八九十一二三四五六七八九十。")
    mentions = [TaggedSpan(0, 1, "term", 1.0), TaggedSpan(0, 18, "term", 1.0)]
    assert collect_candidates(prepared, mentions) == []


def test_the_order_is_that_of_the_text_and_the_most_trusted_stay(predictor: Predictor) -> None:
    words = [a + b for a in "甲乙丙丁戊己庚辛" for b in "子丑寅卯辰巳午未"]
    prepared = _prepared(predictor, "，".join(words) + "。")
    mentions = [_mention(prepared, w, "term", i / 100) for i, w in enumerate(words)]
    found = collect_candidates(prepared, mentions)
    assert [c.word for c in found] == words[-MAX_CANDIDATES:]
    assert collect_candidates(prepared, mentions[::-1]) == found


def test_signs_in_a_word_are_no_pattern(predictor: Predictor) -> None:
    prepared = _prepared(predictor, "他说C++(好).*，又说C++(好).*。")
    found = collect_candidates(prepared, [], extra=["C++(好).*"])
    assert [len(c.places) for c in found] == [2]


def test_arrays_hold_all_places(predictor: Predictor) -> None:
    found = collect_candidates(_prepared(predictor), [], extra=["启禾", "修旧"])
    ranges, owner, features = candidate_arrays(found)
    assert owner.tolist() == [0, 0, 1, 1]
    assert [tuple(r) for r in ranges] == [p for c in found for p in c.places]
    assert features.shape == (2, N_CANDIDATE_FEATURES)
    ranges, owner, features = candidate_arrays([])
    assert (ranges.shape, owner.shape, features.shape) == ((0, 2), (0,), (0, N_CANDIDATE_FEATURES))
    assert ranges.dtype == np.int64
