"""Parquet: one article per row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lunzheng.config import CleanConfig
from lunzheng.document import Source
from lunzheng.inputs._parquet import read_rows
from lunzheng.inputs.records import RecordReader, Unreadable


def read_parquet(path: Path, name: str, config: CleanConfig) -> Iterator[Source | Unreadable]:
    """One source per row, read a few rows at a time; the first row is row 1.

    Args:
        path: a Parquet file.
        name: the file, for names and messages.
        config: which columns hold text and title, and the size limit of an article.

    Yields:
        Sources, and an `Unreadable` for each row that holds no article.

    Raises:
        InputError: the file cannot be read as Parquet, or lacks the text column.
    """
    records = RecordReader(name, "row", config)
    columns = (config.text_column, config.title_column, "id")
    for number, row in enumerate(read_rows(path, name, columns, config.max_bytes), start=1):
        yield records.source(row, number)
