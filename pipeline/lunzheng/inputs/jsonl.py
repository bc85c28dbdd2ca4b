"""JSONL: one article per line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lunzheng.config import CleanConfig
from lunzheng.document import Source
from lunzheng.inputs.lines import bounded_lines
from lunzheng.inputs.records import RecordReader, Unreadable

_ESCAPED = 6  # bytes of JSON for a character, at most


def read_jsonl(path: Path, name: str, config: CleanConfig) -> Iterator[Source | Unreadable]:
    """One source per line, read line by line.

    Args:
        path: a file of UTF-8.
        name: the file, for names and messages.
        config: which keys hold text and title, and the size limit of an article.

    Yields:
        Sources, and an `Unreadable` for each line that holds no article.

    Raises:
        OSError: the file cannot be read.
    """
    records = RecordReader(name, "line", config)
    with path.open("rb") as file:
        for number, line in enumerate(bounded_lines(file, _ESCAPED * config.max_bytes), start=1):
            if line is None:
                yield records.unreadable(number, "expected one article, found an endless line; mend the file")
            elif line.strip():
                yield _read_line(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line, number, records)


def _read_line(line: bytes, number: int, records: RecordReader) -> Source | Unreadable:
    try:
        record: Any = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        return records.unreadable(number, f"expected one JSON object, found {error}; mend or remove the line")
    if not isinstance(record, dict):
        return records.unreadable(number, f"expected a JSON object, found {type(record).__name__}; mend the line")
    return records.source(record, number)
