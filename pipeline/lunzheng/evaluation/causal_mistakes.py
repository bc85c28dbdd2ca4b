"""Which causal relations are missed, invented, or of the wrong kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lunzheng.corpus.article import LabelledArticle, LabelledCausal
from lunzheng.document import Causal, Linked
from lunzheng.evaluation.judgement import judge
from lunzheng.evaluation.tally import Tally, short
from lunzheng.evaluation.unit_mistakes import Confusion
from lunzheng.labels import CAUSAL_KINDS, POLARITIES
from lunzheng.spans import Span

_STOP = re.compile(r"[。！？!?]")


@dataclass
class CausalMistakes:
    """Missed relations by what they are like, invented ones by what they come near to, kinds taken for others."""

    missed: Tally = field(default_factory=Tally)
    invented: Tally = field(default_factory=Tally)
    kind: Confusion = field(default_factory=lambda: Confusion(CAUSAL_KINDS))
    polarity: Confusion = field(default_factory=lambda: Confusion(POLARITIES))


def causal_mistakes(articles: Sequence[LabelledArticle], found: Sequence[Linked]) -> CausalMistakes:
    """All mistakes in causal relations.

    Args:
        articles: labelled.
        found: what was found in each of them.
    """
    mistakes = CausalMistakes()
    for gold, linked in zip(articles, found, strict=True):
        matched = judge(gold, linked).causals
        hit = {g: linked.causals[f] for f, g in enumerate(matched) if g is not None}
        for g, one in enumerate(gold.causals):
            words = _told(one, gold.text)
            for trait in _traits(one, gold.text):
                mistakes.missed.of[trait] += 1
                if g not in hit:
                    mistakes.missed.add(trait, gold.meta.id, words)
            if g in hit:
                mistakes.kind.add(one.kind, hit[g].kind, gold.meta.id, words)
                mistakes.polarity.add(one.polarity, hit[g].polarity, gold.meta.id, words)
        for f, at in enumerate(matched):
            if at is None:
                causal = linked.causals[f]
                mistakes.invented.add(_near(causal, gold), gold.meta.id, _told(causal, gold.text))
    return mistakes


def _told(causal: LabelledCausal | Causal, text: str) -> str:
    sign = causal.connective.of(text) if causal.connective else "·"
    return f"{short(causal.cause.of(text))} —{sign}→ {short(causal.effect.of(text))}"


def _traits(causal: LabelledCausal, text: str) -> Iterator[str]:
    """What a relation is like; it counts under each of its traits."""
    between = Span(min(causal.cause.end, causal.effect.end), max(causal.cause.start, causal.effect.start))
    yield "all"
    yield "with connective" if causal.connective else "no connective"
    yield "across sentences" if _STOP.search(between.of(text)) else "in one sentence"
    yield causal.kind
    yield causal.polarity
    if causal.effect < causal.cause:
        yield "effect before cause"


def _near(causal: Causal, gold: LabelledArticle) -> str:
    """What an invented relation comes near to."""
    if any(causal.cause.overlaps(g.effect) and causal.effect.overlaps(g.cause) for g in gold.causals):
        return "the other way round"
    if any(causal.cause.overlaps(g.cause) and causal.effect.overlaps(g.effect) for g in gold.causals):
        return "a labelled relation with other bounds"
    if any(s.overlaps(causal.cause) or s.overlaps(causal.effect) for g in gold.causals for s in (g.cause, g.effect)):
        return "one span labelled in another relation"
    return "neither span labelled"
