"""Argdown, read back by a small reader and by @argdown/core itself."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from argdown_reader import read_argdown
from format_examples import NAMED, hostile_maps
from hypothesis import given, settings
from hypothesis import strategies as st

import maps
from lunzheng.argmap import ArgumentMap
from lunzheng.export.formats.argdown import argdown, escape
from lunzheng.export.formats.plain import one_line, plain_ids

ROOT = Path(__file__).parents[3]
CORE = Path(os.environ.get("LUNZHENG_ARGDOWN", ROOT / "build" / "argdown")) / "node_modules" / "@argdown" / "core"
NODE = shutil.which("node")
_SCRIPT = """
const { argdown } = require(process.argv[1] + "/dist/argdown.js");
const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(texts.map((input) => {
  const response = argdown.run({ input, process: ["parse-input", "build-model"], logLevel: "error" });
  const item = (o) => {
    const said = o.members.filter((m) => !m.isReference);
    return { text: (said[0]?.text ?? "").trim(), n: said.length, tags: o.tags ?? [], data: o.data ?? {} };
  };
  const end = (o) => (o.type === "argument" ? `<${o.title}>` : `[${o.title}]`);
  const named = (o, a, b) => Object.fromEntries(Object.values(o).map((i) => [a + i.title + b, item(i)]));
  return {
    errors: [...(response.parserErrors ?? []), ...(response.lexerErrors ?? [])].map((e) => e.message),
    front: response.frontMatter,
    items: { ...named(response.statements, "[", "]"), ...named(response.arguments, "<", ">") },
    relations: response.relations.map((r) => [end(r.from), end(r.to), r.relationType]),
  };
})));
"""


def expected(found: ArgumentMap) -> tuple[dict[str, tuple[str, set[str]]], set[tuple[str, str, str]]]:
    """What a reader should find: words and tags by title, and relations."""
    units = plain_ids((n.id for n in found.nodes), "n")
    causals = plain_ids((c.id for c in found.causal_relations), "c")
    items: dict[str, tuple[str, set[str]]] = {}
    for n in found.nodes:
        tags = {n.type, n.side, n.facet} | ({"central"} if n.central else set())
        items[f"[{units[n.id]}]"] = one_line(n.text), tags
    relations = set()
    for e in found.edges:
        kind = {"supports": "support", "attacks": "attack"}.get(e.type)
        if kind:
            relations.add((f"[{units[e.source]}]", f"[{units[e.target]}]", kind))
    for c in found.causal_relations:
        sign = f" ({one_line(c.connective.text)})" if c.connective else ""
        arrow, kind = ("⊣", "attack") if c.polarity == "inhibit" else ("→", "support")
        title = f"<{causals[c.id]}>"
        words = f"{one_line(c.cause.text)} {arrow}{sign} {one_line(c.effect.text)}"
        items[title] = words, {"causal", c.kind, c.polarity}
        if c.source_node != c.target_node:
            relations |= {(f"[{units[c.source_node]}]", title, "support")} if c.source_node else set()
            relations |= {(title, f"[{units[c.target_node]}]", kind)} if c.target_node else set()
    return items, relations


def check(found: ArgumentMap, front: Any, items: dict[str, Any], relations: list[Any]) -> None:
    want, links = expected(found)
    assert {title: (item["text"], set(item["tags"])) for title, item in items.items()} == want
    assert sorted(map(tuple, relations)) == sorted(links)
    units = plain_ids((n.id for n in found.nodes), "n")
    for node in found.nodes:
        data = items[f"[{units[node.id]}]"]["data"]
        assert (data["span"], data["raw_span"]) == ([*node.span], [*node.raw_span])
        assert data["confidence"] == node.confidence
    causals = plain_ids((c.id for c in found.causal_relations), "c")
    for causal in found.causal_relations:
        data = items[f"<{causals[causal.id]}>"]["data"]
        assert (data["cause_span"], data["effect_span"]) == ([*causal.cause.span], [*causal.effect.span])
    assert front["title"] == one_line(found.document.title or found.document.id)
    kept = front["lunzheng"]
    pairs = [(r["id"], r["type"], r["confidence"]) for r in kept["relations"]]
    assert pairs == [(e.id, e.type, e.confidence) for e in found.edges if e.type in ("contrasts", "causes")]
    rows = {r["facet"]: (r["A"], r["B"], r["both"]) for r in kept["contrast"]["rows"]}
    line = [one_line(i) for r in found.contrast.rows for i in (*r.A, *r.B, *r.both)]
    assert [i for sides in rows.values() for side in sides for i in side] == line


def written(found: ArgumentMap) -> str:
    text = argdown(found).files[".argdown"]
    assert isinstance(text, str)
    return text


def by_reader(found: ArgumentMap) -> None:
    read = read_argdown(written(found))
    check(found, read.front, {t: vars(i) for t, i in read.items.items()}, list(read.relations))
    assert read.headings[0] == one_line(found.document.title or found.document.id)


@pytest.mark.parametrize("name", NAMED)
def test_examples_come_back(name: str) -> None:
    by_reader(NAMED[name])


@settings(deadline=None, max_examples=60)
@given(hostile_maps())
def test_any_map_comes_back(found: ArgumentMap) -> None:
    by_reader(found)


def test_the_tree_is_told_by_indentation_and_contrast_in_comments() -> None:
    text = written(NAMED["contrast"])
    assert re.search(r"^\[u7\]: 两条路都要回到产品 #claim #both #outlook #central ", text, re.MULTILINE)
    assert re.search(r"^  \+ \[u3\]: 自建能守住品质 #claim #A #benefit ", text, re.MULTILINE)
    assert re.search(r"^    - \[u4\]: 扩张太慢 .*^      \+ \[u2\]: ", text, re.MULTILINE | re.DOTALL)
    assert re.search(r"^<c3>: 严格培训 ⊣ \(防止\) 品控松动 #causal ", text, re.MULTILINE)
    assert "// 举措 means | A: u2 | B: u5 | both: –" in text
    assert "// 对比 contrasts: u3 ⟷ u6" in text


def test_escape_spares_what_is_plain() -> None:
    assert escape("增长2.5%，[见]@表#1") == "增长2.5%，\\[见\\]\\@表\\#1"
    assert escape("a.b.c") == "a\\.b\\.c"
    assert escape("a\n- b") == "a - b"


def _deep(n: int) -> ArgumentMap:
    draft = maps.Draft("".join(f"{i:05d}。" for i in range(n)))
    nodes = [draft.node(f"u{i}", f"{i:05d}", central=i == 0) for i in range(n)]
    edges = [maps.edge(f"r{i}", f"u{i}", "supports", f"u{i - 1}") for i in range(1, n)]
    return draft.finish("deep", nodes, edges).map


def test_a_very_deep_tree_keeps_shallow_lines() -> None:
    found = _deep(300)
    by_reader(found)
    assert max(len(line) - len(line.lstrip(" ")) for line in written(found).splitlines()) == 16


core = pytest.mark.skipif(
    NODE is None or not CORE.is_dir(), reason="npm install --prefix build/argdown @argdown/core@1.7.5"
)


def by_core(found: list[ArgumentMap]) -> None:
    command = [str(NODE), "-e", _SCRIPT, str(CORE)]
    texts = json.dumps([written(m) for m in found])
    done = subprocess.run(
        command, input=texts, capture_output=True, text=True, encoding="utf-8", timeout=60, check=True
    )
    for argument_map, read in zip(found, json.loads(done.stdout), strict=True):
        assert read["errors"] == []
        assert all(item["n"] == 1 for item in read["items"].values())
        check(argument_map, read["front"], read["items"], read["relations"])


@core
def test_argdown_itself_reads_the_examples() -> None:
    by_core([*NAMED.values(), _deep(100)])


@core
@settings(deadline=None, max_examples=3)
@given(st.lists(hostile_maps(), min_size=12, max_size=20))
def test_argdown_itself_reads_any_map(found: list[ArgumentMap]) -> None:
    by_core(found)
