"""Front matter of a Markdown file: its title stays as the first line, the rest goes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lunzheng.clean.draft import Change

_FRONT = re.compile(r"\A\s*---[ \t]*\r?\n(?P<body>(?:[^\r\n]*\r?\n){0,200}?)---[ \t]*(?=\r?\n|\Z)")
_TITLE = re.compile(r"^title[ \t]*:[ \t]*(?P<quote>[\"']?)(?P<title>[^\r\n]*?)(?P=quote)[ \t]*\r?$", re.MULTILINE)
_KEY = re.compile(r"^[\w-]+[ \t]*:", re.MULTILINE)
_REASON = "front matter"
_BODY_HEADING = re.compile(r"\s*#\s+([^\n]*)")


@dataclass(frozen=True)
class FrontMatter:
    """Where the body starts, the title, and what to change before the body."""

    end: int = 0
    title: str | None = None
    changes: tuple[Change, ...] = ()


def find_front_matter(text: str) -> FrontMatter:
    """Read the front matter, if the text begins with one."""
    match = _FRONT.match(text)
    if not match or not _KEY.search(match["body"]):
        return FrontMatter()
    title = _TITLE.search(match["body"])
    words = title["title"].strip() if title else ""
    if not title or not words or not _is_plain(words, title["quote"]):
        return FrontMatter(match.end(), words or None, (Change(0, match.end(), "", _REASON),))
    heading = _BODY_HEADING.match(text, match.end())
    if heading and words in heading.group(1):
        return FrontMatter(match.end(), None, (Change(0, match.end(), "", _REASON),))
    start = match.start("body") + title.start("title")
    start += len(title["title"]) - len(title["title"].lstrip())
    end = start + len(words)
    drops = (Change(0, start, "", _REASON), Change(end, match.end(), "", _REASON))
    return FrontMatter(match.end(), words, drops)


def _is_plain(words: str, quote: str) -> bool:
    """Whether the value stands as it is meant: no escapes, no YAML block sign."""
    return "\\" not in words and (bool(quote) or words[0] not in "|>&*![{")
