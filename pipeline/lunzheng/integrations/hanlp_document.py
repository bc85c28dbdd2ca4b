"""A map as a HanLP ``Document``, and back.

Source: ``hanlp_common.document.Document`` (HanLP 2.1): a dict of annotations, ``tok`` being a list of words for each
sentence, and entities ``(form, label, first word, end word)`` for each sentence.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from lunzheng.api.map import Map
from lunzheng.argmap import ArgumentMap
from lunzheng.errors import InputError
from lunzheng.spans import Span

if TYPE_CHECKING:
    from hanlp_common.document import Document

UNITS, MAP = "ner/lunzheng", "lunzheng"
Tokenizer = Callable[[str], Sequence[str]]


def to_hanlp(found: Map, tokenizer: Tokenizer = list) -> Document:
    """The map's article as HanLP annotations.

    Args:
        found: a map.
        tokenizer: cuts a sentence into words, for instance a HanLP tokenizer; default: single signs. The words must
            stand in the sentence in that order.

    Returns:
        ``tok`` (words for each sentence), ``ner/lunzheng`` (units as entities over words, as HanLP's ``pretty_print``
        draws them), ``lunzheng`` (the map itself with all offsets, in the first of one entry for each sentence, as
        HanLP expects every annotation to have).

    Raises:
        InputError: the tokenizer gives words that the sentence does not have.
    """
    from hanlp_common.document import Document

    text = found.text
    words, units = [], []
    for sentence in found.data.document.sentences:
        forms = [str(w) for w in tokenizer(sentence.of(text))]
        places = _places(text, sentence, forms)
        words.append(forms)
        units.append(_entities(found.data, sentence, places))
    rest: list[Any] = [None] * (len(words) - 1)
    return Document({"tok": words, UNITS: units, MAP: [found.data.model_dump(mode="json"), *rest]})


def _places(text: str, sentence: Span, forms: Sequence[str]) -> list[Span]:
    places, position = [], sentence.start
    for form in forms:
        at = text.find(form, position, sentence.end)
        if not form or at < 0:
            raise InputError(
                f"tokenizer: expected words of the sentence {sentence.of(text)[:20]!r} in order, found {form!r}; "
                "give one that changes no signs"
            )
        places.append(Span(at, at + len(form)))
        position = at + len(form)
    return places


def _entities(data: ArgumentMap, sentence: Span, places: Sequence[Span]) -> list[tuple[str, str, int, int]]:
    starts, ends = [p.start for p in places], [p.end for p in places]
    rows = []
    for node in data.nodes:
        if sentence.contains(node.span) and places:
            first = bisect_right(ends, node.span.start)
            end = bisect_left(starts, node.span.end)
            rows.append((node.text, f"{node.type}/{node.side}/{node.facet}", first, end))
    return rows


def from_hanlp(document: Document | dict[str, Any]) -> Map:
    """The map that :func:`to_hanlp` put into a document, also after its JSON was written and read.

    Raises:
        InputError: there is none, or it was changed.
    """
    stored = document.get(MAP)
    if not stored:
        raise InputError(f"HanLP document: expected a key {MAP!r}, found {', '.join(document) or 'none'}; use to_hanlp")
    try:
        return Map(ArgumentMap.model_validate(stored[0]))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise InputError(f"HanLP document: no argument map under {MAP!r}: at {place}: {first['msg']}") from error
