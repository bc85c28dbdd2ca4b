"""Arguebuf, read back by its protobuf schema and, where it is installed, by the arguebuf package."""

from __future__ import annotations

import json
from typing import Any

import pytest
from format_examples import NAMED, hostile_maps
from hypothesis import given, settings

import maps
from lunzheng.argmap import ArgumentMap
from lunzheng.export.formats.arguebuf import arguebuf


def parsed(found: ArgumentMap) -> Any:
    """The graph by the schema; an unknown field or a wrong name of a scheme is an error."""
    graph_pb2 = pytest.importorskip("arg_services.graph.v1.graph_pb2")
    from google.protobuf import json_format

    text = arguebuf(found).files[".arguebuf.json"]
    return json_format.Parse(text, graph_pb2.Graph())


def check(found: ArgumentMap) -> None:
    graph = parsed(found)
    assert graph.resources["article"].text == found.document.text
    atoms = {i: n for i, n in graph.nodes.items() if n.WhichOneof("type") == "atom"}
    assert set(atoms) == {n.id for n in found.nodes}
    for node in found.nodes:
        atom, said = atoms[node.id].atom, atoms[node.id].userdata
        assert (atom.text, atom.reference.text, atom.reference.resource) == (node.text, node.text, "article")
        start = atom.reference.offset
        assert (start, start + len(atom.reference.text)) == node.span
        assert (said["type"], said["side"], said["facet"]) == (node.type, node.side, node.facet)
        assert (said["central"], said["confidence"]) == (node.central, node.confidence)
        assert [*said["raw_span"]] == [*node.raw_span]
    into = {e.target: e.source for e in graph.edges.values() if e.source in atoms}
    out = {e.source: e.target for e in graph.edges.values() if e.target in atoms}
    schemes = {n.userdata["id"]: i for i, n in graph.nodes.items() if i not in atoms}
    assert set(schemes) == {e.id for e in found.edges}
    against = {c.id for c in found.causal_relations if c.polarity == "inhibit"}
    for edge in found.edges:
        node = graph.nodes[schemes[edge.id]]
        assert (into[schemes[edge.id]], out[schemes[edge.id]]) == (edge.source, edge.target)
        assert (node.userdata["type"], node.userdata["confidence"]) == (edge.type, edge.confidence)
        kind = {"supports": "support", "attacks": "attack", "contrasts": None, "causes": "support"}[edge.type]
        assert node.scheme.WhichOneof("type") == ("attack" if edge.causal_relation in against else kind)
    assert graph.major_claim in {"", *(n.id for n in found.nodes if n.central)}
    assert len(graph.userdata["causal_relations"]) == len(found.causal_relations)
    assert len(graph.userdata["contrast"]["rows"]) == len(found.contrast.rows)


@pytest.mark.parametrize("name", NAMED)
def test_examples_come_back(name: str) -> None:
    check(NAMED[name])


@settings(deadline=None, max_examples=60)
@given(hostile_maps())
def test_any_map_comes_back(found: ArgumentMap) -> None:
    check(found)


def test_an_offset_of_nought_is_written() -> None:
    read = json.loads(arguebuf(NAMED["plain"]).files[".arguebuf.json"])
    assert read["nodes"]["u1"]["atom"]["reference"]["offset"] == 0
    assert read["majorClaim"] == "u1"


def test_a_relation_called_like_a_unit_replaces_none() -> None:
    draft = maps.Draft("甲。乙。")
    nodes = [draft.node("u1", "甲"), draft.node("u2", "乙")]
    check(draft.finish("d", nodes, [maps.edge("u1", "u2", "supports", "u1")]).map)


def test_a_cause_is_a_support_from_cause_to_effect() -> None:
    read = json.loads(arguebuf(NAMED["contrast"]).files[".arguebuf.json"])
    assert read["nodes"]["r6"]["scheme"] == {"support": "SUPPORT_CAUSE_TO_EFFECT"}
    assert read["nodes"]["r5"]["scheme"] == {}


@pytest.mark.parametrize("name", NAMED)
def test_the_arguebuf_package_reads_it(name: str) -> None:
    package, found = pytest.importorskip("arguebuf"), NAMED[name]
    graph = package.load.protobuf(parsed(found))
    assert {i: n.plain_text for i, n in graph.atom_nodes.items()} == {n.id: n.text for n in found.nodes}
    for node in found.nodes:
        assert graph.atom_nodes[node.id].reference.offset == node.span.start
    ends = {
        i: ([n.id for n in graph.incoming_nodes(i)], [n.id for n in graph.outgoing_nodes(i)])
        for i in graph.scheme_nodes
    }
    assert ends == {e.id: ([e.source], [e.target]) for e in found.edges}
