"""Model folders: written and read back, and every way in which one can be damaged."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from lunzheng.config import ModelConfig
from lunzheng.device import pick_device
from lunzheng.errors import ConfigError, ModelError
from lunzheng.extract.load import THRESHOLDS, load_predictor, read_thresholds
from lunzheng.extract.model_folder import CONFIG, WEIGHTS, load_model, save_model
from lunzheng.extract.network_config import MODEL_FORMAT
from lunzheng.extract.thresholds import Thresholds


def test_a_saved_model_reads_back_the_same(tiny: Path, tmp_path: Path) -> None:
    model = load_model(tiny)
    save_model(model.network, model.tokenizer, tmp_path / "copy")
    other = load_model(tmp_path / "copy")
    assert other.network.config == model.network.config
    state, found = model.network.state_dict(), other.network.state_dict()
    assert state.keys() == found.keys()
    assert all(torch.equal(state[k], found[k]) for k in state)
    text = "车铺坚持修旧，2024年。"
    assert other.tokenizer.encode(text) == model.tokenizer.encode(text)
    assert not other.network.training


def test_the_toy_is_small(tiny: Path) -> None:
    assert sum(p.stat().st_size for p in tiny.iterdir()) < 1_500_000


def _config(change: Callable[[dict[str, object]], None]) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        values = json.loads((folder / CONFIG).read_text())
        change(values)
        (folder / CONFIG).write_text(json.dumps(values))

    return damage


_DAMAGE: dict[str, tuple[Callable[[Path], None], str]] = {
    "no folder": (lambda f: shutil.rmtree(f), "no such model folder"),
    "no config": (lambda f: (f / CONFIG).unlink(), "lunzheng.json is missing"),
    "no JSON": (lambda f: (f / CONFIG).write_text("{"), "the folder is damaged"),
    "unknown key": (_config(lambda v: v.update(more=1)), "at more: "),
    "another format": (_config(lambda v: v.update(format=99)), f"model format 99; this lunzheng reads {MODEL_FORMAT}"),
    "another width": (_config(lambda v: v.update(unit_width=32)), "model.safetensors: cannot be read"),
    "no weights": (lambda f: (f / WEIGHTS).unlink(), "model.safetensors: cannot be read"),
    "cut weights": (lambda f: (f / WEIGHTS).write_bytes((f / WEIGHTS).read_bytes()[:999]), "the folder is damaged"),
    "no tokenizer": (
        lambda f: [(f / n).unlink() for n in ("tokenizer.json", "tokenizer_config.json")] and None,
        "expected a tokenizer",
    ),
    "cut tokenizer": (lambda f: (f / "tokenizer.json").write_text('{"version": "1.0"'), "expected a tokenizer"),
    "bad thresholds": (lambda f: (f / THRESHOLDS).write_text('{"causal": 3}'), "thresholds.json: "),
    "other thresholds": (lambda f: (f / THRESHOLDS).write_text('{"cause": 0.3}'), "thresholds.json: "),
}


@pytest.mark.parametrize(("damage", "message"), _DAMAGE.values(), ids=_DAMAGE.keys())
def test_a_damaged_folder_is_told_in_one_line(
    tiny: Path, tmp_path: Path, damage: Callable[[Path], None], message: str
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(tiny, folder)
    damage(folder)
    with pytest.raises(ModelError) as caught:
        load_predictor(ModelConfig(device="cpu"), folder)
    assert str(caught.value).startswith(str(folder))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_without_thresholds_the_defaults_hold(tmp_path: Path) -> None:
    assert read_thresholds(tmp_path) == Thresholds()


def test_an_explicit_gpu_that_is_absent_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert pick_device("auto") == pick_device("cpu") == torch.device("cpu")
    with pytest.raises(ConfigError, match="expected a CUDA GPU, found none"):
        pick_device("cuda")
