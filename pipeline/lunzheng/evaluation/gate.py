"""Floors below which no score may fall, and the record of what they were measured on."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lunzheng.corpus.folder import read_splits
from lunzheng.errors import CorpusError, LunzhengError
from lunzheng.store import sha256_bytes, sha256_file

TOLERANCE = 0.01
_PLACES = 4


class GateError(LunzhengError):
    """Floors that are missing, damaged, or of another corpus."""


class Baseline(BaseModel):
    """``tests/gate/baseline.json``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tolerance: float = Field(ge=0, description="how far below the measured scores the floors lie")
    model: str = Field(description="SHA-256 of the model folder that set the floors")
    corpus: str = Field(description="SHA-256 of the test articles that the floors hold for")
    floors: dict[str, float]


@dataclass(frozen=True)
class Fall:
    """A score under its floor; no score where it was not measured."""

    name: str
    floor: float
    score: float | None


def read_baseline(path: Path) -> Baseline:
    """Read the floors.

    Raises:
        GateError: there are none, or the file is damaged.
    """
    try:
        return Baseline.model_validate_json(path.read_bytes())
    except OSError as error:
        raise GateError(
            f"{path}: no floors there ({error.strerror}); write them with lunzheng gate --update"
        ) from error
    except ValidationError as error:
        raise GateError(f"{path}: not a file of floors: {error.errors()[0]['msg']}; restore it from git") from error


def corpus_fingerprint(corpus: Path, split: str = "test") -> str:
    """SHA-256 over the names and files of the split's articles, in the order of their names.

    Raises:
        CorpusError: the splits or an article are absent.
    """
    lines = []
    for name in sorted(read_splits(corpus)[split]):
        path = corpus / "articles" / f"{name}.txt"
        if not path.exists():
            raise CorpusError(f"{corpus}/splits.json: split {split!r} names {name!r}, which is not in the corpus")
        lines.append(f"{name} {sha256_file(path)}")
    return sha256_bytes("\n".join(lines).encode())


def check_corpus(baseline: Baseline, corpus: str, where: Path) -> None:
    """Refuse to compare scores of one corpus with floors of another.

    Raises:
        GateError: the fingerprints differ.
    """
    if corpus != baseline.corpus:
        raise GateError(
            f"{where}: expected the corpus {baseline.corpus[:12]} that the floors were measured on, found "
            f"{corpus[:12]}; measure new floors with lunzheng gate --update"
        )


def falls(baseline: Baseline, scores: Mapping[str, float]) -> list[Fall]:
    """The scores under their floors, and floors without a score, by name."""
    return [
        Fall(name, floor, scores.get(name))
        for name, floor in sorted(baseline.floors.items())
        if name not in scores or scores[name] < floor
    ]


def new_baseline(scores: Mapping[str, float], model: str, corpus: str) -> Baseline:
    """Floors :data:`TOLERANCE` below *scores*, rounded down."""
    unit = 10**_PLACES
    floors = {k: max(0.0, math.floor(round((v - TOLERANCE) * unit, 3)) / unit) for k, v in sorted(scores.items())}
    return Baseline(tolerance=TOLERANCE, model=model, corpus=corpus, floors=floors)


def lowered(old: Baseline, new: Baseline) -> list[Fall]:
    """Floors that *new* would lower or lose; ``score`` is the new floor."""
    return falls(old, new.floors)


def log_entry(day: str, reason: str, fallen: list[Fall], model: str, corpus: str) -> str:
    """What the lab log says of floors that were lowered."""
    rows = [f"| {f.name} | {f.floor:.4f} | {'gone' if f.score is None else format(f.score, '.4f')} |" for f in fallen]
    return "\n".join(
        [
            f"## {day} — gate floors lowered",
            "",
            f"{' '.join(reason.split())} (model {model[:12]}, corpus {corpus[:12]})",
            "",
            "| score | floor before | floor now |",
            "| --- | --- | --- |",
            *rows,
            "",
        ]
    )


def add_to_log(log: str, entry: str) -> str:
    """*log* with *entry* before its first entry, since the newest stands first; at its end where there is none."""
    head, found, rest = log.partition("\n## ")
    return f"{head.rstrip()}\n\n{entry}{found}{rest}" if found else f"{head.rstrip()}\n\n{entry}"
