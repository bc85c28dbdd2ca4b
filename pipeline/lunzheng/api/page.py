"""A map as a fragment of HTML for notebooks: the contrast table, and the text with its units marked."""

from __future__ import annotations

from html import escape

from lunzheng.api.table import Table
from lunzheng.argmap import ArgumentMap, Node

# the viewer's colours; the line's form says claim or evidence, so that colour is never the only sign
_COLOURS = {"A": "#0072b2", "B": "#d55e00", "both": "#7a5195", "none": "#767676"}
_LINES = {"claim": "solid", "evidence": "dotted"}


def map_html(argument_map: ArgumentMap, contrast: Table) -> str:
    """HTML without scripts or references; every word of the article is escaped.

    Args:
        argument_map: any valid map.
        contrast: its contrast table.
    """
    title = escape(argument_map.document.title or "")
    names = " / ".join(
        f'<b style="color:{_COLOURS[s.id]}">{escape(s.name)}</b>'
        + (f" ({escape('、'.join(s.actors))})" if s.actors else "")
        for s in argument_map.strategies
    )
    table = contrast._repr_html_() if len(contrast) else ""
    return (
        f'<div lang="zh"><p><b>{title}</b> {names}</p>{table}'
        f"<details><summary>{len(argument_map.nodes)} units, {len(argument_map.edges)} relations, "
        f"{len(argument_map.causal_relations)} causal</summary>"
        f'<p style="white-space:pre-line">{_marked(argument_map)}</p></details></div>'
    )


def _marked(argument_map: ArgumentMap) -> str:
    text, position, parts = argument_map.document.text, 0, []
    for node in sorted(argument_map.nodes, key=lambda n: n.span):
        if node.span.start < position:
            continue
        parts += [escape(text[position : node.span.start]), _unit(node)]
        position = node.span.end
    return "".join(parts) + escape(text[position:])


def _unit(node: Node) -> str:
    style = f"border-bottom:2px {_LINES[node.type]} {_COLOURS[node.side]}" + (
        ";font-weight:bold" if node.central else ""
    )
    hint = f"{node.id} {node.type} {node.side} {node.facet} {node.confidence:.2f}"
    return f'<span style="{style}" title="{escape(hint)}">{escape(node.text)}</span>'
