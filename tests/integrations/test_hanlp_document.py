"""HanLP documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hanlp_common.document import Document

import lunzheng
from lunzheng.errors import InputError
from lunzheng.integrations.hanlp_document import MAP, UNITS, from_hanlp, to_hanlp


@pytest.fixture(scope="module")
def found(tiny: Path, corpus: Path) -> lunzheng.Map:
    text = (corpus / "sample" / "article.txt").read_text(encoding="utf-8")
    return lunzheng.load(tiny, device="cpu")(text)


def _pairs(sentence: str) -> list[str]:
    """Words of two signs, spaces left out, as a tokenizer may."""
    solid = sentence.replace(" ", "")
    return [solid[i : i + 2] for i in range(0, len(solid), 2)]


@pytest.mark.parametrize("tokenizer", [list, _pairs])
def test_units_are_entities_over_words(found: lunzheng.Map, tokenizer: object) -> None:
    document = to_hanlp(found, tokenizer)  # type: ignore[arg-type]
    assert isinstance(document, Document)
    assert len(document["tok"]) == len(document[UNITS]) == len(found.data.document.sentences)
    entities = [(words, e) for words, row in zip(document["tok"], document[UNITS], strict=True) for e in row]
    assert len(entities) == len(found.data.nodes) > 0
    for words, (form, _, first, end) in entities:
        assert form.replace(" ", "") in "".join(words[first:end])
    assert len(document.to_conll()) == len(document["tok"])


def test_a_document_comes_back_also_through_json(found: lunzheng.Map) -> None:
    document = to_hanlp(found)
    assert from_hanlp(document) == found
    assert from_hanlp(json.loads(document.to_json())) == found


def test_words_that_are_not_in_the_sentence_are_told(found: lunzheng.Map) -> None:
    with pytest.raises(InputError, match="in order, found '别的'"):
        to_hanlp(found, lambda _: ["别的"])


def test_a_document_without_a_map_is_told() -> None:
    with pytest.raises(InputError, match="expected a key 'lunzheng', found tok"):
        from_hanlp(Document({"tok": [["面"]]}))
    with pytest.raises(InputError, match="no argument map"):
        from_hanlp({MAP: [{"nodes": []}]})
