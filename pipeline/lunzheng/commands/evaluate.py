"""``lunzheng eval``."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from lunzheng.config import ModelConfig
from lunzheng.corpus.folder import SPLITS, read_split
from lunzheng.errors import ConfigError
from lunzheng.evaluation.evaluate import Score, discourse_f1, evaluate
from lunzheng.extract.load import load_predictor
from lunzheng.run import default_model
from lunzheng.store import write_atomic


def evaluate_command(model: Path | None, corpus: Path, datasets: Path | None, split: str, out: Path | None) -> None:
    """Print all scores beside the baselines.

    Raises:
        ConfigError: *split* is none of the corpus' splits.
    """
    if split not in SPLITS:
        raise ConfigError(f"--split: expected one of {', '.join(SPLITS)}, found {split!r}")
    folder = model or default_model()
    predictor = load_predictor(ModelConfig(), folder)
    articles = read_split(corpus, split)
    scores = evaluate(predictor, articles, read_split(corpus, "train"))
    if datasets is not None:
        from lunzheng.training.gcdt import read_tok

        found, trivial = discourse_f1(predictor, read_tok(datasets / "gcdt" / "dev.tok"))
        scores["discourse units (GCDT dev)"] = Score(found.score, found.score, found.score, trivial.score)
    _print(scores, f"{folder.name} on {len(articles)} {split} articles")
    if out is not None:
        write_atomic(out, json.dumps({k: asdict(v) for k, v in scores.items()}, indent=1) + "\n")


def _print(scores: dict[str, Score], title: str) -> None:
    table = Table("score", "model", "95 % interval", "baseline", title=title)
    for name, score in scores.items():
        table.add_row(name, f"{score.score:.3f}", f"{score.low:.3f}–{score.high:.3f}", f"{score.baseline:.3f}")
    Console(width=100).print(table)
