"""Spans that end beside a quotation mark or bracket whose partner they hold."""

from __future__ import annotations

from lunzheng.spans import Span

_PAIRS = (("“", "”"), ("‘", "’"), ("「", "」"), ("『", "』"), ("《", "》"), ("（", "）"), ("(", ")"))


def with_partners(span: Span, text: str) -> Span:
    """*span*, a sign longer where its neighbour is the partner of a mark that stands alone in it."""
    start, end = span
    for opener, closer in _PAIRS:
        n_open = n_lone_closers = 0
        for char in text[start:end]:
            if char == opener:
                n_open += 1
            elif char == closer and n_open:
                n_open -= 1
            elif char == closer:
                n_lone_closers += 1
        if n_lone_closers and start > 0 and text[start - 1] == opener:
            start -= 1
        if n_open and text[end : end + 1] == closer:
            end += 1
    return _with_straight_partner(Span(start, end), text)


def _with_straight_partner(span: Span, text: str) -> Span:
    """The same for ``"``, which does not say whether it opens: the lone mark goes, or its partner comes."""
    start, end = span
    if text[start:end].count('"') % 2:
        if text[start] == '"':
            start += 1
        elif text[end - 1] == '"':
            end -= 1
        elif text[end : end + 1] == '"':
            end += 1
        elif start > 0 and text[start - 1] == '"':
            start -= 1
    return Span(start, end)
