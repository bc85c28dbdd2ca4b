"""Configuration: plain values, refused where unknown or out of range, and what a fingerprint sees."""

from __future__ import annotations

from pathlib import Path

import pytest

from lunzheng.config import RunConfig, read_config
from lunzheng.errors import ConfigError
from lunzheng.training.config import TrainConfig


def _write(tmp_path: Path, words: str) -> Path:
    path = tmp_path / "run.yaml"
    path.write_text(words, encoding="utf-8")
    return path


def test_values_are_set_and_the_rest_is_default(tmp_path: Path) -> None:
    path = _write(
        tmp_path, "segment: {backend: hanlp}\nlink:\n  strategies: [{name: 修旧}, {name: 换新, actors: [朗岳]}]\n"
    )
    found = read_config(path, RunConfig)
    assert found.segment.backend == "hanlp"
    assert found.link.strategies is not None
    assert found.link.strategies[1].actors == ("朗岳",)
    assert found.clean == RunConfig().clean


def test_an_empty_file_is_the_defaults(tmp_path: Path) -> None:
    assert read_config(_write(tmp_path, "# nothing\n"), RunConfig) == RunConfig()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("segments: {}", "at segments: Extra inputs"),
        ("segment: {backend: jieba}", "at segment.backend: Input should be 'spacy' or 'hanlp'"),
        ("model: {batch_windows: 0}", "at model.batch_windows: "),
        ("link: {min_confidence: 2}", "at link.min_confidence: "),
        ("link: {strategies: [{name: 修旧}]}", "at link.strategies"),
        ("link: {strategies: [{name: ''}, {name: 换新}]}", "at link.strategies.0.name: "),
        ("a: [", "not valid YAML"),
        ("- a", "Input should be a valid dictionary"),
    ],
)
def test_a_bad_value_is_told_with_its_place(tmp_path: Path, words: str, message: str) -> None:
    path = _write(tmp_path, words)
    with pytest.raises(ConfigError) as caught:
        read_config(path, RunConfig)
    assert str(caught.value).startswith(f"{path}: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_or_unreadable_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"gone\.yaml: cannot be read"):
        read_config(tmp_path / "gone.yaml", RunConfig)
    (tmp_path / "latin.yaml").write_bytes("link: {min_confidence: é}".encode("latin-1"))
    with pytest.raises(ConfigError, match=r"latin\.yaml: "):
        read_config(tmp_path / "latin.yaml", RunConfig)


def test_the_fingerprint_sees_what_changes_a_map_and_not_where_it_runs() -> None:
    plain = RunConfig()
    assert plain.fingerprint() == RunConfig().fingerprint()
    elsewhere = {"model": {"device": "cpu", "batch_windows": 9, "path": "x"}}
    assert RunConfig.model_validate(elsewhere).fingerprint() == plain.fingerprint()
    for change in (
        {"segment": {"backend": "hanlp"}},
        {"link": {"min_confidence": 0.1}},
        {"clean": {"encoding": "gbk"}},
    ):
        assert RunConfig.model_validate(change).fingerprint() != plain.fingerprint()


def test_the_shipped_configurations_are_valid(root: Path) -> None:
    assert read_config(root / "configs" / "train.yaml", TrainConfig).epochs >= 1
    assert read_config(root / "configs" / "tiny.yaml", TrainConfig).window == 64
    if (root / "configs" / "run.yaml").exists():
        read_config(root / "configs" / "run.yaml", RunConfig)
