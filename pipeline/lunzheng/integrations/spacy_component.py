"""``nlp.add_pipe("lunzheng")``: a spaCy component that puts an article's map on its ``Doc``.

Source: https://spacy.io/usage/processing-pipelines#custom-components
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from lunzheng.api.map import Map
from lunzheng.argmap import Anchor, ArgumentMap
from lunzheng.errors import InputError

if TYPE_CHECKING:
    from lunzheng.api.reader import Reader

UNITS, CAUSES, EFFECTS = "argument_units", "causes", "effects"
_KEY = "lunzheng_map"


def _map_of(doc: Doc) -> Map | None:
    """The map that ``doc.user_data`` holds as JSON, so that it goes where the Doc goes."""
    stored = doc.user_data.get(_KEY)
    return Map(ArgumentMap.model_validate_json(stored)) if stored else None


if not Doc.has_extension("argument_map"):
    Doc.set_extension("argument_map", getter=_map_of)


@Language.factory("lunzheng", default_config={"model": None, "device": None, "config": None, "on_error": "raise"})
def make_component(
    nlp: Language,  # noqa: ARG001 - spaCy hands it over by name
    name: str,
    model: str | None,
    device: str | None,
    config: str | None,
    on_error: str,
) -> LunzhengComponent:
    """The component as spaCy makes it.

    Args:
        nlp: the pipeline.
        name: of the component.
        model: folder; default: the shipped weights.
        device: ``auto``, ``cpu`` or ``cuda``.
        config: YAML file as for ``lunzheng run``.
        on_error: ``raise``, or ``skip`` to leave a Doc that is no article without a map.
    """
    from lunzheng.api.reader import load

    if on_error not in ("raise", "skip"):
        raise ValueError(f"{name}: expected on_error to be 'raise' or 'skip', found {on_error!r}")
    return LunzhengComponent(load(model, device=device, config=config), skip=on_error == "skip")  # type: ignore[arg-type]


class LunzhengComponent:
    """Sets ``doc.spans["argument_units"]``, ``["causes"]``, ``["effects"]`` and ``doc._.argument_map``.

    The map is made of ``doc.text``; a unit's span is the smallest run of the Doc's tokens that holds it, its label the
    unit's type and its id the node's, by which ``doc._.argument_map`` tells exact offsets and relations.

    Args:
        reader: makes the maps.
        skip: leave a Doc that holds no article without a map.
    """

    def __init__(self, reader: Reader, *, skip: bool) -> None:
        self._reader, self._skip = reader, skip

    def __call__(self, doc: Doc) -> Doc:
        """Map one Doc.

        Raises:
            InputError: its text is no article, and such are not to be skipped.
        """
        try:
            found = self._reader(doc.text)
        except InputError:
            if not self._skip:
                raise
            found = None
        if found is not None:
            doc.user_data[_KEY] = found.to_json()
        _set_spans(doc, found)
        return doc


def _set_spans(doc: Doc, found: Map | None) -> None:
    data = found.data if found is not None else None
    groups: dict[str, list[tuple[Anchor, str, str]]] = {UNITS: [], CAUSES: [], EFFECTS: []}
    if data is not None:
        groups[UNITS] = [(n, n.type, n.id) for n in data.nodes]
        groups[CAUSES] = [(c.cause, "cause", c.id) for c in data.causal_relations]
        groups[EFFECTS] = [(c.effect, "effect", c.id) for c in data.causal_relations]
    for key, anchors in groups.items():
        spans = [_span(doc, anchor, label, span_id) for anchor, label, span_id in anchors]
        doc.spans[key] = SpanGroup(doc, name=key, spans=[s for s in spans if s is not None])


def _span(doc: Doc, anchor: Anchor, label: str, span_id: str):  # type: ignore[no-untyped-def]
    # the Doc's text is the raw text: cleaning may have taken signs out of it
    start, end = anchor.raw_span
    return doc.char_span(start, end, label=label, alignment_mode="expand", span_id=span_id)
