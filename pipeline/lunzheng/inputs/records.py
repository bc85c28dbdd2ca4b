"""JSONL: one article per line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lunzheng.config import CleanConfig
from lunzheng.document import InputKind, Source

_HTML = re.compile(r"</(?:p|div|body|article|h[1-6])>|<br\s*/?>", re.IGNORECASE)
_MARKDOWN = re.compile(r"\A---\n|^#{1,6} \S|^[*-] \*\*|\*\*[^*\n]+\*\*", re.MULTILINE)
_MAX_ID = 80


@dataclass(frozen=True)
class Unreadable:
    """An article that could not be read: its name and what to do about it."""

    name: str
    message: str


def read_records(data: bytes, name: str, config: CleanConfig) -> Iterator[Source | Unreadable]:
    """One source per record.

    Args:
        data: the file's bytes, UTF-8.
        name: the file, for names and messages.
        config: which keys hold text and title.

    Yields:
        Sources named ``file#id`` (the record's ``id`` where it has one, else its line number), and an
        `Unreadable` for each line that holds no article.
    """
    taken: set[str] = set()
    for n_line, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not line.strip():
            continue
        item = _read_line(line, f"{name}#{n_line}", f"{name}, line {n_line}", config)
        if isinstance(item, Source) and item.name in taken:
            item = Source(f"{name}#{n_line}", item.kind, item.data, item.title)
        taken.add(item.name)
        yield item


def _read_line(line: bytes, name: str, place: str, config: CleanConfig) -> Source | Unreadable:
    try:
        record: Any = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        return Unreadable(name, f"{place}: expected one JSON object, found {error}; mend or remove the line")
    if not isinstance(record, dict):
        return Unreadable(name, f"{place}: expected a JSON object, found {type(record).__name__}; mend the line")
    text = record.get(config.text_column)
    if not isinstance(text, str) or not text.strip():
        keys = ", ".join(sorted(map(str, record))) or "no keys"
        return Unreadable(
            name,
            f"{place}: expected the article under {config.text_column!r}, found {keys}; set clean.text_column",
        )
    if len(text.encode("utf-8", "surrogatepass")) > config.max_bytes:
        return Unreadable(name, f"{place}: the article is over {config.max_bytes} bytes; raise clean.max_bytes")
    title = record.get(config.title_column)
    key = record.get("id")
    if isinstance(key, (str, int)) and not isinstance(key, bool) and 0 < len(str(key)) <= _MAX_ID:
        name = f"{name.rsplit('#', 1)[0]}#{key}"
    # A lone surrogate cannot be encoded; it becomes the sign for a lost character. The mark says that
    # this is UTF-8 whatever encoding the files have.
    data = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode("utf-8-sig")
    return Source(name, _kind(text), data, title if isinstance(title, str) and title.strip() else None)


def _kind(text: str) -> InputKind:
    if _HTML.search(text):
        return "html"
    return "md" if _MARKDOWN.search(text) else "txt"
