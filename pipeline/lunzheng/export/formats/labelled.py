"""A map as a labelled article, the form that annotation tools are written from."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from lunzheng.argmap import ArgumentMap, CausalRelation, Edge, MapStrategy, Node
from lunzheng.corpus.article import ArticleMeta, LabelledArticle, LabelledCausal, LabelledLink, LabelledUnit
from lunzheng.corpus.exchange import Draft
from lunzheng.errors import CorpusError
from lunzheng.export.formats.plain import one_line
from lunzheng.labels import LINK_TYPES
from lunzheng.spans import Span
from lunzheng.store import sha256_bytes

_UNKNOWN = "未知 unknown"
_NO_DATE = "0000-00-00"  # a map tells no time; whoever corrects the article writes the day
_LINES = re.compile(r"[^\r\n]+")
_NUMBERED = re.compile(r"[A-Za-z]{1,8}([1-9][0-9]{0,7})")


@dataclass
class Labelled:
    """An article with the part of the map that each label comes from, and what it could not take.

    Args:
        article: its labels in the order of the mark-up.
        units: by their numbers.
        links: by what they say.
        causals: in the order of the article's.
        left_out: what, and how many of it.
    """

    article: LabelledArticle
    units: dict[int, Node]
    links: dict[LabelledLink, Edge]
    causals: list[CausalRelation]
    left_out: tuple[str, ...]


def labelled(argument_map: ArgumentMap) -> Labelled:
    """The map as an article of the corpus; what the mark-up cannot say is left out and told.

    The text is laid out as the corpus has it: title, blank line, one paragraph a line with blank lines between.
    A text that is laid out so already keeps its offsets.
    """
    return _Builder(argument_map).build()


@dataclass
class _Builder:
    map: ArgumentMap
    left_out: Counter[str] = field(default_factory=Counter)
    pieces: list[tuple[Span, int]] = field(default_factory=list)  # what is kept of the text, and how far it moved

    def build(self) -> Labelled:
        text, title = self._lay_out()
        draft = Draft(self._meta(title), text, self.map.document.id)
        numbers = self._numbers()
        units = self._units(draft, numbers)
        links = self._links(draft, numbers, units)
        causals = self._causals(draft)
        told = tuple(f"{what}: {n}" for what, n in sorted(self.left_out.items()))
        return Labelled(draft.finish(), units, links, causals, told)

    def _lay_out(self) -> tuple[str, str]:
        """The text as the corpus has it, and its title."""
        words = self.map.document.text
        lines = [_trimmed(Span(*m.span()), words) for m in _LINES.finditer(words)]
        lines = [line for line in lines if len(line)]
        title, text = one_line(self.map.document.title or self.map.document.id), ""
        if lines and one_line(lines[0].of(words)) == title:
            title = lines[0].of(words)
        else:
            text = title
        for line in lines:
            text += "\n\n" if text else ""
            self.pieces.append((line, len(text) - line.start))
            text += line.of(words)
        return text, title

    def _meta(self, title: str) -> ArticleMeta:
        document, sides = self.map.document, {s.id: _strategy(s) for s in self.map.strategies}
        return ArticleMeta.model_validate(
            {
                "id": _slug(document.id),
                "title": title,
                "topic": _UNKNOWN,
                "industry": _UNKNOWN,
                "voice": _UNKNOWN,
                "script": document.script,
                "annotator": f"model {self.map.provenance.model.name}",
                "date": _NO_DATE,
                **sides,
            }
        )

    def _numbers(self) -> dict[str, int]:
        """The number of each unit: that of its id where all ids end in one of their own."""
        ids = [n.id for n in sorted(self.map.nodes, key=lambda n: (n.span, n.id))]
        found = [int(m[1]) for i in ids if (m := _NUMBERED.fullmatch(i))]
        return dict(zip(ids, found if len(set(found)) == len(ids) else range(1, len(ids) + 1), strict=True))

    def _moved(self, span: Span) -> Span | None:
        return next((span.shift(by) for piece, by in self.pieces if piece.contains(span)), None)

    def _units(self, draft: Draft, numbers: dict[str, int]) -> dict[int, Node]:
        taken: dict[int, Node] = {}
        end = 0
        for node in sorted(self.map.nodes, key=lambda n: (n.span, n.id)):
            span = self._moved(node.span)
            if span is None or span.start < end:
                self.left_out["units that overlap another or reach over a paragraph's end"] += 1
                continue
            try:
                draft.add_unit(_unit(node, numbers[node.id], span), node.id)
            except CorpusError:
                self.left_out["units in the title"] += 1
                continue
            taken[numbers[node.id]] = node
            end = span.end
        return taken

    def _links(self, draft: Draft, numbers: dict[str, int], units: dict[int, Node]) -> dict[LabelledLink, Edge]:
        taken: dict[LabelledLink, Edge] = {}
        for edge in self.map.edges:
            if edge.type not in LINK_TYPES:
                continue  # lifted from a causal relation, which is there itself
            link = _link(edge, numbers)
            if not {link.source, link.target} <= units.keys() or link.source == link.target or link in taken:
                self.left_out["relations of units that are left out, or said twice"] += 1
                continue
            draft.add_link(link, edge.id)
            taken[link] = edge
        return taken

    def _causals(self, draft: Draft) -> list[CausalRelation]:
        taken: list[tuple[tuple[Span, Span], CausalRelation]] = []
        for causal in self.map.causal_relations:
            found = self._causal(causal)
            try:
                if found is None:
                    raise CorpusError(causal.id)
                draft.add_causal(found, causal.id)
            except CorpusError:
                self.left_out["causal relations that reach over a paragraph's end or into the title"] += 1
                continue
            taken.append(((found.cause, found.effect), causal))
        return [causal for _, causal in sorted(taken, key=lambda pair: pair[0])]

    def _causal(self, causal: CausalRelation) -> LabelledCausal | None:
        cause, effect = self._moved(causal.cause.span), self._moved(causal.effect.span)
        sign = None if causal.connective is None else self._moved(causal.connective.span)
        if cause is None or effect is None or (sign is None) != (causal.connective is None):
            return None
        return LabelledCausal(cause=cause, effect=effect, connective=sign, kind=causal.kind, polarity=causal.polarity)


def _trimmed(span: Span, text: str) -> Span:
    """The span without white space at its ends."""
    words = span.of(text)
    start = span.end - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _slug(doc_id: str) -> str:
    """An id as the corpus has it, different for different ids."""
    slug = re.sub(r"[^a-z0-9]+", "-", doc_id.lower()).strip("-")
    if slug == doc_id:
        return slug
    digest = sha256_bytes(doc_id.encode("utf-8", "surrogatepass"))[:8]
    return f"{slug}-{digest}" if slug else f"map-{digest}"


def _strategy(strategy: MapStrategy) -> dict[str, object]:
    return {"name": one_line(strategy.name), "actors": strategy.actors, "cues": strategy.cues}


def _unit(node: Node, number: int, span: Span) -> LabelledUnit:
    return LabelledUnit(
        number=number, span=span, type=node.type, side=node.side, facet=node.facet, central=node.central
    )


def _link(edge: Edge, numbers: dict[str, int]) -> LabelledLink:
    kind = {"source": numbers[edge.source], "target": numbers[edge.target], "type": edge.type}
    return LabelledLink.model_validate(kind)
