"""An HTML page as tokens, each with its place: one pass, in time that grows with the page and no faster.

Python's own parser (3.11.7) was in its place: on megabytes of unclosed comments, declarations or tags it
did not come to an end within a minute.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal["start", "end", "empty", "text", "character", "other"]

# A mark that can begin a token; what lies between is text.
_MARK = re.compile(r"[<&]")
_NAME = r"[a-zA-Z][^\s/>\x00]*+"
_TAG = re.compile(rf"""</?({_NAME})(?:[^>"']|"[^"]*+"|'[^']*+')*+>""")
_PLAIN_TAG = re.compile(rf"</?({_NAME})[^>]*+>")
_REFERENCE = re.compile(
    r"&(?:#(?:[0-9]{1,7}(?![0-9])|[xX][0-9a-fA-F]{1,6}(?![0-9a-fA-F]))|[a-zA-Z][a-zA-Z0-9]{1,31});?"
)
_VERBATIM = {"script": re.compile(r"</script", re.IGNORECASE), "style": re.compile(r"</style", re.IGNORECASE)}


class Token(NamedTuple):
    """A piece of a page; ``name`` is the element's in lower case, or what a character reference means."""

    kind: Kind
    start: int
    end: int
    name: str = ""


def scan(page: str) -> Iterator[Token]:
    """The tokens of a page in order; they tile it.

    Text inside of ``script`` and ``style`` is one token; what looks like a tag but never ends is text.
    """
    return _Scanner(page).tokens()


class _Scanner:
    """Remembers what the rest of the page lacks, so that nothing is looked for twice in vain."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._last_close = page.rfind(">")
        self._last_comment_end = page.rfind("-->")
        self._quotes_pair = True

    def tokens(self) -> Iterator[Token]:
        """All tokens."""
        page = self._page
        position = text = 0
        while (mark := _MARK.search(page, position)) is not None:
            start = mark.start()
            token = self._reference(start) if page[start] == "&" else self._markup(start)
            if token is None:
                position = start + 1
                continue
            if start > text:
                yield Token("text", text, start)
            yield token
            position = text = token.end
            if token.kind == "start" and token.name in _VERBATIM:
                end = _VERBATIM[token.name].search(page, position)
                position = end.start() if end else len(page)
                if position > text:
                    yield Token("text", text, position)
                text = position
        if text < len(page):
            yield Token("text", text, len(page))

    def _reference(self, start: int) -> Token | None:
        found = _REFERENCE.match(self._page, start)
        if not found:
            return None
        meant = html.unescape(found.group())
        return Token("character", start, found.end(), meant) if meant != found.group() else None

    def _markup(self, start: int) -> Token | None:
        """The comment, declaration or tag at *start*; None where there is none."""
        if start > self._last_close:
            return None
        page = self._page
        if page.startswith("<!--", start) and start + 4 <= self._last_comment_end:
            return Token("other", start, page.index("-->", start + 4) + 3)
        if page.startswith(("<!", "<?"), start):
            return Token("other", start, page.index(">", start) + 1)
        return self._tag(start)

    def _tag(self, start: int) -> Token | None:
        tag = _TAG.match(self._page, start) if self._quotes_pair else None
        if tag is None:
            plain = _PLAIN_TAG.match(self._page, start)
            if plain is None:
                return None
            # An unpaired quote: looking for its partner takes the whole page, so it is done only once.
            self._quotes_pair = False
            tag = plain
        name = tag.group(1).lower()
        if self._page[start + 1] == "/":
            return Token("end", start, tag.end(), name)
        return Token("empty" if self._page[tag.end() - 2] == "/" else "start", start, tag.end(), name)
