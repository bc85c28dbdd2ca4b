"""xAIF, read back by the xaif package and, where it is installed, by arguebuf."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from format_examples import NAMED, hostile_maps
from hypothesis import given, settings

from lunzheng.argmap import ArgumentMap
from lunzheng.export.formats.xaif import xaif

_TEXTS = {"supports": "Default Inference", "attacks": "Default Conflict", "causes": "Cause To Effect"}


def written(found: ArgumentMap) -> dict[str, Any]:
    read = json.loads(xaif(found).files[".xaif.json"])
    assert isinstance(read, dict)
    return read


class _Page(HTMLParser):
    """The words of ``text``, and those of each highlighted node."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.words, self.nodes, self._open = "", {}, None  # type: ignore[var-annotated]
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            return self.handle_data("\n")
        assert (tag, dict(attrs)["class"]) == ("span", "highlighted")
        self._open = dict(attrs)["id"]
        self.nodes[self._open] = ""
        return None

    def handle_endtag(self, tag: str) -> None:
        assert tag == "span"
        self._open = None

    def handle_data(self, data: str) -> None:
        self.words += data
        if self._open is not None:
            self.nodes[self._open] += data


def relations(found: ArgumentMap) -> list[tuple[str, str, str]]:
    words = {n.id: n.text for n in found.nodes}
    against = {c.id for c in found.causal_relations if c.polarity == "inhibit"}
    rows = []
    for e in found.edges:
        if e.type != "contrasts":
            text = "Default Conflict" if e.causal_relation in against else _TEXTS[e.type]
            rows.append((words[e.source], words[e.target], text))
    return sorted(rows)


def check(found: ArgumentMap) -> None:
    read = written(found)
    aif, block = read["AIF"], read["lunzheng"]
    propositions = {n["nodeID"]: n["text"] for n in aif["nodes"] if n["type"] == "I"}
    assert list(propositions.values()) == [n.text for n in found.nodes]
    for number, node in zip(propositions, found.nodes, strict=True):
        said = block["units"][str(number)]
        assert (said["id"], said["span"], said["raw_span"]) == (node.id, [*node.span], [*node.raw_span])
        assert (said["type"], said["side"], said["facet"]) == (node.type, node.side, node.facet)
        assert said["confidence"] == node.confidence
    known = {n["nodeID"] for n in aif["nodes"]}
    assert len(known) == len(aif["nodes"])
    assert all({e["fromID"], e["toID"]} <= known for e in aif["edges"])
    assert {p["nodeID"] for p in read["OVA"]["nodes"]} == known
    edges = [*block["relations"].values(), *block["contrasts"]]
    assert sorted(e["id"] for e in edges) == sorted(e.id for e in found.edges)
    assert [c["id"] for c in block["causal_relations"]] == [c.id for c in found.causal_relations]
    page = _Page(read["text"])
    newlines = re.compile("\r\n?")  # an HTML parser reads both as a line feed
    assert newlines.sub("\n", page.words) == newlines.sub("\n", found.document.text)
    assert all(propositions[int(i.removeprefix("node"))] == words for i, words in page.nodes.items())


@pytest.mark.parametrize("name", NAMED)
def test_examples_come_back(name: str) -> None:
    check(NAMED[name])


@settings(deadline=None, max_examples=60)
@given(hostile_maps())
def test_any_map_comes_back(found: ArgumentMap) -> None:
    check(found)


@settings(deadline=None, max_examples=30)
@given(hostile_maps())
def test_the_xaif_package_finds_the_relations(found: ArgumentMap) -> None:
    by_package(found)


@pytest.mark.parametrize("name", NAMED)
def test_the_xaif_package_finds_the_relations_of_examples(name: str) -> None:
    by_package(NAMED[name])


def by_package(found: ArgumentMap) -> None:
    package = pytest.importorskip("xaif")
    aif = package.AIF(written(found))
    assert aif.is_valid_json_aif()
    assert not aif.is_json_aif_dialog()
    if found.nodes and found.edges:
        table = aif._get_relations_argument(aif.nodes, aif.aif["edges"], "argument-relation")
        rows = zip(table["proposition1_text"], table["proposition2_text"], table["relation"], strict=True)
        assert sorted(rows) == relations(found)


def test_scheme_numbers_and_a_cause() -> None:
    aif = written(NAMED["contrast"])["AIF"]
    kinds = {n["nodeID"]: (n["type"], n["text"]) for n in aif["nodes"] if n["type"] != "I"}
    assert sorted(kinds.values()) == sorted(
        [("RA", "Default Inference")] * 3 + [("CA", "Default Conflict"), ("RA", "Cause To Effect")]
    )
    numbers = {"RA": "72", "CA": "71"}
    assert all(numbers[kinds[f["nodeID"]][0]] == f["schemeID"] for f in aif["schemefulfillments"])


@pytest.mark.parametrize("name", NAMED)
def test_arguebuf_reads_it(name: str) -> None:
    arguebuf = pytest.importorskip("arguebuf")
    graph = arguebuf.load.xaif(written(NAMED[name]))
    assert sorted(n.plain_text for n in graph.atom_nodes.values()) == sorted(n.text for n in NAMED[name].nodes)
    n_schemes = sum(e.type != "contrasts" for e in NAMED[name].edges)
    assert len(graph.scheme_nodes) == n_schemes
    assert len(graph.edges) == 2 * n_schemes
