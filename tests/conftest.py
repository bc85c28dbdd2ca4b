"""One thread, no network, and the toy model."""

from __future__ import annotations

import os
from pathlib import Path

# before torch or transformers is imported: they read these once
os.environ.update(
    {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "0"}
)

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

# a busy machine is no failure
settings.register_profile("lunzheng", deadline=None)
settings.load_profile("lunzheng")

if TYPE_CHECKING:
    from lunzheng.corpus.article import LabelledArticle
    from lunzheng.extract.predictor import Predictor

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The labelled corpus."""
    return ROOT / "corpus"


@pytest.fixture(scope="session")
def tiny() -> Path:
    """The toy model's folder; rebuilt with ``python -m lunzheng.training.tiny_base``."""
    return ROOT / "models" / "tiny"


@pytest.fixture(scope="session")
def predictor(tiny: Path) -> Predictor:
    """The toy model, loaded; do not change its thresholds."""
    import torch

    from lunzheng.config import ModelConfig
    from lunzheng.extract.load import load_predictor

    torch.set_num_threads(1)
    return load_predictor(ModelConfig(device="cpu"), tiny)


@pytest.fixture(scope="session")
def learned(corpus: Path) -> list[LabelledArticle]:
    """The articles that the toy learned, on which it finds something of every kind."""
    from lunzheng.training.tiny_base import training_articles

    return training_articles(corpus)
