"""GraphML, read back by networkx."""

from __future__ import annotations

import json
import re
from typing import Any

import networkx as nx
import pytest
from format_examples import NAMED, hostile_maps
from hypothesis import given, settings

import maps
from lunzheng.argmap import Anchor, ArgumentMap
from lunzheng.export.formats.graphml import clean, graphml
from lunzheng.export.formats.plain import plain_ids


def read(found: ArgumentMap) -> Any:
    text = graphml(found).files[".graphml"]
    assert isinstance(text, str)
    return nx.parse_graphml(text, force_multigraph=True)


def _place(anchor: Anchor) -> tuple[int, ...]:
    return (*anchor.span, *anchor.raw_span)


def _placed(data: dict[str, Any]) -> tuple[int, ...]:
    return tuple(data[k] for k in ("start", "end", "raw_start", "raw_end"))


def check(found: ArgumentMap) -> None:
    graph = read(found)
    units = plain_ids((n.id for n in found.nodes), "n")
    assert graph.graph["text"] == clean(found.document.text)
    assert {i for i, d in graph.nodes(data=True) if d["kind"] == "unit"} == set(units.values())
    for node in found.nodes:
        data = graph.nodes[units[node.id]]
        assert (data["label"], _placed(data)) == (clean(node.text), _place(node))
        assert data["label"] == graph.graph["text"][data["start"] : data["end"]]
        assert (data["type"], data["side"], data["facet"]) == (node.type, node.side, node.facet)
        assert (data["central"], data["confidence"], data["name"]) == (node.central, node.confidence, clean(node.id))
    edges = [(s, t, d) for s, t, d in graph.edges(data=True)]
    relations = {d["name"]: (s, t, d["kind"], d["confidence"]) for s, t, d in edges if d["kind"] in KINDS}
    assert relations == {e.id: (units[e.source], units[e.target], e.type, e.confidence) for e in found.edges}
    causal = {d["name"]: (s, t, d) for s, t, d in edges if d["kind"] == "causal"}
    assert set(causal) == {clean(c.id) for c in found.causal_relations}
    for c in found.causal_relations:
        source, target, data = causal[clean(c.id)]
        assert _placed(graph.nodes[source]) == _place(c.cause)
        assert _placed(graph.nodes[target]) == _place(c.effect)
        assert (data["causal_kind"], data["polarity"], data["confidence"]) == (c.kind, c.polarity, c.confidence)
        assert (_placed(data) if "connective" in data else None) == (_place(c.connective) if c.connective else None)
    parts = {(s, t) for s, t, d in edges if d["kind"] == "part_of"}
    ends = [
        (causal[clean(c.id)][i], n)
        for c in found.causal_relations
        for i, n in enumerate((c.source_node, c.target_node))
    ]
    assert parts == {(event, units[n]) for event, n in ends if n is not None}
    kept = json.loads(graph.graph["lunzheng"])
    assert len(kept["strategies"]) == len(found.strategies)
    assert len(kept["contrast"]["rows"]) == len(found.contrast.rows)


KINDS = ("supports", "attacks", "contrasts", "causes")


@pytest.mark.parametrize("name", NAMED)
def test_examples_come_back(name: str) -> None:
    check(NAMED[name])


@settings(deadline=None, max_examples=60)
@given(hostile_maps())
def test_any_map_comes_back(found: ArgumentMap) -> None:
    check(found)


def test_what_xml_forbids_keeps_its_place() -> None:
    draft = maps.Draft("甲\x00乙\x1b丙\ufffe丁\r\n戊。")
    found = draft.finish("x", [draft.node("u1", "丁\r\n戊")]).map
    assert read(found).graph["text"] == "甲\ufffd乙\ufffd丙\ufffd丁\r\n戊。"
    assert read(found).nodes["u1"]["label"] == "丁\r\n戊"


def test_a_chain_meets_in_one_event() -> None:
    graph = read(NAMED["contrast"])
    events = [i for i, d in graph.nodes(data=True) if d["label"] == "门店猛增"]
    assert len(events) == 1
    assert [d["name"] for _, _, d in graph.in_edges(events[0], data=True)] == ["c1"]
    assert re.fullmatch(r"event-\d+-\d+", events[0])
