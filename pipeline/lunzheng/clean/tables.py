"""Rows of tables in text that was taken out of an office document."""

from __future__ import annotations

import re

from lunzheng.clean.draft import Change, Draft

CELL = "\x1f"  # between the cells of a row; U+001F separates units, and no XML can hold it
_ROW = re.compile(rf"[^\n]*{CELL}[^\n]*")


def drop_table_rows(draft: Draft) -> Draft:
    """Drop rows of two cells or more: figures without sentences."""
    return draft.apply(Change(m.start(), m.end(), "", "table") for m in _ROW.finditer(draft.text))
