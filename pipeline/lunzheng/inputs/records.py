"""Records of JSONL, CSV and Parquet: what makes one an article, and what it is called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lunzheng.config import CleanConfig
from lunzheng.document import InputKind, Source
from lunzheng.inputs.names import without_surrogates

_HTML = re.compile(r"</(?:p|div|body|article|h[1-6])>|<br\s*/?>", re.IGNORECASE)
_MARKDOWN = re.compile(r"\A---\n|^#{1,6} \S|^[*-] \*\*|\*\*[^*\n]+\*\*", re.MULTILINE)
_MAX_ID = 80
_MAX_NAMED = 12  # columns that a message names


@dataclass(frozen=True)
class Unreadable:
    """An article that could not be read: its name and what to do about it."""

    name: str
    message: str


@dataclass
class RecordReader:
    """Turns the records of one file into sources, each with a name of its own."""

    file: str
    unit: str  # what a record is called in messages: line or row
    config: CleanConfig
    _taken: set[str] = field(default_factory=set)

    def place(self, number: int) -> str:
        """Where a record stands, for messages."""
        return f"{self.file}, {self.unit} {number}"

    def unreadable(self, number: int, message: str) -> Unreadable:
        """What could not be read at *number*."""
        name = self._free(f"{self.file}#{number}")
        return Unreadable(name, f"{self.place(number)}: {message}")

    def source(self, record: Mapping[Any, Any], number: int) -> Source | Unreadable:
        """The article of a record.

        Args:
            record: values by key.
            number: its line or row, from 1.

        Returns:
            A source named ``file#id`` (the record's ``id`` where it has one, else *number*), or an
            `Unreadable` that says what is missing.
        """
        config = self.config
        text = record.get(config.text_column)
        if not isinstance(text, str) or not text.strip():
            keys = ", ".join(sorted(without_surrogates(str(k)) for k in record)[:_MAX_NAMED]) or "no keys"
            found = "nothing there" if config.text_column in record else keys
            return self.unreadable(
                number, f"expected the article under {config.text_column!r}, found {found}; set clean.text_column"
            )
        text = without_surrogates(text)
        # The mark says that this is UTF-8 whatever encoding the files have.
        data = text.encode("utf-8-sig")
        if len(data) > config.max_bytes:
            return self.unreadable(
                number, f"expected an article of at most {config.max_bytes} bytes, found more; raise clean.max_bytes"
            )
        title = record.get(config.title_column)
        source = Source(self._name(record.get("id"), number), _kind(text), data)
        return replace(source, title=without_surrogates(title)) if isinstance(title, str) and title.strip() else source

    def _name(self, key: object, number: int) -> str:
        if isinstance(key, (str, int)) and not isinstance(key, bool) and 0 < len(str(key)) <= _MAX_ID:
            name = f"{self.file}#{without_surrogates(str(key))}"
            if name not in self._taken:
                self._taken.add(name)
                return name
        return self._free(f"{self.file}#{number}")

    def _free(self, name: str) -> str:
        """*name*, or with a count where an ``id`` has taken it."""
        free, n = name, 1
        while free in self._taken:
            n += 1
            free = f"{name}.{n}"
        self._taken.add(free)
        return free


def _kind(text: str) -> InputKind:
    if _HTML.search(text):
        return "html"
    return "md" if _MARKDOWN.search(text) else "txt"
