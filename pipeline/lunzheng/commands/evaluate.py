"""``lunzheng eval``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from lunzheng.config import LinkConfig, ModelConfig
from lunzheng.corpus.folder import SPLITS, read_split
from lunzheng.errors import ConfigError
from lunzheng.evaluation.as_run import read_as_run
from lunzheng.evaluation.calibration import calibration_errors
from lunzheng.evaluation.curve import confidence_curve
from lunzheng.evaluation.evaluate import count_found, discourse_f1, read_articles, read_linked, score_found
from lunzheng.evaluation.groups import check_groupings, group_scores
from lunzheng.evaluation.robust import robustness
from lunzheng.evaluation.score_file import Score, ScoreFile
from lunzheng.export.score_print import score_print
from lunzheng.extract.load import load_predictor
from lunzheng.extract.predictor import Predictor
from lunzheng.run import default_model
from lunzheng.store import write_atomic


def evaluate_command(
    model: Path | None,
    corpus: Path,
    datasets: Path | None,
    split: str,
    out: Path | None,
    *,
    robust: bool = False,
    by: Sequence[str] = (),
) -> None:
    """Print all scores beside the baselines.

    Args:
        model: model folder; default: the shipped weights.
        corpus: labelled corpus.
        datasets: folder that holds the discourse treebank.
        split: which articles are scored.
        out: JSON file to write, too.
        robust: score the articles altered, too.
        by: groupings of the articles to score one by one.

    Raises:
        ConfigError: *split* or a grouping is unknown.
    """
    if split not in SPLITS:
        raise ConfigError(f"--split: expected one of {', '.join(SPLITS)}, found {split!r}")
    check_groupings(by)
    folder = model or default_model()
    predictor = load_predictor(ModelConfig(), folder)
    scores = measure(predictor, corpus, split, folder.name, robust=robust, by=by)
    if datasets is not None:
        scores = scores.model_copy(update={"scores": scores.scores | _discourse(predictor, datasets)})
    for table in score_print(scores):
        Console(width=140).print(table)
    if out is not None:
        write_atomic(out, scores.model_dump_json(indent=1) + "\n")


def measure(predictor: Predictor, corpus: Path, split: str, name: str, *, robust: bool, by: Sequence[str]) -> ScoreFile:
    """Read the split once, and once for each alteration, and score what was found in every way asked for."""
    articles = read_split(corpus, split)
    found = read_articles(articles, read_linked(predictor, LinkConfig()))
    counts = count_found(articles, found)
    return ScoreFile(
        model=name,
        split=split,
        n_articles=len(articles),
        scores=score_found(articles, found, read_split(corpus, "train")),
        calibration=calibration_errors(articles, found),
        curve=confidence_curve(articles, found),
        groups={grouping: group_scores(articles, counts, grouping) for grouping in by},
        robust=robustness(articles, read_as_run(predictor)) if robust else {},
    )


def _discourse(predictor: Predictor, datasets: Path) -> dict[str, Score]:
    from lunzheng.training.gcdt import read_tok

    found, trivial = discourse_f1(predictor, read_tok(datasets / "gcdt" / "dev.tok"))
    score = Score(score=found.score, low=found.score, high=found.score, baseline=trivial.score)
    return {"discourse units (GCDT dev)": score}
