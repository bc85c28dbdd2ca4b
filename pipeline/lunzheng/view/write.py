"""The pages of a run: one per map, and one that lists them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lunzheng.argmap import ArgumentMap, read_map
from lunzheng.errors import InputError
from lunzheng.export.words import CHINESE
from lunzheng.report import Counts
from lunzheng.store import MAPS, map_files, safe_name, write_atomic
from lunzheng.view._opencc import other_script
from lunzheng.view.page import page
from lunzheng.view.payload import map_payload

VIEW = "view"
_INDEX = "index.html"
_STYLES = ("base.css",)
_MAP_STYLES = (*_STYLES, "map.css", "graph.css", "print.css")
_COMMON = ("words.js", "common.js")
_MAP_SCRIPTS = (
    "dagre.min.js",
    *_COMMON,
    "model.js",
    "article.js",
    "cards.js",
    "arguments.js",
    "graph.js",
    "causes.js",
    "detail.js",
    "map.js",
)


def write_view(out: Path) -> list[Path]:
    """Write ``index.html`` and one self-contained page per map; they open from disk without a network.

    Args:
        out: the output folder of a run.

    Returns:
        The index, then the pages of the maps in order of their files' names. A file that is no map
        gets no page; the index says what is wrong with it.

    Raises:
        InputError: the folder has no maps.
    """
    files = map_files(out)
    if not files:
        raise InputError(f"{out / MAPS}: expected the maps of a run, found none; give the --out of `lunzheng run`")
    entries: list[dict[str, Any]] = []
    pages: list[Path] = []
    for file in files:
        try:
            argument_map = read_map(file)
        except InputError as error:
            entries.append({"file": None, "title": file.name, "problem": str(error)})
            continue
        name = f"{safe_name(argument_map.document.id)}.html"
        pages.append(write_atomic(out / VIEW / name, map_page(argument_map, f"../{_INDEX}")))
        entries.append(_entry(argument_map, name))
    return [write_atomic(out / _INDEX, index_page(entries)), *pages]


def map_page(argument_map: ArgumentMap, index: str | None = None) -> str:
    """The page of one map, as HTML that needs no other file.

    Args:
        argument_map: any valid map.
        index: relative address of the page that lists all maps, if there is one.
    """
    document = argument_map.document
    data = map_payload(argument_map, index)
    return page("map.html", _MAP_STYLES, _MAP_SCRIPTS, document.title or document.id, data)


def index_page(entries: Sequence[dict[str, Any]]) -> str:
    """The page that lists all maps of a run, with the words of their units to search in."""
    data = {"articles": entries, "chinese": dict(CHINESE)}
    return page("index.html", (*_STYLES, "index.css"), (*_COMMON, "index.js"), "论证图 argument maps", data)


def _entry(argument_map: ArgumentMap, name: str) -> dict[str, Any]:
    document, counts = argument_map.document, Counts.of(argument_map)

    def change(words: str) -> str:
        return other_script(words, document.script)

    return {
        "file": name,
        "title": document.title or document.id,
        "source": document.source,
        "characters": len(document.text),
        "claims": counts.claims,
        "evidence": counts.evidence,
        "relations": counts.relations,
        "causal": counts.causal,
        "strategies": [{"id": s.id, "name": s.name} for s in argument_map.strategies],
        "other": change("\n".join([document.title or document.id, *(s.name for s in argument_map.strategies)])),
        "units": [[n.id, n.text, change(n.text)] for n in sorted(argument_map.nodes, key=lambda n: (n.span, n.id))],
    }
