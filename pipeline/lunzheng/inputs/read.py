"""Files to sources, one per article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lunzheng.config import CleanConfig
from lunzheng.document import InputKind, Source
from lunzheng.errors import InputError
from lunzheng.inputs.records import Unreadable, read_records

__all__ = ["Unreadable", "read_sources"]

_KINDS: dict[str, InputKind] = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html"}


@dataclass(frozen=True)
class _Signature:
    """First bytes of a format that is no text, and what it is."""

    start: bytes
    what: str


_BINARY = (
    _Signature(b"%PDF", "a PDF"),
    _Signature(b"PK\x03\x04", "a ZIP, EPUB or Office file"),
    _Signature(b"\xd0\xcf\x11\xe0", "an old Office file"),
    _Signature(b"\x1f\x8b", "a gzip file"),
    _Signature(b"\x89PNG", "a PNG image"),
    _Signature(b"\xff\xd8\xff", "a JPEG image"),
    _Signature(b"GIF8", "a GIF image"),
    _Signature(b"{\\rtf", "an RTF file"),
)


def read_sources(path: Path, config: CleanConfig) -> Iterator[Source | Unreadable]:
    """The articles of one file: one, or one per line of JSONL.

    Args:
        path: a file; its suffix tells the kind (unknown suffixes are plain text).
        config: size limit and column names.

    Yields:
        A source, or what could not be read and why; one bad record does not stop the rest.

    Raises:
        InputError: the file as a whole cannot be read: absent, empty, too large, or no text.
    """
    data = _read(path, config.max_bytes)
    if path.suffix.lower() == ".jsonl":
        yield from read_records(data, str(path), config)
    else:
        yield Source(str(path), _KINDS.get(path.suffix.lower(), "txt"), data)


def _read(path: Path, max_bytes: int) -> bytes:
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise InputError(
                f"{path}: expected at most {max_bytes} bytes, found {size}; split the file or raise clean.max_bytes"
            )
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the path and its permissions") from error
    if not data.strip(b"\0\t\r\n \xff\xfe\xef\xbb\xbf"):
        raise InputError(f"{path}: expected an article, found an empty file; leave it out")
    what = _binary_format(data)
    if what:
        raise InputError(f"{path}: expected text, found {what}; save the article as .txt, .md or .html first")
    return data


def _binary_format(data: bytes) -> str | None:
    for signature in _BINARY:
        if data.startswith(signature.start):
            return signature.what
    head = data[:4096]
    n_zero = head.count(0)
    # In UTF-16 only ASCII has zero bytes, always on one side of the pair.
    one_sided = n_zero in (head[::2].count(0), head[1::2].count(0)) or data[:2] in (b"\xff\xfe", b"\xfe\xff")
    return "binary data" if n_zero and not one_sided else None
