"""Where the units' types, facets and sides go wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lunzheng.corpus.article import LabelledArticle
from lunzheng.document import Linked
from lunzheng.evaluation.judgement import judge
from lunzheng.evaluation.scores import should_swap, side_named
from lunzheng.evaluation.tally import Tally, short
from lunzheng.labels import FACETS, SIDES, UNIT_TYPES

ABSENT = "—"


@dataclass
class Confusion:
    """How often each label was found as which; ``—`` stands for no unit on that side."""

    labels: tuple[str, ...]
    cells: Counter[tuple[str, str]] = field(default_factory=Counter)
    tally: Tally = field(default_factory=Tally)

    def add(self, gold: str, found: str, article: str, words: str) -> None:
        """Count one unit."""
        self.cells[gold, found] += 1
        if gold != found:
            self.tally.add(f"{gold} → {found}", article, short(words))


def unit_confusions(articles: Sequence[LabelledArticle], found: Sequence[Linked]) -> dict[str, Confusion]:
    """Confusions of type (missed and invented units too), facet and side (of matched units).

    Args:
        articles: labelled.
        found: what was found in each of them.
    """
    tables = {
        "type": Confusion((*UNIT_TYPES, ABSENT)),
        "facet": Confusion(FACETS),
        "side": Confusion(SIDES),
    }
    for article, linked in zip(articles, found, strict=True):
        for name, gold, said, words in _pairs(article, linked):
            tables[name].add(gold, said, article.meta.id, words)
    return tables


def _pairs(gold: LabelledArticle, linked: Linked) -> Iterator[tuple[str, str, str, str]]:
    """Each table's name, the labelled and the found value, and the words."""
    units = judge(gold, linked).units
    matched = {g: f for f, g in enumerate(units) if g is not None}
    swap = should_swap(gold, linked, matched)
    for g, one in enumerate(gold.units):
        words = one.span.of(gold.text)
        if g not in matched:
            yield "type", one.type, ABSENT, words
            continue
        two = linked.units[matched[g]]
        yield "type", one.type, two.type, words
        yield "facet", one.facet, two.facet, words
        yield "side", one.side, side_named(two.side, swap=swap), words
    for f, at in enumerate(units):
        if at is None:
            yield "type", ABSENT, linked.units[f].type, linked.units[f].span.of(gold.text)
