"""Names of sources that can stand in any map, report or terminal."""

from __future__ import annotations


def is_plain_name(name: str) -> bool:
    """Whether *name* can be written as UTF-8; file names of other encodings cannot."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def shown_name(name: str) -> str:
    """*name* with what cannot be written as UTF-8 shown as an escape."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def without_surrogates(words: str) -> str:
    """*words* with U+FFFD for every lone surrogate: none can be encoded; two that make a pair become one."""
    return words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
