"""``lunzheng gate``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from lunzheng.config import LinkConfig, ModelConfig
from lunzheng.corpus.folder import read_split
from lunzheng.evaluation.gate import (
    Baseline,
    Fall,
    GateError,
    add_to_log,
    check_corpus,
    corpus_fingerprint,
    falls,
    log_entry,
    lowered,
    new_baseline,
    read_baseline,
)
from lunzheng.run import default_model
from lunzheng.store import sha256_folder, write_atomic

Scorer = Callable[[Path, Path], dict[str, float]]


def score_model(model: Path, corpus: Path) -> dict[str, float]:
    """All scores of a model on the test split."""
    from lunzheng.evaluation.counts import add_counts
    from lunzheng.evaluation.evaluate import count_articles, read_linked
    from lunzheng.extract.load import load_predictor

    predictor = load_predictor(ModelConfig(), model)
    counts = count_articles(read_split(corpus, "test"), read_linked(predictor, LinkConfig()))
    return {name: count.score for name, count in add_counts(counts).items()}


def gate_command(model: Path | None, corpus: Path, baseline: Path, scorer: Scorer = score_model) -> int:
    """Compare the test scores with their floors.

    Returns:
        0 when no score is under its floor, 1 otherwise.

    Raises:
        GateError: there are no floors, or they were measured on another corpus.
    """
    known = read_baseline(baseline)
    check_corpus(known, corpus_fingerprint(corpus), corpus)
    folder = model or default_model()
    fallen = falls(known, scorer(folder, corpus))
    console = Console(width=100)
    if fallen:
        _print(fallen, "floor", "score", f"{folder.name}: under the floors of {baseline}", console)
        return 1
    console.print(f"{folder.name}: all {len(known.floors)} scores at or above their floors", highlight=False)
    return 0


def update_command(
    model: Path | None,
    corpus: Path,
    baseline: Path,
    allow_lower: str | None,
    log: Path,
    scorer: Scorer = score_model,
) -> int:
    """Measure the floors anew.

    Args:
        model: model folder; default: the shipped weights.
        corpus: labelled corpus.
        baseline: file to write.
        allow_lower: why floors may fall; it goes into *log*.
        log: lab log.
        scorer: measures.

    Returns:
        0 when the floors were written, 1 when some would fall and no reason was given.

    Raises:
        GateError: the reason is empty, or the old floors are damaged.
    """
    if allow_lower is not None and not allow_lower.strip():
        raise GateError("--allow-lower: expected the reason why floors may fall, found nothing; say it in a few words")
    old = read_baseline(baseline) if baseline.exists() else None
    folder = model or default_model()
    new = new_baseline(scorer(folder, corpus), sha256_folder(folder), corpus_fingerprint(corpus))
    fallen = lowered(old, new) if old else []
    console = Console(width=100)
    if fallen:
        _print(fallen, "floor", "new floor", f"{baseline}: floors that would fall", console)
        if allow_lower is None:
            console.print('not written; give the reason with --allow-lower "…"', highlight=False)
            return 1
        _write_log(log, allow_lower, fallen, new)
    write_atomic(baseline, new.model_dump_json(indent=1) + "\n")
    console.print(f"{baseline}: {len(new.floors)} floors, {new.tolerance} below the scores", highlight=False)
    return 0


def _write_log(log: Path, reason: str, fallen: list[Fall], new: Baseline) -> None:
    text = log.read_text(encoding="utf-8") if log.exists() else "# Lab log\n"
    day = datetime.now(UTC).date().isoformat()
    write_atomic(log, add_to_log(text, log_entry(day, reason, fallen, new.model, new.corpus)))


def _print(fallen: list[Fall], before: str, after: str, title: str, console: Console) -> None:
    table = Table("score", before, after, "difference", title=title)
    for fall in fallen:
        told = ("not measured", "") if fall.score is None else (f"{fall.score:.4f}", f"{fall.score - fall.floor:+.4f}")
        table.add_row(fall.name, f"{fall.floor:.4f}", *told)
    console.print(table)
