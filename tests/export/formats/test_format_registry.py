"""The registry of formats, and what all of them have in common."""

from __future__ import annotations

from pathlib import Path

import pytest
from format_examples import NAMED, hostile_maps
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import maps
from lunzheng.argmap import ArgumentMap
from lunzheng.cli import app
from lunzheng.export.formats.blocks import DEEPEST, blocks
from lunzheng.export.formats.plain import one_line, plain_ids
from lunzheng.export.formats.registry import FORMATS
from lunzheng.export.outline import outline


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_documented_and_offered(name: str, root: Path) -> None:
    assert f"## {name}\n" in (root / "docs" / "exports.md").read_text(encoding="utf-8")
    offered = CliRunner().invoke(app, ["export", "--help"], env={"COLUMNS": "200"}).output
    assert name in offered
    assert "\n" not in FORMATS[name].line


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_map_gives_the_same_files(name: str) -> None:
    known = FORMATS[name]
    copy = ArgumentMap.model_validate_json(NAMED["hostile"].to_json())
    if known.one is not None:
        made = known.one(NAMED["hostile"])
        assert made == known.one(copy)
        assert known.suffix in made.files
    if known.folder is not None:
        assert known.folder([NAMED["hostile"]]) == known.folder([copy])


@settings(deadline=None)
@given(hostile_maps())
def test_words_are_utf_8_whatever_they_are(found: ArgumentMap) -> None:
    for known in FORMATS.values():
        made = [known.one(found)] if known.one else []
        made += [known.folder([found])] if known.folder else []
        for content in (c for m in made for c in m.files.values()):
            assert isinstance(content, bytes) or content.encode()


def test_one_line_turns_nothing_around() -> None:
    assert one_line("甲\u202e乙\u2066丙\x00\u2028\r\n 丁\ud800") == "甲乙丙 丁\ufffd"
    assert one_line(" \n") == "␣"


@given(st.text())
def test_one_line_is_one_line(words: str) -> None:
    line = one_line(words)
    assert line == one_line(line)
    assert len(line.splitlines()) == 1
    assert line == line.strip() != ""
    assert not set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068") & set(line)


@given(st.lists(st.text(max_size=4), unique=True))
def test_plain_ids_are_plain_and_differ(ids: list[str]) -> None:
    names = plain_ids(ids, "n")
    assert list(names) == ids
    assert len(set(names.values())) == len(ids)
    assert all(name.isascii() and name.isalnum() for name in names.values())


@settings(deadline=None)
@given(hostile_maps())
def test_blocks_hold_every_line_once_and_none_too_deep(found: ArgumentMap) -> None:
    for tree in outline(found):
        cut = blocks(tree)
        assert sorted([id(b.root) for b in cut[:1]] + [id(x) for b in cut for _, x in b.lines]) == sorted(map(id, tree))


def test_a_deep_tree_goes_on_where_it_was_cut() -> None:
    n = 3 * DEEPEST + 2
    draft = maps.Draft("".join(f"{i:05d}。" for i in range(2 * n)))
    nodes = [draft.node(f"u{i}", f"{i:05d}", central=i == 0) for i in range(2 * n)]
    # two branches that part just where the first block ends
    edges = [maps.edge(f"r{i}", f"u{i}", "supports", f"u{i - 1}") for i in range(1, n)]
    edges += [maps.edge(f"r{n}", f"u{n}", "supports", f"u{DEEPEST - 1}")]
    edges += [maps.edge(f"r{i}", f"u{i}", "supports", f"u{i - 1}") for i in range(n + 1, 2 * n)]
    (tree,) = outline(draft.finish("deep", nodes, edges).map)
    parents: dict[str, str] = {}
    for block in blocks(tree):
        path = [block.root.node.id]
        for depth, line in block.lines:
            assert depth <= DEEPEST
            del path[depth:]
            parents[line.node.id] = path[-1]
            path.append(line.node.id)
    assert parents == {e.source: e.target for e in edges}
