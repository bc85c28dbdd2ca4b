"""A first look at all articles of a run: how many there are, and which are copies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from lunzheng.argmap import MergedSource
from lunzheng.clean import clean_source
from lunzheng.config import CleanConfig, DuplicatesConfig
from lunzheng.document import Document, Source
from lunzheng.duplicates.cluster import Copy, Surveyed, find_copies
from lunzheng.store import sha256_bytes

_PLACES = 2  # the estimate knows no more


@dataclass(frozen=True)
class Survey:
    """What a run knows of its documents before it maps them."""

    n_documents: int = 0
    copies: dict[str, Copy] = field(default_factory=dict)
    merged: dict[str, tuple[MergedSource, ...]] = field(default_factory=dict)

    def original_of(self, name: str) -> str | None:
        """The source that is mapped in place of the one called *name*; None where it is mapped itself."""
        return self.copies[name].kept.name if name in self.copies else None


def survey(documents: Iterable[Document], clean: CleanConfig, config: DuplicatesConfig) -> Survey:
    """Go through *documents* once, one at a time, without changing them.

    Args:
        documents: as loaded; those that failed are only counted.
        clean: how the run cleans.
        config: whether and from where on copies are merged.
    """
    n_documents = 0
    waiting: list[Source] = []  # a lone article has no copy and need not be cleaned twice
    found: dict[str, Surveyed] = {}
    for document in documents:
        n_documents += 1
        if document.status == "failure" or not config.merge:
            continue
        waiting.append(document.source)
        if n_documents > 1:
            found.update((s.name, s) for s in map(_surveyed, waiting, [clean] * len(waiting)) if s)
            waiting.clear()
    copies = find_copies(list(found.values()), config.threshold)
    merged: defaultdict[str, list[MergedSource]] = defaultdict(list)
    for copy in sorted(copies, key=lambda c: c.article.name):
        merged[copy.kept.name].append(
            MergedSource(
                source=copy.article.name, sha256=copy.article.sha256, similarity=round(copy.similarity, _PLACES)
            )
        )
    return Survey(n_documents, {c.article.name: c for c in copies}, {k: tuple(v) for k, v in merged.items()})


def _surveyed(source: Source, clean: CleanConfig) -> Surveyed | None:
    """The article's sketch; None where cleaning fails, which the run itself will tell."""
    from lunzheng.duplicates.sketch import sketch

    try:
        text = clean_source(source, clean).text
    except Exception:
        return None
    if len(text) > clean.max_characters:
        return None
    sha256 = source.sha256 or sha256_bytes(source.data)
    return Surveyed(source.name, sha256, len(text), sketch(text))
