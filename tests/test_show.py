"""The view of a map in a terminal."""

from __future__ import annotations

import io
import re
import unicodedata

import pytest
from hypothesis import given, settings
from rich.cells import cell_len
from rich.console import Console

import maps
from lunzheng.show import plain, render_map


def shown(example: maps.Example, width: int = 80, **options: object) -> str:
    stream = io.StringIO()
    render_map(example.map, Console(file=stream, width=width, **options))  # type: ignore[arg-type]
    return stream.getvalue()


def test_contrast_table_has_facets_sides_and_ids() -> None:
    text = shown(maps.contrast_example())
    assert "A 自建" in text
    assert "B 加盟" in text
    assert "双方 both" in text
    row = next(line for line in text.splitlines() if "去年只开了400家" in line and "│" in line)
    cells = [cell.strip() for cell in row.split("│")[1:-1]]
    assert cells == ["举措", "u2：去年只开了400家", "u5：白杨放开加盟", ""]
    assert "对比 contrasts: u3 ⟷ u6" in text
    assert "共识 common ground: u1 · u7" in text


def test_strategies_show_actors_and_cues() -> None:
    text = shown(maps.contrast_example())
    assert re.search(r"A 自建 +主体 actors: 青禾 +线索 cues: 自己开店", text)
    assert re.search(r"B 加盟 +主体 actors: 白杨", text)


def test_central_claim_is_a_tree_of_what_bears_on_it() -> None:
    lines = shown(maps.contrast_example()).splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("★ u7"))
    tree = [
        (line.index(sign), line.split()[-2]) for line in lines[start + 1 : start + 5] for sign in "＋－" if sign in line
    ]
    assert tree == [(4, "自建能守住品质"), (8, "扩张太慢"), (12, "去年只开了400家"), (4, "门店猛增导致品控松动")]


def test_causes_are_chained_and_inhibition_is_drawn_otherwise() -> None:
    text = shown(maps.contrast_example())
    chain = text[text.index("── 因果") :].splitlines()[1:]
    assert chain[0] == "白杨放开加盟"
    assert chain[1].startswith("└── ─[因此]→ 门店猛增")
    assert chain[2].startswith("    └── ─[导致]→ 品控松动")
    assert chain[4].startswith("└── ─[防止]⊣ 品控松动")


def test_without_strategies_there_is_a_plain_tree_and_no_table() -> None:
    text = shown(maps.plain_example())
    assert "对照" not in text
    assert "★ u1" in text
    assert text.index("未连") < text.index("u4")


def test_a_map_without_anything_says_so() -> None:
    assert shown(maps.empty_example()).count("(无 none)") == 2


def test_hostile_words_stay_words() -> None:
    text = shown(maps.hostile_example(), force_terminal=True, color_system="truecolor")
    assert "[bold]</script>" in text
    assert "[/red]" in text
    assert "\x1b[31m\u202e" not in text
    assert "\u202e" not in text


def test_piped_output_has_no_control_characters() -> None:
    text = shown(maps.contrast_example())
    assert not [c for c in text if unicodedata.category(c) == "Cc" and c != "\n"]


@pytest.mark.parametrize("width", [80, 40, 20])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(map(cell_len, shown(maps.contrast_example(), width).splitlines())) <= width


@settings(max_examples=40, deadline=None)
@given(maps.argument_maps())
def test_every_map_can_be_shown_and_every_unit_is(example: maps.Example) -> None:
    text = shown(example, 400)
    assert all(re.search(rf"\b{node.id}\b", text) for node in example.map.nodes)
    arrows = [line for line in text[text.index("── 因果") :].splitlines()[1:] if "见上" not in line]
    assert sum("⊣" in line for line in arrows) == sum(c.polarity == "inhibit" for c in example.map.causal_relations)
    assert sum("→" in line for line in arrows) == sum(c.polarity == "facilitate" for c in example.map.causal_relations)


def test_a_very_deep_chain_is_shown_to_its_end() -> None:
    n = 1500
    draft = maps.Draft("".join(f"{i:05d}。" for i in range(n)))
    nodes = [draft.node(f"u{i}", f"{i:05d}", central=i == 0) for i in range(n)]
    edges = [maps.edge(f"r{i}", f"u{i}", "supports", f"u{i - 1}") for i in range(1, n)]
    text = shown(draft.finish("deep", nodes, edges))
    assert text.count("＋") == n  # one of them in the heading
    assert f"{n - 1:05d}" in text
    assert f"→u{n - 2}" in text


def test_plain_counts_terminal_cells() -> None:
    assert plain("墙" * 10, 20) == "墙" * 10
    assert plain("墙" * 11, 20) == "墙" * 9 + "…"
    assert plain(" a\n\tb\x1b") == "a b"
