"""The columns of the exported dataset, apart from any library that stores them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from lunzheng.argmap import EdgeType, StrategyId
from lunzheng.labels import CAUSAL_KINDS, FACETS, POLARITIES, SIDES, UNIT_TYPES, Script

Scalar = Literal["string", "int32", "float64", "bool"]
Config = Literal["documents", "units", "relations", "causal"]


@dataclass(frozen=True)
class Label:
    """A closed vocabulary, stored as the index of its name."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Many:
    """A list of one kind of value."""

    item: Column


Column: TypeAlias = "Scalar | Label | Many | Mapping[str, Column]"
Columns: TypeAlias = Mapping[str, Column]


def place(prefix: str = "") -> Columns:
    """The columns of words in the text: clean and raw offsets in code points, and the words."""
    offsets: Columns = {f"{prefix}{bound}": "int32" for bound in ("start", "end", "raw_start", "raw_end")}
    return {**offsets, f"{prefix}text": "string"}


UNIT: Columns = {
    "id": "string",
    **place(),
    "label": Label(UNIT_TYPES),
    "side": Label(SIDES),
    "facet": Label(FACETS),
    "central": "bool",
    "section": "string",
    "score": "float64",
}
RELATION: Columns = {
    "id": "string",
    "from_id": "string",
    "to_id": "string",
    "label": Label(get_args(EdgeType)),
    "score": "float64",
    "causal_relation": "string",
}
CAUSAL: Columns = {
    "id": "string",
    **place("cause_"),
    **place("effect_"),
    **place("connective_"),
    "label": Label(CAUSAL_KINDS),
    "polarity": Label(POLARITIES),
    "source_node": "string",
    "target_node": "string",
    "score": "float64",
}
_IDS = Many("string")
_SPAN: Columns = {"start": "int32", "end": "int32"}
DOCUMENT: Columns = {
    "doc_id": "string",
    "source": "string",
    "title": "string",
    "script": Label(get_args(Script)),
    "text": "string",
    "sha256": "string",
    "encoding": "string",
    "sentences": Many(_SPAN),
    "discourse_units": Many(_SPAN),
    "cleaning": Many({"raw_start": "int32", "raw_end": "int32", "reason": "string", "replacement": "string"}),
    "strategies": Many(
        {"id": Label(get_args(StrategyId)), "name": "string", "actors": _IDS, "cues": _IDS, "score": "float64"}
    ),
    "units": Many(UNIT),
    "relations": Many(RELATION),
    "causal": Many(CAUSAL),
    "contrast": Many({"facet": Label(FACETS), "A": _IDS, "B": _IDS, "both": _IDS}),
    "common_ground": _IDS,
    "schema_version": "string",
    "pipeline_version": "string",
    "model_name": "string",
    "model_sha256": "string",
    "config_sha256": "string",
}


def flat(*parts: Columns) -> Columns:
    """The columns of a table of its own, with the document that each row belongs to."""
    own: dict[str, Column] = {"doc_id": "string"}
    for part in parts:
        own |= part
    return own | {"source": "string"}


CONFIGS: Mapping[Config, Columns] = {
    "documents": DOCUMENT,
    "units": flat(UNIT),
    "relations": flat(RELATION, place(), place("from_"), place("to_")),
    "causal": flat(CAUSAL, place()),
}
