"""Parts of a map as plain values, for formats that carry what they have no place for as JSON."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from lunzheng.argmap import ArgumentMap

CAUSE = "causes"


def values(part: BaseModel, *without: str) -> dict[str, Any]:
    """A part of a map as JSON values.

    Args:
        part: a node, an edge, …
        without: names of fields that stand elsewhere.
    """
    return part.model_dump(mode="json", exclude=set(without))


def remainder(argument_map: ArgumentMap) -> dict[str, Any]:
    """All of a map but the article's text, its units and the relations among them."""
    return {
        "schema_version": argument_map.schema_version,
        "document": values(argument_map.document, "text"),
        "strategies": [values(s) for s in argument_map.strategies],
        "causal_relations": [values(c) for c in argument_map.causal_relations],
        "contrast": values(argument_map.contrast),
        "provenance": values(argument_map.provenance),
    }


def inhibits(argument_map: ArgumentMap) -> frozenset[str]:
    """Ids of the causal relations in which the cause keeps the effect from happening."""
    return frozenset(c.id for c in argument_map.causal_relations if c.polarity == "inhibit")


def json_text(value: object) -> str:
    """The value as the text of a JSON file."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
