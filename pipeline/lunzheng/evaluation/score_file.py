"""What ``lunzheng eval`` measures, as it is written to ``docs/scores.json``."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from lunzheng.errors import InputError


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Score(_Part):
    """A micro-averaged score with the 95 % interval of a bootstrap over articles, and the baseline's score."""

    score: float
    low: float
    high: float
    baseline: float


class CalibrationError(_Part):
    """How far the confidences of one kind are from the share of them that is right.

    ``confidence`` and ``right`` are means over all *n* findings, ``error`` is the expected calibration error.
    """

    n: int
    confidence: float
    right: float
    error: float


class CurvePoint(_Part):
    """What is found at one ``min_confidence``, and how much of it is right."""

    min_confidence: float
    n_found: int
    precision: float
    recall: float


class GroupScores(_Part):
    """Scores over the articles of one group."""

    n_articles: int
    scores: dict[str, float]


class AlteredScores(_Part):
    """Scores on altered articles, and how much they are above those on the same articles as they are."""

    n_articles: int
    scores: dict[str, float]
    change: dict[str, float]


class ScoreFile(_Part):
    """Everything that was measured of one model on one split."""

    model: str = ""
    split: str = ""
    n_articles: int = 0
    scores: dict[str, Score]
    calibration: dict[str, CalibrationError] = {}
    curve: dict[str, list[CurvePoint]] = {}
    groups: dict[str, dict[str, GroupScores]] = {}
    robust: dict[str, AlteredScores] = {}


def read_scores(path: Path) -> ScoreFile:
    """Read a file of scores.

    Raises:
        InputError: it is absent or not what ``lunzheng eval --out`` writes.
    """
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        # files of version 0.1.0 hold the scores alone
        return ScoreFile.model_validate(values if "scores" in values else {"scores": values})
    except (OSError, ValueError, TypeError, ValidationError) as error:
        raise InputError(f"{path}: expected scores as lunzheng eval --out writes them ({error})") from error
