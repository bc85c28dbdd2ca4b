"""An HTML page as blocks of visible text, each character with its place in the source."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from lunzheng.clean.draft import Change
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
_SOFT_BREAK = re.compile(r"\s*[\n\r]\s*")
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

    @property
    def text(self) -> str:
        """The visible words with single spaces."""
        return _SPACE.sub(" ", "".join(self.parts)).strip()


def read_blocks(page: str) -> list[Block]:
    """Every block of a page in order; together they tile it.

    A block holds the changes that turn its stretch of source into its words; mark-up, hidden elements
    and ruby glosses are dropped with a reason.
    """
    reader = _Reader(page)
    reader.feed(page)
    reader.close()
    return reader.finish()


class _Reader(HTMLParser):
    """Collects blocks; positions come from the parser's line and column."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self._page = page
        self._lines = [0, *(m.end() for m in re.finditer("\n", page))]
        self._done = 0
        self._hidden: list[str] = []
        self._in_link = False
        self._block = Block(0, "html")
        self.blocks: list[Block] = [self._block]

    def finish(self) -> list[Block]:
        """Close the last block at the end of the page."""
        if self._done < len(self._page):
            self._drop(len(self._page), "mark-up")
        self._block.end = len(self._page)
        return self.blocks

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a block or a hidden element."""
        del attrs
        self._catch_up()
        self._in_link = self._in_link or tag == "a"
        if tag in _BLOCKS and not self._hidden:
            self._open(tag)
        if tag in _HIDDEN or tag in _GLOSS:
            if tag in _GLOSS and self._hidden and self._hidden[-1] in _GLOSS:
                self._hidden.pop()  # <rt> closes an open <rp> and the other way round
            self._hidden.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that closes itself: a block break at most."""
        del attrs
        self._catch_up()
        if tag in _BLOCKS and not self._hidden:
            self._open(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close a block or a hidden element."""
        self._catch_up()
        self._in_link = self._in_link and tag != "a"
        if self._hidden:
            if tag in self._hidden:
                del self._hidden[self._hidden.index(tag) :]
            elif tag == "ruby":
                self._hidden = [t for t in self._hidden if t not in _GLOSS]
            elif self._hidden[-1] not in _GLOSS:
                return
        if tag in _BLOCKS and not self._hidden:
            self._open("")

    def handle_data(self, data: str) -> None:
        """Visible or hidden text."""
        start = self._catch_up()
        if self._hidden:
            return
        self._block.parts.append(data)
        self._block.n_linked += len(data) * self._in_link
        self._done = start + len(data)
        if self._block.tag == "pre":
            return
        for gap in _SOFT_BREAK.finditer(data):
            # A line break in the source is no more than a space, and not even that beside Chinese.
            before, after = data[: gap.start()], data[gap.end() :]
            joiner = joiner_between(before, after) if before and after else " "
            self._block.changes.append(Change(start + gap.start(), start + gap.end(), joiner, None))

    def handle_entityref(self, name: str) -> None:
        """A named character."""
        self._character(f"&{name}")

    def handle_charref(self, name: str) -> None:
        """A numbered character."""
        self._character(f"&#{name}")

    def handle_comment(self, data: str) -> None:
        """A comment is mark-up."""
        del data
        self._catch_up()

    def _character(self, written: str) -> None:
        start = self._catch_up()
        if self._hidden:
            return
        end = start + len(written)
        end += self._page[end : end + 1] == ";"
        meant = html.unescape(self._page[start:end])
        self._block.parts.append(meant)
        self._block.changes.append(Change(start, end, meant, "mark-up" if meant.isspace() else None))
        self._done = end

    def _catch_up(self) -> int:
        """Drop all source up to the current token that no handler has taken; returns the token's start."""
        line, column = self.getpos()
        start = self._lines[line - 1] + column
        if start > self._done:
            reason = "mark-up"
            if self._hidden:
                reason = "pronunciation gloss" if self._hidden[-1] in _GLOSS else "hidden element"
            self._drop(start, reason)
        return start

    def _drop(self, end: int, reason: str) -> None:
        self._block.changes.append(Change(self._done, end, "", reason))
        self._done = end

    def _open(self, tag: str) -> None:
        self._block.end = self._done
        self._block = Block(self._done, tag)
        self.blocks.append(self._block)


def without_ruby(page: str) -> str:
    """The page without ruby glosses, for readers that would take them for words."""
    return re.sub(r"<r[tp]\b[^>]*>.*?(?:</r[tp]>|(?=</ruby>|<r[tp]\b))", "", page, flags=re.IGNORECASE | re.DOTALL)
