"""A run over copies: one map, all sources named, whatever the order, and resumed as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lunzheng.config import RunConfig
from lunzheng.corpus.article import LabelledArticle
from lunzheng.inputs import DocumentStream, load_documents
from lunzheng.report import RunReport
from lunzheng.run import Run
from lunzheng.verify import verify_out


@pytest.fixture
def texts(learned: list[LabelledArticle], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two articles; the working folder is empty."""
    monkeypatch.chdir(tmp_path)
    return [learned[0].text, learned[2].text]


def _write(**files: str) -> None:
    Path("in").mkdir(exist_ok=True)
    for name, text in files.items():
        Path("in", f"{name}.txt").write_text(text, encoding="utf-8")


def _run(tiny: Path, out: str = "out", **duplicates: object) -> RunReport:
    config = RunConfig.model_validate({"model": {"path": tiny, "device": "cpu"}, "duplicates": duplicates})
    return Run(config, Path(out))(DocumentStream(["in"], config.clean))


def _maps(out: str = "out") -> dict[str, Any]:
    found = [json.loads(p.read_text()) for p in Path(out, "maps").iterdir()]
    return {m["document"]["source"]: m for m in found}


def test_copies_make_one_map_that_names_them(tiny: Path, texts: list[str]) -> None:
    _write(a=texts[0], b=texts[0] + "\n\n街坊们还在树荫底下说着这件事情。", c=texts[1])
    report = _run(tiny)
    maps = _maps()
    assert sorted(maps) == ["in/b.txt", "in/c.txt"]
    (merged,) = maps["in/b.txt"]["provenance"]["merged"]
    assert merged["source"] == "in/a.txt"
    assert merged["similarity"] > 0.9
    assert maps["in/c.txt"]["provenance"]["merged"] == []
    told = {d.source: d for d in report.documents}
    assert told["in/a.txt"].duplicate_of == "in/b.txt"
    assert told["in/a.txt"].map == told["in/b.txt"].map
    assert told["in/a.txt"].status == "success"
    assert report.totals.duplicates == 1
    assert report.totals.counts.units == sum(len(m["nodes"]) for m in maps.values())
    assert verify_out(Path("out")) == []


def test_the_order_of_reading_changes_no_map(tiny: Path, texts: list[str]) -> None:
    _write(a=texts[0], b=texts[0], c=texts[1], d=texts[1] + "\n\n又是一年春天，街坊们说起来还是这件事情。")
    config = RunConfig.model_validate({"model": {"path": tiny, "device": "cpu"}})
    documents = load_documents(["in"], config.clean)
    Run(config, Path("one"))(documents)
    Run(config, Path("two"))(reversed(load_documents(["in"], config.clean)))
    assert _maps("one") == _maps("two")
    assert sorted(_maps("one")) == ["in/a.txt", "in/d.txt"]


def test_a_second_run_resumes_and_a_new_copy_is_noticed(tiny: Path, texts: list[str]) -> None:
    _write(a=texts[0], b=texts[0])
    _run(tiny)
    again = _run(tiny)
    assert [(d.resumed, d.duplicate_of) for d in again.documents] == [(True, None), (False, "in/a.txt")]
    _write(c=texts[0])
    third = _run(tiny)
    assert not third.documents[0].resumed
    assert [m["source"] for m in _maps()["in/a.txt"]["provenance"]["merged"]] == ["in/b.txt", "in/c.txt"]


def test_a_map_goes_when_its_article_turns_out_a_copy(tiny: Path, texts: list[str]) -> None:
    _write(b=texts[0])
    _run(tiny)
    _write(a=texts[0] + "\n\n街坊们还在树荫底下说着这件事情。")
    _run(tiny)
    assert sorted(_maps()) == ["in/a.txt"]


def test_merging_can_be_turned_off(tiny: Path, texts: list[str]) -> None:
    _write(a=texts[0], b=texts[0])
    report = _run(tiny, merge=False)
    assert report.totals.duplicates == 0
    assert sorted(_maps()) == ["in/a.txt", "in/b.txt"]
