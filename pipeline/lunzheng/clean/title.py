"""The title: given with the article, or its first line that looks like one."""

from __future__ import annotations

import re

from lunzheng.clean.characters import HAN_RE
from lunzheng.clean.draft import Change, Draft

_MAX_TITLE = 64
_OPEN_END = tuple("。；，、：;:,…")
_N_HEAD_LINES = 8  # lines at the top among which a repeated title is looked for
_LINE = re.compile(r"[^\n]+")


def settle_title(draft: Draft, given: str | None) -> tuple[Draft, str | None]:
    """Find the title and leave it in the text once, with nothing before it but the article.

    Args:
        draft: clean paragraphs.
        given: the title that a record, front matter or page head names.
    """
    lines = [m.span() for m in _LINE.finditer(draft.text)]
    if not lines:
        return draft, given
    title = given.strip() if given else None
    if title is None:
        first = draft.text[slice(*lines[0])]
        title = first if _looks_like_title(first) and len(lines) > 1 else None
    if title is None:
        return draft, None
    words = squash(title)
    head = [(a, b) for a, b in lines[:_N_HEAD_LINES] if _repeats(draft.text[a:b], words)]
    return draft.apply(Change(a, b, "", "repeated title") for a, b in head[1:]), title


def _looks_like_title(line: str) -> bool:
    return len(line) <= _MAX_TITLE and bool(HAN_RE.search(line)) and not line.endswith(_OPEN_END)


def _repeats(line: str, words: str) -> bool:
    return _looks_like_title(line) and squash(line) == words


def squash(words: str) -> str:
    """Only what is read aloud, so that spacing and punctuation make no difference."""
    return "".join(filter(str.isalnum, words.casefold()))
