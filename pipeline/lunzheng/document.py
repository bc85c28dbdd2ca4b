"""The one typed Document that flows through every stage."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from lunzheng.argmap import ArgumentMap
from lunzheng.labels import CausalKind, Facet, LinkType, Polarity, Script, Side, UnitType
from lunzheng.offsets import OffsetMap
from lunzheng.spans import Span

Status = Literal["success", "partial", "failure"]
InputKind = Literal["txt", "md", "html", "docx", "pdf"]


@dataclass(frozen=True)
class Source:
    """One article as it came: its bytes, or the text of a record, DOCX or PDF, and where it was found."""

    name: str  # path, URI or record key
    kind: InputKind
    data: bytes
    title: str | None = None  # given by a record or front matter
    sha256: str | None = None  # of the file, where *data* is text that was taken out of it


@dataclass(frozen=True)
class Edit:
    """Something that cleaning dropped (``replacement`` None) or repaired."""

    raw_span: Span
    reason: str
    replacement: str | None = None


@dataclass(frozen=True)
class CleanText:
    """The article's text with its way back to the decoded source."""

    text: str
    raw: str
    offsets: OffsetMap
    edits: tuple[Edit, ...]
    encoding: str
    script: Script
    title: str | None


@dataclass(frozen=True)
class Section:
    """A heading and the text under it, up to the next heading."""

    heading: Span | None
    span: Span


@dataclass(frozen=True)
class Segmentation:
    """Structure of the clean text; every list is in order of the text."""

    sections: tuple[Section, ...]
    paragraphs: tuple[Span, ...]
    headings: tuple[Span, ...]
    sentences: tuple[Span, ...]


@dataclass(frozen=True)
class Unit:
    """A claim or a piece of evidence, before it is linked."""

    span: Span
    type: UnitType
    side: Side
    facet: Facet
    central: bool
    confidence: float


@dataclass(frozen=True)
class Link:
    """A relation between two units, by their index in the list of units."""

    source: int
    target: int
    type: LinkType
    confidence: float


@dataclass(frozen=True)
class Causal:
    """A cause, its effect and what signals it."""

    cause: Span
    effect: Span
    connective: Span | None
    kind: CausalKind
    polarity: Polarity
    confidence: float


@dataclass(frozen=True)
class Strategy:
    """One of the two strategies that the article contrasts."""

    name: str
    actors: tuple[str, ...]
    cues: tuple[str, ...]
    confidence: float


@dataclass(frozen=True)
class Linked:
    """What linking decided: strategies (A first; none or two), units with sides, and links."""

    strategies: tuple[Strategy, ...]
    units: tuple[Unit, ...]
    links: tuple[Link, ...]
    causals: tuple[Causal, ...]


@dataclass(frozen=True)
class Problem:
    """An error or a caution that belongs to one document."""

    stage: str
    message: str


@dataclass
class Document:
    """One article on its way through the stages; each stage fills its own field."""

    source: Source
    clean: CleanText | None = None
    segmentation: Segmentation | None = None
    scores: object | None = None  # an extract.scores.DocumentScores; opaque here so the core needs no numpy
    discourse_units: tuple[Span, ...] | None = None
    linked: Linked | None = None
    argument_map: ArgumentMap | None = None
    status: Status = "success"
    problems: list[Problem] = field(default_factory=list)
    rejected: Counter[str] = field(default_factory=Counter)

    def fail(self, stage: str, message: str) -> None:
        """Record that *stage* could not do its work; later stages leave the document alone."""
        self.status = "failure"
        self.problems.append(Problem(stage, message))

    def caution(self, stage: str, message: str) -> None:
        """Record a problem that leaves the document usable."""
        if self.status == "success":
            self.status = "partial"
        self.problems.append(Problem(stage, message))
