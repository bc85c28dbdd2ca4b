"""Where two annotators of one text differ, place by place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lunzheng.corpus.agreement import Pair, align_sides
from lunzheng.corpus.article import LabelledArticle, LabelledCausal, LabelledLink, LabelledUnit
from lunzheng.evaluation.matching import match_causals, match_spans
from lunzheng.spans import content_offsets

_NOTHING = "–"


@dataclass(frozen=True)
class Disagreement:
    """One place: the article, the layer, the words, and what each annotator said of them."""

    id: str
    layer: str
    words: str
    first: str
    second: str


def disagreements(pair: Pair) -> list[Disagreement]:
    """Units, links and causal relations that the annotators see differently, in the order of the text."""
    first, second = pair.first, align_sides(pair.first, pair.second)
    matched = match_spans([u.span for u in first.units], [u.span for u in second.units], first.text)
    found = [*_units(first, second, matched), *_links(first, second, matched), *_causals(first, second)]
    return [
        Disagreement(first.meta.id, layer, words, one, two)
        for _, layer, words, one, two in sorted(found, key=lambda f: f[0])
    ]


_Found = tuple[int, str, str, str, str]


def _units(first: LabelledArticle, second: LabelledArticle, matched: dict[int, int]) -> Iterator[_Found]:
    text = first.text
    for index, unit in enumerate(first.units):
        if index not in matched:
            yield unit.span.start, "unit", unit.span.of(text), _unit(unit), _NOTHING
            continue
        other = second.units[matched[index]]
        if _unit(unit) != _unit(other):
            yield unit.span.start, "unit", unit.span.of(text), _unit(unit), _unit(other)
        if content_offsets(unit.span, text) != content_offsets(other.span, text):
            yield unit.span.start, "span", unit.span.of(text), unit.span.of(text), other.span.of(text)
    for index, unit in enumerate(second.units):
        if index not in matched.values():
            yield unit.span.start, "unit", unit.span.of(text), _NOTHING, _unit(unit)


def _unit(unit: LabelledUnit) -> str:
    return " ".join([unit.type, unit.side, unit.facet, *["central"] * unit.central])


def _links(first: LabelledArticle, second: LabelledArticle, matched: dict[int, int]) -> Iterator[_Found]:
    """Links of one annotator that the other lacks; a contrast has no direction."""
    text = first.text
    partner = {first.units[a].number: second.units[b].number for a, b in matched.items()}
    said = {_key(x.source, x.target, x.type) for x in second.links}
    agreed = set()
    for link in first.links:
        key = _key(partner.get(link.source, -1), partner.get(link.target, -1), link.type)
        if key in said:
            agreed.add(key)
        else:
            yield _start(first, link), "link", _ends(first, link), _to(first, link), _NOTHING
    for link in second.links:
        if _key(link.source, link.target, link.type) not in agreed:
            yield _start(second, link), "link", second.unit(link.source).span.of(text), _NOTHING, _to(second, link)


def _key(source: int, target: int, kind: str) -> tuple[int, int, str]:
    return (min(source, target), max(source, target), kind) if kind == "contrasts" else (source, target, kind)


def _start(article: LabelledArticle, link: LabelledLink) -> int:
    return article.unit(link.source).span.start


def _ends(article: LabelledArticle, link: LabelledLink) -> str:
    return article.unit(link.source).span.of(article.text)


def _to(article: LabelledArticle, link: LabelledLink) -> str:
    return f"{link.type} {article.unit(link.target).span.of(article.text)!r}"


def _causals(first: LabelledArticle, second: LabelledArticle) -> Iterator[_Found]:
    text = first.text
    matched = match_causals(first.causals, second.causals, first.text)
    for index, causal in enumerate(first.causals):
        if index not in matched:
            yield causal.cause.start, "causal", _arrow(causal, text), _causal(causal, text), _NOTHING
        elif _causal(causal, text) != _causal(other := second.causals[matched[index]], text):
            yield causal.cause.start, "causal", _arrow(causal, text), _causal(causal, text), _causal(other, text)
    for index, causal in enumerate(second.causals):
        if index not in matched.values():
            yield causal.cause.start, "causal", _arrow(causal, text), _NOTHING, _causal(causal, text)


def _arrow(causal: LabelledCausal, text: str) -> str:
    return f"{causal.cause.of(text)} → {causal.effect.of(text)}"


def _causal(causal: LabelledCausal, text: str) -> str:
    sign = causal.connective.of(text) if causal.connective else "no connective"
    return f"{causal.kind} {causal.polarity}, {sign}"
