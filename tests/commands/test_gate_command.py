"""``lunzheng gate`` with a scorer that says what it is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lunzheng.commands.gate import gate_command, update_command
from lunzheng.evaluation.gate import GateError, read_baseline
from lunzheng.store import sha256_folder


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("corpus/articles").mkdir(parents=True)
    Path("corpus/articles/b.txt").write_text("article")
    Path("corpus/splits.json").write_text(json.dumps({"train": [], "dev": [], "test": ["b"]}))
    Path("model").mkdir()
    Path("model/weights").write_text("w")
    Path("log.md").write_text("# Lab log\n\n## old\n")
    return tmp_path


_MODEL, _CORPUS, _FLOORS, _LOG = Path("model"), Path("corpus"), Path("gate/baseline.json"), Path("log.md")


def _gate(**scores: float) -> int:
    return gate_command(_MODEL, _CORPUS, _FLOORS, lambda *_: scores)


def _update(reason: str | None = None, **scores: float) -> int:
    return update_command(_MODEL, _CORPUS, _FLOORS, reason, _LOG, lambda *_: scores)


@pytest.mark.usefixtures("here")
def test_floors_are_written_and_hold(capsys: pytest.CaptureFixture[str]) -> None:
    assert _update(side=0.5, causal=0.4) == 0
    baseline = read_baseline(_FLOORS)
    assert baseline.floors == {"causal": 0.39, "side": 0.49}
    assert baseline.model == sha256_folder(_MODEL)
    assert _gate(side=0.49, causal=0.4) == 0
    capsys.readouterr()
    assert _gate(side=0.48, causal=0.4) == 1
    told = capsys.readouterr().out
    assert "side" in told
    assert "-0.0100" in told
    assert "causal" not in told


@pytest.mark.usefixtures("here")
def test_floors_rise_freely_and_fall_only_with_a_reason(capsys: pytest.CaptureFixture[str]) -> None:
    _update(side=0.5, causal=0.4)
    assert _update(side=0.6, causal=0.4) == 0
    before, log = _FLOORS.read_bytes(), _LOG.read_text()
    assert _update(side=0.7, causal=0.3) == 1
    assert "--allow-lower" in capsys.readouterr().out
    assert _FLOORS.read_bytes() == before
    assert _LOG.read_text() == log
    assert _update("harder articles", side=0.7, causal=0.3) == 0
    assert read_baseline(_FLOORS).floors == {"causal": 0.29, "side": 0.69}
    assert "harder articles" in _LOG.read_text()
    assert "| causal | 0.3900 | 0.2900 |" in _LOG.read_text()
    assert "| side |" not in _LOG.read_text()


@pytest.mark.usefixtures("here")
def test_a_reason_without_a_fall_is_not_logged() -> None:
    _update(side=0.5)
    log = _LOG.read_text()
    assert _update("in case", side=0.6) == 0
    assert _LOG.read_text() == log


@pytest.mark.usefixtures("here")
def test_an_empty_reason_is_refused() -> None:
    with pytest.raises(GateError, match="expected the reason"):
        _update(" ", side=0.5)


@pytest.mark.usefixtures("here")
def test_another_corpus_is_no_measure_and_nothing_is_scored() -> None:
    _update(side=0.5)
    Path("corpus/articles/b.txt").write_text("another article")

    def never(*_: Path) -> dict[str, float]:
        raise AssertionError

    with pytest.raises(GateError, match="--update"):
        gate_command(_MODEL, _CORPUS, _FLOORS, never)
    assert _update(side=0.5) == 0
    assert _gate(side=0.5) == 0
