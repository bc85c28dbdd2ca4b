"""Which relations are missed, invented, of the wrong type, or led to the wrong target."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from lunzheng.corpus.article import LabelledArticle
from lunzheng.document import Link, Linked
from lunzheng.evaluation.judgement import Judgement, judge, labelled_links
from lunzheng.evaluation.tally import Tally, short
from lunzheng.spans import Span

_FAR = 3


@dataclass
class LinkMistakes:
    """Labelled relations that were missed, found ones that are wrong, and how far off the targets are.

    ``off_by`` counts found minus labelled target in units, of sources with one outgoing link on both sides.
    """

    missed: Tally = field(default_factory=Tally)
    invented: Tally = field(default_factory=Tally)
    off_by: Counter[str] = field(default_factory=Counter)


def link_mistakes(articles: Sequence[LabelledArticle], found: Sequence[Linked]) -> LinkMistakes:
    """All mistakes in relations.

    Args:
        articles: labelled.
        found: what was found in each of them.
    """
    mistakes = LinkMistakes()
    for article, linked in zip(articles, found, strict=True):
        one = _One(article, linked)
        one.add_missed(mistakes)
        one.add_invented(mistakes)
    return mistakes


def distance(steps: int) -> str:
    """How far a target is off, in units, in words that sort into a few rows."""
    if abs(steps) < _FAR:
        return f"{steps:+d}"
    return f"{_FAR:+d} or more" if steps > 0 else f"{-_FAR:+d} or less"


class _One:
    """One article's relations, by the places of labelled units."""

    def __init__(self, gold: LabelledArticle, linked: Linked) -> None:
        self.gold, self.linked = gold, linked
        self.judged: Judgement = judge(gold, linked)
        self.found_at = {g: f for f, g in enumerate(self.judged.units) if g is not None}
        self.outgoing = {x.source: x for x in linked.links if x.type != "contrasts"}
        self.pairs = {frozenset((x.source, x.target)): x.type for x in linked.links}
        self.gold_links = labelled_links(gold)
        self.gold_pairs = {frozenset((s, t)): kind for s, t, kind in sorted(self.gold_links)}
        self.gold_outgoing = {s: t for s, t, kind in self.gold_links if kind != "contrasts"}

    def _told(self, source: Span, kind: str, target: Span) -> str:
        return f"{short(source.of(self.gold.text))} —{kind}→ {short(target.of(self.gold.text))}"

    def add_missed(self, mistakes: LinkMistakes) -> None:
        right = {
            (self.judged.units[x.source], self.judged.units[x.target], x.type)
            for x, fine in zip(self.linked.links, self.judged.links, strict=True)
            if fine
        }
        for source, target, kind in sorted(self.gold_links):
            mistakes.missed.of[f"{kind}: all labelled"] += 1
            if (source, target, kind) in right or (kind == "contrasts" and (target, source, kind) in right):
                continue
            why = self._why_missed(source, target, kind, mistakes)
            words = self._told(self.gold.units[source].span, kind, self.gold.units[target].span)
            mistakes.missed.add(f"{kind}: {why}", self.gold.meta.id, words)

    def _why_missed(self, source: int, target: int, kind: str, mistakes: LinkMistakes) -> str:
        one, two = self.found_at.get(source), self.found_at.get(target)
        if one is None or two is None:
            return "an end was not found"
        if (other := self.pairs.get(frozenset((one, two)))) is not None:
            return f"found as {other}" if other != kind else "found the other way round"
        if kind == "contrasts":
            return "not linked"
        if one not in self.outgoing:
            return "source left without a link"
        led_to = self.judged.units[self.outgoing[one].target]
        if led_to is None:
            return "led to a unit that is not labelled"
        mistakes.off_by[distance(led_to - target)] += 1
        return "led to another target"

    def add_invented(self, mistakes: LinkMistakes) -> None:
        for link, fine in zip(self.linked.links, self.judged.links, strict=True):
            mistakes.invented.of[f"{link.type}: all found"] += 1
            if not fine:
                words = self._told(self.linked.units[link.source].span, link.type, self.linked.units[link.target].span)
                mistakes.invented.add(f"{link.type}: {self._why_invented(link)}", self.gold.meta.id, words)

    def _why_invented(self, link: Link) -> str:
        source, target = self.judged.units[link.source], self.judged.units[link.target]
        if source is None or target is None:
            return "an end is not labelled"
        if (other := self.gold_pairs.get(frozenset((source, target)))) is not None:
            return f"labelled as {other}" if other != link.type else "labelled the other way round"
        if link.type == "contrasts":
            return "not labelled"
        return "labelled with another target" if source in self.gold_outgoing else "source has no labelled link"
