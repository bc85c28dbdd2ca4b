"""JSONL, CSV and Parquet: one article a record, each found, named, and read one at a time."""

from __future__ import annotations

import csv
import json
import tracemalloc
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from inputs.makers import ARTICLE, TITLE
from lunzheng.config import CleanConfig
from lunzheng.document import Document
from lunzheng.inputs import DocumentStream, load_documents

_CONFIG = CleanConfig.model_validate({})
_HEADER = ["id", "title", "url", "date", "text"]


def _csv(path: Path, rows: list[list[str]], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def _load(path: Path, config: CleanConfig = _CONFIG) -> list[Document]:
    return load_documents([str(path)], config)


def _names(documents: list[Document]) -> list[str]:
    return [d.source.name.split("#", 1)[-1] for d in documents]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_of_any_encoding_and_separator(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [_HEADER, ["n1", TITLE, "http://a/1", "2026-01-01", ARTICLE], ["n2", "", "", "", "“甲”，" + ARTICLE]]
    documents = _load(_csv(tmp_path / "a.csv", rows, encoding, delimiter))
    assert _names(documents) == ["n1", "n2"]
    assert [d.source.title for d in documents] == [TITLE, None]
    assert documents[0].source.data.decode("utf-8-sig") == ARTICLE  # line breaks inside the field, too


def test_a_bad_row_is_named_and_does_not_stop_the_rest(tmp_path: Path) -> None:
    rows = [_HEADER, ["", "", "", "", ARTICLE], ["x", "t", "u", "d", " "], ["short"], ["", "", "", "", ARTICLE]]
    documents = _load(_csv(tmp_path / "a.csv", rows))
    assert [d.status for d in documents] == ["success", "failure", "failure", "success"]
    assert _names(documents) == ["2", "3", "4", "5"]
    assert "a.csv, row 3: expected the article under 'text', found nothing there" in documents[1].problems[0].message
    assert "a.csv, row 4: expected 5 fields, found 1" in documents[2].problems[0].message


def test_a_quote_that_never_closes_swallows_no_article(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'id,text\n1,"{ARTICLE}"\n2,"{ARTICLE}\n3,{TITLE}\n', encoding="utf-8")
    documents = _load(path)
    assert [d.status for d in documents] == ["success", "failure"]
    assert "a.csv, row 3: expected CSV" in documents[1].problems[0].message


def test_a_table_without_the_column_says_so(tmp_path: Path) -> None:
    (found,) = _load(_csv(tmp_path / "a.csv", [["id", "body"], ["1", ARTICLE]]))
    assert "a.csv, row 1: expected a header with the column 'text', found 'id,body'" in found.problems[0].message
    table = pyarrow.table({"body": [ARTICLE]})
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet")
    (found,) = _load(tmp_path / "a.parquet")
    assert "a.parquet: expected a column 'text', found body" in found.problems[0].message
    config = CleanConfig(text_column="body")
    assert [d.status for name in ("a.csv", "a.parquet") for d in _load(tmp_path / name, config)] == ["success"] * 2


def test_parquet_rows_of_any_text_type(tmp_path: Path) -> None:
    texts = pyarrow.array([ARTICLE, None, ARTICLE + "乙", ARTICLE], pyarrow.large_string()).dictionary_encode()
    table = pyarrow.table({"id": [7, 8, 7, None], "text": texts, "title": [TITLE, "", None, ""], "other": [1] * 4})
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet")
    documents = _load(tmp_path / "a.parquet")
    assert [d.status for d in documents] == ["success", "failure", "success", "success"]
    assert _names(documents) == ["7", "2", "3", "4"]
    assert "a.parquet, row 2" in documents[1].problems[0].message
    assert documents[0].source.title == TITLE


@pytest.mark.parametrize("data", [b"PAR1", b"PAR1" + b"\0" * 99 + b"PAR1", b"no parquet", b""])
def test_damaged_parquet_fails_with_its_name(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.parquet").write_bytes(data)
    (found,) = _load(tmp_path / "a.parquet")
    assert found.status == "failure"
    assert "a.parquet: " in found.problems[0].message


def test_an_empty_table_is_told(tmp_path: Path) -> None:
    (found,) = _load(_csv(tmp_path / "a.csv", [_HEADER]))
    assert "a.csv: expected records, found none" in found.problems[0].message


def test_names_differ_even_where_an_id_looks_like_a_number_of_a_row(tmp_path: Path) -> None:
    rows = [["id", "text"], ["3", ARTICLE], ["", ARTICLE], ["3", ARTICLE]]
    assert _names(_load(_csv(tmp_path / "a.csv", rows))) == ["3", "3.2", "4"]


def _table(path: Path, n_rows: int) -> Path:
    texts = [f"{i}{ARTICLE}" * 8 for i in range(n_rows)]
    if path.suffix == ".csv":
        return _csv(path, [["text"], *([t] for t in texts)])
    if path.suffix == ".jsonl":
        path.write_text("\n".join(json.dumps({"text": t}) for t in texts), encoding="utf-8")
    else:
        pyarrow.parquet.write_table(pyarrow.table({"text": texts}), path)
    return path


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".parquet"])
def test_one_row_at_a_time_is_in_memory(tmp_path: Path, suffix: str) -> None:
    path = _table(tmp_path / f"a{suffix}", 400)
    stream = DocumentStream([str(path)], _CONFIG)
    next(iter(stream))  # what is imported on the way does not count
    tracemalloc.start()
    try:
        n_bytes = sum(len(document.source.data) for document in stream)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert n_bytes > 2_000_000
    assert peak < n_bytes / 4


def test_a_stream_can_be_read_again(tmp_path: Path) -> None:
    stream = DocumentStream([str(_table(tmp_path / "a.csv", 3))], _CONFIG)
    assert [d.source for d in stream] == [d.source for d in stream]
