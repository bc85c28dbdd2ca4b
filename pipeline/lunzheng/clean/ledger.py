"""The edits of a finished text, put in order."""

from __future__ import annotations

from lunzheng.document import Edit
from lunzheng.spans import Span

# What a larger drop swallows when it lies between two parts of that drop.
_MINOR = frozenset({"pronunciation gloss", "mark-up", "bullet", "invisible characters", "link target"})


def settle_edits(edits: tuple[Edit, ...], raw: str) -> tuple[Edit, ...]:
    """Sort edits, leave out those inside a larger drop, join drops of one reason with only space between."""
    settled: list[Edit] = []
    reach = -1  # end of the furthest drop so far
    for edit in sorted(edits, key=lambda e: (e.raw_span.start, -e.raw_span.end, e.reason, e.replacement or "")):
        if edit.raw_span.end <= reach or not len(edit.raw_span):
            continue
        if edit.replacement is None:
            reach = max(reach, edit.raw_span.end)
            edit = _joined(settled, edit, raw)
        settled.append(edit)
    return tuple(settled)


def _joined(settled: list[Edit], edit: Edit, raw: str) -> Edit:
    """*edit* joined with the drop of its reason before it, which leaves the list."""
    start = edit.raw_span.start
    for back in range(1, min(3, len(settled)) + 1):
        last = settled[-back]
        if last.replacement is not None or raw[last.raw_span.end : start].strip():
            return edit
        if last.reason == edit.reason:
            del settled[-back:]
            return Edit(Span(last.raw_span.start, edit.raw_span.end), edit.reason)
        if last.reason not in _MINOR:
            return edit
        start = last.raw_span.start
    return edit
