"""``lunzheng train``, ``lunzheng tune``, ``lunzheng base adapt`` and ``lunzheng base check``."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from lunzheng.config import LinkConfig, ModelConfig, read_config
from lunzheng.corpus.folder import read_split
from lunzheng.extract.load import THRESHOLDS, load_predictor
from lunzheng.training.config import AdaptConfig, TrainConfig


def train_command(
    config: Path,
    corpus: Path,
    datasets: Path | None,
    base: str | None,
    seed: int | None,
    work: Path,
    out: Path,
) -> None:
    """Train on the corpus' training split and, where given, the discourse treebank."""
    from lunzheng.training.gcdt import read_tok
    from lunzheng.training.loop import Trainer, TrainingData

    values = read_config(config, TrainConfig)
    changes = {k: v for k, v in (("base", base), ("seed", seed)) if v is not None}
    articles = read_split(corpus, "train")
    discourse = read_tok(datasets / "gcdt" / "train.tok") if datasets is not None else []
    console = Console(stderr=True)
    if not discourse:
        console.print("no --datasets: the discourse-unit head stays untrained")
    trainer = Trainer(values.model_copy(update=changes), TrainingData(articles, discourse), work)
    trainer.run(out)
    console.print(f"{out}: model written; next: lunzheng tune {out}")


def tune_command(model: Path, corpus: Path) -> None:
    """Choose thresholds on the dev split and write them beside the weights."""
    from lunzheng.store import write_atomic
    from lunzheng.training.tuning import tune_thresholds

    predictor = load_predictor(ModelConfig(), model)
    thresholds = tune_thresholds(predictor, read_split(corpus, "dev"), LinkConfig())
    write_atomic(model / THRESHOLDS, thresholds.model_dump_json(indent=1) + "\n")
    Console().print(thresholds.model_dump())


def adapt_command(config: Path, texts: Path, out: Path) -> None:
    """Continue the masked-LM pretraining of the base encoder."""
    from lunzheng.training.masked_lm import adapt, read_texts

    values = read_config(config, AdaptConfig)
    adapt(values, read_texts(texts, values.files), out)
    Console(stderr=True).print(f"{out}: encoder written; next: lunzheng train --base {out}")


def check_base_command(wheel: Path) -> int:
    """Compare sentence vectors of the conversion with those of the wheel's own engine.

    Returns:
        0 when all cosines reach the bound that 4-bit arithmetic allows, 1 otherwise.
    """
    from lunzheng.training.base_oracle import LEAST_COSINE, compare_with_engine

    console = Console()
    rows = compare_with_engine(wheel)
    for text, cosine, same_tokens in rows:
        console.print(
            f"{cosine:.5f}  {'same number of tokens' if same_tokens else 'OTHER TOKENS'}  {text}", highlight=False
        )
    fine = all(cosine >= LEAST_COSINE and same for _, cosine, same in rows)
    console.print(f"least cosine expected: {LEAST_COSINE}; {'passed' if fine else 'FAILED'}")
    return 0 if fine else 1
