"""Words and names of an article made harmless for formats that are lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Direction signs would turn the line that follows around, in an editor as on a page.
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BROKEN = re.compile("[\ud800-\udfff\ufffe\uffff]")
_GAP = re.compile("[\\s\x00-\x1f\x7f-\x9f]+")
_PLAIN_ID = re.compile("[A-Za-z]{1,8}[0-9]{1,9}")
EMPTY = "␣"


def one_line(words: str) -> str:
    """The words on one line, never empty: white space and control characters become single spaces."""
    line = _GAP.sub(" ", _BROKEN.sub("\ufffd", _TURNING.sub("", words))).strip()
    return line or EMPTY


def plain_ids(ids: Iterable[str], letter: str) -> dict[str, str]:
    """For each id the name under which a format knows it: itself, unless some id is more than letters and digits.

    Args:
        ids: all that share one space of names, in order.
        letter: what new names begin with.
    """
    listed = list(ids)
    if all(_PLAIN_ID.fullmatch(i) for i in listed):
        return {i: i for i in listed}
    return {i: f"{letter}{number}" for number, i in enumerate(listed, 1)}
