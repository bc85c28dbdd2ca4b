"""A table of a map, for pandas and for notebooks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from lunzheng.export.rows import Row

if TYPE_CHECKING:
    import pandas as pd

_STYLE = "border-collapse:collapse;font-size:90%"
_CELL = "border:1px solid #bbb;padding:.3em .5em;vertical-align:top;text-align:left;white-space:pre-line"


class Table(Sequence[Row]):
    """Rows with the same columns.

    Args:
        columns: their names, in order.
        rows: a value for each column.
    """

    def __init__(self, columns: Sequence[str], rows: Sequence[Row]) -> None:
        self.columns = tuple(columns)
        self._rows = tuple(rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        return self._rows[index]

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __repr__(self) -> str:
        return f"<{len(self)} rows: {', '.join(self.columns)}>"

    def to_pandas(self) -> pd.DataFrame:
        """The table as a data frame, columns in order, also when it has no rows."""
        import pandas as pd

        return pd.DataFrame(list(self._rows), columns=list(self.columns))

    def _repr_html_(self) -> str:
        """The table as HTML; all words are escaped."""

        def cells(values: Sequence[object], tag: str) -> str:
            return "".join(f'<{tag} style="{_CELL}">{escape(_words(v))}</{tag}>' for v in values)

        body = "".join(f"<tr>{cells([row.get(c) for c in self.columns], 'td')}</tr>" for row in self._rows)
        return (
            f'<table style="{_STYLE}"><thead><tr>{cells(self.columns, "th")}</tr></thead><tbody>{body}</tbody></table>'
        )


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, (list, tuple)):
        return "\n".join(map(str, value))
    return str(value)
