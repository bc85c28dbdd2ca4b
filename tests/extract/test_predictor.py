"""One reading of an article by the toy model: spans, probabilities, and what may not change them."""

from __future__ import annotations

import itertools
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from invented import segmentation_of
from lunzheng.config import LinkConfig
from lunzheng.corpus.article import LabelledArticle
from lunzheng.extract.load import load_predictor
from lunzheng.extract.model_folder import load_model
from lunzheng.extract.predictor import UNIT_EDGE, Predictor
from lunzheng.extract.scores import DocumentScores
from lunzheng.extract.stage import ExtractStage
from lunzheng.extract.thresholds import Thresholds
from lunzheng.extract.unit_features import Mentions
from lunzheng.extract.windows import Window
from lunzheng.link.linking import Linker
from lunzheng.spans import Span, covered


@pytest.fixture(scope="module")
def read(predictor: Predictor, learned: list[LabelledArticle]) -> list[tuple[DocumentScores, tuple[Span, ...]]]:
    return [predictor.read(a.text, segmentation_of(a.text)) for a in learned]


def test_the_toy_finds_something_of_every_kind(predictor: Predictor, learned: list[LabelledArticle]) -> None:
    linker = Linker(predictor, LinkConfig())
    found = [linker(predictor.read(a.text, segmentation_of(a.text))[0])[0] for a in learned]
    for one in found:
        assert len(one.units) >= 8
        assert one.links
        assert one.causals
        assert 1 <= sum(u.central for u in one.units) <= 3
    assert {x.type for one in found for x in one.links} == {"supports", "attacks", "contrasts"}
    assert {u.type for one in found for u in one.units} == {"claim", "evidence"}
    assert any(len(one.strategies) == 2 for one in found)


def test_windows_are_really_exercised(read: list[tuple[DocumentScores, tuple[Span, ...]]]) -> None:
    assert all(len(scores.prepared.windows) > 5 for scores, _ in read)


def test_units_stand_in_sentences_without_punctuation_at_their_ends(
    read: list[tuple[DocumentScores, tuple[Span, ...]]],
) -> None:
    for scores, _ in read:
        text = scores.prepared.text
        for unit in scores.units:
            assert unit.span.trim(text, UNIT_EDGE) == unit.span
            assert sum(s.contains(unit.span) for s in scores.prepared.segmentation.sentences) == 1
            assert unit.tokens == scores.prepared.tokens.tokens_in(unit.span)
            assert 0 <= unit.p_claim <= 1
        assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(scores.units))


def _assert_tiles(units: tuple[Span, ...], sentences: tuple[Span, ...]) -> None:
    for sentence in sentences:
        inside = [u.shift(-sentence.start) for u in units if sentence.contains(u)]
        assert all(len(u) for u in inside)
        assert covered(inside, len(sentence))
    assert sum(map(len, units)) == sum(map(len, sentences))


def test_discourse_units_tile_sentences(read: list[tuple[DocumentScores, tuple[Span, ...]]]) -> None:
    for scores, units in read:
        _assert_tiles(units, scores.prepared.segmentation.sentences)
        assert len(units) > len(scores.prepared.segmentation.sentences)


@pytest.mark.parametrize("boundary", [1e-9, 1 - 1e-7])
def test_discourse_units_tile_sentences_of_signs_that_are_many_tokens(tiny: Path, boundary: float) -> None:
    predictor = Predictor(load_model(tiny), Thresholds(boundary=boundary))
    text = "…㎡½车铺……坚持㎏修旧。…"
    segmentation = segmentation_of(text)
    _, units = predictor.read(text, segmentation)
    _assert_tiles(units, segmentation.sentences)


@pytest.mark.parametrize("boundary", [0.0, 1.0])
def test_a_boundary_that_no_logit_can_meet_is_refused(boundary: float) -> None:
    with pytest.raises(ValueError, match="boundary"):
        Thresholds(boundary=boundary)


@pytest.mark.parametrize("batch", [1, 3, 64])
def test_the_batch_size_changes_nothing(tiny: Path, learned: list[LabelledArticle], batch: int) -> None:
    model = load_model(tiny)
    text = learned[0].text
    one, other = (Predictor(model, Thresholds(), b) for b in (4, batch))
    scores, units = one.read(text, segmentation_of(text))
    found, found_units = other.read(text, segmentation_of(text))
    np.testing.assert_allclose(found.hidden, scores.hidden, atol=1e-5)
    assert found_units == units
    assert [u.span for u in found.units] == [u.span for u in scores.units]
    assert [(c.cause, c.effect) for c in found.causals] == [(c.cause, c.effect) for c in scores.causals]


