"""The report of a run."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import maps
from lunzheng.argmap import ModelStamp
from lunzheng.document import CleanText, Document, Edit, Source
from lunzheng.offsets import OffsetMap
from lunzheng.report import Counts, RunReport, document_report, run_report
from lunzheng.spans import Span
from lunzheng.store import write_report

MODEL = ModelStamp(name="tiny", sha256="ab")


def document(name: str = "tea.txt") -> Document:
    example = maps.contrast_example()
    found = Document(Source(name, "txt", example.raw.encode()))
    edits = tuple(Edit(n.raw_span, n.reason, n.replacement) for n in example.map.document.cleaning)
    text = example.map.document.text
    found.clean = CleanText(text, example.raw, OffsetMap.identity(len(text)), edits, "utf-8", "Hans", None)
    found.argument_map = example.map
    return found


def test_counts_are_those_of_the_map() -> None:
    counts = Counts.of(maps.contrast_example().map)
    assert counts == Counts(units=7, claims=4, evidence=3, relations=6, causal=3, strategies=2)


def test_document_report_tells_what_was_found_cleaned_and_rejected() -> None:
    doc = document()
    doc.rejected = Counter({"too short": 2, "overlap": 1})
    doc.caution("link", "no strategies")
    entry = document_report(doc, seconds=0.5)
    assert (entry.id, entry.source, entry.status) == ("tea", "tea.txt", "partial")
    assert entry.problems[0].stage == "link"
    assert entry.cleaned == {"furniture": 2, "repaired": 1}
    assert list(entry.rejected.items()) == [("overlap", 1), ("too short", 2)]
    assert entry.characters == len(doc.clean.text if doc.clean else "")


def test_a_failed_document_is_reported_with_its_error() -> None:
    doc = Document(Source("bad.txt", "txt", b""))
    doc.fail("clean", "bad.txt: empty")
    entry = document_report(doc)
    assert (entry.id, entry.status, entry.counts, entry.map) == ("bad.txt", "failure", Counts(), None)
    assert entry.problems[0].message == "bad.txt: empty"


def test_totals_add_up() -> None:
    failed = Document(Source("bad.txt", "txt", b""))
    failed.fail("clean", "empty")
    first = document_report(document())
    entries = [first, first.model_copy(update={"resumed": True}), document_report(failed)]
    totals = run_report(entries, MODEL, "cfg").totals
    assert totals.status == {"success": 2, "partial": 0, "failure": 1}
    assert totals.counts == Counts.of(maps.contrast_example().map) + Counts.of(maps.contrast_example().map)
    assert (totals.documents, totals.resumed) == (3, 1)
    assert totals.cleaned == {"furniture": 4, "repaired": 2}
    assert totals.characters == 2 * first.characters


def test_report_of_nothing() -> None:
    totals = run_report([], MODEL, "cfg").totals
    assert (totals.documents, totals.counts) == (0, Counts())


def test_report_survives_the_disk(tmp_path: Path) -> None:
    report = run_report([document_report(document())], MODEL, "cfg", datetime(2025, 1, 2, tzinfo=UTC), 3.5)
    path = write_report(tmp_path, report)
    assert path == tmp_path / "report.json"
    assert RunReport.model_validate_json(path.read_bytes()) == report
    assert json.loads(path.read_text())["config_sha256"] == "cfg"


def test_reason_spans_do_not_matter_to_counts() -> None:
    doc = document()
    assert doc.clean is not None
    edits = (Edit(Span(0, 1), "x"), Edit(Span(3, 4), "x"))
    doc.clean = CleanText(doc.clean.text, doc.clean.raw, doc.clean.offsets, edits, "utf-8", "Hans", None)
    assert document_report(doc).cleaned == {"x": 2}
