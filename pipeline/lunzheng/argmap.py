"""ArgumentMap: the JSON contract of one article's map, as pydantic models."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lunzheng.errors import InputError
from lunzheng.labels import CausalKind, Facet, Polarity, Script, Side, UnitType
from lunzheng.spans import Span

SCHEMA_VERSION = "1.0"
EdgeType = Literal["supports", "attacks", "contrasts", "causes"]
StrategyId = Literal["A", "B"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="allow")


class Anchor(_Part):
    """Words of the article and where they stand."""

    text: str
    span: Span = Field(description="[start, end) into document.text")
    raw_span: Span = Field(description="[start, end) into the decoded source")


class CleaningNote(_Part):
    """What cleaning dropped (no replacement) or repaired."""

    raw_span: Span
    reason: str
    replacement: str | None = None


class MapDocument(_Part):
    """The article itself."""

    id: str
    source: str
    title: str | None
    script: Script
    text: str
    sha256: str
    encoding: str
    sentences: tuple[Span, ...]
    discourse_units: tuple[Span, ...]
    cleaning: tuple[CleaningNote, ...]


class MapStrategy(_Part):
    """One of the two contrasted strategies."""

    id: StrategyId
    name: str
    actors: tuple[str, ...]
    cues: tuple[str, ...]
    confidence: float = Field(ge=0, le=1)


class Node(Anchor):
    """A claim or a piece of evidence."""

    id: str
    type: UnitType
    side: Side
    facet: Facet
    central: bool
    section: str | None
    confidence: float = Field(ge=0, le=1)


class Edge(_Part):
    """A relation between two nodes; ``causes`` edges are lifted from a causal relation."""

    id: str
    source: str
    target: str
    type: EdgeType
    confidence: float = Field(ge=0, le=1)
    causal_relation: str | None = None


class CausalRelation(_Part):
    """A cause and an effect that the text itself connects."""

    id: str
    cause: Anchor
    effect: Anchor
    connective: Anchor | None
    kind: CausalKind
    polarity: Polarity
    source_node: str | None
    target_node: str | None
    confidence: float = Field(ge=0, le=1)


class ContrastRow(_Part):
    """What each side says under one facet: ids of nodes."""

    facet: Facet
    A: tuple[str, ...]
    B: tuple[str, ...]
    both: tuple[str, ...]


class Contrast(_Part):
    """The two strategies side by side."""

    rows: tuple[ContrastRow, ...]
    common_ground: tuple[str, ...] = Field(description="nodes that state what the two share")


class ModelStamp(_Part):
    """Which weights made the map."""

    name: str
    sha256: str


class MergedSource(_Part):
    """A near-duplicate of the article that the map stands for, too."""

    source: str
    sha256: str
    similarity: float = Field(ge=0, le=1, description="share of character n-grams in common")


class Provenance(_Part):
    """What made the map."""

    pipeline_version: str
    model: ModelStamp
    config_sha256: str
    merged: tuple[MergedSource, ...] = Field((), description="near-duplicates in the same run, by name")


class ArgumentMap(_Part):
    """One article's argument map; all spans are ``[start, end)`` in Unicode code points."""

    schema_version: str
    document: MapDocument
    strategies: tuple[MapStrategy, ...] = Field(max_length=2)
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    causal_relations: tuple[CausalRelation, ...]
    contrast: Contrast
    provenance: Provenance

    def to_json(self) -> str:
        """The map as JSON text, the same bytes for the same map."""
        return self.model_dump_json(indent=1) + "\n"

    def node(self, node_id: str) -> Node:
        """The node called *node_id*.

        Raises:
            KeyError: the map has no such node.
        """
        for node in self.nodes:
            if node.id == node_id:
                return node
        raise KeyError(node_id)


def read_map(path: Path) -> ArgumentMap:
    """Read a map from a JSON file.

    Raises:
        InputError: the file is absent, is no argument map, or has another major schema version.
    """
    try:
        argument_map = ArgumentMap.model_validate_json(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); give the JSON file of a map") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "top level"
        raise InputError(f"{path}: not an argument map: at {place}: {first['msg']}") from error
    if argument_map.schema_version.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
        raise InputError(
            f"{path}: schema version {argument_map.schema_version}; this lunzheng reads {SCHEMA_VERSION}. "
            "Make the map again, or install the lunzheng that made it"
        )
    return argument_map
