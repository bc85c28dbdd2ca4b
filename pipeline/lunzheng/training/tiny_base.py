"""The toy model of the tests: a random little BERT, trained in seconds on four articles.

Rebuild it after a change of the network or of its files (under a minute on one core)::

    python -m lunzheng.training.tiny_base --corpus corpus --out models/tiny
"""

from __future__ import annotations

import argparse
import string
import tempfile
from collections.abc import Sequence
from pathlib import Path

from lunzheng.config import read_config
from lunzheng.corpus.article import LabelledArticle
from lunzheng.corpus.folder import read_splits
from lunzheng.corpus.markup import read_article
from lunzheng.errors import CorpusError
from lunzheng.extract.thresholds import Thresholds
from lunzheng.extract.view import model_view
from lunzheng.training.base_encoder import build_tokenizer, is_needed, save_tokenizer
from lunzheng.training.config import TrainConfig
from lunzheng.training.gcdt import DiscourseDocument

_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")  # the order of the real encoder's vocabulary
_SIGNS = "，。、；：！？“”‘’（）《》〈〉【】—…·％-,.;:!?\"'()[]/%&+~"
_WIDTH, _LAYERS, _HEADS, _POSITIONS = 48, 2, 4, 128
# of the training split, short, two in each script; named so that a growing corpus does not change the toy
_ARTICLES = ("city-marathon-cap", "dialect-broadcast", "film-long-short", "parking-fee-raise")
_STOPS = "，。；：！？"
# a toy is never sure: low bars, so that the tests have something of every kind to look at
_THRESHOLDS = Thresholds(
    none_unit=0.95,
    span_bias=1.0,
    causal=0.3,
    contrast=0.3,
    root_bias=-1.0,
    mention_bias=1.5,
    candidate=0.3,
    two_strategies=0.2,
)


def make_tiny_base(texts: Sequence[str], out: Path, seed: int = 1) -> int:
    """Write a Hugging Face folder with a random two-layer BERT and a tokenizer of single characters.

    Args:
        texts: give the Han characters of the vocabulary.
        out: folder to write.
        seed: of the weights.

    Returns:
        How many pieces the vocabulary holds.
    """
    import torch
    from transformers import BertConfig, BertModel

    pieces = _pieces(texts)
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=_WIDTH,
        num_hidden_layers=_LAYERS,
        num_attention_heads=_HEADS,
        intermediate_size=2 * _WIDTH,
        max_position_embeddings=_POSITIONS,
        type_vocab_size=1,
        initializer_range=0.1,  # the usual 0.02 is too small for so narrow a network to start from
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(out)
    save_tokenizer(build_tokenizer(pieces), out, _POSITIONS)
    return len(pieces)


def _pieces(texts: Sequence[str]) -> list[tuple[str, float]]:
    """Special pieces, then single characters, each as likely as any other."""
    signs = {*_SIGNS, *string.digits, *string.ascii_letters, "\u2581"}
    seen = {char for text in texts for char in model_view(text)} | signs
    characters = sorted(char for char in seen if is_needed(char))
    return [*((piece, 0.0) for piece in _SPECIAL), *((char, -8.0) for char in characters)]


def clause_document(article: LabelledArticle) -> DiscourseDocument:
    """An article as if each clause were a discourse unit: no treebank is needed to fill that head."""
    text = article.text.replace("\n", "")
    starts = frozenset(i for i in range(len(text)) if i == 0 or (text[i - 1] in _STOPS and text[i] not in _STOPS))
    return DiscourseDocument(article.meta.id, text, tuple(range(len(text))), starts)


def training_articles(corpus: Path) -> list[LabelledArticle]:
    """The four articles that the toy learns.

    Raises:
        CorpusError: the training split lacks one of them.
    """
    missing = sorted({*_ARTICLES} - {*read_splits(corpus)["train"]})
    if missing:
        raise CorpusError(f"{corpus}: the toy learns {missing[0]!r}, which is not in the training split; name another")
    return _read(corpus, _ARTICLES)


def _read(corpus: Path, names: Sequence[str]) -> list[LabelledArticle]:
    """Only these files: an article that is being written beside them does no harm."""
    paths = [corpus / "articles" / f"{name}.txt" for name in names]
    return [read_article(path.read_text(encoding="utf-8"), str(path)) for path in paths]


def make_tiny_model(corpus: Path, config: Path, out: Path) -> None:
    """Train the toy and write its model folder.

    Args:
        corpus: labelled corpus; its training split gives the vocabulary.
        config: ``configs/tiny.yaml``; its ``base`` is not read.
        out: model folder to write.
    """
    import torch

    from lunzheng.extract.load import THRESHOLDS
    from lunzheng.store import write_atomic
    from lunzheng.training.loop import Trainer, TrainingData

    torch.set_num_threads(1)  # the same sums, and so the same weights, on any machine of one kind
    articles = training_articles(corpus)
    with tempfile.TemporaryDirectory() as scratch:
        base = Path(scratch) / "base"
        make_tiny_base([a.text for a in _read(corpus, read_splits(corpus)["train"])], base)
        values = read_config(config, TrainConfig).model_copy(update={"base": str(base)})
        data = TrainingData(articles, [clause_document(a) for a in articles])
        Trainer(values, data, Path(scratch) / "work").run(out)
    write_atomic(out / THRESHOLDS, _THRESHOLDS.model_dump_json(indent=1) + "\n")


def _main() -> None:
    parser = argparse.ArgumentParser(description="Rebuild the toy model of the tests.")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"), help="labelled corpus")
    parser.add_argument("--config", type=Path, default=Path("configs/tiny.yaml"), help="training values")
    parser.add_argument("--out", type=Path, default=Path("models/tiny"), help="model folder to write")
    arguments = parser.parse_args()
    make_tiny_model(arguments.corpus, arguments.config, arguments.out)


if __name__ == "__main__":
    _main()
