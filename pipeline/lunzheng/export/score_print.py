"""Scores as tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table

from lunzheng.evaluation.score_cells import extra_tables
from lunzheng.evaluation.score_file import ScoreFile


def score_print(scores: ScoreFile) -> Iterator[Table]:
    """The scores beside the baselines, then whatever else was measured."""
    title = f"{scores.model} on {scores.n_articles} {scores.split} articles"
    table = Table("score", "model", "95 % interval", "baseline", title=title)
    for name, score in scores.scores.items():
        table.add_row(name, f"{score.score:.3f}", f"{score.low:.3f}–{score.high:.3f}", f"{score.baseline:.3f}")
    yield table
    for extra in extra_tables(scores):
        more = Table(title=extra.title)
        for place, head in enumerate(extra.heads):
            more.add_column(head, no_wrap=place == 0)
        for row in extra.rows:
            more.add_row(*row)
        yield more
