"""Scores of one predicted article against its labels (guidelines, section 7)."""

from __future__ import annotations

from collections.abc import Sequence

from lunzheng.corpus.article import LabelledArticle, LabelledStrategy
from lunzheng.document import Causal, Linked, Strategy
from lunzheng.evaluation.counts import AccuracyCount, Count, F1Count
from lunzheng.evaluation.matching import match_causals, match_spans
from lunzheng.labels import LINK_TYPES
from lunzheng.spans import content_offsets

_SWAP = {"A": "B", "B": "A"}


def score_article(gold: LabelledArticle, found: Linked) -> dict[str, Count]:
    """All counts of one article, by the name of the score."""
    matched = match_spans([u.span for u in gold.units], [u.span for u in found.units], gold.text)
    swap = should_swap(gold, found, matched)
    counts = _unit_counts(gold, found, matched, swap=swap)
    counts |= _relation_counts(gold, found, matched)
    counts |= _causal_counts(gold, found)
    counts |= _strategy_counts(gold, found, swap=swap)
    return counts


def side_named(side: str, *, swap: bool) -> str:
    return _SWAP.get(side, side) if swap else side


def should_swap(gold: LabelledArticle, found: Linked, matched: dict[int, int]) -> bool:
    """Whether the article's sides fit better with A and B exchanged."""
    right = [0, 0]
    for g, f in matched.items():
        for swap in (False, True):
            right[swap] += side_named(found.units[f].side, swap=swap) == gold.units[g].side
    return right[1] > right[0]


def _unit_counts(gold: LabelledArticle, found: Linked, matched: dict[int, int], *, swap: bool) -> dict[str, Count]:
    text, n_found, n_gold = gold.text, len(found.units), len(gold.units)
    pairs = [(gold.units[g], found.units[f]) for g, f in matched.items()]
    typed = [(g, f) for g, f in pairs if g.type == f.type]
    exact = [(g, f) for g, f in typed if content_offsets(g.span, text) == content_offsets(f.span, text)]
    n_central = sum(g.central and f.central for g, f in pairs)
    return {
        "units span": F1Count(len(pairs), n_found, n_gold),
        "units typed": F1Count(len(typed), n_found, n_gold),
        "units exact": F1Count(len(exact), n_found, n_gold),
        "side": AccuracyCount(sum(g.side == side_named(f.side, swap=swap) for g, f in pairs), len(pairs)),
        "facet": AccuracyCount(sum(g.facet == f.facet for g, f in pairs), len(pairs)),
        "central": F1Count(n_central, sum(u.central for u in found.units), sum(u.central for u in gold.units)),
    }


def _relation_counts(gold: LabelledArticle, found: Linked, matched: dict[int, int]) -> dict[str, Count]:
    place = {u.number: i for i, u in enumerate(gold.units)}

    def key(source: int, target: int, kind: str) -> tuple[int, int, str]:
        return (min(source, target), max(source, target), kind) if kind == "contrasts" else (source, target, kind)

    wanted = {
        key(matched[place[x.source]], matched[place[x.target]], x.type)
        for x in gold.links
        if place[x.source] in matched and place[x.target] in matched
    }
    said = {key(x.source, x.target, x.type) for x in found.links}
    counts: dict[str, Count] = {"relations": F1Count(len(wanted & said), len(said), len(gold.links))}
    for kind in LINK_TYPES:
        counts[kind] = F1Count(
            sum(k[2] == kind for k in wanted & said),
            sum(k[2] == kind for k in said),
            sum(x.type == kind for x in gold.links),
        )
    return counts


def _causal_counts(gold: LabelledArticle, found: Linked) -> dict[str, Count]:
    matched = match_causals(gold.causals, found.causals, gold.text)
    pairs = [(gold.causals[g], found.causals[f]) for g, f in matched.items()]
    return {
        "causal": F1Count(len(pairs), len(found.causals), len(gold.causals)),
        "causal kind": AccuracyCount(sum(g.kind == f.kind for g, f in pairs), len(pairs)),
        "causal polarity": AccuracyCount(sum(g.polarity == f.polarity for g, f in pairs), len(pairs)),
        "causal connective": AccuracyCount(sum(_same_sign(g.connective, f) for g, f in pairs), len(pairs)),
    }


def _same_sign(connective: object, found: Causal) -> bool:
    if connective is None or found.connective is None:
        return connective is None and found.connective is None
    return found.connective.overlaps(connective)  # type: ignore[arg-type]


def _strategy_counts(gold: LabelledArticle, found: Linked, *, swap: bool) -> dict[str, Count]:
    ordered: Sequence[Strategy] = found.strategies[::-1] if swap else found.strategies
    n_named = n_hit = n_said = n_actors = 0
    for index, strategy in enumerate(gold.strategies):
        said = ordered[index] if index < len(ordered) else None
        n_named += said is not None and _names(strategy, said)
        actors = set(said.actors) if said is not None else set()
        n_hit += len(actors & set(strategy.actors))
        n_actors += len(strategy.actors)
    n_said = sum(len(set(s.actors)) for s in found.strategies)
    return {
        "strategies named": AccuracyCount(n_named, len(gold.strategies)),
        "actors": F1Count(n_hit, n_said, n_actors),
        "contrast found": AccuracyCount(bool(found.strategies) == bool(gold.strategies), 1),
    }


def _names(gold: LabelledStrategy, found: Strategy) -> bool:
    """Whether the found name or a cue is the labelled name or one of its cues."""
    return bool({found.name, *found.cues} & {gold.name, *gold.cues})
