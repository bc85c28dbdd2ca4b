"""``lunzheng export`` as a user types it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from format_examples import NAMED
from typer.testing import CliRunner

from lunzheng.argmap import ArgumentMap
from lunzheng.cli import app, main
from lunzheng.export.formats.registry import FORMATS
from lunzheng.store import map_path, safe_name, write_atomic

_RUNNER = CliRunner()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A run's output folder, in which the command works."""
    monkeypatch.chdir(tmp_path)
    for found in NAMED.values():
        _save(found)
    return Path("out")


def _save(found: ArgumentMap, out: str = "out") -> Path:
    return write_atomic(map_path(Path(out), found.document.id), found.to_json())


def _export(*words: str | Path) -> tuple[int, str]:
    result = _RUNNER.invoke(app, ["export", *map(str, words)], catch_exceptions=False)
    return result.exit_code, result.output


def _error(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str | Path) -> str:
    monkeypatch.setattr(sys, "argv", ["lunzheng", "export", *map(str, words)])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 2
    told = capsys.readouterr().err
    assert told.startswith("lunzheng: error: ")
    assert told.count("\n") == 1
    return told


@pytest.mark.parametrize("to", FORMATS)
def test_a_run_is_written_into_a_folder(run: Path, to: str) -> None:
    code, told = _export(run, "--to", to, "--out", "made")
    assert code == 0, told
    assert told.endswith(f"made: {len(NAMED)} maps as {to}\n")
    made = {p.name for p in Path("made").iterdir()}
    known, stems = FORMATS[to], [safe_name(m.document.id) for m in NAMED.values()]
    if known.one is None:
        assert known.folder is not None
        assert made == set(known.folder(list(NAMED.values())).files)
    else:
        assert {f"{stem}{known.suffix}" for stem in stems} <= made


def test_one_map_is_written_to_the_file_that_is_named(run: Path) -> None:
    one = map_path(run, "tea")
    assert _export(one, "--to", "argdown", "--out", "deep/tea.argdown")[0] == 0
    assert Path("deep/tea.argdown").read_text(encoding="utf-8").startswith("===\n")
    assert _export(one, "--to", "xaif", "--out", "tea.json")[0] == 0
    assert json.loads(Path("tea.json").read_text(encoding="utf-8"))["AIF"]["nodes"]
    assert _export(one, "--to", "xaif", "--out", "folder")[0] == 0
    assert Path("folder/tea.xaif.json").read_bytes() == Path("tea.json").read_bytes()


def test_a_map_that_is_named_twice_is_written_once(run: Path) -> None:
    code, told = _export(run, map_path(run, "tea"), "--to", "markdown", "--out", "made")
    assert (code, told) == (0, f"made: {len(NAMED)} maps as markdown\n")


def test_bad_files_are_told_and_do_not_stop_the_others(run: Path) -> None:
    (run / "maps" / "a-hollow.json").write_text("{}", encoding="utf-8")
    broken = NAMED["plain"].model_dump(mode="json")
    broken["nodes"][0]["text"] = "别的话"
    broken["document"]["id"] = "broken"
    (run / "maps" / "broken.json").write_text(json.dumps(broken), encoding="utf-8")
    code, told = _export(run, "gone.json", "--to", "csv", "--out", "made")
    assert code == 1
    assert "a-hollow.json: not an argument map: at schema_version: Field required" in told
    assert "broken.json: expected a sound map; node u1: expected '别的话', found '桥应当修' at [0, 4]" in told
    assert "gone.json: cannot be read (No such file or directory)" in told
    assert told.endswith(f"made: {len(NAMED)} maps as csv\n")


def test_two_maps_of_one_id_are_not_mixed(run: Path) -> None:
    other = _save(NAMED["plain"], "other")
    code, told = _export(run, other, "--to", "graphml", "--out", "made")
    assert code == 1
    assert f"{other}: out/maps/plain.json has the same id, 'plain'" in told


def test_nothing_is_overwritten(run: Path) -> None:
    one = map_path(run, "tea")
    assert _export(one, "--to", "brat", "--out", "made")[0] == 0
    Path("made/tea.ann").write_text("corrected by hand", encoding="utf-8")
    code, told = _export(run, "--to", "brat", "--out", "made")
    assert code == 1
    assert "made/tea.ann: exists already; name another --out, or remove it first" in told
    assert Path("made/tea.ann").read_text(encoding="utf-8") == "corrected by hand"
    assert Path("made/plain.ann").exists()
    assert f"made: {len(NAMED) - 1} maps as brat" in told
    Path("made/annotation.conf").write_text("mine", encoding="utf-8")
    assert "made/annotation.conf: exists already" in _export(run, "--to", "brat", "--out", "made")[1]


def test_what_is_left_out_is_told(run: Path) -> None:
    told = _export(map_path(run, "plain"), "--to", "brat", "--out", "made")[1]
    assert "left out" not in told
    told = _export(map_path(run, NAMED["hostile"].document.id), "--to", "label-studio", "--out", "made")[1]
    assert "left out" in told
    assert "units that overlap another or reach over a paragraph's end: 2\n" in told


def test_a_defect_costs_one_map_only(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from lunzheng.commands import export
    from lunzheng.export.formats.exported import Exported

    def one(found: ArgumentMap) -> Exported:
        if found.document.id == "tea":
            raise RuntimeError("[bold]oh")
        return Exported({".md": "x"})

    monkeypatch.setattr(export, "FORMATS", {"markdown": replace(FORMATS["markdown"], one=one)})
    code, told = _export(run, "--to", "markdown", "--out", "made")
    assert code == 1
    assert "tea: unexpected RuntimeError: [bold]oh; please report this" in told
    assert told.endswith(f"made: {len(NAMED) - 1} maps as markdown\n")


def test_errors_are_one_line_that_names_the_thing(
    run: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = _error(monkeypatch, capsys, run, "--to", "docx", "--out", "made")
    assert "--to: expected one of argdown, " in told
    assert "found 'docx'" in told
    Path("hollow").mkdir()
    told = _error(monkeypatch, capsys, "hollow", "--to", "csv", "--out", "made")
    assert "hollow/maps: expected the maps of a run, found none" in told
    told = _error(monkeypatch, capsys, run, "--to", "markdown", "--out", "all.md")
    assert f"all.md: expected a folder for {len(NAMED)} maps" in told
    Path("file").touch()
    told = _error(monkeypatch, capsys, run, "--to", "csv", "--out", "file")
    assert "file: expected a folder to write to, found a file" in told
    assert not Path("made").exists()


def test_an_existing_file_is_kept(run: Path) -> None:
    Path("tea.md").write_text("mine", encoding="utf-8")
    code, told = _export(map_path(run, "tea"), "--to", "markdown", "--out", "tea.md")
    assert code == 1
    assert "tea.md: exists already" in told
    assert Path("tea.md").read_text(encoding="utf-8") == "mine"
