"""Marks inside a line of Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from lunzheng.clean.draft import Change

_TARGET = r"\((?:[^()\n]|\([^()\n]*\))*\)"
_TOKEN = re.compile(
    rf"(?P<image>!\[(?P<alt>(?:[^\[\]\n]|\[[^\[\]\n]*\])*)\]{_TARGET})"
    rf"|(?P<anchor>[ \t]*\{{[#.][^}}\n]*\}}[ \t]*)"
    r"|(?P<escape>\\(?=[!-/:-@\[-`{-~]))"
    r"|(?P<autolink><(?:https?://|mailto:)[^>\s]*>)"
    r"|(?P<break>[ \t]*<br\s*/?>[ \t]*|\\$)"
    r"|(?P<tag></?[a-zA-Z][^<>\n]{0,200}>|<!--.*?-->)"
    r"|(?P<entity>&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});)"
    r"|(?P<footnote>\[\^[^\]\n]{1,20}\]:?)"
    rf"|(?P<link>\[(?P<label>(?:[^\[\]\\\n]|\\.|\[[^\[\]\n]*\])*)\](?P<target>{_TARGET}|\[[^\]\n]*\]))"
    r"|(?P<closing>[ \t]+#+[ \t]*$)"
    r"|(?P<strong>\*\*|__(?=\S)|(?<=\S)__)"
    r"|(?P<strike>~~)"
    r"|(?P<tick>`+)"
    r"|(?P<star>\*)"
)
_ADDRESS = re.compile(r"https?:|www\.")
_CAPTION_END = re.compile(r"(?=\*)")
_SENTENCE_END = ("。", "！", "？", "；")
_MARKUP = "mark-up"


def inline_changes(text: str, start: int, end: int) -> Iterator[Change]:
    """Drops and replacements for the marks in ``text[start:end]``, one line, in order."""
    position = start
    while match := _TOKEN.search(text, position, end):
        kind = match.lastgroup or ""
        position = max(match.end(), position + 1)
        if kind == "escape":
            # The sign after the backslash is meant as it stands; but escaped stars are marks of a
            # converter that escaped twice.
            position = match.end() + 1
            starred = text[match.end()] == "*" and not _is_operator(text, match.start(), position)
            yield Change(match.start(), position if starred else match.end(), "", _MARKUP)
        elif match["image"] is not None:
            yield Change(match.start(), match.end(), "", "image")
            position = match.end() + caption_length(text[match.end() : end], match["alt"])
            yield Change(match.end(), position, "", "caption or credit")
        elif match["link"] is not None:
            yield from _link(text, match)
        else:
            yield from _simple(kind, match, text)


def caption_length(rest: str, alt: str) -> int:
    """How much of the line after an image is its caption: what repeats its description, or no sentence."""
    words = _CAPTION_END.split(rest, maxsplit=1)[0]
    said, shown = _squash(words), _squash(re.sub(r"\.(?:png|jpe?g|gif|webp|svg)$", "", alt))
    repeats = bool(said) and bool(shown) and (said in shown or shown in said)
    return len(words) if repeats or not words.rstrip().endswith(_SENTENCE_END) else 0


def _squash(words: str) -> str:
    return "".join(c for c in words if c.isalnum())


def _link(text: str, match: re.Match[str]) -> Iterator[Change]:
    label = match.span("label")
    if _ADDRESS.match(match["label"]):
        yield Change(match.start(), match.end(), "", "link target")
        return
    yield Change(match.start(), label[0], "", _MARKUP)
    yield from inline_changes(text, *label)
    yield Change(label[1], match.end(), "", "link target")


def _simple(kind: str, match: re.Match[str], text: str) -> Iterator[Change]:
    start, end = match.span()
    if kind == "entity":
        meant = html.unescape(match.group())
        if meant != match.group():
            yield Change(start, end, meant, _MARKUP if meant.isspace() else None)
    elif kind == "break":
        yield Change(start, end, " " if text[end : end + 1].strip() else "", _MARKUP)
    elif kind == "star":
        if not _is_operator(text, start, end):
            yield Change(start, end, "", _MARKUP)
    else:
        yield Change(start, end, "", _MARKUP)


def _is_operator(text: str, start: int, end: int) -> bool:
    """Whether a single star stands between numbers or free, as a sign of its own."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return (before.isdigit() and after.isdigit()) or (before == " " and after == " ")
