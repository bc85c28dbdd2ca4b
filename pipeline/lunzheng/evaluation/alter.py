"""Changes of an article's text, with its labels carried along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from lunzheng.corpus.article import LabelledArticle, LabelledCausal, LabelledStrategy, LabelledUnit
from lunzheng.spans import Span, is_content


class Replacement(NamedTuple):
    """``[start, end)`` of the old text becomes *words*; an empty stretch is an insertion before *start*."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class AlteredText:
    """A text after its replacements, with the way there from the old one.

    ``starts`` and ``ends`` give, for each old offset, where a span that starts or ends there does so now: what is
    inserted at a span's edge stays outside. ``torn`` are old offsets inside a stretch that was replaced as a whole,
    ``n_cut`` counts the content characters that were cut before each old offset.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    torn: frozenset[int]
    n_cut: tuple[int, ...]

    def carry(self, span: Span) -> Span | None:
        """Where the words of *span* stand now; None where some were cut or the edge of *span* is gone."""
        if {span.start, span.end} & self.torn or self.n_cut[span.start] != self.n_cut[span.end]:
            return None
        new = Span(self.starts[span.start], self.ends[span.end])
        return new if len(new) else None


def alter_text(text: str, replacements: Sequence[Replacement]) -> AlteredText:
    """Apply *replacements*; one of equal length goes character by character.

    Args:
        text: the old text.
        replacements: in order, without overlap.

    Raises:
        ValueError: they overlap, are out of order, or reach beyond the text.
    """
    chars, before = list(text), [""] * (len(text) + 1)
    torn: set[int] = set()
    cut = [0] * len(text)
    position = 0
    for start, end, words in replacements:
        if not position <= start <= end <= len(text):
            raise ValueError(f"expected a replacement inside [{position}, {len(text)}], found [{start}, {end})")
        if start == end:
            before[start] += words
        elif len(words) == end - start:
            chars[start:end] = words
        else:
            chars[start:end] = [words, *[""] * (end - start - 1)]
            torn.update(range(start + 1, end))
            if not words:
                cut[start:end] = [int(is_content(c)) for c in text[start:end]]
        position = end
    lengths = (len(c) + len(b) for c, b in zip(chars, before, strict=False))
    ends = tuple(accumulate(lengths, initial=0))
    return AlteredText(
        text="".join(b + c for b, c in zip(before, [*chars, ""], strict=True)),
        starts=tuple(end + len(b) for end, b in zip(ends, before, strict=True)),
        ends=ends,
        torn=frozenset(torn),
        n_cut=tuple(accumulate(cut, initial=0)),
    )


def alter_article(article: LabelledArticle, replacements: Sequence[Replacement]) -> LabelledArticle:
    """*article* with another text and every label on the same words; labels that touch cut words go with them.

    Raises:
        ValueError: as :func:`alter_text`.
    """
    altered = alter_text(article.text, replacements)
    units = tuple(u for unit in article.units if (u := _carry_unit(unit, altered)))
    numbers = {u.number for u in units}
    meta = article.meta.model_copy(
        update={k: _carry_strategy(s, article.text, altered) for k in "AB" if (s := getattr(article.meta, k))}
    )
    return LabelledArticle(
        meta=meta,
        text=altered.text,
        paragraphs=tuple(p for old in article.paragraphs if (p := altered.carry(old))),
        units=units,
        links=tuple(x for x in article.links if x.source in numbers and x.target in numbers),
        causals=tuple(c for causal in article.causals if (c := _carry_causal(causal, altered))),
    )


def _carry_unit(unit: LabelledUnit, altered: AlteredText) -> LabelledUnit | None:
    span = altered.carry(unit.span)
    return unit.model_copy(update={"span": span}) if span else None


def _carry_causal(causal: LabelledCausal, altered: AlteredText) -> LabelledCausal | None:
    cause, effect = altered.carry(causal.cause), altered.carry(causal.effect)
    if cause is None or effect is None:
        return None
    connective = altered.carry(causal.connective) if causal.connective else None
    return causal.model_copy(update={"cause": cause, "effect": effect, "connective": connective})


def _carry_strategy(strategy: LabelledStrategy, text: str, altered: AlteredText) -> LabelledStrategy:
    """The words as they stand now; a name that stands nowhere any more gives way to a cue, if one is left."""
    name = _carry_word(strategy.name, text, altered)
    cues = [w for cue in strategy.cues if (w := _carry_word(cue, text, altered))]
    actors = [w for actor in strategy.actors if (w := _carry_word(actor, text, altered))]
    return LabelledStrategy(name=name or next(iter(cues), strategy.name), actors=tuple(actors), cues=tuple(cues))


def _carry_word(word: str, text: str, altered: AlteredText) -> str | None:
    """*word* if it still stands somewhere, else what its first place has become."""
    if word in altered.text:
        return word
    at = -1
    while (at := text.find(word, at + 1)) >= 0:
        span = altered.carry(Span(at, at + len(word)))
        if span is not None:
            return span.of(altered.text)
    return None
