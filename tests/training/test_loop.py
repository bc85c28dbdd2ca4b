"""Training on next to nothing: losses fall, and a killed run ends with the weights of an unbroken one."""

from __future__ import annotations

import contextlib
import json
import math
import random
from pathlib import Path

import pytest
import torch

from invented import article
from lunzheng.config import LinkConfig, ModelConfig, read_config
from lunzheng.corpus.article import LabelledArticle
from lunzheng.evaluation.evaluate import count_articles, read_linked
from lunzheng.extract._hf import HfTokenizer
from lunzheng.extract.load import load_predictor
from lunzheng.extract.thresholds import Thresholds
from lunzheng.training.checkpoint import load_checkpoint, read_progress, save_checkpoint
from lunzheng.training.config import LossWeights, TrainConfig
from lunzheng.training.loop import Trainer, TrainingData
from lunzheng.training.losses import range_iou
from lunzheng.training.tiny_base import clause_document, make_tiny_base
from lunzheng.training.tuning import tune_thresholds

State = dict[str, torch.Tensor]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("base")
    make_tiny_base([article().text], folder)
    return folder


@pytest.fixture(scope="module")
def config(base: Path, root: Path) -> TrainConfig:
    values = read_config(root / "configs" / "tiny.yaml", TrainConfig)
    changes = {"base": str(base), "epochs_discourse": 1, "epochs": 2}
    return values.model_copy(update=changes)


_DATA = TrainingData([article()], [clause_document(article())])


def test_the_base_reads_its_texts(base: Path) -> None:
    tokenizer = HfTokenizer(base)
    ids, offsets = tokenizer.encode("启禾修旧，2024年。")
    assert tokenizer.inner.unk_token_id not in ids
    assert offsets == [(i, i + 1) for i in range(11)]
    assert tokenizer.inner.unk_token_id in tokenizer.encode("龘")[0]


def test_the_base_is_the_same_for_the_same_seed(base: Path, tmp_path: Path) -> None:
    make_tiny_base([article().text], tmp_path / "same")
    make_tiny_base([article().text], tmp_path / "other", seed=2)
    weights = (base / "model.safetensors").read_bytes()
    assert (tmp_path / "same" / "model.safetensors").read_bytes() == weights
    assert (tmp_path / "other" / "model.safetensors").read_bytes() != weights


def _losses(trainer: Trainer) -> dict[str, float]:
    """All losses of the article and of one discourse chunk, without dropout and with the same choices each time."""
    trainer.network.train(mode=False)
    with torch.no_grad():
        found = trainer._losses(trainer.articles[0], random.Random(7))
        found |= trainer._losses(trainer.discourse[0], random.Random(7))
    return {k: float(v) for k, v in found.items()}


def test_two_steps_lower_the_loss(config: TrainConfig, tmp_path: Path) -> None:
    gentle = config.model_copy(update={"encoder_rate": 1e-3, "head_rate": 1e-3, "warm_up": 0.0})
    trainer = Trainer(gentle, _DATA, tmp_path)
    before = _losses(trainer)
    assert set(before) == {*LossWeights.model_fields}
    assert all(math.isfinite(v) and v >= 0 for v in before.values())
    trainer._epoch("articles", 0, 2)
    trainer._epoch("articles", 0, 2)
    after = _losses(trainer)
    assert sum(after.values()) < sum(before.values()) - 0.1
    assert after["units"] < before["units"]


def _train(config: TrainConfig, work: Path, out: Path, kill_at: int | None = None) -> State:
    """Train; with *kill_at* the run dies in the middle of that epoch (counted over both stages) and is begun again."""
    trainer = Trainer(config, _DATA, work)
    if kill_at is not None:
        whole, n = trainer._epoch, iter(range(99))

        def die(name: str, epoch: int, n_epochs: int) -> None:
            whole(name, epoch, n_epochs)
            if next(n) == kill_at:
                raise KeyboardInterrupt

        trainer._epoch = die  # type: ignore[method-assign]
        with pytest.raises(KeyboardInterrupt):
            trainer.run(out)
        assert not (out / "model.safetensors").exists()
        trainer = Trainer(config, _DATA, work)
    trainer.run(out)
    return {k: v.clone() for k, v in trainer.network.state_dict().items()}


@pytest.fixture(scope="module")
def unbroken(config: TrainConfig, tmp_path_factory: pytest.TempPathFactory) -> tuple[State, Path]:
    folder = tmp_path_factory.mktemp("unbroken")
    return _train(config, folder / "work", folder / "out"), folder


def _assert_same(one: State, two: State) -> None:
    assert one.keys() == two.keys()
    assert [k for k in one if not torch.equal(one[k], two[k])] == []


@pytest.mark.parametrize("kill_at", [0, 1, 2])
def test_a_killed_run_ends_with_the_same_weights(
    config: TrainConfig, unbroken: tuple[State, Path], tmp_path: Path, kill_at: int
) -> None:
    _assert_same(_train(config, tmp_path / "work", tmp_path / "out", kill_at), unbroken[0])


