"""What one page knows: the map, and what is cheaper to work out here than in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lunzheng.argmap import ArgumentMap, MapDocument
from lunzheng.export.outline import outline, unlinked
from lunzheng.export.words import CHINESE
from lunzheng.labels import FACETS, SIDES, UNIT_TYPES
from lunzheng.store import sha256_bytes
from lunzheng.view._opencc import other_script
from lunzheng.view.events import event_graph

_RAW = 600  # code points of the raw page that are shown for a unit; HTML can stand long between two words


def map_payload(argument_map: ArgumentMap, index: str | None = None) -> dict[str, Any]:
    """The data of a map's page, fit for JSON.

    Args:
        argument_map: any valid map.
        index: relative address of the page that lists all maps.
    """
    graph = event_graph(argument_map)
    return {
        "map": argument_map.model_dump(mode="json"),
        "index": index,
        "trees": [[_line(line) for line in tree] for tree in outline(argument_map)],
        "unlinked": [node.id for node in unlinked(argument_map)],
        "events": [event._asdict() for event in graph.events],
        "causes": [cause._asdict() for cause in graph.causes],
        "sameUnit": graph.same_unit,
        "other": _other(argument_map),
        "raw": _raw_words(argument_map),
        "chinese": dict(CHINESE),
        "types": UNIT_TYPES,
        "sides": SIDES,
        "facets": FACETS,
    }


def _line(line: Any) -> dict[str, Any]:
    edge = line.edge.id if line.edge is not None else None
    return {"node": line.node.id, "edge": edge, "depth": line.depth, "seen": line.seen}


def _other(argument_map: ArgumentMap) -> dict[str, Any]:
    """The same words in the other script."""
    document = argument_map.document

    def change(words: str) -> str:
        return other_script(words, document.script)

    return {
        "text": change(document.text),
        "title": change(document.title or document.id),
        "strategies": [
            {"name": change(s.name), "actors": [*map(change, s.actors)], "cues": [*map(change, s.cues)]}
            for s in argument_map.strategies
        ],
    }


def _raw_words(argument_map: ArgumentMap) -> dict[str, str]:
    """What the source says for each unit, where that differs from the map; empty where the source is gone."""
    raw = decoded_source(argument_map.document)
    if raw is None:
        return {}
    words = {n.id: n.raw_span.of(raw) for n in argument_map.nodes}
    shown = {n.id: words[n.id] for n in argument_map.nodes if words[n.id] != n.text}
    return {i: w if len(w) <= _RAW else f"{w[:_RAW]}…" for i, w in shown.items()}


def decoded_source(document: MapDocument) -> str | None:
    """The source that a map was made of; None where it is not there or no longer what it was."""
    try:
        data = Path(document.source).read_bytes()
        # The hash also keeps a map from somewhere else from naming just any file of this machine.
        if sha256_bytes(data) != document.sha256:
            return None
        return data.decode(document.encoding, errors="replace")
    except (OSError, ValueError, LookupError):
        return None