def test_each_token_is_read_from_the_window_that_keeps_it(predictor: Predictor, learned: list[LabelledArticle]) -> None:
    """Each window encoded alone, its kept part cut out by hand."""
    import torch

    scores, _ = predictor.read(learned[1].text, segmentation_of(learned[1].text))
    ids, tokenizer = scores.prepared.tokens.ids, predictor.tokenizer
    for window in scores.prepared.windows:
        own = ids[window.start : window.end]
        with torch.inference_mode():
            alone = predictor.network.encode(
                own, [Window(0, len(own), 0, len(own))], tokenizer.cls_id, tokenizer.sep_id
            )
        kept = alone.numpy()[window.keep_start - window.start : window.keep_end - window.start]
        np.testing.assert_allclose(scores.hidden[window.keep_start : window.keep_end], kept, atol=1e-5)


def test_no_token_takes_the_vector_of_its_neighbour(predictor: Predictor) -> None:
    """With an encoder that only looks its ids up, the vectors are those of the ids, whatever the windows."""
    import torch
    from torch import nn

    from lunzheng.extract.network import Network
    from lunzheng.extract.windows import plan_windows

    config = predictor.network.config
    table = torch.randn(200, config.hidden, generator=torch.Generator().manual_seed(1))

    class LookUp(nn.Module):
        def forward(self, input_ids: torch.Tensor, **_: object) -> SimpleNamespace:
            found = table[input_ids]
            return SimpleNamespace(last_hidden_state=found, hidden_states=[found] * 9)

    network = Network(config, LookUp())
    ids = np.arange(10, 110)
    for size in (100, 30, 7):
        found = network.encode(ids, plan_windows(100, size, 3), 1, 2)
        expected = network.mix_norm(table[ids])
        torch.testing.assert_close(found, expected)


def test_probabilities_of_units(predictor: Predictor, read: list[tuple[DocumentScores, tuple[Span, ...]]]) -> None:
    scores, _ = read[0]
    ranges = [u.tokens for u in scores.units]
    n = len(ranges)
    judged = predictor.judge_units(scores, ranges, Mentions((), ()))
    shapes = {k: v.shape for k, v in vars(judged).items()}
    assert shapes == {
        "kind": (n, 3),
        "facet": (n, 6),
        "side": (n, 4),
        "central": (n,),
        "links": (n, n, 2),
        "root": (n,),
        "contrast": (n, n),
    }
    np.testing.assert_allclose(judged.links.sum((1, 2)) + judged.root, 1, atol=1e-5)
    assert (np.diagonal(judged.links).max() if n else 0) < 1e-6
    np.testing.assert_allclose(judged.contrast, judged.contrast.T, atol=1e-6)
    assert predictor.judge_units(scores, ranges[:1], Mentions((), ())).links.shape == (1, 1, 2)


def test_strategy_scores_fit_their_candidates(read: list[tuple[DocumentScores, tuple[Span, ...]]]) -> None:
    for scores, _ in read:
        found = scores.strategies
        n = len(found.candidates)
        shapes = (found.names.shape, found.other.shape, found.role.shape, found.belongs.shape)
        assert shapes == ((n, n), (n,), (n, 2), (n, n))
        np.testing.assert_allclose(found.names, found.names.T, atol=1e-4)
        assert 0 <= found.contrast <= 1


def test_a_text_without_candidates_or_units_is_read(predictor: Predictor) -> None:
    scores, units = predictor.read("嗯。", segmentation_of("嗯。"))
    assert units
    assert scores.strategies.other.shape == (len(scores.strategies.candidates),)


def test_the_stage_leaves_documents_alone_that_are_not_ready(predictor: Predictor) -> None:
    from lunzheng.document import Document, Source

    document = Document(Source("a.txt", "txt", b""))
    ExtractStage(predictor)([document])
    assert document.scores is None
    assert document.discourse_units is None


def test_loading_gives_the_stored_thresholds(tiny: Path) -> None:
    from lunzheng.config import ModelConfig

    loaded = load_predictor(ModelConfig(device="cpu", batch_windows=7), tiny)
    assert loaded.batch == 7
    assert loaded.thresholds != Thresholds()
