"""What every exchange format must hold so that an article comes back as it was."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from pydantic import ValidationError

from lunzheng.corpus.article import ArticleMeta, LabelledArticle, LabelledCausal, LabelledLink, LabelledUnit
from lunzheng.errors import CorpusError
from lunzheng.spans import Span

_SEPARATOR = "\n\n"


@dataclass
class Draft:
    """An article that is put together label by label; what the mark-up cannot say is refused at its place.

    Args:
        meta: the article's head.
        text: the title, then the paragraphs, one blank line between them.
        where: the text's file, for messages.

    Raises:
        CorpusError: on creation, when the text is not laid out so.
    """

    meta: ArticleMeta
    text: str
    where: str
    paragraphs: tuple[Span, ...] = ()
    _units: dict[int, LabelledUnit] = field(default_factory=dict)
    _places: dict[int, str] = field(default_factory=dict)
    _links: list[tuple[LabelledLink, str]] = field(default_factory=list)
    _causals: list[LabelledCausal] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.paragraphs = tuple(self._split())

    def _split(self) -> list[Span]:
        spans: list[Span] = []
        start = 0
        for words in self.text.split(_SEPARATOR):
            line = self.text.count("\n", 0, start) + 1
            if not words.strip() or words != words.strip() or "\n" in words or "\r" in words:
                raise CorpusError(
                    f"{self.where}:{line}: expected one line of text and then one blank line, found {words[:20]!r}; "
                    "leave the text as it was exported"
                )
            if not spans and words != self.meta.title:
                raise CorpusError(
                    f"{self.where}:1: expected the title {self.meta.title!r}, found {words[:20]!r}; "
                    "leave the text as it was exported"
                )
            spans.append(Span(start, start + len(words)))
            start += len(words) + len(_SEPARATOR)
        return spans

    def _body(self, span: Span, what: str, place: str) -> Span:
        """The body paragraph that holds *span*."""
        for paragraph in self.paragraphs[1:]:
            if len(span) and paragraph.contains(span):
                return paragraph
        raise CorpusError(
            f"{place}: {what} {tuple(span)} must lie inside one paragraph below the title and not be empty; "
            "mark its words again"
        )

    def add_unit(self, unit: LabelledUnit, place: str) -> None:
        """Take a unit.

        Raises:
            CorpusError: its span leaves its paragraph, or its number is taken.
        """
        self._body(unit.span, f"unit {unit.number}", place)
        if unit.number in self._units:
            raise CorpusError(f"{place}: unit {unit.number} stands at {self._places[unit.number]}, too; renumber one")
        self._units[unit.number], self._places[unit.number] = unit, place

    def add_link(self, link: LabelledLink, place: str) -> None:
        """Take a link; its units may come later."""
        self._links.append((link, place))

    def add_causal(self, causal: LabelledCausal, place: str) -> None:
        """Take a causal relation.

        Raises:
            CorpusError: its spans are not all in one paragraph.
        """
        home = self._body(causal.cause, "cause", place)
        others = [("effect", causal.effect), *([("connective", causal.connective)] if causal.connective else [])]
        for what, span in others:
            if self._body(span, what, place) != home:
                raise CorpusError(f"{place}: the {what} is in another paragraph than its cause; keep them in one")
        self._causals.append(causal)

    def finish(self) -> LabelledArticle:
        """The article, its labels in the order in which the mark-up is read.

        Raises:
            CorpusError: units overlap, or a link has no other unit at its end.
        """
        units = tuple(sorted(self._units.values(), key=lambda u: u.span))
        for one, two in pairwise(units):
            if one.span.overlaps(two.span):
                raise CorpusError(
                    f"{self._places[two.number]}: the unit overlaps that at {self._places[one.number]}; "
                    "shorten or delete one"
                )
        for link, place in self._links:
            if not {link.source, link.target} <= self._units.keys() or link.source == link.target:
                raise CorpusError(
                    f"{place}: unit {link.source} {link.type} {link.target}: expected two units; "
                    "draw the link again or delete it"
                )
        return LabelledArticle(
            meta=self.meta,
            text=self.text,
            paragraphs=self.paragraphs,
            units=units,
            links=tuple(sorted((x for x, _ in self._links), key=lambda x: (x.source, x.type, x.target))),
            causals=tuple(sorted(self._causals, key=lambda c: (c.cause, c.effect))),
        )


def parse_meta(value: object, place: str) -> ArticleMeta:
    """The article's head from JSON, as text or already decoded.

    Raises:
        CorpusError: a field is missing, unknown or out of range.
    """
    try:
        if isinstance(value, str):
            return ArticleMeta.model_validate_json(value)
        return ArticleMeta.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"])) or "JSON"
        raise CorpusError(f"{place}: metadata field {name!r}: {first['msg']}; restore it from the export") from error


def refuse_loss(article: LabelledArticle) -> None:
    """Make sure that an article can come back from an exchange format as it is.

    Raises:
        CorpusError: it holds what the mark-up cannot say: overlapping or empty spans, a text laid out otherwise.
    """
    where = article.meta.id
    draft = Draft(article.meta, article.text, where)
    for unit in article.units:
        draft.add_unit(unit, where)
    for link in article.links:
        draft.add_link(link, where)
    for causal in article.causals:
        draft.add_causal(causal, where)
    if draft.finish() != article:
        raise CorpusError(f"{where}: expected labels in the order of the mark-up; read the article with read_article")
