"""Bytes to text: marks, declarations, then what the text itself makes likely."""

from __future__ import annotations

import codecs
import re

from lunzheng.clean.characters import CJK_PUNCTUATION, HAN_RE, USUAL
from lunzheng.document import Edit
from lunzheng.errors import InputError
from lunzheng.spans import Span

# codecs that take the byte order mark for what it is, so that their names decode the file as it lies on disk
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,20})|encoding=["']([\w-]{2,20})["']""", re.IGNORECASE
)
_CANDIDATES = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "utf8": "utf-8", "utf-16": "utf-16-le"}
_SAMPLE = 65_536  # bytes judged; even, so that two-byte units stay whole
_REPLACED = re.compile("\ufffd+")
_PUNCTUATION = frozenset(CJK_PUNCTUATION)


def decode(
    data: bytes, name: str, *, forced: str | None = None, html: bool = False
) -> tuple[str, str, tuple[Edit, ...]]:
    """Decode an article and say how.

    Args:
        data: the file as it lies on disk.
        name: its path or key, for messages.
        forced: an encoding that the user insists on; only a byte order mark is stronger.
        html: whether to look for a charset declaration.

    Returns:
        The text exactly as decoded (a byte order mark left out), the name of the encoding, and an
        edit for each stretch of bytes that could not be decoded.

    Raises:
        InputError: *forced* is no encoding that Python knows.
    """
    encoding = choose_encoding(data, name, forced=forced, html=html)
    text = data.decode(encoding, errors="replace")
    return text, encoding, tuple(_replaced(text, data, encoding))


def choose_encoding(data: bytes, name: str, *, forced: str | None = None, html: bool = False) -> str:
    """The encoding of an article, or of the beginning of a file; see :func:`decode`.

    Raises:
        InputError: *forced* is no encoding that Python knows.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if forced is not None:
        try:
            return codecs.lookup(forced).name
        except LookupError as error:
            raise InputError(
                f"{name}: unknown encoding {forced!r}; give one such as utf-8, gb18030, big5hkscs, or leave it out"
            ) from error
    if _decodes(data, "utf-8") and not _looks_wide(data):
        return "utf-8"
    declared = _declared(data) if html else None
    return max(_CANDIDATES, key=lambda e: _plausibility(data, e) + (0.1 if e == declared else 0.0))


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _looks_wide(data: bytes) -> bool:
    """Latin text in UTF-16 is valid UTF-8, but every other byte is zero."""
    return data[:_SAMPLE].count(0) * 5 > len(data[:_SAMPLE])


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:4096])
    if not match:
        return None
    given = (match.group(1) or match.group(2)).decode("ascii").lower()
    return _ALIASES.get(given, given)


def _plausibility(data: bytes, encoding: str) -> float:
    """How much a decoding looks like Chinese prose: usual characters, few errors. At most 1."""
    text = data[:_SAMPLE].decode(encoding, errors="replace")
    if not text:
        return 0.0
    wide = [c for c in text if c > "\x7f"] or [" "]
    n_usual = sum(c in USUAL or c in _PUNCTUATION for c in wide)
    n_bad = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in wide)
    n_control = sum(c < " " and c not in "\t\r\n\f" for c in text)
    n_han = len(HAN_RE.findall(text))
    return (n_usual + 0.2 * (n_han - n_usual) - 5 * n_bad) / len(wide) - 5 * n_control / len(text)


def _replaced(text: str, data: bytes, encoding: str) -> list[Edit]:
    if encoding.startswith("utf-8") and "\ufffd".encode() in data:
        return []  # the file itself holds replacement signs; nothing was lost here
    return [Edit(Span(*m.span()), "bytes that cannot be decoded", m.group()) for m in _REPLACED.finditer(text)]
