"""Maps as CSV tables: documents, strategies, units, relations, causal relations, contrast.

Spreadsheets take a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break for a formula, and so
hostile words could run there. Such a cell of text gets an apostrophe in front; so does one that begins with an
apostrophe, so that taking one away from each cell that has it gives the words back. Numbers are left alone.

Source: https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lunzheng.argmap import ArgumentMap, ContrastRow
from lunzheng.export.columns import CONFIGS, Config, place
from lunzheng.export.formats.exported import Exported
from lunzheng.export.rows import Row, Value, rows

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
_BOM = "\ufeff"  # without it Excel takes UTF-8 for the system's code page
_DOCUMENT = ("doc_id", "title", "script", "sha256", "encoding", "schema_version", "pipeline_version", "model_name")
_TABLES: tuple[Config, ...] = ("units", "relations", "causal")

_PASSAGE = place()  # from the first to the last word of a relation: long, and told by the offsets of its ends


def csv_tables(maps: Sequence[ArgumentMap]) -> Exported:
    """All maps as six tables, rows in the order of *maps*; ``doc_id`` joins them."""
    whole = list(rows(maps, "documents"))
    tables: dict[str, tuple[Sequence[str], Iterable[Row]]] = {
        "documents": ((*_DOCUMENT, "model_sha256", "config_sha256", "source", "text"), whole),
        "strategies": (("doc_id", "id", "name", "actors", "cues", "score"), _strategies(whole)),
        "contrast": (("doc_id", "facet", "side", "unit"), _contrast(maps)),
    }
    for name in _TABLES:
        tables[name] = tuple(c for c in CONFIGS[name] if name == "units" or c not in _PASSAGE), rows(maps, name)
    return Exported({f"{name}.csv": _table(*table) for name, table in tables.items()})


def cell(value: Value) -> str | int | float:
    """A value as a cell that no spreadsheet takes for a formula; lists as JSON, None as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return value
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{words}" if words.startswith(_FORMULA) else words


def _table(columns: Sequence[str], found: Iterable[Row]) -> str:
    file = io.StringIO()
    file.write(_BOM)
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([cell(row[name]) for name in columns] for row in found)
    return file.getvalue()


def _strategies(documents: Iterable[Row]) -> Iterator[Row]:
    for document in documents:
        found = document["strategies"]
        assert isinstance(found, list)
        yield from ({"doc_id": document["doc_id"], **strategy} for strategy in found if isinstance(strategy, Mapping))


def _contrast(maps: Iterable[ArgumentMap]) -> Iterator[Row]:
    """A row for each unit in the contrast table; the common ground under the facet of that name."""
    for argument_map in maps:
        contrast = argument_map.contrast
        parts = [(row.facet, side, ids) for row in contrast.rows for side, ids in _sides(row)]
        for facet, side, ids in [*parts, ("common_ground", "both", contrast.common_ground)]:
            for unit in ids:
                yield {"doc_id": argument_map.document.id, "facet": facet, "side": side, "unit": unit}


def _sides(row: ContrastRow) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return ("A", row.A), ("B", row.B), ("both", row.both)
