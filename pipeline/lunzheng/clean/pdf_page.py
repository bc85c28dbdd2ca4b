"""Lines of PDF pages to paragraphs: running lines go, lines that only the page's width broke are joined."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lunzheng.clean.characters import CJK_PUNCTUATION, HAN, HAN_RE
from lunzheng.clean.draft import Change, Draft
from lunzheng.clean.pdf_running import PageLine, running_lines
from lunzheng.clean.whitespace import joiner_between

LINE_BREAK = "line break of the page"
HYPHEN = "hyphenated line break"
SPACING = "letter spacing"
_PAGE = re.compile(r"[^\f]+")
_LINE = re.compile(r"[^\n\f]+")
_INDENT = re.compile(r"\u3000| {2}|\t")
_HYPHENATED = re.compile(r"[A-Za-z]{2}[-\u00ad\u2010]\Z")
_ITEM = re.compile(r"[•●▪◆■·*-]\s|[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）、]|\d{1,2}[.．](?!\d)")
_FIRST_WORD = re.compile(rf"[A-Za-z0-9.,%&'+-]+|[“‘（《「『【]*.[{re.escape(CJK_PUNCTUATION)}]*")
_SPACED = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])")
_IN_NUMBERS = frozenset("0123456789.,%")
_END = tuple("。！？!?…”」』；;：:")
_LEAST_WIDTH = 20  # half-widths of a full line
_SLACK = 2  # half-widths by which full lines differ where punctuation hangs or is squeezed
_MOST_SPACED = 0.4  # gaps a Han character from which on spaces are the setter's


def pdf_to_prose(draft: Draft) -> Draft:
    """Drop what runs along the pages, and undo line breaks inside paragraphs; each with its reason.

    Args:
        draft: lines as they stand on the pages, U+000C between pages.
    """
    text = draft.text
    pages = [list(_lines(text, *m.span())) for m in _PAGE.finditer(text)]
    changes: list[Change] = []
    dropped = dict(running_lines(pages))
    changes.extend(Change(line.start, line.end, "", reason) for line, reason in dropped.items())
    lines = [line for page in pages for line in page if line not in dropped]
    width = _full_width([line.words for line in lines])
    between = sorted(dropped)
    for line, following in pairwise(lines):
        changes.extend(_between(text, line, following, width, between))
    for line in lines:
        changes.extend(_tightened(line))
    return draft.apply(changes)


def _lines(text: str, start: int, end: int) -> Iterator[PageLine]:
    for match in _LINE.finditer(text, start, end):
        words = match.group().strip()
        if words:
            place = match.start() + match.group().index(words)
            yield PageLine(place, place + len(words), words)


def _full_width(lines: Sequence[str]) -> int:
    """The width to which lines are filled, in half-widths; 0 where there is none."""
    widths = Counter(w for w in map(width_of, lines) if w >= _LEAST_WIDTH)
    if not widths:
        return 0
    return max(widths, key=lambda w: (sum(widths[w - i] for i in range(_SLACK + 1)), w))


def width_of(words: str) -> int:
    """How much room *words* take, in half-widths."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in words)


def _between(
    text: str, line: PageLine, following: PageLine, width: int, dropped: Sequence[PageLine]
) -> Iterator[Change]:
    """The break between two lines of the text: the end of a paragraph, or only of the line."""
    gaps = _gaps(line.end, following.start, dropped)
    indent = text[text.rfind("\n", 0, following.start) + 1 : following.start]
    if not _goes_on(line.words, following.words, indent, width):
        yield Change(*gaps[0], "\n\n", None)
    elif _HYPHENATED.search(line.words) and following.words[:1].islower():
        yield Change(line.end - 1, gaps[0][1], "", HYPHEN)
    else:
        # A number that the setter cut in two is one number.
        cut = line.words[-1].isdigit() and following.words[0] in _IN_NUMBERS
        yield Change(*gaps[0], "" if cut else joiner_between(line.words, following.words), LINE_BREAK)
    for gap in gaps[1:]:
        yield Change(*gap, "", None)


def _gaps(start: int, end: int, dropped: Sequence[PageLine]) -> list[tuple[int, int]]:
    """What lies between two lines, without the running lines there."""
    gaps = []
    for line in dropped[bisect_left(dropped, start, key=_start) : bisect_left(dropped, end, key=_start)]:
        gaps.append((start, line.start))
        start = line.end
    return [*gaps, (start, end)]


def _start(line: PageLine) -> int:
    return line.start


def _goes_on(line: str, following: str, indent: str, width: int) -> bool:
    """Whether only the width of the page broke the line: the next word would not have fitted."""
    if _INDENT.match(indent) or _ITEM.match(following):
        return False
    first = _FIRST_WORD.match(following)
    room = width - width_of(line) - _SLACK
    if width and first and width_of(first.group()) > room:
        return True
    # A line that stops short inside a sentence was cut by a picture or a table beside it.
    return width > 0 and width_of(line) * 2 > width and not line.endswith(_END) and bool(HAN_RE.search(following))


def _tightened(line: PageLine) -> Iterator[Change]:
    """Spaces that set Han characters apart all along a line."""
    gaps = [m.start() for m in _SPACED.finditer(line.words)]
    if len(gaps) > _MOST_SPACED * len(HAN_RE.findall(line.words)):
        yield from (Change(line.start + g, line.start + g + 1, "", SPACING) for g in gaps)
