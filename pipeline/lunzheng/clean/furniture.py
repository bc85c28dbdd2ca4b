"""Drop site furniture: lines that a rule of `rules` knows, and what follows the article's end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lunzheng.clean.characters import count_han
from lunzheng.clean.draft import Change, Draft
from lunzheng.clean.rules import RULES, Place, Rule
from lunzheng.clean.script import simplifications

_MAX_FURNITURE = 160  # a longer line is prose, whatever it begins with
_MIN_PROSE = 40  # Han characters of a line that can only be a paragraph
_MIN_SENTENCE = 12  # the same for a line that closes like a sentence
_ARTICLE = 200  # Han characters after which a comment area can begin
_LINE = re.compile(r"[^\n]+")
_ANY_RULE = re.compile("|".join(f"({rule.pattern.pattern})" for rule in RULES), re.IGNORECASE)  # one group a rule
_BULLET = re.compile(r"(?m)^[ ]?[•·●▪◆◇■□○▶►▷✦※➤✔☑][ \ufe0f]*(?=\S)")
_FULL_TO_HALF = str.maketrans("：｜丨，（）／【】", ":||,()/[]")
_EDGES = " \t*_\u3000"
_AFTER = "after the article's end"


class _Line(NamedTuple):
    start: int
    end: int
    view: str
    n_han: int


def drop_furniture(draft: Draft) -> Draft:
    """Drop lines that belong to the site and not to the article, and bullets before list items."""
    lines = _read_lines(draft.text)
    dropped = dict(_by_rule(lines))
    changes = [Change(lines[i].start, lines[i].end, "", reason) for i, reason in dropped.items()]
    for match in _BULLET.finditer(draft.text):
        changes.append(Change(match.start(), match.end(), "", "bullet"))
    return draft.apply(changes)


def line_view(line: str, table: Mapping[int, str | int] = _FULL_TO_HALF) -> str:
    """A line as the rules see it.

    Args:
        line: without its break.
        table: for ``str.translate``; default: full-width signs to half-width ones.
    """
    words = line.strip(_EDGES).strip()
    if len(words) > _MAX_FURNITURE:
        return words  # no rule looks at it
    return words.translate(table).strip(_EDGES).strip()


def _read_lines(text: str) -> list[_Line]:
    table = _FULL_TO_HALF | simplifications(text)
    found = [(*m.span(), m.group()) for m in _LINE.finditer(text)]
    return [_Line(start, end, line_view(line, table), count_han(line)) for start, end, line in found]


def _by_rule(lines: Sequence[_Line]) -> Iterator[tuple[int, str]]:
    """Indices of lines to drop, with the reason."""
    rules = [_matching(line) for line in lines]
    prose = [i for i, line in enumerate(lines) if _is_prose(line) and rules[i] is None]
    first, last = (prose[0], prose[-1]) if prose else (0, len(lines))
    n_han = 0
    ended = False
    for i, (line, rule) in enumerate(zip(lines, rules, strict=True)):
        if rule and _applies(rule.place, before=i < first, after=i > last, n_han=n_han):
            ended = ended or rule.place in ("end", "cut")
            yield i, rule.reason
        elif ended:
            yield i, _AFTER
        n_han += line.n_han


def _applies(place: Place, *, before: bool, after: bool, n_han: int) -> bool:
    return place == "anywhere" or after or (place == "edge" and before) or (place == "cut" and n_han >= _ARTICLE)


def _matching(line: _Line) -> Rule | None:
    if not line.view or len(line.view) > _MAX_FURNITURE:
        return None
    found = _ANY_RULE.match(line.view)
    return RULES[found.lastindex - 1] if found and found.lastindex else None


def _is_prose(line: _Line) -> bool:
    closed = line.view.endswith(("。", "！", "？", "!", "?", "…", ".”", "。”"))
    return line.n_han >= _MIN_PROSE or (closed and line.n_han >= _MIN_SENTENCE)
