"""The spaCy component."""

from __future__ import annotations

import tomllib
from importlib import import_module
from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import lunzheng.integrations.spacy_component as component
from lunzheng.corpus.article import LabelledArticle
from lunzheng.errors import InputError


@pytest.fixture(scope="module")
def nlp(tiny: Path) -> Language:
    made = spacy.blank("zh")
    made.add_pipe("lunzheng", config={"model": str(tiny), "device": "cpu"})
    return made


@pytest.fixture(scope="module")
def text(learned: list[LabelledArticle]) -> str:
    return learned[0].text


@pytest.fixture(scope="module")
def doc(nlp: Language, text: str) -> Doc:
    return nlp(text)


def test_spans_are_the_units_and_causes_of_the_map(doc: Doc) -> None:
    data = doc._.argument_map.data
    assert [(s.text, s.label_, s.id_) for s in doc.spans[component.UNITS]] == [
        (n.text, n.type, n.id) for n in data.nodes
    ]
    assert [s.text for s in doc.spans[component.CAUSES]] == [c.cause.text for c in data.causal_relations]
    assert [s.text for s in doc.spans[component.EFFECTS]] == [c.effect.text for c in data.causal_relations]
    assert len(data.causal_relations) > 0


def test_spans_follow_the_raw_text_where_cleaning_took_signs_out(nlp: Language, doc: Doc, text: str) -> None:
    words = doc._.argument_map.data.nodes[0].text
    glossed = text.replace(words, f"{words[:2]}\u200b{words[2:]}")
    found = nlp(glossed)
    units = found._.argument_map.data.nodes
    spans = found.spans[component.UNITS]
    assert any("\u200b" in s.text for s in spans)
    assert all(s.text.replace("\u200b", "") == n.text for s, n in zip(spans, units, strict=True))


def test_a_word_tokenizer_widens_spans_to_its_words(tiny: Path) -> None:
    coarse = spacy.blank("en")  # one token for a run of Han signs
    coarse.add_pipe("lunzheng", config={"model": str(tiny), "device": "cpu"})
    found = coarse("小区门口的店很多，所以生意不好做。车铺关了三家，因为租金涨了。" * 3)
    for span, node in zip(found.spans[component.UNITS], found._.argument_map.data.nodes, strict=True):
        assert node.text in span.text


def test_a_doc_comes_back_with_its_map(nlp: Language, doc: Doc) -> None:
    for back in (
        Doc(nlp.vocab).from_bytes(doc.to_bytes()),
        next(iter(DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab))),
    ):
        assert back._.argument_map == doc._.argument_map
        assert [s.text for s in back.spans[component.UNITS]] == [s.text for s in doc.spans[component.UNITS]]


def test_displacy_draws_the_units(doc: Doc) -> None:
    page = displacy.render(doc, style="span", options={"spans_key": component.UNITS}, page=False, jupyter=False)
    assert "claim" in page


def test_many_texts_go_through_the_pipe(nlp: Language, doc: Doc, text: str) -> None:
    found = list(nlp.pipe([text, text]))
    assert [d._.argument_map.data.nodes for d in found] == [doc._.argument_map.data.nodes] * 2


def test_a_text_that_is_no_article_is_an_error_or_left_alone(nlp: Language, tiny: Path) -> None:
    with pytest.raises(InputError):
        nlp("no article")
    lenient = spacy.blank("zh")
    lenient.add_pipe("lunzheng", config={"model": str(tiny), "device": "cpu", "on_error": "skip"})
    left = lenient("no article")
    assert left._.argument_map is None
    assert len(left.spans[component.UNITS]) == 0
    with pytest.raises(ValueError, match="expected on_error"):
        spacy.blank("zh").add_pipe("lunzheng", config={"model": str(tiny), "on_error": "ignore"})


def test_the_pipeline_can_be_written_and_read(nlp: Language, text: str, doc: Doc, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    assert spacy.load(tmp_path / "pipeline")(text)._.argument_map.data.nodes == doc._.argument_map.data.nodes


def test_spacy_finds_the_component_by_its_entry_point(root: Path) -> None:
    declared = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    module, name = declared["spacy_factories"]["lunzheng"].split(":")
    assert getattr(import_module(module), name) is component.make_component
