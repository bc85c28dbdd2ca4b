"""``lunzheng errors``."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape

from lunzheng.config import LinkConfig, ModelConfig
from lunzheng.corpus.folder import SPLITS, read_split
from lunzheng.errors import ConfigError
from lunzheng.evaluation.evaluate import read_articles, read_linked
from lunzheng.export.mistakes_page import mistakes_page
from lunzheng.extract.load import load_predictor
from lunzheng.run import default_model
from lunzheng.store import write_atomic


def errors_command(model: Path | None, corpus: Path, split: str, out: Path) -> None:
    """Write the page of mistakes of one split.

    Raises:
        ConfigError: *split* is none of the corpus' splits.
    """
    if split not in SPLITS:
        raise ConfigError(f"--split: expected one of {', '.join(SPLITS)}, found {split!r}")
    folder = model or default_model()
    predictor = load_predictor(ModelConfig(), folder)
    articles = read_split(corpus, split)
    found = read_articles(articles, read_linked(predictor, LinkConfig()))
    write_atomic(out, mistakes_page(articles, found, f"{folder.name} on {len(articles)} {split} articles"))
    Console().print(escape(f"{out}: written"), soft_wrap=True, highlight=False)
