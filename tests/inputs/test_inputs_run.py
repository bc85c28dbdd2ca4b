"""Every kind of input through a whole run: maps that keep the contract and that verify re-checks."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from inputs.makers import make_docx, make_pdf, set_lines
from lunzheng.config import RunConfig
from lunzheng.corpus.article import LabelledArticle
from lunzheng.inputs import DocumentStream
from lunzheng.report import RunReport
from lunzheng.run import Run
from lunzheng.store import map_files, sha256_file
from lunzheng.verify import verify_out

_SHARED = Path(os.environ.get("LUNZHENG_SHARED", Path(__file__).parents[2] / "../shared"))


def _run(tiny: Path, paths: list[str]) -> RunReport:
    config = RunConfig.model_validate({"model": {"path": tiny, "device": "cpu"}, "duplicates": {"merge": False}})
    return Run(config, Path("out"))(DocumentStream(paths, config.clean, Path("out")))


@pytest.fixture
def inputs(learned: list[LabelledArticle], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One article as CSV, Parquet, DOCX, PDF and on standard input."""
    monkeypatch.chdir(tmp_path)
    folder = Path("in")
    folder.mkdir()
    title, *paragraphs = learned[0].text.split("\n\n")
    with (folder / "a.csv").open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([["id", "title", "text"], ["n1", title, learned[0].text]])
    pyarrow.parquet.write_table(pyarrow.table({"id": [1], "text": [learned[0].text]}), folder / "b.parquet")
    make_docx(folder / "c.docx", paragraphs, title)
    lines = ["\u3000" * 4 + title, *set_lines(paragraphs)]
    make_pdf(folder / "d.pdf", [lines[i : i + 9] for i in range(0, len(lines), 9)], header="周刊", footer="{}")
    page = "".join(f"<p>{p}</p>" for p in (title, *paragraphs))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(page.encode("gb18030"))))
    return folder


def test_every_kind_gives_the_article_and_a_map_that_verifies(
    tiny: Path, inputs: Path, learned: list[LabelledArticle]
) -> None:
    report = _run(tiny, ["-", str(inputs)])
    assert [d.status for d in report.documents] == ["success"] * 5
    assert verify_out(Path("out")) == []
    schema = _SHARED / "contract" / "argument-map.schema.json"
    validator = None
    if schema.exists():
        import jsonschema

        validator = jsonschema.Draft202012Validator(json.loads(schema.read_text()))
    made = {}
    for file in map_files(Path("out")):
        found = json.loads(file.read_text())
        assert "".join(found["document"]["text"].split()) == "".join(learned[0].text.split())
        assert len(found["nodes"]) > 5
        if validator:
            validator.validate(found)
        made[found["document"]["source"].split(":")[0]] = found["document"]
    assert made["in/c.docx"]["sha256"] == sha256_file(inputs / "c.docx")
    assert made["in/d.pdf"]["sha256"] == sha256_file(inputs / "d.pdf")
    assert {s: d["encoding"] for s, d in made.items()} == {
        "in/a.csv#n1": "utf-8-sig",
        "in/b.parquet#1": "utf-8-sig",
        "in/c.docx": "docx",
        "in/d.pdf": "pdf",
        "stdin": "gb18030",
    }


def test_a_second_run_resumes_every_kind(tiny: Path, inputs: Path) -> None:
    _run(tiny, [str(inputs)])
    assert all(d.resumed for d in _run(tiny, [str(inputs)]).documents)


@pytest.mark.parametrize("name", ["c.docx", "d.pdf"])
def test_verify_reads_the_file_anew(tiny: Path, inputs: Path, name: str) -> None:
    _run(tiny, [str(inputs / name)])
    (file,) = map_files(Path("out"))
    found = json.loads(file.read_text())
    node = found["nodes"][3]
    node["raw_span"] = [node["raw_span"][0] + 1, node["raw_span"][1] + 1]
    file.write_text(json.dumps(found, ensure_ascii=False))
    (finding,) = verify_out(Path("out"))
    assert "expected the source to say" in finding
    data = (inputs / name).read_bytes()
    (inputs / name).write_bytes(data + b"\n")
    assert any("found other bytes" in f for f in verify_out(Path("out")))


@pytest.mark.usefixtures("inputs")
def test_verify_finds_the_copy_of_standard_input(tiny: Path) -> None:
    _run(tiny, ["-"])
    assert verify_out(Path("out")) == []
    (copy,) = Path("out/stdin").iterdir()
    copy.write_bytes(copy.read_bytes() + b"\n")
    (finding,) = verify_out(Path("out"))
    assert "found other bytes" in finding
    copy.unlink()
    (finding,) = verify_out(Path("out"))
    assert "not found" in finding
