"""The extra scores as rows of cells, for the terminal and for Markdown alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lunzheng.evaluation.score_file import ScoreFile

_KINDS = {"units": "units", "links": "supports, attacks", "contrasts": "contrasts", "causal": "causal relations"}
_MAIN = ("units span", "units typed", "side", "facet", "relations", "causal", "strategies named", "central")


class ScoreCells(NamedTuple):
    """A table: what it shows, the heads of its columns, its rows."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def extra_tables(scores: ScoreFile) -> Iterator[ScoreCells]:
    """Calibration, curve, groups and robustness, each where it was measured."""
    if scores.calibration:
        yield _calibration(scores)
    if scores.curve:
        yield _curve(scores)
    for grouping, groups in scores.groups.items():
        rows = tuple(
            (name, str(g.n_articles), *(f"{g.scores[k]:.2f}" if k in g.scores else "" for k in _MAIN))
            for name, g in groups.items()
        )
        yield ScoreCells(f"Scores by {grouping}", (grouping, "articles", *_MAIN), rows)
    if scores.robust:
        yield _robust(scores)


def _calibration(scores: ScoreFile) -> ScoreCells:
    rows = tuple(
        (_KINDS.get(kind, kind), str(e.n), f"{e.confidence:.2f}", f"{e.right:.2f}", f"{e.error:.3f}")
        for kind, e in scores.calibration.items()
    )
    return ScoreCells("Confidence against rightness", ("kind", "found", "mean confidence", "right", "ECE"), rows)


def _curve(scores: ScoreFile) -> ScoreCells:
    heads = tuple(f"{name} {what}" for name in scores.curve for what in ("precision", "recall"))
    rows = tuple(
        (f"{points[0].min_confidence:.1f}", *(f"{v:.2f}" for p in points for v in (p.precision, p.recall)))
        for points in zip(*scores.curve.values(), strict=True)
    )
    return ScoreCells("Precision and recall by min_confidence", ("min_confidence", *heads), rows)


def _robust(scores: ScoreFile) -> ScoreCells:
    rows = tuple(
        (name, str(r.n_articles), *(_changed(r.scores[k], r.change[k]) for k in _MAIN))
        for name, r in scores.robust.items()
    )
    return ScoreCells(
        "Altered articles, with the change from the same articles as written", ("articles", "n", *_MAIN), rows
    )


def _changed(score: float, change: float) -> str:
    return f"{score:.2f} ({change:+.2f})" if round(change, 2) else f"{score:.2f}"
