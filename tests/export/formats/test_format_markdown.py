"""The Markdown report, read back by markdown-it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from format_examples import NAMED, hostile_maps
from hypothesis import given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token

import maps
from lunzheng.argmap import ArgumentMap
from lunzheng.export.formats.markdown import escape, markdown
from lunzheng.export.formats.plain import one_line

_READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_ALLOWED = {"text", "strong_open", "strong_close", "code_inline", "html_inline", "softbreak"}


def written(found: ArgumentMap) -> str:
    text = markdown(found).files[".md"]
    assert isinstance(text, str)
    return text


def _words(inline: Token) -> str:
    return "".join("\n" if t.type == "html_inline" else t.content for t in inline.children or [])


def read(found: ArgumentMap) -> dict[str, list[Any]]:
    """Headings, cells of tables by row, and the words of list items."""
    parts: dict[str, list[Any]] = {"headings": [], "rows": [], "items": []}
    tokens = _READER.parse(written(found))
    for before, token in pairwise(tokens):
        assert token.type not in {"ordered_list_open", "html_block", "fence", "code_block", "blockquote_open", "hr"}
        if token.type == "tr_open":
            parts["rows"].append([])
        if token.type != "inline":
            continue
        for child in token.children or []:
            assert child.type in _ALLOWED, child
            assert child.type != "html_inline" or child.content == "<br>"
        if before.type == "heading_open":
            parts["headings"].append((before.tag, _words(token)))
        elif before.type in ("td_open", "th_open"):
            parts["rows"][-1].append(_words(token))
        elif before.type == "paragraph_open" and before.level >= 2:
            parts["items"].append(_words(token))
    return parts


def check(found: ArgumentMap) -> None:
    parts = read(found)
    title = one_line(found.document.title or found.document.id)
    assert parts["headings"][0] == ("h1", title)
    sections = ["论证 arguments", "因果 causes", "原文 quotations"]
    assert [w for tag, w in parts["headings"][1:]][-3:] == sections
    assert all(tag == "h2" for tag, _ in parts["headings"][1:])
    nodes = sorted(found.nodes, key=lambda n: (n.span, n.id))
    quoted = parts["rows"][-len(nodes) :] if nodes else []
    for cells, node in zip(quoted, nodes, strict=True):
        place, raw = (f"{s.start}–{s.end}" for s in (node.span, node.raw_span))
        assert (cells[0], cells[-1]) == (one_line(node.id), one_line(node.text))
        assert cells[4:7] == [place, raw, str(node.confidence)]
    for node in found.nodes:
        said = f"{one_line(node.id)} {one_line(node.text)} ("
        assert any(said in item for item in parts["items"])
    for causal in found.causal_relations:
        effect = f"{one_line(causal.effect.text)} ("
        assert any(effect in item and f"— {one_line(causal.id)}, " in item for item in parts["items"])


@pytest.mark.parametrize("name", NAMED)
def test_examples_come_back(name: str) -> None:
    check(NAMED[name])


@settings(deadline=None, max_examples=80)
@given(hostile_maps())
def test_any_map_comes_back(found: ArgumentMap) -> None:
    check(found)


def test_a_deep_tree_and_a_long_chain_are_told_to_their_ends() -> None:
    draft = maps.Draft("".join(f"{i:03d}甲。" for i in range(60)))
    nodes = [draft.node(f"u{i}", f"{i:03d}甲", central=i == 0) for i in range(60)]
    edges = [maps.edge(f"r{i}", f"u{i}", "supports", f"u{i - 1}") for i in range(1, 60)]
    causals = [draft.causal(f"c{i}", f"{i:03d}甲", None, f"{i + 1:03d}甲") for i in range(59)]
    check(draft.finish("deep", nodes, edges, causals).map)


def test_the_contrast_is_a_table() -> None:
    rows = read(NAMED["contrast"])["rows"]
    assert rows[0] == ["角度 facet", "A 自建", "B 加盟", "双方 both"]
    assert ["举措 means", "u2 去年只开了400家", "u5 白杨放开加盟", ""] in rows


def test_what_attacks_and_grounds_a_claim_stands_below_it() -> None:
    lines = written(NAMED["contrast"]).splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("- ★ **u7**"))
    below = [line.split("(")[0].rstrip() for line in lines[start + 1 : start + 5]]
    assert below == [
        "  - ＋ **u3** 自建能守住品质",
        "    - － **u4** 扩张太慢",
        "      - ＋ **u2** 去年只开了400家",
        "  - ＋ **u6** 门店猛增导致品控松动",
    ]


def test_chains_and_inhibition() -> None:
    text = written(NAMED["contrast"])
    assert "- ● 白杨放开加盟 (" in text
    assert "  - → ‹因此› 门店猛增 (" in text
    assert "    - (门店猛增) → ‹导致› 品控松动 (" in text
    assert "  - ⊣ ‹防止› 品控松动 (" in text


def test_escape_spares_what_is_plain() -> None:
    assert escape("增长2.5%（约3:1），见“图”-表") == "增长2.5%（约3:1），见“图”-表"
    assert escape("[x](http://y)") == "\\[x\\](http\\://y)"
    assert escape("见www.x.cn :smile:") == "见www\\.x.cn \\:smile:"
