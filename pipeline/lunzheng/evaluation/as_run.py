"""Reads an article as ``lunzheng run`` does: cleaned first, then segmented, extracted and linked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lunzheng.clean.article import clean_source
from lunzheng.config import CleanConfig, LinkConfig
from lunzheng.corpus.article import LabelledArticle
from lunzheng.document import Linked, Source
from lunzheng.extract.predictor import Predictor
from lunzheng.link.linking import Linker
from lunzheng.offsets import OffsetMap
from lunzheng.segment import segment_text
from lunzheng.segment.sentences import make_splitter


def read_as_run(predictor: Predictor) -> Callable[[LabelledArticle], Linked]:
    """A function that cleans and reads one article's text; the spans it finds are of the text as given."""
    linker, splitter, config = Linker(predictor, LinkConfig()), make_splitter("spacy"), CleanConfig()

    def read(article: LabelledArticle) -> Linked:
        clean = clean_source(Source(article.meta.id, "txt", article.text.encode()), config)
        scores, _ = predictor.read(clean.text, segment_text(clean.text, splitter))
        return to_source(linker(scores)[0], clean.offsets)

    return read


def to_source(linked: Linked, offsets: OffsetMap) -> Linked:
    """*linked* with spans of the source instead of the cleaned text."""
    raw = offsets.to_raw
    return replace(
        linked,
        units=tuple(replace(u, span=raw(u.span)) for u in linked.units),
        causals=tuple(
            replace(c, cause=raw(c.cause), effect=raw(c.effect), connective=raw(c.connective) if c.connective else None)
            for c in linked.causals
        ),
    )
