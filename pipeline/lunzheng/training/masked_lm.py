"""Continued masked-LM pretraining of the base encoder on Chinese prose.

Source: Devlin et al. 2019 (masking), Gururangan et al. 2020 (pretraining on texts of the field).
"""

from __future__ import annotations

import gzip
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from lunzheng.device import pick_device
from lunzheng.errors import ConfigError
from lunzheng.extract._hf import HfTokenizer, load_encoder, shortened
from lunzheng.extract.view import model_view
from lunzheng.training.config import AdaptConfig

_IGNORE = -100


class MaskedLm(nn.Module):
    """An encoder and a head that guesses hidden tokens from the states that the heads of the network will read.

    Args:
        encoder: BERT-like.
        mix_layers: hidden states that are averaged, 0 being the embeddings.
    """

    def __init__(self, encoder: nn.Module, mix_layers: Sequence[int]) -> None:
        super().__init__()
        self.encoder, self.mix_layers = encoder, tuple(mix_layers)
        hidden = int(encoder.config.hidden_size)  # type: ignore[union-attr,arg-type]
        self.head = nn.Sequential(nn.LayerNorm(hidden), nn.Linear(hidden, hidden), nn.GELU(), nn.LayerNorm(hidden))
        self.bias = nn.Parameter(torch.zeros(int(encoder.config.vocab_size)))  # type: ignore[union-attr,arg-type]

    def loss(self, ids: Tensor, targets: Tensor) -> Tensor:
        """Cross-entropy at the hidden places.

        Args:
            ids: *Shape:* (batch, length).
            targets: true ids at hidden places, -100 elsewhere. *Shape:* (batch, length).
        """
        states = self.encoder(
            input_ids=ids, attention_mask=torch.ones_like(ids), output_hidden_states=True
        ).hidden_states
        mixed = torch.stack([states[k] for k in self.mix_layers]).mean(0)
        hidden = targets != _IGNORE
        words = self.encoder.get_input_embeddings().weight  # type: ignore[operator]
        guesses = self.head(mixed[hidden]) @ words.T + self.bias
        return functional.cross_entropy(guesses.float(), targets[hidden])


@dataclass(frozen=True)
class Batch:
    """Token ids with some hidden, and the true ids at those places. *Shape:* each (batch, length)."""

    ids: NDArray[np.int64]
    targets: NDArray[np.int64]


def read_texts(folder: Path, files: Sequence[str]) -> list[str]:
    """Texts of gzipped JSON Lines with a ``text`` column.

    Raises:
        ConfigError: a file is not there.
    """
    texts = []
    for name in files:
        path = folder / f"{name}.jsonl.gz"
        if not path.exists():
            raise ConfigError(f"{path}: expected gzipped JSON Lines with a column text; see adapt.files")
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            texts += [str(json.loads(line)["text"]) for line in lines]
    return texts


def token_stream(texts: Sequence[str], tokenizer: HfTokenizer, rng: random.Random) -> NDArray[np.int64]:
    """All texts in random order as one row of ids, a separator between two."""
    order = list(texts)
    rng.shuffle(order)
    rows: list[int] = []
    for text in order:
        rows += [*tokenizer.encode(model_view(text))[0], tokenizer.sep_id]
    return np.array(rows, dtype=np.int64)


def batches(stream: NDArray[np.int64], config: AdaptConfig, tokenizer: HfTokenizer) -> Iterator[Batch]:
    """Stretches of the stream in random order, over and over, with tokens hidden.

    Of ten hidden tokens eight stand behind the mask token, one behind another token, and one is left as it is.
    """
    rng = np.random.default_rng(config.seed)
    body = config.length - 2
    n_rows = len(stream) // body
    rows = stream[: n_rows * body].reshape(n_rows, body)
    mask_id = tokenizer.inner.mask_token_id
    while True:
        order = rng.permutation(n_rows)
        for first in range(0, n_rows - config.batch + 1, config.batch):
            ids = np.full((config.batch, config.length), tokenizer.sep_id, dtype=np.int64)
            ids[:, 0] = tokenizer.cls_id
            ids[:, 1:-1] = rows[order[first : first + config.batch]]
            draw = rng.random(ids.shape)
            hidden = (draw < config.p_hidden) & (ids != tokenizer.sep_id) & (ids != tokenizer.cls_id)
            targets = np.where(hidden, ids, _IGNORE)
            how = rng.random(ids.shape)
            ids = np.where(hidden & (how < 0.8), mask_id, ids)
            other = rng.choice(stream, size=ids.shape)
            ids = np.where(hidden & (how >= 0.9), other, ids)
            yield Batch(ids, targets)


def adapt(config: AdaptConfig, texts: Sequence[str], out: Path) -> None:
    """Pretrain on and write a Hugging Face folder.

    Args:
        config: of the run.
        texts: to learn from.
        out: folder for encoder and tokenizer; ``adapt.jsonl`` beside them logs the loss.
    """
    torch.manual_seed(config.seed)
    device = pick_device(config.device)
    tokenizer = HfTokenizer(config.base)
    encoder = shortened(load_encoder(config.base, 0.0), config.drop_top_layers)
    model = MaskedLm(encoder, config.mix_layers or (int(encoder.config.num_hidden_layers),)).to(device)  # type: ignore[union-attr,arg-type]
    stream = token_stream(texts, tokenizer, random.Random(config.seed))
    inside = [p for p in model.encoder.parameters() if p.requires_grad]
    groups = [{"params": inside, "peak": config.rate}, {"params": [*model.head.parameters(), model.bias], "peak": 1e-3}]
    optimizer = torch.optim.AdamW(groups, lr=config.rate, weight_decay=0.01)
    model.train()
    out.mkdir(parents=True, exist_ok=True)
    started, losses = time.monotonic(), []
    source = batches(stream, config, tokenizer)
    for step in range(config.steps):
        batch = next(source)
        done = step / config.steps
        factor = done / config.warm_up if done < config.warm_up else (1 - done) / (1 - config.warm_up)
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * max(factor, 0.01)
        with torch.autocast(device.type, torch.bfloat16, enabled=config.half):
            loss = model.loss(torch.from_numpy(batch.ids).to(device), torch.from_numpy(batch.targets).to(device))
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        losses.append(float(loss.detach()))
        if (step + 1) % 20 == 0:
            record = {
                "step": step + 1,
                "loss": round(sum(losses[-20:]) / 20, 4),
                "seconds": round(time.monotonic() - started, 1),
            }
            print(json.dumps(record), flush=True)
            with (out / "adapt.jsonl").open("a", encoding="utf-8") as log:
                log.write(json.dumps(record) + "\n")
        if (step + 1) % 200 == 0 or step + 1 == config.steps:
            encoder.save_pretrained(out)  # type: ignore[operator]
            tokenizer.save(out)
