"""Maps that exporters are tried on, hostile ones among them."""

from __future__ import annotations

from itertools import cycle
from typing import Any

from hypothesis import strategies as st

import maps
from lunzheng.argmap import ArgumentMap
from lunzheng.spans import Span

# What some format or other takes for mark-up; each replaces one character, so that offsets hold.
SIGNS = "@{}=+-*_/~!$%^().,;'\"`\\<>[]|#&:\n\r\t\x00\x1b\x7f\x85\u2028\u202e\ufffe＝1aT"
_CHARACTERS = "墙门店铺，。"

# Mark-up of one format or other, as words of an article.
SNIPPETS = """
=== 甲 ===|//注|/* 注 */|<!-- 注 -->|{a: 1}|甲} 乙|-- 甲 --|@[n1]|@<c1>|#标签|#(标 签)|[甲](http://x.cn)
[甲]: 乙|<甲>: 乙|**甲**|__甲__|*甲*|_甲_|.>=.|:smile:|甲.b.c.|\\|\\[|(1) 甲|1. 甲|&#91;|&lt;b&gt;|![甲](乙)
~~甲~~|<img src=x onerror=alert(1)>|</script>|`甲`|```甲|$x$|a@b.cn|https://x.cn|www.x.cn
=cmd('calc')!A0|+1|-1|@SUM(A1)|"甲"|'甲'|甲\u2028乙|甲\u2029乙|甲\x85乙|甲\x00乙|甲\r乙|]]>|<![CDATA[|%s|甲
^甲|> 甲|# 甲
"""


def _snippets() -> ArgumentMap:
    """Every snippet as a unit, as a section's name, as a cause and an effect, as a connective."""
    words = SNIPPETS.strip().replace("\n", "|").split("|")
    draft = maps.Draft("。".join(words) + "。")
    ends = [len("。".join(words[:i])) for i in range(1, len(words) + 1)]
    spans = [Span(end - len(w), end) for end, w in zip(ends, words, strict=True)]
    nodes = [
        draft.node(f"n{i}", s, central=i == 1, section=w) for i, (s, w) in enumerate(zip(spans, words, strict=True), 1)
    ]
    edges = [maps.edge(f"e{i}", f"n{i}", "attacks" if i % 2 else "supports", "n1") for i in range(2, len(words) + 1)]
    causals = [
        draft.causal(f"c{i}", spans[i - 1], spans[i], spans[i + 1], polarity=p, nodes=(f"n{i}", f"n{i + 2}"))
        for i, p in zip(range(1, len(words) - 1), cycle(["facilitate", "inhibit"]), strict=False)
    ]
    sides = [
        s.model_copy(update={"name": w, "actors": tuple(words)}) for s, w in zip(maps.strategies(), words, strict=False)
    ]
    return draft.finish("=x", nodes, edges, causals, sides, "=== {甲} # [乙]: //").map


NAMED: dict[str, ArgumentMap] = {
    "snippets": _snippets(),
    "contrast": maps.contrast_example().map,
    "plain": maps.plain_example().map,
    "empty": maps.empty_example().map,
    "hostile": maps.hostile_example().map,
}


def translated(argument_map: ArgumentMap, table: dict[str, str]) -> ArgumentMap:
    """The map with characters exchanged in all that comes from the article, and in its id."""
    codes = str.maketrans(table)

    def change(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {k: change(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [change(v, key) for v in value]
        ours = {"text", "title", "section", "name", "actors", "cues", "source_name"}
        return value.translate(codes) if isinstance(value, str) and key in ours else value

    values = change(argument_map.model_dump(mode="json"))
    values["document"]["id"] = argument_map.document.id.translate(codes)
    return ArgumentMap.model_validate(values)


def renamed(argument_map: ArgumentMap, suffix: str) -> ArgumentMap:
    """The map with *suffix* behind the id of each unit and causal relation."""

    def change(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {k: change(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [change(v, key) for v in value]
        named = key in {"source", "target", "causal_relation", "source_node", "target_node", "A", "B", "both"}
        return value + suffix if isinstance(value, str) and (named or key in {"common_ground", "unit"}) else value

    values = argument_map.model_dump(mode="json")
    for part in ("edges", "causal_relations", "contrast"):
        values[part] = change(values[part])
    for thing in [*values["nodes"], *values["causal_relations"]]:
        thing["id"] += suffix
    return ArgumentMap.model_validate(values)


@st.composite
def hostile_maps(draw: st.DrawFn) -> ArgumentMap:
    """Valid maps of any shape, full of signs."""
    found = draw(maps.argument_maps()).map
    table = draw(st.dictionaries(st.sampled_from(_CHARACTERS), st.sampled_from(SIGNS)))
    suffix = draw(st.sampled_from(["", "", "]: <x>", "'\n=1", " "]))
    return translated(renamed(found, suffix) if suffix else found, table)
