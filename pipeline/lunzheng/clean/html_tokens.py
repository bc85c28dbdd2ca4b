"""An HTML page as blocks of visible text, each character with its place in the source."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from lunzheng.clean.draft import Change
from lunzheng.clean.html_scan import Token, scan
from lunzheng.clean.whitespace import joiner_between

_BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
        "head", "header", "hr", "html", "legend", "li", "link", "main", "menu", "meta", "nav", "ol", "option", "p",
        "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul",
    )
)  # fmt: skip
_HIDDEN = frozenset(
    (
        "script", "style", "noscript", "template", "svg", "iframe", "select", "textarea", "object", "canvas", "math",
        "audio", "video",
    )
)  # fmt: skip
_GLOSS = frozenset(("rt", "rp"))
_RUBY = re.compile(r"<r[tp]\b", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


@dataclass
class Block:
    """Text between two block-level tags: what to change inside ``[start, end)`` of the page to see it."""

    start: int
    tag: str
    end: int = 0
    parts: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    n_linked: int = 0  # characters inside links

    @property
    def is_link(self) -> bool:
        """Whether most of the block leads elsewhere."""
        return self.n_linked * 2 > sum(map(len, self.parts))

    @cached_property
    def text(self) -> str:
        """The visible words with single spaces; asked for when the block is complete."""
        return _SPACE.sub(" ", "".join(self.parts)).strip()


def read_blocks(page: str) -> list[Block]:
    """Every block of a page in order; together they tile it.

    A block holds the changes that turn its stretch of source into its words; mark-up, hidden elements
    and ruby glosses are dropped with a reason.
    """
    reader = _Reader(page)
    for token in scan(page):
        reader.take(token)
    return reader.finish()


class _Reader:
    """Collects blocks."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._done = 0
        self._hidden: list[str] = []
        self._depths: dict[str, int] = {}  # of each hidden element: where in the list it was first opened
        self._in_link = False
        self._block = Block(0, "html")
        self.blocks: list[Block] = [self._block]

    def take(self, token: Token) -> None:
        """The next token of the page."""
        self._catch_up(token.start)
        if token.kind == "text":
            self._data(token)
        elif token.kind == "character":
            self._character(token)
        elif token.kind == "start":
            self._start(token.name)
        elif token.kind == "end":
            self._end(token.name)
        elif token.kind == "empty" and token.name in _BLOCKS and not self._hidden:
            self._open(token.name)

    def finish(self) -> list[Block]:
        """Close the last block at the end of the page."""
        if self._done < len(self._page):
            self._drop(len(self._page), "mark-up")
        self._block.end = len(self._page)
        return self.blocks

    def _start(self, tag: str) -> None:
        """Open a block or a hidden element."""
        self._in_link = self._in_link or tag == "a"
        if tag in _BLOCKS and not self._hidden:
            self._open(tag)
        if tag in _HIDDEN or tag in _GLOSS:
            if tag in _GLOSS and self._hidden and self._hidden[-1] in _GLOSS:
                self._reveal(len(self._hidden) - 1)  # <rt> closes an open <rp> and the other way round
            self._depths.setdefault(tag, len(self._hidden))
            self._hidden.append(tag)

    def _end(self, tag: str) -> None:
        """Close a block or a hidden element."""
        self._in_link = self._in_link and tag != "a"
        if self._hidden:
            if tag in self._depths:
                self._reveal(self._depths[tag])
            elif tag == "ruby" and self._hidden[-1] in _GLOSS:
                self._reveal(len(self._hidden) - 1)
            elif self._hidden[-1] not in _GLOSS:
                return
        if tag in _BLOCKS and not self._hidden:
            self._open("")

    def _reveal(self, depth: int) -> None:
        """Close all hidden elements from *depth* on."""
        for tag in self._hidden[depth:]:
            if self._depths.get(tag, -1) >= depth:
                del self._depths[tag]
        del self._hidden[depth:]

    def _data(self, token: Token) -> None:
        """Visible or hidden text."""
        if self._hidden:
            return
        data = self._page[token.start : token.end]
        block = self._block
        block.parts.append(data)
        block.n_linked += len(data) * self._in_link
        self._done = token.end
        if block.tag == "pre" or ("\n" not in data and "\r" not in data):
            return
        for gap in _SPACE.finditer(data):
            if "\n" not in gap.group() and "\r" not in gap.group():
                continue
            # A line break in the source is no more than a space, and not even that beside Chinese.
            start, end = gap.span()
            joiner = joiner_between(data[start - 1 : start], data[end : end + 1]) if start and end < len(data) else " "
            block.changes.append(Change(token.start + start, token.start + end, joiner, None))

    def _character(self, token: Token) -> None:
        """A character that is written by its name or number."""
        if self._hidden:
            return
        self._block.parts.append(token.name)
        self._block.changes.append(
            Change(token.start, token.end, token.name, None if token.name.strip() else "mark-up")
        )
        self._done = token.end

    def _catch_up(self, start: int) -> None:
        """Drop all source up to the current token that no other has taken."""
        if start > self._done:
            reason = "mark-up"
            if self._hidden:
                reason = "pronunciation gloss" if self._hidden[-1] in _GLOSS else "hidden element"
            self._drop(start, reason)

    def _drop(self, end: int, reason: str) -> None:
        self._block.changes.append(Change(self._done, end, "", reason))
        self._done = end

    def _open(self, tag: str) -> None:
        self._block.end = self._done
        self._block = Block(self._done, tag)
        self.blocks.append(self._block)


def without_ruby(page: str) -> str:
    """The page without ruby glosses, for readers that would take them for words."""
    if not _RUBY.search(page):
        return page
    parts, position, hidden = [], 0, False
    for token in scan(page):
        opens = token.kind == "start" and token.name in _GLOSS
        closes = token.kind in ("start", "end") and token.name in (*_GLOSS, "ruby")
        if opens and not hidden:
            parts.append(page[position : token.start])
        elif hidden and closes and not opens:
            position = token.end if token.name in _GLOSS else token.start
        hidden = opens or (hidden and not closes)
    return "".join([*parts, "" if hidden else page[position:]])
