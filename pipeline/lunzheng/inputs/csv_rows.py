"""CSV: one article per row, under a header."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

from lunzheng.clean.decode import choose_encoding
from lunzheng.config import CleanConfig
from lunzheng.document import Source
from lunzheng.errors import InputError
from lunzheng.inputs.records import RecordReader, Unreadable

_SAMPLE = 65_536  # bytes by which an encoding is told where the file is no UTF-8
_CHUNK = 1 << 16
_DELIMITERS = ",;\t|"
_HEADER_ROW = 1


def read_csv(path: Path, name: str, config: CleanConfig) -> Iterator[Source | Unreadable]:
    """One source per row, read row by row; rows are counted as a spreadsheet does, the header is row 1.

    Args:
        path: a file in any encoding that articles come in, separated by commas, semicolons or tabs.
        name: the file, for names and messages.
        config: which columns hold text and title, the size limit of an article, a forced encoding.

    Yields:
        Sources, and an `Unreadable` for each row that holds no article. What follows a row that is no
        CSV is not read: nobody knows where the next one begins.

    Raises:
        InputError: the header lacks the text column.
        OSError: the file cannot be read.
    """
    # Module-wide, so it is only ever raised; the longest row is bounded below by the lines' limit.
    csv.field_size_limit(max(csv.field_size_limit(), config.max_bytes))
    with path.open(encoding=_encoding(path, name, config), errors="replace", newline="") as file:
        lines = _bounded(file, 2 * config.max_bytes, name)
        header, delimiter = _header(next(lines, ""), name, config)
        yield from _rows(csv.reader(lines, delimiter=delimiter, strict=True), header, name, config)


def _rows(
    rows: Iterator[list[str]], header: list[str], name: str, config: CleanConfig
) -> Iterator[Source | Unreadable]:
    records = RecordReader(name, "row", config)
    number = _HEADER_ROW
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield records.unreadable(number, f"expected CSV, found {error}; mend the row: the rest is not read")
            return
        if not any(row):
            continue
        if len(row) != len(header):
            yield records.unreadable(
                number, f"expected {len(header)} fields, found {len(row)}; put quotes around fields with separators"
            )
            continue
        yield records.source(dict(zip(header, row, strict=True)), number)


def _header(line: str, name: str, config: CleanConfig) -> tuple[list[str], str]:
    """The names of the columns, and the separator that tells them apart."""
    for delimiter in _DELIMITERS:
        try:
            header = [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
        except csv.Error:
            continue
        if config.text_column in header:
            return header, delimiter
    raise InputError(
        f"{name}, row 1: expected a header with the column {config.text_column!r}, found {line.strip()[:120]!r}; "
        "set clean.text_column"
    )


def _bounded(file: TextIO, most: int, name: str) -> Iterator[str]:
    while line := file.readline(most):
        if len(line) == most:
            raise InputError(f"{name}: expected rows of at most {most} characters, found more; raise clean.max_bytes")
        yield line


def _encoding(path: Path, name: str, config: CleanConfig) -> str:
    """UTF-8 where the whole file is valid, else what its beginning makes likely."""
    with path.open("rb") as file:
        chosen = choose_encoding(file.read(_SAMPLE), name, forced=config.encoding)
        if config.encoding is not None or chosen.startswith("utf-16"):
            return chosen
        file.seek(0)
        return "utf-8-sig" if _is_utf_8(file) else chosen


def _is_utf_8(file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
