"""Standard input: one article, text or HTML."""

from __future__ import annotations

import hashlib
import re
import sys

from lunzheng.config import CleanConfig
from lunzheng.document import InputKind, Source
from lunzheng.errors import InputError
from lunzheng.inputs.content import check_content

SCHEME = "stdin:"
_LOOKED_AT = 65_536
_DIGITS = 12
_PAGE = re.compile(
    rb"\s*+(?:<!--.{0,2000}?-->\s*+){0,9}<(?:!doctype\s+html|html|head|body|\?xml)\b", re.IGNORECASE | re.DOTALL
)
_BLOCK = re.compile(rb"</(?:p|div|body|article|section|h[1-6]|ul|table)\s*>", re.IGNORECASE)
_FEW = 3  # block tags that an article on HTML may quote


def read_standard_input(config: CleanConfig) -> Source:
    """The article on standard input, named after its content, so that each has a name of its own.

    Args:
        config: size limit.

    Raises:
        InputError: there is nothing, too much, or no text.
    """
    data = sys.stdin.buffer.read(config.max_bytes + 1)
    if len(data) > config.max_bytes:
        raise InputError(
            f"standard input: expected at most {config.max_bytes} bytes, found more; split it or raise clean.max_bytes"
        )
    check_content(data, "standard input")
    return Source(f"{SCHEME}{hashlib.sha256(data).hexdigest()[:_DIGITS]}", _kind(data), data)


def is_standard_input(name: str) -> bool:
    """Whether a source's name says that it came from standard input."""
    return name.startswith(SCHEME)


def _kind(data: bytes) -> InputKind:
    # UTF-16 has a zero beside each ASCII byte; without them its tags look like those of other encodings.
    head = data[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    head = head.replace(b"\0", b"")
    return "html" if _PAGE.match(head) or len(_BLOCK.findall(head)) > _FEW else "txt"
