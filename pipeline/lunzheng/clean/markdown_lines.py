"""The lines of a Markdown text and what each of them is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["blank", "drop", "heading", "item", "text"]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_PREFIX = re.compile(r"(?P<quote>(?:[ \t]{0,12}>[ \t]?)*)(?P<indent>[ \t]*)")
_HEADING = re.compile(r"#{1,6}(?:[ \t]+|$)")
_ITEM = re.compile(r"(?:[*+\-•·●▪][ \t]+|[*+-]$|(?=\d{1,3}[.)、][ \t]))")
_ITEM_QUOTE = re.compile(r"[ \t]*>[ \t]?")
_RULE = re.compile(r"(?:[*][ \t]*){3,}$|(?:-[ \t]*){3,}$|(?:_[ \t]*){3,}$")
_UNDERLINE = re.compile(r"=+[ \t]*$|-{2,}[ \t]*$")
_TABLE = re.compile(r"\|.*|[^|\n]*\|[^|\n]*\|.*\|[ \t]*$")
_TABLE_CAPTION = re.compile(r"\[[^\]\[]*\][ \t]*(?:\{#[^}]*\})?[ \t]*$")
_FENCE = re.compile(r"(`{3,}|~{3,})")
_REFERENCE = re.compile(r"\[[^\]]+\]:[ \t]*\S+")
_REFERENCES = re.compile(
    r"^(?:#{1,6}[ \t]*)?[^\w]*(?:[一二三四五六七八九十\d]{1,2}[、.．][ \t]*)?(?:主要|核心|权威|權威|相关|相關)?"
    r"(?:[参參]考(?:信源|文[献獻]|[资資]料|[来來]源|[链鏈][接結])|信源|[资資]料[来來]源|[参參]考)(?:列表|[与與].{0,6})?"
    r"[^\w{]*(?:\{#[^}]*\})?[ \t]*$"
)


@dataclass(frozen=True)
class Line:
    """One line without its break; ``words_start`` lies after its marks."""

    start: int
    end: int
    kind: Kind
    words_start: int
    reason: str | None = None
    after_blank: bool = False
    in_list: bool = False
    in_quote: bool = False
    hard_break: bool = False


@dataclass
class _State:
    fence: str = ""
    after_blank: bool = True
    in_list: bool = False
    in_table: bool = False
    references_level: int = 0  # level of the heading over a list of references; 0 outside one


def classify(text: str, start: int) -> Iterator[Line]:
    """Every line of *text* from *start* on."""
    bounds = [m.span() for m in _LINE.finditer(text, start) if m.group()]
    contents = [text[a:b].rstrip("\r\n") for a, b in bounds]
    state = _State()
    for i, ((begin, _), content) in enumerate(zip(bounds, contents, strict=True)):
        following = contents[i + 1] if i + 1 < len(contents) else ""
        line = _read(begin, content, following, state)
        state.after_blank = line.kind in ("blank", "drop", "heading")
        if line.kind != "blank":
            state.in_list = line.in_list
        yield line


def _read(begin: int, content: str, following: str, state: _State) -> Line:
    end = begin + len(content)
    prefix = _PREFIX.match(content)
    marks = prefix.end() if prefix else 0
    quoted = bool(prefix and prefix["quote"])
    words = content[marks:].rstrip()
    reason = _drop_reason(words, following, state)
    if reason or not words:
        kind: Kind = "drop" if reason else "blank"
        return Line(begin, end, kind, end, reason or ("mark-up" if content.strip() else None), in_list=state.in_list)
    heading = _HEADING.match(words)
    if heading or (state.after_blank and not quoted and _is_underlined(words, following)):
        return Line(begin, end, "heading", begin + marks + (heading.end() if heading else 0), after_blank=True)
    item = _ITEM.match(words)
    if item:
        inner = _ITEM_QUOTE.match(words, item.end())
        words_start = begin + marks + (inner.end() if inner else item.end())
        return Line(begin, end, "item", words_start, after_blank=state.after_blank, in_list=True)
    deep = bool(prefix and prefix["indent"]) and state.in_list
    return Line(
        begin, end, "text", begin + marks,
        after_blank=state.after_blank, in_list=deep or (state.in_list and not state.after_blank),
        in_quote=quoted and not deep, hard_break=content.endswith(("  ", "\\", "<br>", "<br />", "<br/>")),
    )  # fmt: skip


def _is_underlined(words: str, following: str) -> bool:
    return bool(_UNDERLINE.match(following)) and not _ITEM.match(words)


def _level(words: str, following: str) -> int:
    """Level of a heading; 0 for a line that is none."""
    marks = len(words) - len(words.lstrip("#"))
    if _HEADING.match(words):
        return marks
    return (1 if following.startswith("=") else 2) if words and _UNDERLINE.match(following) else 0


def _drop_reason(words: str, following: str, state: _State) -> str | None:
    """Why a line is no prose; None where it is."""
    fence = _FENCE.match(words)
    if state.fence or fence:
        opened = bool(state.fence)
        if fence and (not opened or fence.group(1)[0] == state.fence):
            state.fence = "" if opened else fence.group(1)[0]
        return "code"
    if not state.references_level and words and _REFERENCES.match(words):
        state.references_level = _level(words, following) or 2
        return "reference list"
    if state.references_level:
        level = _level(words, following)
        if not level or level > state.references_level:
            return "reference list" if words else None
        state.references_level = 0
    was_table, state.in_table = state.in_table, bool(words) and bool(_TABLE.match(words))
    if state.in_table or (was_table and _TABLE_CAPTION.match(words)):
        return "table"
    if words and (_RULE.match(words) or (_UNDERLINE.match(words))):
        return "mark-up"
    return "mark-up" if _REFERENCE.match(words) else None
