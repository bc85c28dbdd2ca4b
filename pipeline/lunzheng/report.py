"""The report of a run: what became of every document, and of what was rejected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import get_args

from pydantic import BaseModel, ConfigDict, Field

from lunzheng import __version__
from lunzheng.argmap import ArgumentMap, ModelStamp
from lunzheng.document import Document, Status

REPORT_VERSION = "1.0"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Counts(_Part):
    """How much was found."""

    units: int = 0
    claims: int = 0
    evidence: int = 0
    relations: int = Field(0, description="edges between units, causes included")
    causal: int = 0
    strategies: int = 0

    @classmethod
    def of(cls, argument_map: ArgumentMap) -> Counts:
        """What one map holds."""
        types = Counter(node.type for node in argument_map.nodes)
        return cls(
            units=len(argument_map.nodes),
            claims=types["claim"],
            evidence=types["evidence"],
            relations=len(argument_map.edges),
            causal=len(argument_map.causal_relations),
            strategies=len(argument_map.strategies),
        )

    def __add__(self, other: Counts) -> Counts:
        return Counts(**{name: getattr(self, name) + getattr(other, name) for name in Counts.model_fields})


class ReportedProblem(_Part):
    """An error or a caution, and the stage that met it."""

    stage: str
    message: str


class DocumentReport(_Part):
    """What became of one document."""

    id: str
    source: str
    status: Status
    problems: tuple[ReportedProblem, ...] = ()
    counts: Counts = Counts()
    characters: int = Field(0, ge=0, description="code points of the cleaned text")
    cleaned: dict[str, int] = Field({}, description="edits of cleaning, by reason")
    rejected: dict[str, int] = Field({}, description="findings that were left out, by reason")
    map: str | None = Field(None, description="the map's file, relative to the output folder")
    duplicate_of: str | None = Field(None, description="the source in whose map this near-duplicate is named")
    resumed: bool = Field(False, description="the map of an earlier run was up to date")
    seconds: float | None = Field(None, ge=0, description="wall-clock time spent on it")


class Totals(_Part):
    """All documents of a run together."""

    documents: int
    resumed: int
    duplicates: int = Field(0, description="documents that another one's map stands for")
    status: dict[Status, int]
    counts: Counts
    characters: int
    cleaned: dict[str, int]
    rejected: dict[str, int]


class RunReport(_Part):
    """The report of one run; unlike a map it may tell the time."""

    report_version: str = REPORT_VERSION
    pipeline_version: str = __version__
    model: ModelStamp
    config_sha256: str
    started: datetime | None = None
    seconds: float | None = Field(None, ge=0, description="wall-clock time of the run")
    totals: Totals
    documents: tuple[DocumentReport, ...]

    def to_json(self) -> str:
        """The report as JSON text."""
        return self.model_dump_json(indent=1) + "\n"


def document_report(document: Document, doc_id: str | None = None, seconds: float | None = None) -> DocumentReport:
    """A document's line of the report.

    Args:
        document: after its last stage.
        doc_id: its id; default: the map's, or without a map the name of its source.
        seconds: wall-clock time spent on it.
    """
    found = document.argument_map
    clean = document.clean
    return DocumentReport(
        id=doc_id or (found.document.id if found else document.source.name),
        source=document.source.name,
        status=document.status,
        problems=tuple(ReportedProblem(stage=p.stage, message=p.message) for p in document.problems),
        counts=Counts.of(found) if found else Counts(),
        characters=len(clean.text) if clean else 0,
        cleaned=_merge([Counter(edit.reason for edit in clean.edits)]) if clean else {},
        rejected=_merge([document.rejected]),
        seconds=seconds,
    )


def run_report(
    documents: Sequence[DocumentReport],
    model: ModelStamp,
    config_sha256: str,
    started: datetime | None = None,
    seconds: float | None = None,
) -> RunReport:
    """The report of a run over *documents*, with their totals.

    Args:
        documents: in the order of the input.
        model: which weights were used.
        config_sha256: of the resolved configuration.
        started: when the run began, with its time zone.
        seconds: wall-clock time of the run.
    """
    status = Counter(d.status for d in documents)
    totals = Totals(
        documents=len(documents),
        resumed=sum(d.resumed for d in documents),
        duplicates=sum(d.duplicate_of is not None for d in documents),
        status={name: status[name] for name in get_args(Status)},
        counts=sum((d.counts for d in documents), Counts()),
        characters=sum(d.characters for d in documents),
        cleaned=_merge(d.cleaned for d in documents),
        rejected=_merge(d.rejected for d in documents),
    )
    return RunReport(
        model=model,
        config_sha256=config_sha256,
        started=started,
        seconds=seconds,
        totals=totals,
        documents=tuple(documents),
    )


def _merge(counts: Iterable[dict[str, int]]) -> dict[str, int]:
    """The sum of counters, in order of their keys."""
    total: Counter[str] = Counter()
    for part in counts:
        total.update(part)
    return dict(sorted(total.items()))
