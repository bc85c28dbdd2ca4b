"""A map as GraphML: units, the events that causal relations join, and everything between them.

A causal relation is an edge ``causal`` between two nodes ``event``, one for each passage; ``part_of`` leads from an
event to the unit that holds it. Characters that XML forbids become U+FFFD, one for one, so that offsets hold.

Source: http://graphml.graphdrawing.org/specification.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from lunzheng.argmap import Anchor, ArgumentMap, CausalRelation, Edge, Node
from lunzheng.export.formats.exported import Exported
from lunzheng.export.formats.plain import plain_ids
from lunzheng.export.formats.values import json_text, remainder
from lunzheng.spans import Span

Value = str | int | float | bool | None
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
    'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)
_OFFSETS = {"start": "int", "end": "int", "raw_start": "int", "raw_end": "int"}
_KEYS: Mapping[str, Mapping[str, str]] = {
    "graph": {"id": "string", "title": "string", "source": "string", "text": "string", "lunzheng": "string"},
    "node": {"kind": "string", "name": "string", "label": "string", **_OFFSETS, "type": "string", "side": "string"}
    | {"facet": "string", "central": "boolean", "section": "string", "confidence": "double"},
    "edge": {"kind": "string", "name": "string", "confidence": "double", "causal_relation": "string"}
    | {"causal_kind": "string", "polarity": "string", "connective": "string", **_OFFSETS},
}


def graphml(argument_map: ArgumentMap) -> Exported:
    """The map as one ``.graphml`` file."""
    return Exported({".graphml": "".join(_lines(argument_map))})


def clean(words: str) -> str:
    """The words without what XML 1.0 forbids; each such character becomes U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", words)


def _lines(argument_map: ArgumentMap) -> Iterator[str]:
    document = argument_map.document
    units = plain_ids((n.id for n in argument_map.nodes), "n")
    yield _HEAD
    for owner, keys in _KEYS.items():
        for name, kind in keys.items():
            yield f'<key id="{owner}_{name}" for="{owner}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph edgedefault="directed">\n'
    head = {"id": document.id, "title": document.title, "source": document.source, "text": document.text}
    yield _data("graph", {**head, "lunzheng": json_text(remainder(argument_map))})
    for node in argument_map.nodes:
        yield f"<node id={quoteattr(units[node.id])}>{_data('node', _unit(node))}</node>\n"
    for span, anchor in sorted(_events(argument_map).items()):
        yield f'<node id="{_event(span)}">{_data("node", {"kind": "event", "label": anchor.text, **_place(anchor)})}'
        yield "</node>\n"
    for edge in argument_map.edges:
        yield _edge(units[edge.source], units[edge.target], _relation(edge))
    for causal in argument_map.causal_relations:
        yield _edge(_event(causal.cause.span), _event(causal.effect.span), _causal(causal))
    for span, unit in sorted(_parts(argument_map)):
        yield _edge(_event(span), units[unit], {"kind": "part_of"})
    yield "</graph>\n</graphml>\n"


def _events(argument_map: ArgumentMap) -> dict[Span, Anchor]:
    """Causes and effects by their place in the text."""
    return {a.span: a for c in argument_map.causal_relations for a in (c.cause, c.effect)}


def _parts(argument_map: ArgumentMap) -> set[tuple[Span, str]]:
    """Events with the units that hold them."""
    ends = [
        end
        for c in argument_map.causal_relations
        for end in ((c.cause.span, c.source_node), (c.effect.span, c.target_node))
    ]
    return {(span, unit) for span, unit in ends if unit is not None}


def _event(span: Span) -> str:
    return f"event-{span.start}-{span.end}"


def _unit(node: Node) -> dict[str, Value]:
    return {
        "kind": "unit",
        "name": node.id,
        "label": node.text,
        **_place(node),
        "type": node.type,
        "side": node.side,
        "facet": node.facet,
        "central": node.central,
        "section": node.section,
        "confidence": node.confidence,
    }


def _place(anchor: Anchor) -> dict[str, Value]:
    return dict(zip(_OFFSETS, (*anchor.span, *anchor.raw_span), strict=True))


def _relation(edge: Edge) -> dict[str, Value]:
    return {
        "kind": edge.type,
        "name": edge.id,
        "confidence": edge.confidence,
        "causal_relation": edge.causal_relation,
    }


def _causal(causal: CausalRelation) -> dict[str, Value]:
    said: dict[str, Value] = {"kind": "causal", "name": causal.id, "confidence": causal.confidence}
    said |= {"causal_kind": causal.kind, "polarity": causal.polarity}
    sign = causal.connective
    return said if sign is None else {**said, "connective": sign.text, **_place(sign)}


def _edge(source: str, target: str, said: Mapping[str, Value]) -> str:
    return f"<edge source={quoteattr(source)} target={quoteattr(target)}>{_data('edge', said)}</edge>\n"


def _data(owner: str, said: Mapping[str, Value]) -> str:
    return "".join(f'<data key="{owner}_{k}">{_text(v)}</data>' for k, v in said.items() if v is not None)


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    # A reader would take a bare carriage return for a line feed.
    return escape(clean(value), {"\r": "&#13;"}) if isinstance(value, str) else repr(value)
