"""Scores of a model, and of the baselines, over a list of labelled articles."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from lunzheng.config import LinkConfig
from lunzheng.corpus.article import LabelledArticle
from lunzheng.document import Linked, Segmentation
from lunzheng.evaluation.baselines import baseline
from lunzheng.evaluation.counts import Counts, F1Count, add_counts
from lunzheng.evaluation.score_file import Score
from lunzheng.evaluation.scores import score_article
from lunzheng.extract.predictor import Predictor
from lunzheng.link.linking import Linker
from lunzheng.segment import segment_text
from lunzheng.segment.sentences import make_splitter
from lunzheng.training.gcdt import DiscourseDocument

Reader = Callable[[LabelledArticle, Segmentation], Linked]
_N_RESAMPLES = 1000


def read_linked(predictor: Predictor, link: LinkConfig) -> Reader:
    """A function that runs the model on one article's text."""
    linker = Linker(predictor, link)

    def read(article: LabelledArticle, segmentation: Segmentation) -> Linked:
        scores, _ = predictor.read(article.text, segmentation)
        return linker(scores)[0]

    return read


def read_articles(articles: Sequence[LabelledArticle], read: Reader) -> list[Linked]:
    """What *read* finds in each article."""
    splitter = make_splitter("spacy")
    return [read(a, segment_text(a.text, splitter)) for a in articles]


def count_articles(articles: Sequence[LabelledArticle], read: Reader) -> list[Counts]:
    """Counts of each article."""
    return count_found(articles, read_articles(articles, read))


def count_found(articles: Sequence[LabelledArticle], found: Sequence[Linked]) -> list[Counts]:
    """Counts of each article from what was found in it."""
    return [score_article(a, f) for a, f in zip(articles, found, strict=True)]


def evaluate(
    predictor: Predictor, articles: Sequence[LabelledArticle], training: Sequence[LabelledArticle]
) -> dict[str, Score]:
    """All scores over *articles*, beside the baseline.

    Args:
        predictor: the model.
        articles: of the held-out split.
        training: what the baseline counts its majorities on.
    """
    return score_found(articles, read_articles(articles, read_linked(predictor, LinkConfig())), training)


def score_found(
    articles: Sequence[LabelledArticle], found: Sequence[Linked], training: Sequence[LabelledArticle]
) -> dict[str, Score]:
    """All scores of what was found, beside the baseline.

    Args:
        articles: of the held-out split.
        found: what a model found in each of them.
        training: what the baseline counts its majorities on.
    """
    counts = count_found(articles, found)
    trivial = add_counts(count_articles(articles, lambda a, s: baseline(a, s, training)))
    total = add_counts(counts)
    rng = random.Random(0)
    samples = [add_counts(rng.choices(counts, k=len(counts))) for _ in range(_N_RESAMPLES)]
    scores = {}
    for name in total:
        spread = sorted(s[name].score for s in samples)
        low, high = spread[int(0.025 * len(spread))], spread[int(0.975 * len(spread))]
        scores[name] = Score(score=total[name].score, low=low, high=high, baseline=trivial[name].score)
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
