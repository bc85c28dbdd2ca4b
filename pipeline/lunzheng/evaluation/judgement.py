"""Which of the units, relations and causal relations that were found are right, one by one."""

from __future__ import annotations

from dataclasses import dataclass

from lunzheng.corpus.article import LabelledArticle
from lunzheng.document import Linked
from lunzheng.evaluation.matching import match_causals, match_spans
from lunzheng.labels import LinkType

LinkKey = tuple[int, int, LinkType]


@dataclass(frozen=True)
class Judgement:
    """What was found against the labels.

    ``units`` and ``causals`` give the labelled index for each found one, None where nothing matches; ``typed``
    tells which units also have the labelled type, ``links`` which relations are labelled.
    """

    units: tuple[int | None, ...]
    typed: tuple[bool, ...]
    links: tuple[bool, ...]
    causals: tuple[int | None, ...]


def link_key(source: int, target: int, kind: LinkType) -> LinkKey:
    """What makes two relations the same; a contrast has no direction."""
    return (min(source, target), max(source, target), kind) if kind == "contrasts" else (source, target, kind)


def labelled_links(gold: LabelledArticle) -> set[LinkKey]:
    """The labelled relations, by the places of their units in ``gold.units``."""
    place = {u.number: i for i, u in enumerate(gold.units)}
    return {link_key(place[x.source], place[x.target], x.type) for x in gold.links}


def judge(gold: LabelledArticle, found: Linked) -> Judgement:
    """Judge everything that was found in one article, as the scores count it (guidelines, section 7)."""
    matched = match_spans([u.span for u in gold.units], [u.span for u in found.units], gold.text)
    units = _backwards(matched, len(found.units))
    wanted = labelled_links(gold)
    links = []
    for link in found.links:
        source, target = units[link.source], units[link.target]
        links.append(source is not None and target is not None and link_key(source, target, link.type) in wanted)
    return Judgement(
        units=units,
        typed=tuple(g is not None and gold.units[g].type == f.type for g, f in zip(units, found.units, strict=True)),
        links=tuple(links),
        causals=_backwards(match_causals(gold.causals, found.causals, gold.text), len(found.causals)),
    )


def _backwards(matched: dict[int, int], n_found: int) -> tuple[int | None, ...]:
    back = {f: g for g, f in matched.items()}
    return tuple(back.get(f) for f in range(n_found))
