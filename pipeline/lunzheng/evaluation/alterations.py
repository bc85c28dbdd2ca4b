"""How articles arrive other than they were written: in the other script, with other signs, badly copied."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from lunzheng.corpus.article import LabelledArticle
from lunzheng.evaluation.alter import Replacement, alter_article
from lunzheng.labels import Script
from lunzheng.segment.layout import headings, paragraphs
from lunzheng.view._opencc import other_script

_HALF = str.maketrans(dict(zip("，。；：！？（）“”", ',.;:!?()""', strict=True)))
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_P_SPACE = 0.05
_P_WRONG = 0.03

Change = Callable[[LabelledArticle, random.Random], Iterator[Replacement]]


def _one_for_one(text: str, other: str) -> Iterator[Replacement]:
    for i, (old, new) in enumerate(zip(text, other, strict=True)):
        if old != new:
            yield Replacement(i, i + 1, new)


def _traditional(article: LabelledArticle, _: random.Random) -> Iterator[Replacement]:
    if article.meta.script != "Hant":
        yield from _one_for_one(article.text, other_script(article.text, "Hans"))


def _simplified(article: LabelledArticle, _: random.Random) -> Iterator[Replacement]:
    if article.meta.script != "Hans":
        yield from _one_for_one(article.text, other_script(article.text, "Hant"))


def _half_width(article: LabelledArticle, _: random.Random) -> Iterator[Replacement]:
    return _one_for_one(article.text, article.text.translate(_HALF))


def _spaced(article: LabelledArticle, rng: random.Random) -> Iterator[Replacement]:
    """A space between some Han characters; every line end twice."""
    for i, (one, two) in enumerate(pairwise(article.text)):
        if one == "\n":
            yield Replacement(i, i, "\n")
        elif _HAN.match(one) and _HAN.match(two) and rng.random() < _P_SPACE:
            yield Replacement(i + 1, i + 1, " ")


def _unspaced(article: LabelledArticle, _: random.Random) -> Iterator[Replacement]:
    """No space, no blank line."""
    for match in re.finditer(r"[^\S\n]+|(?<=\n)\n+", article.text):
        yield Replacement(match.start(), match.end(), "")


def _without_headings(article: LabelledArticle, _: random.Random) -> Iterator[Replacement]:
    """Title and headings cut, with the gap after each."""
    lines = paragraphs(article.text)
    heads = set(headings(article.text, lines))
    for line, following in pairwise(lines):
        if line in heads:
            yield Replacement(line.start, following.start, "")


def _wrong(article: LabelledArticle, rng: random.Random) -> Iterator[Replacement]:
    """Some Han characters exchanged for others of the article, as by a bad scan."""
    known = sorted(set(_HAN.findall(article.text)))
    for i, char in enumerate(article.text):
        if _HAN.match(char) and rng.random() < _P_WRONG:
            yield Replacement(i, i + 1, rng.choice([c for c in known if c != char] or [char]))


_CHANGES: dict[str, Change] = {
    "traditional characters": _traditional,
    "simplified characters": _simplified,
    "half-width signs": _half_width,
    "spaces put in, line ends doubled": _spaced,
    "spaces and blank lines lost": _unspaced,
    "headings cut": _without_headings,
    "3 % of characters wrong": _wrong,
}
_SCRIPT: dict[str, Script] = {"traditional characters": "Hant", "simplified characters": "Hans"}
ALTERATIONS = tuple(_CHANGES)


def altered(article: LabelledArticle, name: str, seed: int = 0) -> LabelledArticle | None:
    """*article* after one of :data:`ALTERATIONS`, labels carried along; None where it changes nothing.

    Args:
        article: labelled.
        name: of the alteration.
        seed: of what is left to chance; the article's id is mixed in.
    """
    replacements = list(_CHANGES[name](article, random.Random(f"{seed} {name} {article.meta.id}")))
    if not replacements:
        return None
    new = alter_article(article, replacements)
    if name not in _SCRIPT:
        return new
    return new.model_copy(update={"meta": new.meta.model_copy(update={"script": _SCRIPT[name]})})
