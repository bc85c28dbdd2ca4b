"""What repeats at the edges of a document's pages: running headers and footers, page numbers."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

HEADER = "running header or footer"
NUMBER = "page number"
_EDGE = 3  # lines at the top and at the bottom of a page among which such a line stands
_LEAST_PAGES = 2
_LEAST_SHARE = 0.4  # of the pages; left and right pages can have headers of their own
_SENTENCE_PAGES = 3  # the same for a line that ends as a sentence does: two paragraphs can end alike
_SENTENCE_END = ("。", "！", "？", "；", "，", "”")
_LONGEST = 60  # characters; a longer line is prose
_DIGITS = re.compile(r"\d+")
_SPACE = re.compile(r"\s+")
_PAGE_NUMBER = re.compile(
    r"[\W_]*(?:第\s*)?(?:page\s*|p\.?\s*)?(?P<number>\d{1,4})\s*页?\s*(?:(?:/|of|,|，|共)\s*\d{1,4}\s*页?)?[\W_]*",
    re.IGNORECASE,
)


class PageLine(NamedTuple):
    """A line of a page, without the spaces around it."""

    start: int
    end: int
    words: str


def running_lines(pages: Sequence[Sequence[PageLine]]) -> Iterator[tuple[PageLine, str]]:
    """The lines that are no part of the text, each with the reason.

    Args:
        pages: the lines of each page that have words.
    """
    edges = [[*page[:_EDGE], *page[_EDGE:][-_EDGE:]] for page in pages]
    least = max(_LEAST_PAGES, _LEAST_SHARE * sum(bool(page) for page in pages))
    held = Counter(key for edge in edges for key in {_key(line.words) for line in edge})
    shift = _numbering(edges, least)
    for number, edge in enumerate(edges):
        for line in edge:
            found = _PAGE_NUMBER.fullmatch(line.words)
            if found and (_is_marked(line.words) or int(found["number"]) - number == shift):
                yield line, NUMBER
            elif held[_key(line.words)] >= _needed(line.words, least) and not found:
                yield line, HEADER


def _needed(words: str, least: float) -> float:
    """On how many pages a line must stand to be taken for a running one."""
    if len(words) > _LONGEST:
        return math.inf
    return max(least, _SENTENCE_PAGES) if words.endswith(_SENTENCE_END) else least


def _is_marked(words: str) -> bool:
    """Whether a number says by itself that it counts pages, as ``- 3 -`` and ``第3页`` do."""
    return words.endswith("页") or (len(words) > 2 and words[0] == words[-1] and words[0] in "-—–·~")


def _key(words: str) -> str:
    """A line as its repetition on another page looks, whatever its page number."""
    return _DIGITS.sub("#", _SPACE.sub("", words))


def _numbering(edges: Sequence[Sequence[PageLine]], least: float) -> int | None:
    """By how much the numbers on the pages differ from the count of pages; None where none run along."""
    shifts: Counter[int] = Counter()
    for number, edge in enumerate(edges):
        found = [_PAGE_NUMBER.fullmatch(line.words) for line in edge]
        shifts.update({int(f["number"]) - number for f in found if f})
    shift, n_pages = max(shifts.items(), key=lambda s: (s[1], -abs(s[0])), default=(0, 0))
    return shift if n_pages >= least else None
