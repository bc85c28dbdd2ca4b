"""Label Studio's exported JSON, read back into labelled articles."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt, TypeAdapter, ValidationError

from lunzheng.corpus._label_studio import CAUSAL, CHOICES, REGIONS, RELATIONS, SIGNALS
from lunzheng.corpus.article import LabelledArticle, LabelledCausal, LabelledLink, LabelledUnit
from lunzheng.corpus.exchange import Draft, parse_meta
from lunzheng.errors import CorpusError
from lunzheng.labels import LINK_TYPES, UNIT_TYPES
from lunzheng.spans import Span

_NUMBERED = re.compile(r"u([0-9]{1,9})")


class _Part(BaseModel):
    """Label Studio adds keys of its own (author, times, origin); they say nothing of the text."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _Value(_Part):
    start: StrictInt
    end: StrictInt
    text: str | None = None
    labels: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


class _Region(_Part):
    type: Literal["labels", "choices"]
    id: str
    from_name: str
    value: _Value


class _Relation(_Part):
    type: Literal["relation"]
    from_id: str
    to_id: str
    direction: Literal["right", "left", "bi"] = "right"
    labels: tuple[str, ...] = ()


class _Annotation(_Part):
    result: tuple[Annotated[_Region | _Relation, Field(discriminator="type")], ...]
    was_cancelled: bool = False


class _Data(_Part):
    text: str
    meta: dict[str, Any]


class _Task(_Part):
    data: _Data
    annotations: tuple[_Annotation, ...] = ()


_TASKS = TypeAdapter(tuple[_Task, ...])


def read_tasks(source: str, where: str) -> list[LabelledArticle]:
    """The articles of one file: a task, or a list of tasks as Label Studio exports it.

    Args:
        source: the file's whole content.
        where: the file's name, for messages; places inside the JSON are written ``[task].result[index]``.

    Raises:
        CorpusError: the file is no such JSON, or holds what the mark-up cannot say; names file and place.
    """
    try:
        found = json.loads(source)
    except json.JSONDecodeError as error:
        raise CorpusError(f"{where}:{error.lineno}: expected JSON ({error.msg}); export the project as JSON") from error
    try:
        tasks = _TASKS.validate_python([found] if isinstance(found, dict) else found)
    except ValidationError as error:
        first = error.errors()[0]
        place = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in first["loc"])
        raise CorpusError(
            f"{f'{where}:{place}' if place else where}: {first['msg']}; "
            "expected a project made with the exported labels.xml, exported as JSON"
        ) from error
    return [_Reader(task, f"{where}:[{index}]").read() for index, task in enumerate(tasks)]


