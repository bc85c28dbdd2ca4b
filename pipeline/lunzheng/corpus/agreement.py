"""How far two annotators of one text agree: the scores of guidelines section 7, and alpha over characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from lunzheng.corpus.alpha import nominal_alpha
from lunzheng.corpus.article import LabelledArticle, LabelledStrategy
from lunzheng.corpus.folder import article_paths
from lunzheng.corpus.markup import read_article
from lunzheng.document import Causal, Link, Linked, Strategy, Unit
from lunzheng.errors import CorpusError
from lunzheng.evaluation.counts import Count
from lunzheng.evaluation.matching import match_spans
from lunzheng.evaluation.scores import score_article
from lunzheng.labels import Side
from lunzheng.spans import Span, content_offsets

FIRST = "first"
SECOND = "second"
LAYERS = ("unit type", "side", "facet", "cause", "effect")
_OTHER_SIDE: dict[Side, Side] = {"A": "B", "B": "A", "both": "both", "none": "none"}


@dataclass(frozen=True)
class Pair:
    """One text with the labels of two annotators."""

    first: LabelledArticle
    second: LabelledArticle


@dataclass(frozen=True)
class Alpha:
    """Krippendorff's alpha of one layer; ``value`` is None where nothing varies."""

    value: float | None
    n_characters: int


@dataclass(frozen=True)
class Agreement:
    """Scores of the second annotator against the first, and alphas, each over all articles together."""

    scores: dict[str, Count]
    alphas: dict[str, Alpha]


def read_pairs(corpus: Path, ids: Sequence[str] = ()) -> list[Pair]:
    """The articles that two annotators labelled, by file name.

    The first labels of an adjudicated article lie in ``first/``, as the corpus' own are then no longer independent of
    the second's.

    Args:
        corpus: folder with ``articles/``, ``second/`` and, after adjudication, ``first/``.
        ids: only these; all when empty.

    Raises:
        CorpusError: no article has two labels, a file breaks the mark-up, or the two texts of one article differ.
    """
    first = {path.stem: path for path in article_paths(corpus)}
    first |= {path.stem: path for path in (corpus / FIRST).glob("*.txt") if path.stem in first}
    second = {path.stem: path for path in sorted((corpus / SECOND).glob("*.txt"))}
    both = sorted(name for name in first.keys() & second.keys() if name in ids or not ids)
    if not both:
        raise CorpusError(
            f"{corpus / SECOND}: expected second labels of {' '.join(ids) or f'articles in {corpus}/articles'}, found "
            f"none; let a second annotator label {corpus / SECOND}/<id>.txt"
        )
    return [_read_pair(first[name], second[name]) for name in both]


