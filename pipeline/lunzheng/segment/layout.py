"""Paragraphs, headings and sections, read from the lines of a text."""

from __future__ import annotations

import re

from lunzheng.document import Section
from lunzheng.spans import Span

_LINE = re.compile(r"[^\n]+")
_SPACE = " \t\r\u3000\u00a0"
_MAX_HEADING = 36
_ENDS_LIKE_PROSE = tuple("。！；，、：;,:…")
_NUMBERED = re.compile(
    r"^(第?[一二三四五六七八九十百]{1,3}[、.．章节節部分]|[(（][一二三四五六七八九十\d]{1,2}[)）]"
    r"|\d{1,2}(\s*[、.．]\s*(?!\d)|\s+(?=[^\d\s年月日%])))"
)


def paragraphs(text: str) -> tuple[Span, ...]:
    """Every line that holds more than space, without the space at its ends."""
    found = (Span(*m.span()).trim(text, _SPACE) for m in _LINE.finditer(text))
    return tuple(span for span in found if len(span))


def headings(text: str, lines: tuple[Span, ...]) -> tuple[Span, ...]:
    """The lines that head what follows: short, without a sentence's end, with prose somewhere after.

    The first line counts as the title under the same conditions. A closing question mark is allowed.
    """
    n_prose_after = 0
    found = []
    for line in reversed(lines):
        words = line.of(text)
        if _is_heading(words) and n_prose_after:
            found.append(line)
        elif not _is_heading(words):
            n_prose_after += 1
    return tuple(reversed(found))


def _is_heading(words: str) -> bool:
    if len(words) > _MAX_HEADING or words.rstrip('”」』）)"').endswith(_ENDS_LIKE_PROSE):
        return False
    if _NUMBERED.match(words):
        return True
    return "。" not in words and words.count("，") + words.count(",") <= 2


def sections(text: str, lines: tuple[Span, ...], heads: tuple[Span, ...]) -> tuple[Section, ...]:
    """Stretches from one heading to the next; the first may have none."""
    bounds = [0, *(h.start for h in heads), len(text)]
    found = []
    if lines and (not heads or heads[0].start > lines[0].start):
        found.append(Section(None, Span(0, bounds[1])))
    found.extend(Section(h, Span(h.start, bounds[i + 2])) for i, h in enumerate(heads))
    return tuple(found)
