"""The lines of a brat ``.ann`` file, parsed and kept by what they are.

Source: https://brat.nlplab.org/standoff.html; offsets are code points.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from lunzheng.errors import CorpusError
from lunzheng.spans import Span

_FORMS = {
    "T": (
        r"T([0-9]{1,9})\t(\S+) ([0-9]{1,9}) ([0-9]{1,9})\t(.*)",
        "'T1<tab>TYPE START END<tab>words', the words in one piece",
    ),
    "A": (r"A[0-9]{1,9}\t(\S+) ([TE][0-9]{1,9})(?: (\S+))?\s*", "'A1<tab>NAME T1 [VALUE]'"),
    "R": (r"R[0-9]{1,9}\t(\S+) Arg1:T([0-9]{1,9}) Arg2:T([0-9]{1,9})\s*", "'R1<tab>TYPE Arg1:T1 Arg2:T2'"),
    "E": (
        r"(E[0-9]{1,9})\t(\S+):T([0-9]{1,9}) Cause:T([0-9]{1,9}) Effect:T([0-9]{1,9})\s*",
        "'E1<tab>TYPE:T1 Cause:T2 Effect:T3'",
    ),
    "#": (r"#[0-9]{1,9}\tAnnotatorNotes (\S+)\t(.*)", "'#1<tab>AnnotatorNotes T1<tab>words'"),
}


class Relation(NamedTuple):
    """An ``R`` line; the ends are T numbers."""

    place: str
    type: str
    source: int
    target: int


class Event(NamedTuple):
    """An ``E`` line with its two arguments; all but the id are T numbers."""

    place: str
    id: str
    type: str
    trigger: int
    cause: int
    effect: int


class Note(NamedTuple):
    """A ``#`` line."""

    place: str
    target: str
    words: str


class TextBound(NamedTuple):
    """A ``T`` line."""

    place: str
    type: str
    span: Span


@dataclass
class Standoff:
    """All lines of one file; spans and attributes that nobody asks for are found by :meth:`refuse_rest`."""

    where: str
    text: str
    values: Mapping[str, Collection[str]]  # what each attribute may say
    spans: dict[int, TextBound] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    _attributes: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    _used: set[int] = field(default_factory=set)

    def read(self, ann: str) -> None:
        """Parse a file's whole content.

        Raises:
            CorpusError: a line has none of the forms, does not fit the text, or says a thing twice.
        """
        for number, line in enumerate(ann.split("\n"), 1):
            words = line.removesuffix("\r")
            if words:
                self._read_line(words, f"{self.where}:{number}")

    def _read_line(self, words: str, place: str) -> None:
        if words[0] not in _FORMS:
            raise CorpusError(f"{place}: expected a line of {', '.join(_FORMS)}, found {words[:40]!r}; delete it")
        pattern, form = _FORMS[words[0]]
        match = re.fullmatch(pattern, words, re.DOTALL)
        if match is None:
            raise CorpusError(f"{place}: expected {form}, found {words[:40]!r}; mend or delete it")
        parts = [part or "" for part in match.groups()]
        if words[0] == "T":
            self._add_span(int(parts[0]), TextBound(place, parts[1], Span(int(parts[2]), int(parts[3]))), parts[4])
        elif words[0] == "A":
            self._add_attribute(parts[0], parts[1], parts[2], place)
        elif words[0] == "R":
            self.relations.append(Relation(place, parts[0], int(parts[1]), int(parts[2])))
        elif words[0] == "E":
            self.events.append(Event(place, parts[0], parts[1], *map(int, parts[2:])))
        else:
            self.notes.append(Note(place, parts[0], parts[1]))

    def _add_span(self, number: int, found: TextBound, words: str) -> None:
        if found.span.of(self.text) != words:
            raise CorpusError(
                f"{found.place}: T{number} says {words[:40]!r}, but the text has {found.span.of(self.text)[:40]!r} at "
                f"{tuple(found.span)}; put the .ann beside the .txt that it was made on"
            )
        if number in self.spans:
            raise CorpusError(f"{found.place}: T{number} stands at {self.spans[number].place}, too; renumber one")
        self.spans[number] = found

    def _add_attribute(self, name: str, target: str, value: str, place: str) -> None:
        if value not in self.values.get(name, ()):
            known = ", ".join(f"{key} {'|'.join(values)}".rstrip() for key, values in self.values.items())
            raise CorpusError(f"{place}: found {name} {value!r}; expected one of {known}; change or delete it")
        if (target, name) in self._attributes:
            raise CorpusError(f"{place}: {target} has two values of {name}; delete one")
        self._attributes[target, name] = place, value

    def take_span(self, number: int, kinds: Collection[str], place: str) -> Span:
        """The span called T*number*.

        Raises:
            CorpusError: there is none, or it is of none of *kinds*.
        """
        found = self.spans.get(number)
        if found is None or found.type not in kinds:
            said = found.type if found else "nothing"
            raise CorpusError(f"{place}: expected {' or '.join(kinds)} at T{number}, found {said}; draw it again")
        self._used.add(number)
        return found.span

    def take_flag(self, target: str, name: str) -> bool:
        """Whether *target* has an attribute without values."""
        return self._attributes.pop((target, name), None) is not None

    def take_value(self, target: str, name: str, place: str) -> str:
        """The value of an attribute.

        Raises:
            CorpusError: *target* has no such attribute.
        """
        if (target, name) not in self._attributes:
            raise CorpusError(f"{place}: {target} has no {name}; choose one of {', '.join(self.values[name])}")
        return self._attributes.pop((target, name))[1]

    def refuse_rest(self) -> None:
        """Make sure that every span and attribute has been taken.

        Raises:
            CorpusError: one has not, and would be lost.
        """
        for number, found in self.spans.items():
            if number not in self._used:
                raise CorpusError(f"{found.place}: {found.type} T{number} belongs to nothing; link it or delete it")
        for (target, name), (place, _) in self._attributes.items():
            raise CorpusError(f"{place}: {target} takes no {name}; delete it")