def read_adjudicated(corpus: Path, pairs: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    """The adjudicated labels against the first annotator's and against the second's, for articles in ``first/``.

    Raises:
        CorpusError: an adjudicated article's text differs from what was labelled.
    """
    done = {path.stem for path in (corpus / FIRST).glob("*.txt")}
    paths = {path.stem: path for path in article_paths(corpus)}
    chosen = [p for p in pairs if p.first.meta.id in done]
    against_first = [_read_pair(paths[p.first.meta.id], corpus / FIRST / f"{p.first.meta.id}.txt") for p in chosen]
    return against_first, [Pair(a.first, p.second) for a, p in zip(against_first, chosen, strict=True)]


def unpaired(corpus: Path) -> list[Path]:
    """Files of ``second/`` whose article the corpus lacks."""
    known = {path.stem for path in article_paths(corpus)}
    return [path for path in sorted((corpus / SECOND).glob("*.txt")) if path.stem not in known]


def _read_pair(first: Path, second: Path) -> Pair:
    pair = Pair(_read(first), _read(second))
    wanted, found = ([p.of(a.text) for p in a.paragraphs] for a in (pair.first, pair.second))
    for index in range(max(len(wanted), len(found))):
        one, two = (texts[index] if index < len(texts) else "" for texts in (wanted, found))
        if one != two:
            at = next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
            raise CorpusError(
                f"{second}:{_line_of(second, index)}: the text must be that of {first}; "
                f"expected {_near(one, at)}, found {_near(two, at)}; copy the text again, only labels may differ"
            )
    return pair


def _read(path: Path) -> LabelledArticle:
    article = read_article(path.read_text(encoding="utf-8"), str(path))
    if article.meta.id != path.stem:
        raise CorpusError(f"{path}:1: id {article.meta.id!r} must equal the file name {path.stem!r}; rename either")
    return article


def _line_of(path: Path, paragraph: int) -> int:
    """The line of a mark-up file on which a paragraph stands; the title's is the head's first."""
    lines = path.read_text(encoding="utf-8").split("\n")
    body = [i for i, line in enumerate(lines, 1) if line.rstrip() == "---"][1]
    found = [i for i, line in enumerate(lines, 1) if i > body and line.strip() and not line.startswith("%")]
    return 1 if paragraph == 0 else found[paragraph - 1] if paragraph <= len(found) else len(lines)


def _near(text: str, at: int) -> str:
    return repr(text[max(0, at - 4) : at + 12]) if text else "no such paragraph"


def as_linked(article: LabelledArticle) -> Linked:
    """The labels in the form that a model's answer has; the order of units is kept."""
    place = {u.number: i for i, u in enumerate(article.units)}
    return Linked(
        strategies=tuple(Strategy(s.name, s.actors, s.cues, 1.0) for s in article.strategies),
        units=tuple(Unit(u.span, u.type, u.side, u.facet, u.central, 1.0) for u in article.units),
        links=tuple(Link(place[x.source], place[x.target], x.type, 1.0) for x in article.links),
        causals=tuple(Causal(c.cause, c.effect, c.connective, c.kind, c.polarity, 1.0) for c in article.causals),
    )


def align_sides(first: LabelledArticle, second: LabelledArticle) -> LabelledArticle:
    """*second*, with A and B exchanged where that fits the sides of *first* better (guidelines, section 7)."""
    matched = match_spans([u.span for u in first.units], [u.span for u in second.units], first.text)
    pairs = [(first.units[a].side, second.units[b].side) for a, b in matched.items()]
    if sum(a == _OTHER_SIDE[b] for a, b in pairs) <= sum(a == b for a, b in pairs):
        return second
    a, b = second.meta.A, second.meta.B
    strategies: dict[str, LabelledStrategy | None] = {"A": b, "B": a}
    units = tuple(u.model_copy(update={"side": _OTHER_SIDE[u.side]}) for u in second.units)
    return second.model_copy(update={"meta": second.meta.model_copy(update=strategies), "units": units})


def agreement(pairs: Sequence[Pair]) -> Agreement:
    """Scores and alphas over *pairs* (at least one); counts and characters are added up before the division."""
    aligned = [Pair(p.first, align_sides(p.first, p.second)) for p in pairs]
    counts = [score_article(p.first, as_linked(p.second)) for p in aligned]
    scores = {name: reduce(_add, (c[name] for c in counts)) for name in counts[0]}
    alphas = {}
    for layer in LAYERS:
        coded = Counter(pair for p in aligned for pair in _coded(p, layer))
        alphas[layer] = Alpha(nominal_alpha(coded), coded.total())
    return Agreement(scores, alphas)


def _add(one: Count, two: Count) -> Count:
    return one + two  # type: ignore[operator]


def _coded(pair: Pair, layer: str) -> Iterator[tuple[str, str]]:
    """What both said of each character that counts; the title is left out, as nobody may label it."""
    one, two = _codes(pair.first, layer), _codes(pair.second, layer)
    if layer in ("side", "facet"):  # these exist inside units only: elsewhere the value is missing, not "none"
        yield from ((one[i], two[i]) for i in sorted(one.keys() & two.keys()))
        return
    for paragraph in pair.first.paragraphs[1:]:
        for i in sorted(content_offsets(paragraph, pair.first.text)):
            yield one.get(i, "none"), two.get(i, "none")


def _codes(article: LabelledArticle, layer: str) -> dict[int, str]:
    """The value of each labelled character that counts."""
    spans: Iterable[tuple[Span, str]]
    if layer == "unit type":
        spans = ((u.span, u.type) for u in article.units)
    elif layer == "side":
        spans = ((u.span, u.side) for u in article.units)
    elif layer == "facet":
        spans = ((u.span, u.facet) for u in article.units)
    elif layer == "cause":
        spans = ((c.cause, layer) for c in article.causals)
    else:
        spans = ((c.effect, layer) for c in article.causals)
    return {i: value for span, value in spans for i in content_offsets(span, article.text)}
