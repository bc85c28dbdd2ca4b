"""Candidate words for the strategies: where they come from and where they stand."""

from __future__ import annotations

import re

import numpy as np

from invented import segmentation_of
from lunzheng.extract.candidates import MAX_CANDIDATES, N_CANDIDATE_FEATURES, candidate_arrays, collect_candidates
from lunzheng.extract.decode_spans import TaggedSpan
from lunzheng.extract.predictor import Predictor
from lunzheng.extract.prepared import PreparedText, prepare
from lunzheng.extract.tagging import MENTION_TAGS
from lunzheng.spans import Span

_TEXT = "车铺\n启禾坚持“修旧”，朗岳主张“换新”。“修旧”省钱，启禾不急。"


def _prepared(predictor: Predictor, text: str = _TEXT) -> PreparedText:
    return prepare(text, segmentation_of(text), predictor.tokenizer, predictor.network.config)


def _tags(prepared: PreparedText, actors: str = "") -> np.ndarray:
    """Probabilities of the mention head: sure of actors, and that all else is nothing."""
    tags = np.zeros((len(prepared.tokens), len(MENTION_TAGS)), dtype=np.float32)
    tags[:, 0] = 1
    for at in (m.start() for m in re.finditer(actors, prepared.text) if actors):
        first, last = prepared.tokens.tokens_in(Span(at, at + len(actors)))
        tags[first:last] = 0
        tags[first, MENTION_TAGS.index("B-actor")] = 1
        tags[first + 1 : last, MENTION_TAGS.index("I-actor")] = 1
    return tags


def _mention(prepared: PreparedText, words: str, label: str, confidence: float) -> TaggedSpan:
    at = prepared.text.index(words)
    return TaggedSpan(*prepared.tokens.tokens_in(Span(at, at + len(words))), label, confidence)


def test_words_come_from_mentions_repeated_quotations_and_labels(predictor: Predictor) -> None:
    prepared = _prepared(predictor)
    mentions = [_mention(prepared, "启禾", "actor", 0.9), _mention(prepared, "，朗岳", "term", 0.4)]
    found = {c.word: c for c in collect_candidates(prepared, mentions, _tags(prepared, "启禾"), ["省钱", "没有"])}
    assert set(found) == {"启禾", "朗岳", "修旧", "换新", "省钱"}
    assert len(found["启禾"].places) == 2
    starts = [int(prepared.tokens.starts[first]) for first, _ in found["修旧"].places]
    assert [_TEXT[s : s + 2] for s in starts] == ["修旧", "修旧"]
    inside, best, begins, ends, actor = found["启禾"].features[6:11]
    assert (inside, best, begins, ends, actor) == (1.0, 1.0, 1.0, 1.0, 1.0)
    assert found["朗岳"].features[6:8] == (0.0, 0.0)
    assert (found["朗岳"].features[11], found["省钱"].features[11]) == (1.0, 0.0)
    assert found["修旧"].features[5] == 1.0
    assert found["启禾"].features[5] == 0.0


def test_a_single_character_and_a_long_phrase_are_no_candidates(predictor: Predictor) -> None:
    prepared = _prepared(predictor, "一二三四五六七八九十一二三四五六七八九十。")
    mentions = [TaggedSpan(0, 1, "term", 1.0), TaggedSpan(0, 18, "term", 1.0)]
    assert not {"一", "一二三四五六七八九十一二三四五六七八"} & {
        c.word for c in collect_candidates(prepared, mentions, _tags(prepared))
    }


def test_the_order_is_that_of_the_text_and_the_most_trusted_stay(predictor: Predictor) -> None:
    words = [a + b for a in "甲乙丙丁戊己庚辛壬癸" for b in "子丑寅卯辰巳午未申酉"]
    prepared = _prepared(predictor, "，".join([*words, "癸酉"]) + "。")
    mentions = [_mention(prepared, w, "term", 0.5) for w in words]
    tags = _tags(prepared, "甲子")
    found = collect_candidates(prepared, mentions, tags)
    assert len(found) == MAX_CANDIDATES < len(words)
    assert {"甲子", "癸酉"} <= {c.word for c in found}
    assert [c.spans[0] for c in found] == sorted(c.spans[0] for c in found)
    assert collect_candidates(prepared, mentions[::-1], tags) == found


def test_signs_in_a_word_are_no_pattern(predictor: Predictor) -> None:
    prepared = _prepared(predictor, "他说C++(好).*，又说C++(好).*。")
    found = collect_candidates(prepared, [], _tags(prepared), ["C++(好).*"])
    assert [len(c.places) for c in found if c.word == "C++(好).*"] == [2]


def test_arrays_hold_all_places(predictor: Predictor) -> None:
    prepared = _prepared(predictor)
    found = collect_candidates(prepared, [], _tags(prepared), ["启禾", "修旧"])
    ranges, owner, features = candidate_arrays(found)
    assert owner.tolist() == [0, 0, 1, 1, 2]
    assert [tuple(r) for r in ranges] == [p for c in found for p in c.places]
    assert features.shape == (3, N_CANDIDATE_FEATURES)
    ranges, owner, features = candidate_arrays([])
    assert (ranges.shape, owner.shape, features.shape) == ((0, 2), (0,), (0, N_CANDIDATE_FEATURES))
    assert ranges.dtype == np.int64