def test_a_kill_while_the_checkpoint_is_written_does_no_harm(
    config: TrainConfig, unbroken: tuple[State, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process dies after each of the renames in turn."""
    replace = Path.replace
    for last in range(5):
        work, renames = tmp_path / f"work{last}", iter(range(1, 99))

        def die(self: Path, target: Path, renames: object = renames, last: int = last) -> Path:
            if "checkpoint" in str(target) and next(renames) > last:  # type: ignore[call-overload]
                raise KeyboardInterrupt
            return replace(self, target)

        monkeypatch.setattr(Path, "replace", die)
        with contextlib.suppress(KeyboardInterrupt):
            Trainer(config, _DATA, work).run(tmp_path / f"out{last}")
        monkeypatch.setattr(Path, "replace", replace)
        _assert_same(_train(config, work, tmp_path / f"out{last}"), unbroken[0])


def test_another_seed_gives_other_weights(config: TrainConfig, unbroken: tuple[State, Path], tmp_path: Path) -> None:
    other = _train(config.model_copy(update={"seed": 2}), tmp_path / "work", tmp_path / "out")
    assert any(not torch.equal(other[k], v) for k, v in unbroken[0].items())


def test_a_run_leaves_a_model_and_a_log(unbroken: tuple[State, Path]) -> None:
    folder = unbroken[1]
    predictor = load_predictor(ModelConfig(device="cpu"), folder / "out")
    counts = count_articles([article()], read_linked(predictor, LinkConfig()))
    assert counts[0]["units span"].gold == 15  # type: ignore[union-attr]
    log = [json.loads(line) for line in (folder / "work" / "log.jsonl").read_text().splitlines()]
    assert [(r["stage"], r["epoch"]) for r in log] == [("discourse", 1), ("articles", 1), ("articles", 2)]
    assert {"units", "links", "causal", "strategies"} <= set(log[-1])
    progress = read_progress(folder / "work" / "checkpoint")
    assert progress == {"discourse": 1, "articles": 2}


def test_a_finished_run_trains_no_more(config: TrainConfig, unbroken: tuple[State, Path], tmp_path: Path) -> None:
    trainer = Trainer(config, _DATA, unbroken[1] / "work")
    trainer._epoch = None  # type: ignore[method-assign,assignment]
    trainer.run(tmp_path / "out")
    _assert_same(dict(trainer.network.state_dict()), unbroken[0])


def test_a_checkpoint_holds_weights_and_optimizer(tmp_path: Path) -> None:
    def make() -> tuple[torch.nn.Linear, torch.optim.AdamW]:
        layer = torch.nn.Linear(3, 2)
        return layer, torch.optim.AdamW(layer.parameters(), lr=0.1)

    layer, optimizer = make()
    assert load_checkpoint(tmp_path, layer, optimizer) is None
    layer(torch.ones(1, 3)).sum().backward()
    optimizer.step()
    save_checkpoint(tmp_path, layer, optimizer, {"articles": 3})
    other, other_optimizer = make()
    assert load_checkpoint(tmp_path, other, other_optimizer) == {"articles": 3}
    for one, two in ((layer, optimizer), (other, other_optimizer)):
        one.zero_grad()
        one(torch.arange(3.0)).sum().backward()
        two.step()
    assert torch.equal(layer.weight, other.weight)


def test_frozen_embeddings_stay(config: TrainConfig, tmp_path: Path) -> None:
    trainer = Trainer(config.model_copy(update={"freeze_embeddings": True, "epochs": 1}), _DATA, tmp_path / "work")
    before = trainer.network.encoder.get_input_embeddings().weight.clone()  # type: ignore[operator]
    trainer.run(tmp_path / "out")
    assert torch.equal(trainer.network.encoder.get_input_embeddings().weight, before)  # type: ignore[operator]


def test_tuning_never_ends_below_the_defaults(tiny: Path, learned: list[LabelledArticle]) -> None:
    predictor = load_predictor(ModelConfig(device="cpu"), tiny)
    articles = learned[:1]

    def units_typed() -> float:
        return count_articles(articles, read_linked(predictor, LinkConfig()))[0]["units typed"].score

    predictor.thresholds = Thresholds()
    before = units_typed()
    best = tune_thresholds(predictor, articles, LinkConfig())
    assert predictor.thresholds == best
    assert units_typed() >= before


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ((0, 4), (0, 4), 1.0),
        ((0, 4), (2, 6), 1 / 3),
        ((0, 2), (2, 4), 0.0),
        ((0, 1), (5, 9), 0.0),
        ((0, 4), (1, 2), 0.25),
    ],
)
def test_overlap_of_ranges(a: tuple[int, int], b: tuple[int, int], expected: float) -> None:
    assert range_iou(a, b) == range_iou(b, a) == pytest.approx(expected)
