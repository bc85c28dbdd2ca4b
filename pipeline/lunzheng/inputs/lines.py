"""Lines of a file of any size, none longer than a limit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO


def bounded_lines(file: BinaryIO, most: int) -> Iterator[bytes | None]:
    """The lines of a file, one at a time, without their ``\\n``; None for each that is too long.

    Args:
        file: open for reading bytes.
        most: bytes of the longest line that is held in memory.
    """
    while line := file.readline(most + 1):
        if len(line) <= most or line.endswith(b"\n"):
            yield line.removesuffix(b"\n")
            continue
        while (rest := file.readline(most)) and not rest.endswith(b"\n"):
            pass
        yield None
