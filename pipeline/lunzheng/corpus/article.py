"""One labelled article: its text, units, links, causal relations and strategies."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from lunzheng.labels import CausalKind, Facet, LinkType, Polarity, Script, Side, UnitType
from lunzheng.spans import Span


class Frozen(BaseModel):
    """Immutable value that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LabelledUnit(Frozen):
    """One argument unit; ``number`` is its name inside the article's mark-up."""

    number: int
    span: Span
    type: UnitType
    side: Side
    facet: Facet
    central: bool = False


class LabelledLink(Frozen):
    """A relation between two units, by their numbers."""

    source: int
    target: int
    type: LinkType


class LabelledCausal(Frozen):
    """A cause and its effect, with the words that signal it."""

    cause: Span
    effect: Span
    connective: Span | None
    kind: CausalKind
    polarity: Polarity


class LabelledStrategy(Frozen):
    """One of the two strategies that the article contrasts."""

    name: str = Field(min_length=1)
    actors: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()


class ArticleMeta(Frozen):
    """What is known of an article beside its text and labels."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    title: str = Field(min_length=1)
    topic: str = Field(min_length=1, description="what is contrasted or discussed, in Chinese")
    industry: str = Field(min_length=1)
    voice: str = Field(min_length=1)
    script: Script
    annotator: str = Field(min_length=1, description="kind of annotator, e.g. model, person")
    date: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    A: LabelledStrategy | None = None
    B: LabelledStrategy | None = None


class LabelledArticle(Frozen):
    """An article with its labels; ``text`` is the title, a blank line, and the paragraphs."""

    meta: ArticleMeta
    text: str
    paragraphs: tuple[Span, ...] = Field(description="the title first, then the body's paragraphs")
    units: tuple[LabelledUnit, ...]
    links: tuple[LabelledLink, ...]
    causals: tuple[LabelledCausal, ...]

    def unit(self, number: int) -> LabelledUnit:
        """The unit called *number* in the mark-up.

        Raises:
            KeyError: no unit has that number.
        """
        for unit in self.units:
            if unit.number == number:
                return unit
        raise KeyError(number)

    @property
    def strategies(self) -> tuple[LabelledStrategy, ...]:
        """The strategies, A first; empty for an article that contrasts nothing."""
        return tuple(s for s in (self.meta.A, self.meta.B) if s is not None)
