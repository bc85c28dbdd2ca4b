"""The command line: what it prints, its exit codes, and that help costs nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from invented import MARKUP
from lunzheng import __version__
from lunzheng.cli import app, main
from lunzheng.corpus.article import LabelledArticle

_RUNNER = CliRunner()


@pytest.fixture
def here(tmp_path: Path, learned: list[LabelledArticle], monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(learned[0].text, encoding="utf-8")
    return tmp_path


def _invoke(*words: str | Path) -> tuple[int, str]:
    result = _RUNNER.invoke(app, [str(w) for w in words], catch_exceptions=False)
    return result.exit_code, result.output


def _error(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str | Path) -> str:
    """The one line that ``main`` prints for an error; its exit code is 2."""
    monkeypatch.setattr(sys, "argv", ["lunzheng", *map(str, words)])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 2
    told = capsys.readouterr().err.lstrip("\n")  # the progress bar leaves an empty line
    assert told.startswith("lunzheng: error: ")
    assert told.count("\n") == 1
    return told


@pytest.mark.parametrize(
    "command",
    [[], ["run"], ["corpus"], ["corpus", "check"], ["base"], ["eval"], ["train"], ["tune"], ["gate"], ["errors"]],
)
def test_every_command_has_help(command: list[str]) -> None:
    code, told = _invoke(*command, "--help")
    assert code == 0
    assert "Usage" in told


def test_the_version() -> None:
    assert _invoke("--version") == (0, f"{__version__}\n")


def test_help_imports_nothing_heavy(root: Path) -> None:
    script = """
import sys
from lunzheng.cli import main
sys.argv = ["lunzheng", "--help"]
try:
    main()
except SystemExit as done:
    heavy = {"torch", "numpy", "spacy", "hanlp", "transformers", "datasets", "scipy", "trafilatura", "opencc"}
    print("HEAVY", sorted(heavy & set(sys.modules)), done.code)
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={"PYTHONPATH": str(root / "pipeline"), "PATH": ""},
    )
    assert done.stdout.splitlines()[-1] == "HEAVY [] 0"
    assert "Usage" in done.stdout


def test_run_show_and_verify_one_article(here: Path, tiny: Path) -> None:
    code, told = _invoke("run", "a.txt", "--out", "out", "--model", tiny, "--device", "cpu")
    assert code == 0, told
    assert "1 documents: 1 success" in told
    assert "lunzheng show out/maps/" in told
    made = next((here / "out" / "maps").iterdir())
    code, told = _invoke("show", made, "--width", "80")
    assert code == 0
    assert json.loads(made.read_text())["nodes"][0]["text"][:6] in told
    assert _invoke("verify", "out") == (0, "0 findings\n")


def test_a_bad_article_gives_exit_code_1_and_is_named(here: Path, tiny: Path) -> None:
    (here / "bad.txt").write_text("No Chinese in here.", encoding="utf-8")
    (here / "empty.txt").write_bytes(b"")
    code, told = _invoke("run", "a.txt", "bad.txt", "empty.txt", "--model", tiny, "--device", "cpu")
    assert code == 1
    assert "1 success, 2 failure" in told
    assert "bad.txt: expected a Chinese article" in told
    assert "empty.txt: expected an article, found an empty file" in told


def test_verify_finds_a_changed_map(here: Path, tiny: Path) -> None:
    _invoke("run", "a.txt", "--model", tiny, "--device", "cpu")
    made = next((here / "out" / "maps").iterdir())
    values = json.loads(made.read_text())
    values["nodes"][0]["text"] = "别的话"
    made.write_text(json.dumps(values))
    code, told = _invoke("verify", "out")
    assert code == 1
    assert "0 findings" not in told


