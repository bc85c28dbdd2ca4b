"""What a file's first bytes say: an article, nothing, or a format that is no text."""

from __future__ import annotations

from lunzheng.errors import InputError

_HEAD = 4096
_BINARY = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP, EPUB or Office file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file, or one with a password"),
    (b"\x1f\x8b", "a gzip file"),
    (b"PAR1", "a Parquet file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"{\\rtf", "an RTF file"),
)
_OWN_SUFFIX = {"a PDF": ".pdf", "a Parquet file": ".parquet"}


def check_content(data: bytes, name: str) -> None:
    """Refuse what is no text.

    Args:
        data: the file, or its beginning.
        name: its path, for messages.

    Raises:
        InputError: there is nothing but white space, or the bytes are those of another format.
    """
    if not data.strip(b"\0\t\r\n \xff\xfe\xef\xbb\xbf"):
        raise InputError(f"{name}: expected an article, found an empty file; leave it out")
    what = binary_format(data)
    if what in _OWN_SUFFIX:
        raise InputError(f"{name}: expected text, found {what}; name the file {_OWN_SUFFIX[what]}")
    if what:
        raise InputError(f"{name}: expected text, found {what}; save the article as .txt, .md or .html first")


def binary_format(data: bytes) -> str | None:
    """What a file is whose first bytes are no text; None for text."""
    for start, what in _BINARY:
        if data.startswith(start):
            return what
    head = data[:_HEAD]
    n_zero = head.count(0)
    # In UTF-16 only ASCII has zero bytes, always on one side of the pair.
    one_sided = n_zero in (head[::2].count(0), head[1::2].count(0)) or data[:2] in (b"\xff\xfe", b"\xfe\xff")
    return "binary data" if n_zero and not one_sided else None
