"""White space: line ends, blank lines, spaces, hard-wrapped lines of plain text."""

from __future__ import annotations

import re
from itertools import pairwise

from lunzheng.clean.characters import CJK_PUNCTUATION, HAN, PROSE_END
from lunzheng.clean.draft import Change, Draft

NEWLINE = r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]"
_NEWLINE = re.compile(NEWLINE)
_GAP = re.compile(r"\s+")
_WIDE = frozenset("。，、；：？！（）《》〈〉【】「」『』〔〕")
_PUNCTUATION = frozenset(CJK_PUNCTUATION)
_CJK = re.compile(f"[{HAN}{re.escape(CJK_PUNCTUATION)}]")
_CLOSED = (*PROSE_END, "：", ":", "》", "】")  # ends of items and labels, too
_MIN_WRAP = 20  # shortest line, in characters, at which an editor wraps Chinese text
_MAX_RAGGED = 3  # how much wrapped lines differ where the line-breaking rules shift a sign


def tidy_spaces(draft: Draft) -> Draft:
    """Make every gap between paragraphs one blank line and every other gap at most one space.

    A single line break stays one (list items) where the text has blank lines; in a text without any,
    each line is a paragraph.
    """
    text = draft.text
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    gaps = [(m.start(), m.group()) for m in _GAP.finditer(text, start, end)]
    n_breaks = [_n_breaks(words) for _, words in gaps]
    has_blank = any(n > 1 for n in n_breaks)
    changes = [Change(a, b, "", None) for a, b in ((0, start), (end, len(text))) if a < b and start < end]
    for (place, words), n in zip(gaps, n_breaks, strict=True):
        if n:
            gap = "\n" if has_blank and n == 1 else "\n\n"
        else:
            gap = _space_between(text[place - 1], text[place + len(words)])
        if words != gap:
            changes.append(Change(place, place + len(words), gap, None))
    return draft.apply(changes)


def _n_breaks(gap: str) -> int:
    if gap in ("\n\n", "\n", " "):
        return len(gap.strip(" "))
    return len(_NEWLINE.findall(gap))


def _space_between(before: str, after: str) -> str:
    if before in _WIDE or after in _WIDE:  # a full-width sign brings its own space
        return ""
    joined = (before in _PUNCTUATION and _CJK.match(after)) or (after in _PUNCTUATION and _CJK.match(before))
    return "" if joined else " "


def join_wrapped_lines(draft: Draft) -> Draft:
    """Join the lines of blocks that an editor broke at a fixed width."""
    changes: list[Change] = []
    for block in re.finditer(r"(?m)^[^\n]++(?:\n[^\n]++){2,}+", draft.text):
        lines = block.group().split("\n")
        if not _is_wrapped([line.rstrip() for line in lines]):
            continue
        position = block.start()
        for line, following in pairwise(lines):
            end = position + len(line.rstrip())
            position += len(line) + 1
            changes.append(Change(end, position, joiner_between(line, following), None))
    return draft.apply(changes)


def joiner_between(line: str, following: str) -> str:
    """What stands for a soft line break: nothing beside Chinese, a space between other words."""
    before, after = line.rstrip()[-1:], following.lstrip()[:1]
    return "" if _CJK.match(before) or _CJK.match(after) else " "


def _is_wrapped(lines: list[str]) -> bool:
    full = [len(line) for line in lines[:-1]]
    n_open = sum(not line.endswith(_CLOSED) for line in lines[:-1])
    return (
        min(full) >= _MIN_WRAP
        and max(full) - min(full) <= _MAX_RAGGED
        and len(lines[-1]) <= max(full)
        and n_open * 2 > len(full)
    )
