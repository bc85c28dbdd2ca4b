"""CSV tables, read back by the csv module and by pandas."""

from __future__ import annotations

import csv
import io
import json

import pandas as pd
import pytest
from format_examples import NAMED, hostile_maps
from hypothesis import given, settings
from hypothesis import strategies as st

import maps
from lunzheng.argmap import ArgumentMap
from lunzheng.export.formats.csv_tables import cell, csv_tables

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def tables(found: list[ArgumentMap]) -> dict[str, list[dict[str, str]]]:
    """The rows of each table as they stand in the file."""
    files = csv_tables(found).files
    read = {}
    for name, text in files.items():
        assert isinstance(text, str)
        assert text.startswith("\ufeff")
        read[name] = list(csv.DictReader(io.StringIO(text[1:], newline="")))
    return read


def plain(words: str) -> str:
    """A cell's words as the documentation says to get them back."""
    return words.removeprefix("'")


def check(found: list[ArgumentMap]) -> None:
    read = tables(found)
    assert all(not c.startswith(_DANGEROUS) for rows in read.values() for row in rows for c in row.values())
    units = [(m, n) for m in found for n in m.nodes]
    for row, (m, n) in zip(read["units.csv"], units, strict=True):
        assert (plain(row["doc_id"]), plain(row["id"]), plain(row["text"])) == (m.document.id, n.id, n.text)
        assert (row["label"], row["side"], row["facet"]) == (n.type, n.side, n.facet)
        assert (int(row["start"]), int(row["end"])) == n.span
        assert (int(row["raw_start"]), int(row["raw_end"])) == n.raw_span
        assert (row["central"] == "true", float(row["score"])) == (n.central, n.confidence)
    edges = [(e.id, e.source, e.type, e.target, e.confidence) for m in found for e in m.edges]
    names = ("id", "from_id", "label", "to_id")
    assert [(*(plain(r[k]) for k in names), float(r["score"])) for r in read["relations.csv"]] == edges
    causals = [(plain(r["id"]), plain(r["cause_text"]), plain(r["effect_text"])) for r in read["causal.csv"]]
    assert causals == [(c.id, c.cause.text, c.effect.text) for m in found for c in m.causal_relations]
    strategies = [(r["id"], plain(r["name"]), json.loads(r["actors"])) for r in read["strategies.csv"]]
    assert strategies == [(s.id, s.name, [*s.actors]) for m in found for s in m.strategies]
    shared = [plain(r["unit"]) for r in read["contrast.csv"] if r["facet"] == "common_ground"]
    assert shared == [i for m in found for i in m.contrast.common_ground]
    rows = [plain(r["unit"]) for r in read["contrast.csv"] if r["facet"] != "common_ground"]
    assert rows == [i for m in found for r in m.contrast.rows for i in (*r.A, *r.B, *r.both)]
    assert [plain(r["text"]) for r in read["documents.csv"]] == [m.document.text for m in found]


def test_examples_come_back() -> None:
    check(list(NAMED.values()))


@settings(deadline=None, max_examples=60)
@given(st.lists(hostile_maps(), max_size=3))
def test_any_maps_come_back(found: list[ArgumentMap]) -> None:
    check(found)


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "'"])
def test_a_formula_is_made_words(words: str) -> None:
    assert cell(words) == "'" + words
    assert cell(-1) == -1
    assert cell(f"甲{words}") == f"甲{words}"


def test_pandas_reads_types_and_joins() -> None:
    files = csv_tables([maps.contrast_example().map, maps.plain_example().map]).files
    read = {name: pd.read_csv(io.BytesIO(str(text).encode())) for name, text in files.items()}
    units, relations = read["units.csv"], read["relations.csv"]
    assert units["central"].dtype == bool
    assert units["start"].dtype == "int64"
    assert units["score"].dtype == "float64"
    joined = relations.merge(units, left_on=["doc_id", "from_id"], right_on=["doc_id", "id"])
    assert (joined["text"] == joined["from_text"]).all()
    texts = units.merge(read["documents.csv"], on="doc_id", suffixes=("", "_article"))
    assert all(row.text_article[row.start : row.end] == row.text for row in texts.itertuples())
