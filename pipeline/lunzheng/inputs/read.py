"""Files to sources, one per article."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

from lunzheng.config import CleanConfig
from lunzheng.document import InputKind, Source
from lunzheng.errors import InputError
from lunzheng.inputs.content import check_content
from lunzheng.inputs.csv_rows import read_csv
from lunzheng.inputs.extracted import extract
from lunzheng.inputs.jsonl import read_jsonl
from lunzheng.inputs.names import is_plain_name, shown_name
from lunzheng.inputs.parquet_rows import read_parquet
from lunzheng.inputs.records import Unreadable

__all__ = ["EXTRACTED", "RECORDS", "Unreadable", "read_sources"]

RecordsOf = Callable[[Path, str, CleanConfig], Iterator[Source | Unreadable]]

RECORDS: dict[str, RecordsOf] = {".jsonl": read_jsonl, ".csv": read_csv, ".parquet": read_parquet}
EXTRACTED: dict[str, Literal["docx", "pdf"]] = {".docx": "docx", ".pdf": "pdf"}
_KINDS: dict[str, InputKind] = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html"}
_HEAD = 4096


def read_sources(path: Path, config: CleanConfig) -> Iterator[Source | Unreadable]:
    """The articles of one file: one, or one per record of JSONL, CSV and Parquet, read one at a time.

    Args:
        path: a file; its suffix tells the kind (unknown suffixes are plain text).
        config: size limit and column names.

    Yields:
        A source, or what could not be read and why; one bad record does not stop the rest.

    Raises:
        InputError: the file as a whole cannot be read: absent, empty, too large, or not of its kind.
    """
    name = str(path)
    if not is_plain_name(name):
        raise InputError(f"{shown_name(name)}: expected a file name in UTF-8, found other bytes; rename the file")
    suffix = path.suffix.lower()
    try:
        if suffix in RECORDS:
            with path.open("rb") as file:
                head = file.read(_HEAD)
            if not head or (suffix != ".parquet" and (head.strip() or len(head) < _HEAD)):
                check_content(head, name)
            yield from RECORDS[suffix](path, name, config)
        else:
            yield _read_whole(path, name, suffix, config)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"{path}: cannot be read ({reason}); check the path and its permissions") from error


def _read_whole(path: Path, name: str, suffix: str, config: CleanConfig) -> Source:
    size = path.stat().st_size
    if size > config.max_bytes:
        raise InputError(
            f"{path}: expected at most {config.max_bytes} bytes, found {size}; split the file or raise clean.max_bytes"
        )
    data = path.read_bytes()
    kind = EXTRACTED.get(suffix)
    if kind is None:
        check_content(data, name)
        return Source(name, _KINDS.get(suffix, "txt"), data)
    if not data:
        check_content(data, name)
    found = extract(data, name, kind, config.max_bytes)
    # Marked as UTF-8, whatever encoding the files have.
    return Source(name, kind, found.text.encode("utf-8-sig"), found.title, hashlib.sha256(data).hexdigest())
