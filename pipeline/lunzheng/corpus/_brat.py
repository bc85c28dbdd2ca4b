"""Labelled articles as brat standoff: ``<id>.txt``, ``<id>.ann`` and the collection's ``annotation.conf``.

A unit is a text-bound ``Claim`` or ``Evidence`` whose T number is the unit's, with ``Side``, ``Facet`` and
``Central``. A causal relation is an event with ``Kind`` and ``Polarity``, since brat gives attributes to
events and not to relations; its trigger is the ``Connective``, or an ``Implicit`` on the cause where no words
signal it. The head stands as JSON in the note on the ``Title``, so that it travels inside the ``.ann``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lunzheng.corpus._brat_lines import Event, Standoff
from lunzheng.corpus.article import LabelledArticle, LabelledCausal, LabelledLink, LabelledUnit
from lunzheng.corpus.exchange import Draft, parse_meta, refuse_loss
from lunzheng.errors import CorpusError
from lunzheng.labels import CAUSAL_KINDS, FACETS, LINK_TYPES, POLARITIES, SIDES, UNIT_TYPES
from lunzheng.spans import Span

_UNITS = {kind.capitalize(): kind for kind in UNIT_TYPES}
_LINKS = {kind.capitalize(): kind for kind in LINK_TYPES}
_VALUES: dict[str, tuple[str, ...]] = {
    "Side": SIDES,
    "Facet": FACETS,
    "Central": ("",),
    "Kind": CAUSAL_KINDS,
    "Polarity": POLARITIES,
}


def annotation_conf() -> str:
    """The ``annotation.conf`` that a brat collection of exported articles needs."""
    unit = "|".join(_UNITS)
    lines = ["[entities]", "Title", *_UNITS, "Cause", "Effect", "", "[relations]"]
    lines += [f"{name}\tArg1:{unit}, Arg2:{unit if name == 'Contrasts' else 'Claim'}" for name in _LINKS]
    lines += ["<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>", "", "[events]"]
    lines += [f"{trigger}\tCause:Cause, Effect:Effect" for trigger in ("Connective", "Implicit")]
    lines += ["", "[attributes]", "Central\tArg:Claim"]
    lines += [f"{name}\tArg:{unit}, Value:{'|'.join(_VALUES[name])}" for name in ("Side", "Facet")]
    lines += [f"{name}\tArg:<EVENT>, Value:{'|'.join(_VALUES[name])}" for name in ("Kind", "Polarity")]
    return "\n".join(lines) + "\n"


@dataclass
class _Writer:
    """Lines of an ``.ann`` and the numbers that are taken."""

    text: str
    n_spans: int
    lines: list[str] = field(default_factory=list)
    spans: dict[tuple[str, Span], int] = field(default_factory=dict)
    n_attributes: int = 0

    def span(self, kind: str, span: Span, number: int | None = None) -> int:
        """Write a T line unless the same words are marked so already; return its number."""
        if number is None:
            if (kind, span) in self.spans:
                return self.spans[kind, span]
            self.n_spans += 1
            number = self.spans[kind, span] = self.n_spans
        self.lines.append(f"T{number}\t{kind} {span.start} {span.end}\t{span.of(self.text)}")
        return number

    def attribute(self, name: str, target: str, value: str = "") -> None:
        self.n_attributes += 1
        self.lines.append(f"A{self.n_attributes}\t{name} {target} {value}".rstrip())


def write_brat(article: LabelledArticle) -> tuple[str, str]:
    """The contents of ``<id>.txt`` and ``<id>.ann``.

    Raises:
        CorpusError: the article holds what would not come back.
    """
    refuse_loss(article)
    writer = _Writer(article.text, max((u.number for u in article.units), default=0))
    title = writer.span("Title", article.paragraphs[0])
    writer.lines.append(f"#1\tAnnotatorNotes T{title}\t{article.meta.model_dump_json(exclude_none=True)}")
    for unit in article.units:
        number = writer.span(unit.type.capitalize(), unit.span, unit.number)
        writer.attribute("Side", f"T{number}", unit.side)
        writer.attribute("Facet", f"T{number}", unit.facet)
        if unit.central:
            writer.attribute("Central", f"T{number}")
    for index, link in enumerate(article.links, 1):
        writer.lines.append(f"R{index}\t{link.type.capitalize()} Arg1:T{link.source} Arg2:T{link.target}")
    for index, causal in enumerate(article.causals, 1):
        cause, effect = writer.span("Cause", causal.cause), writer.span("Effect", causal.effect)
        kind = "Connective" if causal.connective else "Implicit"
        trigger = writer.span(kind, causal.connective or causal.cause)
        writer.lines.append(f"E{index}\t{kind}:T{trigger} Cause:T{cause} Effect:T{effect}")
        writer.attribute("Kind", f"E{index}", causal.kind)
        writer.attribute("Polarity", f"E{index}", causal.polarity)
    return article.text, "\n".join(writer.lines) + "\n"


def read_brat(text: str, ann: str, where: str) -> LabelledArticle:
    """The article that a ``.txt`` and its ``.ann`` hold.

    Args:
        text: the ``.txt``, line ends as they are.
        ann: the ``.ann``.
        where: the ``.ann``'s name, for messages.

    Raises:
        CorpusError: a line is none of this format, or holds what the mark-up cannot say; names file and line.
    """
    standoff = Standoff(where, text, _VALUES)
    standoff.read(ann)
    draft = _start(standoff, text, where)
    for number, found in standoff.spans.items():
        if found.type in _UNITS:
            draft.add_unit(_unit(number, standoff), found.place)
    for relation in standoff.relations:
        if relation.type not in _LINKS:
            raise CorpusError(
                f"{relation.place}: found {relation.type!r}; expected one of {', '.join(_LINKS)}; change or delete it"
            )
        for end in (relation.source, relation.target):
            standoff.take_span(end, _UNITS, relation.place)
        link = LabelledLink(source=relation.source, target=relation.target, type=_LINKS[relation.type])
        draft.add_link(link, relation.place)
    for event in standoff.events:
        draft.add_causal(_causal(event, standoff), event.place)
    standoff.refuse_rest()
    return draft.finish()


def _start(standoff: Standoff, text: str, where: str) -> Draft:
    """The article without labels, from the note on the title."""
    titles = {f"T{number}": number for number, found in standoff.spans.items() if found.type == "Title"}
    heads = [note for note in standoff.notes if note.target in titles]
    if len(heads) != 1:
        raise CorpusError(
            f"{where}:1: expected one AnnotatorNotes with the article's head on the Title, found {len(heads)}; "
            "copy that line from the export"
        )
    for note in standoff.notes:
        if note is not heads[0]:
            raise CorpusError(f"{note.place}: the note on {note.target} would be lost; see to it, then delete it")
    meta = parse_meta(heads[0].words, heads[0].place)
    draft = Draft(meta, text, where.removesuffix(".ann") + ".txt")
    if standoff.take_span(titles[heads[0].target], ("Title",), heads[0].place) != draft.paragraphs[0]:
        raise CorpusError(f"{heads[0].place}: the Title must be the whole first line; restore it from the export")
    return draft


def _unit(number: int, standoff: Standoff) -> LabelledUnit:
    found = standoff.spans[number]
    name = f"T{number}"
    return LabelledUnit.model_validate(
        {
            "number": number,
            "span": standoff.take_span(number, _UNITS, found.place),
            "type": _UNITS[found.type],
            "side": standoff.take_value(name, "Side", found.place),
            "facet": standoff.take_value(name, "Facet", found.place),
            "central": standoff.take_flag(name, "Central"),
        }
    )


def _causal(event: Event, standoff: Standoff) -> LabelledCausal:
    trigger = standoff.take_span(event.trigger, ("Connective", "Implicit"), event.place)
    return LabelledCausal.model_validate(
        {
            "cause": standoff.take_span(event.cause, ("Cause",), event.place),
            "effect": standoff.take_span(event.effect, ("Effect",), event.place),
            "connective": trigger if standoff.spans[event.trigger].type == "Connective" else None,
            "kind": standoff.take_value(event.id, "Kind", event.place),
            "polarity": standoff.take_value(event.id, "Polarity", event.place),
        }
    )
