"""Floors, fingerprints and the log entry."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunzheng.errors import CorpusError
from lunzheng.evaluation.gate import (
    TOLERANCE,
    Baseline,
    Fall,
    GateError,
    add_to_log,
    check_corpus,
    corpus_fingerprint,
    falls,
    log_entry,
    lowered,
    new_baseline,
    read_baseline,
)

_FLOORS = Baseline(tolerance=0.01, model="m" * 64, corpus="c" * 64, floors={"side": 0.5, "relations": 0.3})
_scores = st.dictionaries(st.sampled_from(["side", "relations", "causal"]), st.floats(0, 1), min_size=1)


def test_a_score_under_its_floor_or_not_measured_falls() -> None:
    assert falls(_FLOORS, {"side": 0.5, "relations": 0.31, "new": 0.1}) == []
    assert falls(_FLOORS, {"side": 0.4999}) == [Fall("relations", 0.3, None), Fall("side", 0.5, 0.4999)]


@given(_scores)
def test_the_scores_that_set_the_floors_pass_and_a_tolerance_less_does_not(scores: dict[str, float]) -> None:
    floors = new_baseline(scores, "m", "c")
    assert falls(floors, scores) == []
    assert lowered(floors, floors) == []
    for name, floor in floors.floors.items():
        assert -1e-6 <= max(0, scores[name] - TOLERANCE) - floor < 1.01e-4
        if floor > 0:
            assert falls(floors, scores | {name: floor - 1e-6})


def test_lower_or_lost_floors_are_told() -> None:
    new = _FLOORS.model_copy(update={"floors": {"side": 0.6, "causal": 0.2}})
    assert lowered(_FLOORS, new) == [Fall("relations", 0.3, None)]
    assert lowered(_FLOORS, _FLOORS.model_copy(update={"floors": {"side": 0.49, "relations": 0.3}})) == [
        Fall("side", 0.5, 0.49)
    ]


def _corpus(folder: Path) -> Path:
    (folder / "articles").mkdir(parents=True)
    for name in ("a", "b", "c"):
        (folder / "articles" / f"{name}.txt").write_text(f"article {name}")
    (folder / "splits.json").write_text(json.dumps({"train": ["a"], "dev": [], "test": ["b", "c"]}))
    return folder


def test_the_fingerprint_is_of_the_test_articles(tmp_path: Path) -> None:
    corpus = _corpus(tmp_path)
    before = corpus_fingerprint(corpus)
    (corpus / "articles" / "a.txt").write_text("another training article")
    assert corpus_fingerprint(corpus) == before
    (corpus / "articles" / "b.txt").write_text("another test article")
    changed = corpus_fingerprint(corpus)
    assert changed != before
    (corpus / "splits.json").write_text(json.dumps({"train": [], "dev": ["a"], "test": ["b", "c"]}))
    assert corpus_fingerprint(corpus) == changed
    (corpus / "splits.json").write_text(json.dumps({"train": ["a"], "dev": ["c"], "test": ["b"]}))
    assert corpus_fingerprint(corpus) not in (before, changed)
    (corpus / "articles" / "b.txt").unlink()
    with pytest.raises(CorpusError, match="names 'b', which is not in the corpus"):
        corpus_fingerprint(corpus)


def test_another_corpus_is_refused_with_what_to_do() -> None:
    check_corpus(_FLOORS, "c" * 64, Path("corpus"))
    with pytest.raises(GateError, match=r"corpus: expected the corpus cccccc.*lunzheng gate --update"):
        check_corpus(_FLOORS, "d" * 64, Path("corpus"))


def test_floors_are_read_back_and_bad_files_named(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    with pytest.raises(GateError, match=r"no floors there .*--update"):
        read_baseline(path)
    path.write_text(_FLOORS.model_dump_json())
    assert read_baseline(path) == _FLOORS
    path.write_text("{}")
    with pytest.raises(GateError, match="not a file of floors"):
        read_baseline(path)


def test_the_log_entry_stands_before_the_newest() -> None:
    entry = log_entry("2026-01-02", "new  labels\nfor sides", [Fall("side", 0.5, 0.4), Fall("x", 0.1, None)], "m", "c")
    assert "new labels for sides (model m, corpus c)" in entry
    assert "| side | 0.5000 | 0.4000 |\n| x | 0.1000 | gone |" in entry
    log = add_to_log("# Lab log\n\nNewest first.\n\n## 2026-01-01 — old\n\nwords\n", entry)
    assert log.index("Newest first.") < log.index("## 2026-01-02") < log.index("## 2026-01-01 — old\n\nwords\n")
    assert "gone |\n\n## 2026-01-01" in log
    assert add_to_log("# Lab log\n", entry) == f"# Lab log\n\n{entry}"
