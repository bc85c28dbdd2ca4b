"""Scores of a model, and of the baselines, over a list of labelled articles."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce

from lunzheng.config import LinkConfig
from lunzheng.corpus.article import LabelledArticle
from lunzheng.document import Linked, Segmentation
from lunzheng.evaluation.baselines import baseline
from lunzheng.evaluation.counts import Count, F1Count
from lunzheng.evaluation.scores import score_article
from lunzheng.extract.predictor import Predictor
from lunzheng.link.linking import Linker
from lunzheng.segment import segment_text
from lunzheng.segment.sentences import make_splitter
from lunzheng.training.gcdt import DiscourseDocument

Counts = dict[str, Count]
_N_RESAMPLES = 1000


@dataclass(frozen=True)
class Score:
    """A micro-averaged score with the 95 % interval of a bootstrap over articles, and the baseline's score."""

    score: float
    low: float
    high: float
    baseline: float


def add_counts(counts: Sequence[Counts]) -> Counts:
    """Counts summed over articles."""

    def add(one: Counts, two: Counts) -> Counts:
        return {k: one[k] + two[k] for k in one}  # type: ignore[operator]

    return reduce(add, counts)


def read_linked(predictor: Predictor, link: LinkConfig) -> Callable[[LabelledArticle, Segmentation], Linked]:
    """A function that runs the model on one article's text."""
    linker = Linker(predictor, link)

    def read(article: LabelledArticle, segmentation: Segmentation) -> Linked:
        scores, _ = predictor.read(article.text, segmentation)
        return linker(scores)[0]

    return read


def count_articles(
    articles: Sequence[LabelledArticle], read: Callable[[LabelledArticle, Segmentation], Linked]
) -> list[Counts]:
    """Counts of each article."""
    splitter = make_splitter("spacy")
    return [score_article(a, read(a, segment_text(a.text, splitter))) for a in articles]


def evaluate(
    predictor: Predictor, articles: Sequence[LabelledArticle], training: Sequence[LabelledArticle]
) -> dict[str, Score]:
    """All scores over *articles*, beside the baseline.

    Args:
        predictor: the model.
        articles: of the held-out split.
        training: what the baseline counts its majorities on.
    """
    counts = count_articles(articles, read_linked(predictor, LinkConfig()))
    trivial = add_counts(count_articles(articles, lambda a, s: baseline(a, s, training)))
    total = add_counts(counts)
    rng = random.Random(0)
    samples = [add_counts(rng.choices(counts, k=len(counts))) for _ in range(_N_RESAMPLES)]
    scores = {}
    for name in total:
        spread = sorted(s[name].score for s in samples)
        low, high = spread[int(0.025 * len(spread))], spread[int(0.975 * len(spread))]
        scores[name] = Score(total[name].score, low, high, trivial[name].score)
    return scores


def discourse_f1(predictor: Predictor, documents: Sequence[DiscourseDocument]) -> tuple[F1Count, F1Count]:
    """Discourse-unit starts on raw text, by the model and by a break after each comma or stop.

    Source: DISRPT shared task, F1 of unit starts over the treebank's tokens.
    """
    splitter = make_splitter("spacy")
    model = trivial = F1Count()
    for document in documents:
        _, units = predictor.read(document.text, segment_text(document.text, splitter))
        commas = {i + 1 for i, c in enumerate(document.text) if c in "，。！？；：,;"} | {0}
        model += _starts_count(document, {u.start for u in units})
        trivial += _starts_count(document, commas)
    return model, trivial


def _starts_count(document: DiscourseDocument, starts: set[int]) -> F1Count:
    gold = {document.token_starts[i] for i in document.unit_starts}
    tokens = set(document.token_starts)
    said = starts & tokens
    return F1Count(len(gold & said), len(said), len(gold))
