"""The labelled corpus as a Hugging Face dataset: Parquet, one file a split, typed features."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lunzheng.corpus.article import LabelledArticle, LabelledStrategy
from lunzheng.corpus.folder import SPLITS, read_split
from lunzheng.labels import CAUSAL_KINDS, FACETS, LINK_TYPES, POLARITIES, SIDES, UNIT_TYPES


def corpus_features() -> Any:
    """Typed features of one article."""
    from datasets import ClassLabel, Features, List, Value

    strategy = {"name": Value("string"), "actors": List(Value("string")), "cues": List(Value("string"))}
    span = {"start": Value("int32"), "end": Value("int32")}
    return Features(
        {
            "id": Value("string"),
            "title": Value("string"),
            "topic": Value("string"),
            "industry": Value("string"),
            "voice": Value("string"),
            "script": Value("string"),
            "annotator": Value("string"),
            "date": Value("string"),
            "text": Value("string"),
            "strategies": List(strategy),
            "units": List(
                {
                    "number": Value("int32"),
                    **span,
                    "type": ClassLabel(names=list(UNIT_TYPES)),
                    "side": ClassLabel(names=list(SIDES)),
                    "facet": ClassLabel(names=list(FACETS)),
                    "central": Value("bool"),
                }
            ),
            "links": List(
                {
                    "source": Value("int32"),
                    "target": Value("int32"),
                    "type": ClassLabel(names=list(LINK_TYPES)),
                }
            ),
            "causals": List(
                {
                    "cause": span,
                    "effect": span,
                    "connective": span,
                    "kind": ClassLabel(names=list(CAUSAL_KINDS)),
                    "polarity": ClassLabel(names=list(POLARITIES)),
                }
            ),
        }
    )


def article_row(article: LabelledArticle) -> dict[str, Any]:
    """One article as a row of :func:`corpus_features`; a missing connective is an empty span."""
    meta = article.meta.model_dump(include={"id", "title", "topic", "industry", "voice", "script", "annotator", "date"})

    def span(value: Any) -> dict[str, int]:
        return {"start": value.start, "end": value.end} if value is not None else {"start": 0, "end": 0}

    return {
        **meta,
        "text": article.text,
        "strategies": [_strategy(s) for s in article.strategies],
        "units": [{**u.model_dump(exclude={"span"}), **span(u.span)} for u in article.units],
        "links": [x.model_dump() for x in article.links],
        "causals": [
            {
                "cause": span(c.cause),
                "effect": span(c.effect),
                "connective": span(c.connective),
                "kind": c.kind,
                "polarity": c.polarity,
            }
            for c in article.causals
        ],
    }


def _strategy(strategy: LabelledStrategy) -> dict[str, Any]:
    return {"name": strategy.name, "actors": list(strategy.actors), "cues": list(strategy.cues)}


def write_corpus(corpus: Path, out: Path) -> None:
    """Write ``train.parquet``, ``dev.parquet`` and ``test.parquet``.

    Args:
        corpus: the corpus folder.
        out: folder to write.
    """
    from datasets import Dataset

    features = corpus_features()
    out.mkdir(parents=True, exist_ok=True)
    for name in SPLITS:
        rows = [article_row(a) for a in read_split(corpus, name)]
        columns = {key: [row[key] for row in rows] for key in features}  # from_list loses the columns of an empty split
        Dataset.from_dict(columns, features=features).to_parquet(out / f"{name}.parquet")
