"""The training loop: the discourse treebank first, then all tasks on the labelled articles."""

from __future__ import annotations

import json
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from lunzheng.corpus.article import LabelledArticle
from lunzheng.device import pick_device
from lunzheng.document import Segmentation
from lunzheng.extract._hf import HfTokenizer, load_encoder, shortened
from lunzheng.extract.model_folder import save_model
from lunzheng.extract.network import Network
from lunzheng.extract.network_config import NetworkConfig
from lunzheng.extract.prepared import PreparedText
from lunzheng.segment import segment_text
from lunzheng.segment.sentences import make_splitter
from lunzheng.training.checkpoint import load_checkpoint, save_checkpoint
from lunzheng.training.config import TrainConfig
from lunzheng.training.examples import DiscourseExample, article_example, discourse_examples
from lunzheng.training.gcdt import DiscourseDocument
from lunzheng.training.losses import Losses, article_loss, discourse_loss

Item = DiscourseExample | tuple[LabelledArticle, Segmentation]


@dataclass(frozen=True)
class TrainingData:
    """What a run learns from."""

    articles: Sequence[LabelledArticle]
    discourse: Sequence[DiscourseDocument]


class Trainer:
    """One run, from the base encoder to a model folder.

    Args:
        config: of the run.
        data: what it learns from.
        work: folder for checkpoints and the log; a run that was cut off there goes on.
    """

    def __init__(self, config: TrainConfig, data: TrainingData, work: Path) -> None:
        torch.manual_seed(config.seed)
        self.config, self.work = config, work
        self.device = pick_device(config.device)
        self.tokenizer = HfTokenizer(config.base)
        encoder = shortened(load_encoder(config.base, config.attention_dropout), config.drop_top_layers)
        self.network = Network(_network_config(config, encoder), encoder).to(self.device)
        if config.freeze_embeddings:
            self.network.encoder.get_input_embeddings().weight.requires_grad_(False)  # type: ignore[operator]
        splitter = make_splitter("spacy")
        self.articles = [(a, segment_text(a.text, splitter)) for a in data.articles]
        self.discourse = [
            e for d in data.discourse for e in discourse_examples(d, self.tokenizer, self.network.config, splitter)
        ]
        self.optimizer = self._make_optimizer()
        work.mkdir(parents=True, exist_ok=True)

    def _make_optimizer(self) -> torch.optim.Optimizer:
        encoder = {id(p) for p in self.network.encoder.parameters()}
        groups = [
            {
                "params": [p for p in self.network.parameters() if p.requires_grad and (id(p) in encoder) == inside],
                "lr": rate,
                "peak": rate,
            }
            for inside, rate in ((True, self.config.encoder_rate), (False, self.config.head_rate))
        ]
        return torch.optim.AdamW(groups, weight_decay=self.config.weight_decay)

    def run(self, out: Path) -> None:
        """Train to the end and write the model folder *out*."""
        stages = [("discourse", self.config.epochs_discourse), ("articles", self.config.epochs)]
        progress = load_checkpoint(self.work / "checkpoint", self.network, self.optimizer) or {}
        done = {"discourse": 0, "articles": 0} | {
            k: int(v) for k, v in progress.items() if k in ("discourse", "articles")
        }
        for name, n_epochs in stages:
            for epoch in range(done[name], n_epochs):
                if name == "articles" and epoch == 0:
                    self.optimizer = self._make_optimizer()
                self._epoch(name, epoch, n_epochs)
                done[name] = epoch + 1
                save_checkpoint(self.work / "checkpoint", self.network, self.optimizer, dict(done))
        save_model(self.network, self.tokenizer, out)

    def _items(self, name: str, rng: random.Random) -> list[Item]:
        discourse = list(self.discourse)
        rng.shuffle(discourse)
        if name == "discourse":
            return list(discourse)
        articles = list(self.articles)
        rng.shuffle(articles)
        items: list[Item] = []
        for i, article in enumerate(articles, 1):
            items.append(article)
            if discourse and i % self.config.discourse_every == 0:
                items.append(discourse.pop())
        return items

    def _epoch(self, name: str, epoch: int, n_epochs: int) -> None:
        started = time.monotonic()
        rng = random.Random(f"{self.config.seed}-{name}-{epoch}")
        torch.manual_seed(rng.randrange(2**31))
        items = self._items(name, rng)
        self.network.train()
        sums: dict[str, float] = defaultdict(float)
        counts: dict[str, int] = defaultdict(int)
        size = self.config.articles_a_step
        for first in range(0, len(items), size):
            self._set_rate((epoch + first / max(1, len(items))) / n_epochs)
            for item in items[first : first + size]:
                losses = self._losses(item, rng)
                total = sum(losses[k] * getattr(self.config.loss, k) for k in losses)
                assert isinstance(total, Tensor)
                (total / size).backward()  # type: ignore[no-untyped-call]
                for key, value in losses.items():
                    sums[key] += float(value.detach())
                    counts[key] += 1
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.config.clip)
            self.optimizer.step()
            self.optimizer.zero_grad(set_to_none=True)
            if (first // size) % 20 == 0:
                done = time.monotonic() - started
                print(
                    f"{name} epoch {epoch + 1}/{n_epochs}: {first + size}/{len(items)} after {done:.0f} s", flush=True
                )
        means = {k: round(sums[k] / counts[k], 4) for k in sorted(sums)}
        record = {"stage": name, "epoch": epoch + 1, "seconds": round(time.monotonic() - started, 1), **means}
        with (self.work / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(record) + "\n")
        print(json.dumps(record), flush=True)

    def _set_rate(self, done: float) -> None:
        warm = self.config.warm_up
        factor = done / warm if done < warm else (1 - done) / (1 - warm)
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * max(factor, 0.01)

    def _losses(self, item: Item, rng: random.Random) -> Losses:
        if isinstance(item, DiscourseExample):
            return discourse_loss(self.network, item, self._encode(item.prepared, rng))
        article, segmentation = item
        example = article_example(article, segmentation, self.tokenizer, self.network.config, self.config.augment, rng)
        return article_loss(self.network, example, self._encode(example.prepared, rng), rng)

    def _encode(self, prepared: PreparedText, rng: random.Random) -> Tensor:
        ids = prepared.tokens.ids.copy()
        hidden = self.tokenizer.inner.mask_token_id
        if hidden is None:
            hidden = self.tokenizer.inner.unk_token_id
        for i in range(len(ids)):
            if ids[i] != self.tokenizer.sep_id and rng.random() < self.config.augment.p_mask:
                ids[i] = hidden
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.config.half):
            return self.network.encode(ids, prepared.windows, self.tokenizer.cls_id, self.tokenizer.sep_id)


def _network_config(config: TrainConfig, encoder: torch.nn.Module) -> NetworkConfig:
    values = encoder.config.to_diff_dict()  # type: ignore[operator,union-attr]
    keep = {
        k: v for k, v in values.items() if k not in ("architectures", "transformers_version", "dtype", "_name_or_path")
    }
    return NetworkConfig(
        encoder={**keep, "model_type": encoder.config.model_type},  # type: ignore[union-attr]
        hidden=encoder.config.hidden_size,  # type: ignore[union-attr]
        unit_width=config.unit_width,
        n_unit_layers=config.n_unit_layers,
        window=config.window,
        overlap=config.overlap,
        mix_layers=config.mix_layers or (int(encoder.config.num_hidden_layers),),  # type: ignore[union-attr,arg-type]
    )
