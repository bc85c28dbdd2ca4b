"""What must hold of a labelled article beyond the mark-up, and what is merely unusual."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from lunzheng.corpus.article import LabelledArticle
from lunzheng.corpus.vocabulary import INDUSTRIES, VOICES
from lunzheng.spans import Span

_TERMINAL = re.compile(r"[。！？!?]")
_EDGE = "。，、；：！？,;!? \t\u3000"
_QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』", "（": "）", "《": "》"}


@dataclass(frozen=True)
class Finding:
    """One thing found wrong (``error``) or unusual (``warning``), with the words it is about and where they stand."""

    level: Literal["error", "warning"]
    message: str
    near: str = ""
    at: int | None = None  # code point of the article's text; None for the article as a whole


def check_article(article: LabelledArticle) -> list[Finding]:
    """All findings for one article, errors first."""
    found = [finding for check in _CHECKS for finding in check(article)]
    return sorted(found, key=lambda f: f.level)


def _error(message: str, near: str = "", at: int | None = None) -> Finding:
    return Finding("error", message, near, at)


def _warning(message: str, near: str = "", at: int | None = None) -> Finding:
    return Finding("warning", message, near, at)


def _inside_quotes(text: str, position: int) -> bool:
    """Whether the text up to *position* has a quotation mark still open."""
    before = text[:position]
    return any(before.count(o) > before.count(c) for o, c in _QUOTES.items())


def _spans(article: LabelledArticle) -> Iterator[Finding]:
    text = article.text
    for unit in article.units:
        words = unit.span.of(text)
        if not words.strip(_EDGE):
            yield _error(f"unit {unit.number} is empty", at=unit.span.start)
            continue
        if unit.span.trim(text, _EDGE) != unit.span:
            yield _error(
                f"unit {unit.number} begins or ends with punctuation or space; move the bracket", words, unit.span.start
            )
        for match in _TERMINAL.finditer(words[:-1]):
            if not _inside_quotes(words, match.start() + 1):
                yield _error(f"unit {unit.number} runs over a sentence end; split it", words, unit.span.start)
                break
        if len(words) < 4:
            yield _warning(f"unit {unit.number} has only {len(words)} characters", words, unit.span.start)
    for one, two in pairwise(article.units):
        if one.span.overlaps(two.span):
            yield _error(f"units {one.number} and {two.number} overlap", at=two.span.start)


def _links(article: LabelledArticle) -> Iterator[Finding]:
    types = {u.number: u.type for u in article.units}
    places = {u.number: u.span.start for u in article.units}
    head: dict[int, int] = {}
    for link in article.links:
        if link.type == "contrasts":
            continue
        if types[link.target] != "claim":
            yield _error(
                f"unit {link.source} {link.type} {link.target}, which is evidence; a target is a claim",
                at=places[link.source],
            )
        if link.source in head:
            yield _error(
                f"unit {link.source} has two outgoing links; keep the nearest grounded claim", at=places[link.source]
            )
        head[link.source] = link.target
    for start in head:
        seen, at = {start}, head[start]
        while at in head and at not in seen:
            seen.add(at)
            at = head[at]
        if at == start:
            yield _error(f"the links from unit {start} run in a circle", at=places[start])
    pairs = [frozenset((x.source, x.target)) for x in article.links if x.type == "contrasts"]
    if len(pairs) != len(set(pairs)):
        yield _error("a contrast is labelled twice; label it once, on the earlier unit")


def _central(article: LabelledArticle) -> Iterator[Finding]:
    central = [u for u in article.units if u.central]
    if not 1 <= len(central) <= 3:
        yield _error(f"{len(central)} central claims; label one to three")
    heads = {x.source: x.target for x in article.links if x.type == "supports"}
    types = {u.number: u.type for u in article.units}
    for unit in central:
        if unit.type != "claim":
            yield _error(f"unit {unit.number} is central but not a claim", at=unit.span.start)
        if not any(_reaches(start, unit.number, heads) for start, t in types.items() if t == "evidence"):
            yield _error(
                f"central claim {unit.number} is grounded in no evidence by supports links", at=unit.span.start
            )


def _reaches(start: int, goal: int, heads: dict[int, int]) -> bool:
    seen: set[int] = set()
    at: int | None = start
    while at is not None and at not in seen:
        if at == goal:
            return True
        seen.add(at)
        at = heads.get(at)
    return False


def _unlinked(article: LabelledArticle) -> Iterator[Finding]:
    sources = {x.source for x in article.links}
    for unit in article.units:
        if unit.type == "evidence" and unit.number not in sources:
            yield _warning(f"evidence {unit.number} grounds nothing", unit.span.of(article.text), unit.span.start)


def _causals(article: LabelledArticle) -> Iterator[Finding]:
    for causal in article.causals:
        near = causal.cause.of(article.text)
        if causal.cause.overlaps(causal.effect):
            yield _error("cause and effect overlap; keep the shortest words of each", near, causal.cause.start)
            continue
        for span in (causal.cause, causal.effect):
            if span.trim(article.text, _EDGE) != span:
                yield _error("a causal span begins or ends with punctuation", span.of(article.text), span.start)
        between = Span(min(causal.cause.end, causal.effect.end), max(causal.cause.start, causal.effect.start))
        if len(_TERMINAL.findall(between.of(article.text))) > 1:
            yield _error("cause and effect are more than one sentence apart", near, causal.cause.start)


def _strategies(article: LabelledArticle) -> Iterator[Finding]:
    if (article.meta.A is None) != (article.meta.B is None):
        yield _error("give both strategies, or neither")
    for label, strategy in (("A", article.meta.A), ("B", article.meta.B)):
        if strategy is None:
            continue
        for word in (strategy.name, *strategy.actors, *strategy.cues):
            if word not in article.text:
                yield _error(f"strategy {label}: {word!r} does not stand in the text")
    if article.meta.A is None:
        for unit in article.units:
            if unit.side != "none":
                yield _error(
                    f"unit {unit.number} has side {unit.side}, but the article names no strategies", at=unit.span.start
                )


def _length(article: LabelledArticle) -> Iterator[Finding]:
    n_chars = len(article.text)
    if not 500 <= n_chars <= 2200:
        yield _warning(f"{n_chars} characters; expected 600 to 2,000")
    n_units, n_causals = len(article.units), len(article.causals)
    if not 8 <= n_units * 1000 / max(1, n_chars) <= 34:
        yield _warning(f"{n_units} units in {n_chars} characters; expected 12 to 25 a thousand")
    if not 3 <= n_causals * 1000 / max(1, n_chars) <= 30:
        yield _warning(f"{n_causals} causal relations in {n_chars} characters; expected 5 to 15 a thousand")


def _vocabulary(article: LabelledArticle) -> Iterator[Finding]:
    for field, known in (("industry", INDUSTRIES), ("voice", VOICES)):
        value = getattr(article.meta, field)
        if value not in known:
            yield _warning(f"{field} {value!r} is none of {', '.join(known)}; statistics count it by itself")


_CHECKS: tuple[Callable[[LabelledArticle], Iterator[Finding]], ...] = (
    _spans,
    _links,
    _central,
    _unlinked,
    _causals,
    _strategies,
    _length,
    _vocabulary,
)
