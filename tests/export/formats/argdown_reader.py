"""A small reader of Argdown, written from its syntax page and not from our writer.

It knows what an exported map needs: front matter, headings, comments, statements and arguments with tags and data,
and relations by indentation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

_MEMBER = re.compile(r"(?P<indent> *)(?P<sign>\+>|->|><|\+|-)? ?(?P<open>[\[<])(?P<title>[^\]>]+)[\]>](?P<colon>:)?")
_KINDS = {"+": "support", "-": "attack", "+>": "support", "->": "attack"}


@dataclass
class Item:
    """A statement or an argument."""

    text: str = ""
    tags: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)


@dataclass
class Argdown:
    """What a file says."""

    front: dict[str, Any]
    headings: list[str] = field(default_factory=list)
    items: dict[str, Item] = field(default_factory=dict)  # titles in their brackets
    relations: list[tuple[str, str, str]] = field(default_factory=list)


def read_argdown(text: str) -> Argdown:
    """Parse a file.

    Raises:
        ValueError: a line is none of those that are known.
    """
    match = re.match(r"===\n(.*?)\n===\n\n", text, re.DOTALL)
    assert match is not None
    found = Argdown(yaml.safe_load(match[1]))
    path: list[str] = []
    for line in text[match.end() :].split("\n"):
        if not line:
            path = []
        elif line.startswith("#"):
            found.headings.append(_content(line.lstrip("#").strip())[0])
        elif not line.startswith("//"):
            _member(line, found, path)
    return found


def _member(line: str, found: Argdown, path: list[str]) -> None:
    match = _MEMBER.match(line)
    if match is None:
        raise ValueError(f"not Argdown: {line!r}")
    title = f"{match['open']}{match['title']}{']' if match['open'] == '[' else '>'}"
    depth = len(match["indent"]) // 2
    if depth > len(path) or (match["sign"] is None) != (depth == 0):
        raise ValueError(f"hangs on nothing: {line!r}")
    item = found.items.setdefault(title, Item())
    if match["colon"]:
        item.text, item.tags, item.data = _content(line[match.end() :].strip())
    if match["sign"]:
        ends = (path[depth - 1], title) if match["sign"].endswith(">") else (title, path[depth - 1])
        found.relations.append((*ends, _KINDS[match["sign"]]))
    del path[depth:]
    path.append(title)


def _content(words: str) -> tuple[str, list[str], dict[str, Any]]:
    """Text, tags and data; a backslash makes the next character plain."""
    text, tags, position = "", [], 0
    while position < len(words):
        char = words[position]
        if char == "\\":
            text += words[position + 1]
            position += 2
        elif char == "{":
            return text.rstrip(), tags, yaml.safe_load(words[position:])
        elif tag := re.match(r"#(\w+) ?", words[position:]):
            tags.append(tag[1])
            position += len(tag[0])
        elif char in "[]<>@}":
            raise ValueError(f"mark-up in {words!r}")
        else:
            text += char
            position += 1
    return text.rstrip(), tags, {}
