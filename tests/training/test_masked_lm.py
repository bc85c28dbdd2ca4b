"""Continued pretraining: what is hidden, and that the encoder learns and is written."""

from __future__ import annotations

import gzip
import json
import random
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from lunzheng.errors import ConfigError
from lunzheng.extract._hf import HfTokenizer, load_encoder
from lunzheng.training.config import AdaptConfig
from lunzheng.training.masked_lm import adapt, batches, read_texts, token_stream
from lunzheng.training.tiny_base import make_tiny_base

_TEXTS = ["修旧省钱，换新省事。" * 8, "启禾修旧，朗岳换新。" * 8]


@pytest.fixture
def base(tmp_path: Path) -> Path:
    make_tiny_base(_TEXTS, tmp_path / "base")
    return tmp_path / "base"


def _config(base: Path, **values: object) -> AdaptConfig:
    small = {"steps": 12, "batch": 2, "length": 24, "half": False, "device": "cpu", "rate": 0.01, "files": ()}
    return AdaptConfig.model_validate({"base": str(base), **small, **values})


def test_hidden_tokens_are_the_targets_and_no_others(base: Path) -> None:
    tokenizer = HfTokenizer(base)
    stream = token_stream(_TEXTS, tokenizer, random.Random(1))
    for batch in islice(batches(stream, _config(base, p_hidden=0.5), tokenizer), 3):
        hidden = batch.targets != -100
        assert hidden.any()
        assert (batch.ids[hidden] == tokenizer.inner.mask_token_id).mean() > 0.5
        assert not np.isin(batch.targets[hidden], (tokenizer.cls_id, tokenizer.sep_id)).any()
        assert (batch.ids[:, 0] == tokenizer.cls_id).all()
        assert (batch.ids[~hidden] != tokenizer.inner.mask_token_id).all()


def test_the_loss_falls_and_the_encoder_loads(base: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    adapt(_config(base, steps=40), _TEXTS, out)
    losses = [json.loads(line)["loss"] for line in (out / "adapt.jsonl").read_text().splitlines()]
    assert losses[-1] < losses[0]
    before, after = load_encoder(base).state_dict(), load_encoder(out).state_dict()
    assert any(not np.allclose(before[k].numpy(), after[k].numpy()) for k in before)
    assert HfTokenizer(out).encode("修旧")[0]


def test_a_text_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "essays.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"text": "修旧。"}) + "\n")
    assert read_texts(tmp_path, ["essays"]) == ["修旧。"]
    with pytest.raises(ConfigError, match="poems"):
        read_texts(tmp_path, ["essays", "poems"])
