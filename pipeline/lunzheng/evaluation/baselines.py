"""Trivial baselines: what scores say without any learning."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from lunzheng.corpus.article import LabelledArticle
from lunzheng.document import Causal, Link, Linked, Segmentation, Strategy, Unit
from lunzheng.spans import Span

_CLAUSE = re.compile(r"[^，。；：！？,;:!?\n]+")
_QUOTED = re.compile(r"[“「]([^“”「」，。]{2,6})[”」]")
_EDGE = " \t\u3000“”‘’「」"
_FORWARD = ("导致", "使得", "让", "因此", "所以", "从而", "于是", "導致", "讓", "從而", "於是")
_BACKWARD = ("因为", "由于", "因為", "由於")


def baseline(article: LabelledArticle, segmentation: Segmentation, training: Sequence[LabelledArticle]) -> Linked:
    """Every clause a claim with the commonest side and facet, linked to the claim before it.

    Causes follow connective rules; the strategies are the two commonest quoted words.

    Args:
        article: only its text is read.
        segmentation: of the text.
        training: where the commonest side and facet are counted.
    """
    side = Counter(u.side for a in training for u in a.units).most_common(1)[0][0]
    facet = Counter(u.facet for a in training for u in a.units).most_common(1)[0][0]
    clauses = _clauses(article.text, segmentation)
    units = tuple(
        Unit(span, "claim", side, facet, central=i == len(clauses) - 1, confidence=1.0)
        for i, span in enumerate(clauses)
    )
    links = tuple(Link(i, i - 1, "supports", 1.0) for i in range(1, len(units)))
    return Linked(_strategies(article.text), units, links, tuple(_causals(article.text, segmentation)))


def _clauses(text: str, segmentation: Segmentation) -> list[Span]:
    heads = set(segmentation.headings)
    return [
        span
        for sentence in segmentation.sentences
        if sentence not in heads
        for m in _CLAUSE.finditer(text, sentence.start, sentence.end)
        if len(span := Span(*m.span()).trim(text, _EDGE)) > 3
    ]


def _causals(text: str, segmentation: Segmentation) -> list[Causal]:
    """Clauses before and after a forward connective; a clause that begins with a backward one causes the next."""
    found = []
    for sentence in segmentation.sentences:
        clauses = [Span(*m.span()).trim(text, _EDGE) for m in _CLAUSE.finditer(text, sentence.start, sentence.end)]
        clauses = [c for c in clauses if len(c)]
        for i, clause in enumerate(clauses):
            words = clause.of(text)
            sign = next((w for w in _FORWARD if w in words), None)
            if sign is not None:
                at = clause.start + words.index(sign)
                cause = Span(clause.start, at) if at - clause.start > 1 else (clauses[i - 1] if i else None)
                effect = Span(at + len(sign), clause.end)
                if cause is not None and len(cause) and len(effect):
                    connective = Span(at, at + len(sign))
                    found.append(Causal(cause, effect, connective, "consequence", "facilitate", 1.0))
            elif words.startswith(_BACKWARD) and i + 1 < len(clauses):
                connective = Span(clause.start, clause.start + 2)
                cause = Span(clause.start + 2, clause.end)
                if len(cause):
                    found.append(Causal(cause, clauses[i + 1], connective, "consequence", "facilitate", 1.0))
    return found


def _strategies(text: str) -> tuple[Strategy, ...]:
    common = [w for w, _ in Counter(_QUOTED.findall(text)).most_common(2)]
    if len(common) < 2:
        return ()
    return tuple(Strategy(w, (), (), 1.0) for w in sorted(common, key=text.index))
