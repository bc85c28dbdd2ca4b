"""Labelled articles and discourse documents as arrays that the losses read."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lunzheng.corpus.article import LabelledArticle
from lunzheng.document import Segmentation
from lunzheng.extract.network_config import NetworkConfig
from lunzheng.extract.prepared import PreparedText, prepare
from lunzheng.extract.tagging import MENTION_TAGS, SPAN_TAGS, UNIT_TAGS, write_tags
from lunzheng.extract.tokens import Tokenizer
from lunzheng.extract.unit_features import Mentions
from lunzheng.segment import segment_text
from lunzheng.segment.sentences import Splitter
from lunzheng.spans import Span
from lunzheng.training.augment import augmented
from lunzheng.training.config import Augmentation
from lunzheng.training.gcdt import DiscourseDocument

Ints = NDArray[np.int64]
Range = tuple[int, int]


@dataclass(frozen=True)
class ArticleExample:
    """One article, tokenized once; tags are indices into the tag sets."""

    article: LabelledArticle
    prepared: PreparedText
    unit_ranges: tuple[Range, ...]
    unit_tags: Ints
    mention_tags: Ints
    cause_tags: Ints
    effect_tags: Ints
    connective_tags: Ints
    causal_ranges: tuple[tuple[Range, Range], ...]


@dataclass(frozen=True)
class DiscourseExample:
    """A stretch of a discourse document; ``starts`` is 1 at tokens that begin a discourse unit."""

    prepared: PreparedText
    starts: NDArray[np.float32]


def gold_words(article: LabelledArticle) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All words for strategy A and for strategy B."""
    empty: tuple[str, ...] = ()
    a, b = ((s.name, *s.actors, *s.cues) if s is not None else empty for s in (article.meta.A, article.meta.B))
    return a, b


def article_example(
    article: LabelledArticle,
    segmentation: Segmentation,
    tokenizer: Tokenizer,
    config: NetworkConfig,
    augmentation: Augmentation | None = None,
    rng: random.Random | None = None,
) -> ArticleExample:
    """Arrays of one article.

    Args:
        article: labelled.
        segmentation: of its text.
        tokenizer: the encoder's.
        config: the network's.
        augmentation: how to change the text that is read; None for the text as it is.
        rng: where randomness comes from; needed with *augmentation*.
    """
    reading = augmented(article.text, augmentation, rng) if augmentation is not None and rng is not None else None
    prepared = prepare(article.text, segmentation, tokenizer, config, reading)
    tokens = prepared.tokens
    units = tuple(tokens.tokens_in(u.span) for u in article.units)
    n = len(tokens)

    def tags(ranges: Iterable[tuple[int, int, str]], names: tuple[str, ...]) -> Ints:
        index = {name: i for i, name in enumerate(names)}
        return np.array([index[t] for t in write_tags(n, list(ranges))], dtype=np.int64)

    def span_tags(spans: Iterable[Span]) -> Ints:
        ordered = sorted(set(spans), key=lambda s: (-len(s), s.start))
        return tags(((*tokens.tokens_in(s), "span") for s in ordered), SPAN_TAGS)

    return ArticleExample(
        article=article,
        prepared=prepared,
        unit_ranges=units,
        unit_tags=tags(((*r, u.type) for r, u in zip(units, article.units, strict=True)), UNIT_TAGS),
        mention_tags=tags(_mention_ranges(article, prepared), MENTION_TAGS),
        cause_tags=span_tags(c.cause for c in article.causals),
        effect_tags=span_tags(c.effect for c in article.causals),
        connective_tags=span_tags(c.connective for c in article.causals if c.connective),
        causal_ranges=tuple((tokens.tokens_in(c.cause), tokens.tokens_in(c.effect)) for c in article.causals),
    )


def _mention_ranges(article: LabelledArticle, prepared: PreparedText) -> Iterable[tuple[int, int, str]]:
    terms = {w for s in article.strategies for w in (s.name, *s.cues)}
    actors = {w for s in article.strategies for w in s.actors}
    found = Mentions.of(article.text, sorted(terms | actors), ())
    for span in found.A:
        role = "actor" if span.of(article.text) in actors else "term"
        yield (*prepared.tokens.tokens_in(span), role)


def discourse_examples(
    document: DiscourseDocument, tokenizer: Tokenizer, config: NetworkConfig, splitter: Splitter
) -> list[DiscourseExample]:
    """One example for each window's worth of sentences."""
    segmentation = segment_text(document.text, splitter)
    starts = [document.token_starts[i] for i in sorted(document.unit_starts)]
    found = []
    for chunk in _chunks(segmentation.sentences, config.window * 5 // 4):
        text = chunk.of(document.text)
        prepared = prepare(text, segment_text(text, splitter), tokenizer, config)
        flags = np.zeros(len(prepared.tokens), dtype=np.float32)
        for start in starts:
            if chunk.start <= start < chunk.end:
                flags[bisect_left(prepared.tokens.ends, start - chunk.start + 1)] = 1
        found.append(DiscourseExample(prepared, flags))
    return found


def _chunks(sentences: Iterable[Span], size: int) -> Iterable[Span]:
    """Runs of sentences of about *size* code points."""
    run: Span | None = None
    for sentence in sentences:
        if run is not None and sentence.end - run.start > size:
            yield run
            run = None
        run = sentence if run is None else run.hull(sentence)
    if run is not None:
        yield run