@pytest.mark.usefixtures("here")
def test_errors_are_one_line_that_names_the_thing(
    tiny: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "gone.txt: expected a file" in _error(monkeypatch, capsys, "run", "gone.txt", "--model", tiny)
    assert "no-model: no such model folder" in _error(monkeypatch, capsys, "run", "a.txt", "--model", "no-model")
    Path("hollow").mkdir()
    Path("hollow/x").touch()
    assert "hollow: not a lunzheng model" in _error(monkeypatch, capsys, "run", "a.txt", "--model", "hollow")
    assert "--device: expected auto" in _error(monkeypatch, capsys, "run", "a.txt", "--device", "tpu")
    assert "gone.yaml: cannot be read" in _error(monkeypatch, capsys, "run", "a.txt", "--config", "gone.yaml")
    assert "gone.json: cannot be read" in _error(monkeypatch, capsys, "show", "gone.json")
    assert "expected one of train, dev, test" in _error(monkeypatch, capsys, "eval", "--split", "all")
    assert "expected labelled articles" in _error(monkeypatch, capsys, "corpus", "check", "nowhere")


def _small_corpus(folder: Path, markup: str = MARKUP, splits: dict[str, list[str]] | None = None) -> Path:
    name = "bicycle-repair-replace"
    (folder / "corpus" / "articles").mkdir(parents=True)
    (folder / "corpus" / "articles" / f"{name}.txt").write_text(markup, encoding="utf-8")
    splits = splits or {"train": [name], "dev": [name], "test": []}
    (folder / "corpus" / "splits.json").write_text(json.dumps(splits), encoding="utf-8")
    return folder / "corpus"


def test_corpus_commands(tmp_path: Path) -> None:
    name = "bicycle-repair-replace"
    small = _small_corpus(tmp_path, splits={"train": [name], "dev": [], "test": []})
    code, told = _invoke("corpus", "check", small)
    assert (code, told) == (0, "1 articles, 0 errors, 0 warnings\n")
    code, told = _invoke("corpus", "stats", small)
    assert code == 0
    assert "no contrast: 0; with attacks: 1" in told
    code, _ = _invoke("corpus", "build", small, "--out", tmp_path / "data")
    assert code == 0
    assert (tmp_path / "data" / "train.parquet").exists()


@pytest.mark.parametrize(
    ("markup", "splits", "message"),
    [
        (MARKUP.replace("[4|", "[40|"), None, "unit 4 has labels but no"),
        (MARKUP.replace(" central", ""), None, "0 central claims"),
        (MARKUP.replace("id: bicycle", "id: tricycle"), None, "is not the file's name"),
        (MARKUP, {"train": ["bicycle-repair-replace"] * 2, "dev": [], "test": []}, "stands 2 times"),
        (MARKUP, {"train": ["gone", "bicycle-repair-replace"], "dev": [], "test": []}, "'gone' has no article"),
        (MARKUP, {"train": [], "dev": [], "test": []}, "is in no split"),
    ],
)
def test_corpus_check_fails_on_errors(
    tmp_path: Path, markup: str, splits: dict[str, list[str]] | None, message: str
) -> None:
    small = _small_corpus(tmp_path, markup, splits or {"train": ["bicycle-repair-replace"], "dev": [], "test": []})
    code, told = _invoke("corpus", "check", small)
    assert code == 1
    assert message in told


def test_eval_writes_scores_beside_the_baseline(tmp_path: Path, tiny: Path) -> None:
    small = _small_corpus(tmp_path)
    out = tmp_path / "scores.json"
    code, told = _invoke("eval", "--model", tiny, "--corpus", small, "--split", "dev", "--out", out)
    assert code == 0
    assert "units typed" in told
    scores = json.loads(out.read_text())
    assert set(scores["scores"]["relations"]) == {"score", "low", "high", "baseline"}
    assert all(0 <= v <= 1 for s in scores["scores"].values() for v in s.values())
    assert (scores["model"], scores["split"], scores["n_articles"]) == ("tiny", "dev", 1)
    assert "units" in scores["calibration"]
    assert len(scores["curve"]["relations"]) == 9
    assert (scores["groups"], scores["robust"]) == ({}, {})


def test_eval_by_groups_and_on_altered_articles(tmp_path: Path, tiny: Path) -> None:
    small = _small_corpus(tmp_path)
    out = tmp_path / "scores.json"
    chosen = ("--by", "script", "--by", "contrast", "--robust")
    code, told = _invoke("eval", "--model", tiny, "--corpus", small, "--split", "dev", "--out", out, *chosen)
    assert code == 0
    assert "headings cut" in told
    scores = json.loads(out.read_text())
    assert {k: list(v) for k, v in scores["groups"].items()} == {"script": ["Hans"], "contrast": ["two strategies"]}
    assert scores["robust"]["headings cut"]["n_articles"] == 1


def test_eval_refuses_an_unknown_group(
    tiny: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "--by: expected one of voice" in _error(monkeypatch, capsys, "eval", "--model", tiny, "--by", "length")


def test_errors_writes_a_page(tmp_path: Path, tiny: Path) -> None:
    small = _small_corpus(tmp_path)
    out = tmp_path / "errors.md"
    code, told = _invoke("errors", "--model", tiny, "--corpus", small, "--out", out)
    assert (code, told) == (0, f"{out}: written\n")
    assert out.read_text().startswith("# Mistakes of tiny on 1 dev articles\n")


def test_gate_sets_floors_and_then_holds_them(tmp_path: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    name = "bicycle-repair-replace"
    small = _small_corpus(tmp_path, splits={"train": [], "dev": [], "test": [name]})
    words = ("gate", "--model", tiny, "--corpus", small, "--baseline", "floors.json")
    assert _invoke(*words, "--update")[0] == 0
    assert _invoke(*words)[0] == 0
    floors = json.loads(Path("floors.json").read_text())
    floors["floors"]["units span"] = 1.0
    Path("floors.json").write_text(json.dumps(floors))
    code, told = _invoke(*words)
    assert code == 1
    assert "units span" in told
