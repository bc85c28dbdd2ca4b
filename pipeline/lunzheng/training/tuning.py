"""Decision thresholds chosen on the development split, one at a time, and then the calibration of confidences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lunzheng.config import LinkConfig
from lunzheng.corpus.article import LabelledArticle
from lunzheng.document import Linked
from lunzheng.evaluation.calibration import fit_calibration
from lunzheng.evaluation.counts import add_counts
from lunzheng.evaluation.scores import score_article
from lunzheng.extract.predictor import EncodedText, Predictor
from lunzheng.extract.thresholds import Thresholds
from lunzheng.link.linking import Linker
from lunzheng.segment import segment_text
from lunzheng.segment.sentences import make_splitter

# the worths of names are fixed: on few articles their best values are chance
# each threshold with the values that are tried and the scores whose sum decides
_SEARCH: tuple[tuple[str, tuple[float, ...], tuple[str, ...]], ...] = (
    ("none_unit", (0.5, 0.6, 0.7, 0.8, 0.9), ("units typed",)),
    ("span_bias", (0.0, 0.5, 1.0, 1.5, 2.0), ("causal",)),
    ("causal", (0.2, 0.3, 0.4, 0.5, 0.6), ("causal",)),
    ("inhibit", (0.3, 0.5, 0.7), ("causal polarity",)),
    ("root_bias", (-2.0, -1.5, -1.0, -0.5, 0.0), ("relations",)),
    ("attacks_bias", (-0.5, 0.0, 0.5, 1.0, 1.5), ("relations", "attacks")),
    ("contrast", (0.2, 0.3, 0.4, 0.5, 0.6), ("relations", "contrasts")),
    ("central", (0.3, 0.4, 0.5, 0.6, 0.7, 0.8), ("central",)),
    ("two_strategies", (0.2, 0.35, 0.5, 0.65), ("contrast found", "strategies named")),
    ("two_strategies", (0.2, 0.35, 0.5, 0.65), ("contrast found", "side")),
    ("candidate", (0.3, 0.4, 0.5, 0.6, 0.7), ("actors", "strategies named", "side")),
)


def tune_thresholds(predictor: Predictor, articles: Sequence[LabelledArticle], link: LinkConfig) -> Thresholds:
    """The best thresholds found by one pass of coordinate search, with the calibration that fits them.

    Args:
        predictor: its thresholds are changed on the way and left at the best.
        articles: of the development split, never of the test split.
        link: how links are decoded.
    """
    encoded = _encode_once(predictor, articles)
    best = Thresholds()
    for name, values, scores in _SEARCH:
        best = max(
            (_set(best, name, v) for v in values),
            key=lambda t, scores=scores: (_value(predictor, t, articles, encoded, link, scores), _is_default(t)),  # type: ignore[misc]
        )
    calibration = fit_calibration(articles, _read(predictor, best, articles, encoded, link))
    predictor.thresholds = best.model_copy(update={"calibration": calibration})
    return predictor.thresholds


def _encode_once(predictor: Predictor, articles: Sequence[LabelledArticle]) -> dict[str, EncodedText]:
    splitter = make_splitter("spacy")
    return {a.meta.id: predictor.encode(a.text, segment_text(a.text, splitter)) for a in articles}


def _set(thresholds: Thresholds, name: str, value: Any) -> Thresholds:
    return thresholds.model_copy(update={name: value})


def _is_default(thresholds: Thresholds) -> int:
    """How many values are the defaults: ties go to them."""
    default = Thresholds().model_dump()
    return sum(default[k] == v for k, v in thresholds.model_dump().items())


def _value(
    predictor: Predictor,
    thresholds: Thresholds,
    articles: Sequence[LabelledArticle],
    encoded: dict[str, EncodedText],
    link: LinkConfig,
    scores: Sequence[str],
) -> float:
    found = _read(predictor, thresholds, articles, encoded, link)
    total = add_counts([score_article(a, f) for a, f in zip(articles, found, strict=True)])
    return round(sum(total[s].score for s in scores), 6)


def _read(
    predictor: Predictor,
    thresholds: Thresholds,
    articles: Sequence[LabelledArticle],
    encoded: dict[str, EncodedText],
    link: LinkConfig,
) -> list[Linked]:
    """What is found with *thresholds*."""
    predictor.thresholds = thresholds
    linker = Linker(predictor, link)
    return [linker(predictor.decode(encoded[a.meta.id])[0])[0] for a in articles]
