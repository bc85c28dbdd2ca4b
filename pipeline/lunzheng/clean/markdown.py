"""Markdown to prose: which lines stay, and what separates them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from lunzheng.clean.draft import Change, Draft
from lunzheng.clean.front_matter import find_front_matter
from lunzheng.clean.markdown_inline import inline_changes
from lunzheng.clean.markdown_lines import Kind, Line, classify
from lunzheng.clean.whitespace import joiner_between

MARKUP = "mark-up"


class _Kept(NamedTuple):
    """A line that stays: its stretch without marks at the start, and its words."""

    start: int
    end: int
    line: Line
    words: str


def markdown_to_prose(draft: Draft) -> tuple[Draft, str | None]:
    """Drop Markdown's marks and what is no prose: front matter, tables, rules, images, references.

    Returns:
        The draft, headings as short lines of their own, and the title that front matter gives.
    """
    text = draft.text
    front = find_front_matter(text)
    changes: list[Change] = list(front.changes)
    kept: list[_Kept] = []
    empty_item = False
    for line in classify(text, front.end):
        if line.kind in ("blank", "drop"):
            if line.reason:
                changes.append(Change(line.start, line.end, "", line.reason))
            continue
        inline = list(inline_changes(text, line.words_start, line.end))
        if line.words_start > line.start:
            changes.append(Change(line.start, line.words_start, "", MARKUP))
        changes.extend(inline)
        words = _after(text, line, inline)
        if words.strip():
            shown = replace(line, kind="item", in_list=True) if empty_item and line.kind == "text" else line
            kept.append(_Kept(line.start, line.end, shown, words))
        # The words of an item may begin on the next line.
        empty_item = line.kind == "item" and not words.strip()
    changes.extend(_gaps(text, front.end, kept, has_title=front.title is not None))
    return draft.apply(changes), front.title


def _after(text: str, line: Line, changes: list[Change]) -> str:
    parts, position = [], line.words_start
    for change in changes:
        parts += [text[position : change.start], change.replacement]
        position = change.end
    return "".join([*parts, text[position : line.end]])


def _gaps(text: str, start: int, kept: list[_Kept], *, has_title: bool) -> Iterator[Change]:
    """Line breaks between kept lines, each gap at its first break; further breaks go."""
    bounds = [start, *(k.end for k in kept)]
    nexts: list[_Kept | None] = [*kept, None]
    for i, (begin, following) in enumerate(zip(bounds, nexts, strict=True)):
        if following is None:
            gap = ""
        elif i:
            gap = _separator(kept[i - 1], following)
        else:
            gap = "\n\n" if has_title else ""
        stop = following.start if following else len(text)
        for match in re.finditer(r"\r\n|\r|\n", text[begin:stop]):
            if match.group() != gap:
                yield Change(begin + match.start(), begin + match.end(), gap, None)
            gap = ""


def _separator(left: _Kept, right: _Kept) -> str:
    kinds: tuple[Kind, Kind] = (left.line.kind, right.line.kind)
    if right.line.kind == "item" and left.line.in_list:
        return "\n"
    if "heading" in kinds or right.line.after_blank or right.line.kind == "item":
        return "\n\n"
    if left.line.in_quote != right.line.in_quote or left.line.hard_break:
        return "\n\n"
    return joiner_between(left.words, right.words)