@dataclass
class _Reader:
    """One task on its way to an article."""

    task: _Task
    where: str
    kinds: dict[str, str] = field(default_factory=dict)  # region to label
    spans: dict[str, Span] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    choices: dict[str, dict[str, str]] = field(default_factory=dict)
    relations: list[tuple[str, str, str, str]] = field(default_factory=list)  # place, label, source, target

    def read(self) -> LabelledArticle:
        kept = [a for a in self.task.annotations if not a.was_cancelled]
        if len(kept) != 1:
            raise CorpusError(
                f"{self.where}: expected one annotation that is not skipped, found {len(kept)}; delete the others"
            )
        data = self.task.data
        draft = Draft(parse_meta(data.meta, f"{self.where}.data.meta"), data.text, f"{self.where}.data.text")
        for index, item in enumerate(kept[0].result):
            place = f"{self.where}.result[{index}]"
            if isinstance(item, _Relation):
                self._add_relation(item, place)
            else:
                self._add_region(item, place)
        numbers = self._add_units(draft)
        self._add_links(draft, numbers)
        self._add_causals(draft)
        return draft.finish()

    def _add_region(self, item: _Region, place: str) -> None:
        span, words = Span(item.value.start, item.value.end), item.value.text
        said = item.value.labels if item.type == "labels" else item.value.choices
        known = REGIONS if item.type == "labels" else CHOICES.get(item.from_name, ())
        if len(said) != 1 or said[0] not in known:
            raise CorpusError(
                f"{place}: found {item.from_name} {list(said)}; expected one of {', '.join(known)}; choose again"
            )
        if words is not None and words != span.of(self.task.data.text):
            raise CorpusError(
                f"{place}: the region says {words[:40]!r}, but the text has {span.of(self.task.data.text)[:40]!r} at "
                f"{tuple(span)}; mark its words again"
            )
        if self.spans.setdefault(item.id, span) != span:
            raise CorpusError(f"{place}: region {item.id!r} has two places in the text; mark its words again")
        own = self.choices.setdefault(item.id, {})
        if item.from_name in own:
            raise CorpusError(f"{place}: region {item.id!r} has two values of {item.from_name}; delete one")
        own[item.from_name] = said[0]
        self.places.setdefault(item.id, place)
        if item.type == "labels":
            self.kinds[item.id] = said[0]

    def _add_relation(self, item: _Relation, place: str) -> None:
        if len(item.labels) != 1 or item.labels[0] not in RELATIONS:
            raise CorpusError(
                f"{place}: found relation {list(item.labels)}; expected one of {', '.join(RELATIONS)}; "
                "choose one label or delete the relation"
            )
        label = item.labels[0]
        if item.direction == "bi":
            raise CorpusError(
                f"{place}: {label} needs one direction, found both; turn the arrow (a contrast's forward)"
            )
        ends = (item.to_id, item.from_id) if item.direction == "left" else (item.from_id, item.to_id)
        self.relations.append((place, label, *ends))

    def _add_units(self, draft: Draft) -> dict[str, int]:
        """Regions drawn in Label Studio get the next free numbers, in the order of the text."""
        units = sorted((n for n in self.spans if self.kinds.get(n) in UNIT_TYPES), key=lambda n: (self.spans[n], n))
        numbers = {name: int(match[1]) for name in units if (match := _NUMBERED.fullmatch(name))}
        free = max(numbers.values(), default=0) + 1
        new = [name for name in units if name not in numbers]
        numbers.update({name: number for number, name in enumerate(new, free)})
        for name in self.spans:
            self._refuse_wrong_choices(name)
        for name in units:
            said = self.choices[name]
            unit = {"number": numbers[name], "span": self.spans[name], "type": self.kinds[name]}
            unit |= {"side": said["side"], "facet": said["facet"], "central": "central" in said}
            draft.add_unit(LabelledUnit.model_validate(unit), self.places[name])
        return numbers

    def _refuse_wrong_choices(self, name: str) -> None:
        kind, place, said = self.kinds.get(name), self.places[name], self.choices[name]
        if kind is None:
            raise CorpusError(f"{place}: region {name!r} has no label; give it one of {', '.join(REGIONS)}")
        for choice in ("side", "facet"):
            if kind in UNIT_TYPES and choice not in said:
                raise CorpusError(f"{place}: the {kind} has no {choice}; choose one of {', '.join(CHOICES[choice])}")
        if kind not in UNIT_TYPES and len(said) > 1:
            raise CorpusError(f"{place}: a {kind} takes no {', '.join(sorted(said.keys() - {'label'}))}; clear it")

    def _ends(self, place: str, label: str, source: str, target: str, kinds: tuple[Any, Any]) -> None:
        for name, allowed in zip((source, target), kinds, strict=True):
            if self.kinds.get(name) not in allowed:
                raise CorpusError(
                    f"{place}: {label} expects a {' or '.join(allowed)}, found {self.kinds.get(name, 'nothing')} "
                    f"({name!r}); draw it again"
                )

    def _add_links(self, draft: Draft, numbers: dict[str, int]) -> None:
        for place, label, source, target in self.relations:
            if label in LINK_TYPES:
                self._ends(place, label, source, target, (UNIT_TYPES, UNIT_TYPES))
                link = {"source": numbers[source], "target": numbers[target], "type": label}
                draft.add_link(LabelledLink.model_validate(link), place)

    def _add_causals(self, draft: Draft) -> None:
        signs = self._signs()
        used = set(signs.values())
        effects = [target for _, label, _, target in self.relations if label in CAUSAL]
        for place, label, source, target in self.relations:
            if label not in CAUSAL:
                continue
            self._ends(place, label, source, target, (("cause",), ("effect",)))
            if target in signs and effects.count(target) > 1:
                raise CorpusError(
                    f"{place}: which cause does the connective of {target!r} signal? "
                    "Mark the effect's words once more for the other cause"
                )
            kind, polarity = CAUSAL[label]
            sign = self.spans[signs[target]] if target in signs else None
            causal = {"cause": self.spans[source], "effect": self.spans[target], "connective": sign}
            draft.add_causal(LabelledCausal.model_validate({**causal, "kind": kind, "polarity": polarity}), place)
            used |= {source, target}
        for name, role in self.kinds.items():
            if role not in UNIT_TYPES and name not in used:
                raise CorpusError(f"{self.places[name]}: the {role} belongs to nothing; link it or delete it")

    def _signs(self) -> dict[str, str]:
        """Effect region to connective region."""
        signs: dict[str, str] = {}
        for place, label, source, target in self.relations:
            if label == SIGNALS:
                self._ends(place, label, source, target, (("connective",), ("effect",)))
                if target in signs:
                    raise CorpusError(f"{place}: the effect has two connectives; delete one")
                signs[target] = source
        return signs
