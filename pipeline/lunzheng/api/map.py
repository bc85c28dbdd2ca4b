"""One article's map in Python: tables, pictures of it for terminal and notebook, and its file."""

from __future__ import annotations

from pathlib import Path

from lunzheng.api.page import map_html
from lunzheng.api.table import Table
from lunzheng.argmap import ArgumentMap
from lunzheng.argmap import read_map as _read
from lunzheng.export.rows import Row, rows
from lunzheng.labels import FACETS

_UNITS = (
    "id", "start", "end", "raw_start", "raw_end", "text", "label", "side", "facet", "central", "section", "score",
)  # fmt: skip
_RELATIONS = ("id", "from_id", "to_id", "label", "from_text", "to_text", "score", "causal_relation")
_CAUSAL = (
    "id", "cause_text", "connective_text", "effect_text", "label", "polarity", "cause_start", "cause_end",
    "effect_start", "effect_end", "source_node", "target_node", "score",
)  # fmt: skip


class Map:
    """An argument map; every row of its tables says where in the text its words stand.

    Args:
        data: the map as in its JSON file; also ``map.data``.
    """

    def __init__(self, data: ArgumentMap) -> None:
        self.data = data

    @property
    def text(self) -> str:
        """The clean text that all offsets count in (code points)."""
        return self.data.document.text

    @property
    def strategies(self) -> Table:
        """The two contrasted strategies; no rows where nothing is contrasted."""
        columns = ("id", "name", "actors", "cues", "score")
        found = self.data.strategies
        return Table(
            columns, [dict(zip(columns, (s.id, s.name, s.actors, s.cues, s.confidence), strict=True)) for s in found]
        )

    @property
    def units(self) -> Table:
        """Claims and evidence, in order of the text."""
        return Table(_UNITS, _only(_UNITS, rows([self.data], "units")))

    @property
    def relations(self) -> Table:
        """What supports, attacks, contrasts with or causes what."""
        return Table(_RELATIONS, _only(_RELATIONS, rows([self.data], "relations")))

    @property
    def causal(self) -> Table:
        """Causes and effects that the text connects."""
        return Table(_CAUSAL, _only(_CAUSAL, rows([self.data], "causal")))

    @property
    def contrast(self) -> Table:
        """What each side says under each facet: one row a facet, the words of its units in the columns."""
        columns = ("facet", *(s.name for s in self.data.strategies), "both")
        keys = ("A", "B", "both") if len(self.data.strategies) == 2 else ("both",)
        words = {node.id: node.text for node in self.data.nodes}
        found: list[Row] = []
        for row in sorted(self.data.contrast.rows, key=lambda r: FACETS.index(r.facet)):
            cells = [[words[i] for i in getattr(row, key)] for key in keys]
            found.append({"facet": row.facet, **dict(zip(columns[1:], cells, strict=True))})
        return Table(columns, found)

    def to_json(self) -> str:
        """The JSON that ``lunzheng run`` writes."""
        return self.data.to_json()

    def save(self, path: str | Path) -> Path:
        """Write the JSON to *path*."""
        target = Path(path)
        target.write_text(self.to_json(), encoding="utf-8")
        return target

    def show(self) -> None:
        """Print the map to the terminal."""
        from rich.console import Console

        from lunzheng.show import render_map

        render_map(self.data, Console())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Map) and other.data == self.data

    def __hash__(self) -> int:
        return hash(self.data.document.sha256)

    def __repr__(self) -> str:
        names = " / ".join(s.name for s in self.data.strategies) or "no contrast"
        what = self.data.document.title or self.data.document.source
        return (
            f"<Map of {what!r}: {names}; {len(self.data.nodes)} units, "
            f"{len(self.data.edges)} relations, {len(self.data.causal_relations)} causal>"
        )

    def _repr_html_(self) -> str:
        return map_html(self.data, self.contrast)


def _only(columns: tuple[str, ...], found: object) -> list[Row]:
    return [{c: row[c] for c in columns} for row in found]  # type: ignore[attr-defined]


def read_map(path: str | Path) -> Map:
    """A map from its JSON file.

    Raises:
        InputError: the file is absent, is no argument map, or has another major schema version.
    """
    return Map(_read(Path(path)))
