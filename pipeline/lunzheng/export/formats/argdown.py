"""A map as Argdown: trees of statements, and each causal relation as an argument between two of them.

A support or attack is a relation of Argdown. Causes have none, so that a causal relation is an argument
``<c1>`` which the cause's unit supports and which supports (attacks, where it inhibits) the effect's. A
contrast is no contradiction and stays data, as ``lunzheng`` in the front matter.

Source: https://argdown.org/syntax and the lexer of @argdown/core 1.7.5.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lunzheng.argmap import ArgumentMap, CausalRelation, Edge, Node
from lunzheng.export.formats.blocks import Block, blocks
from lunzheng.export.formats.exported import Exported
from lunzheng.export.formats.plain import one_line, plain_ids
from lunzheng.export.formats.values import values
from lunzheng.export.outline import Line, outline, unlinked
from lunzheng.export.words import bilingual

_SIGNS = {"supports": "+", "attacks": "-"}
_COLOURS = {"A": "#0062a0", "B": "#b34700", "both": "#00745a", "none": "#666666"}  # as in the browser's view
_ESCAPED = re.compile(r"[\\@#*_\[\]<>{}=/:]")
_SHORTCODE = re.compile(r"\.\S+?\.")  # `.x.` may name a symbol; a single full stop, as in 2.5, is left alone
# What could end a data block or the front matter is written as the escape that YAML and JSON share.
_DATA = {ord(c): f"\\u{ord(c):04x}" for c in "{}="}
_KEY = re.compile(r"(?!null$|true$|false$)[a-z_]+", re.IGNORECASE)


def escape(words: str) -> str:
    """Words of an article as Argdown text that means nothing but themselves, on one line."""
    line = _ESCAPED.sub(r"\\\g<0>", one_line(words))
    return line.replace(".", "\\.") if _SHORTCODE.search(line) else line


def argdown(argument_map: ArgumentMap) -> Exported:
    """The map as one ``.argdown`` file."""
    return Exported({".argdown": "\n\n".join(_Writer(argument_map).parts()) + "\n"})


def _data(value: object) -> str:
    """A value as YAML that is JSON, too; strings on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {_data(item)}" for key, item in value.items() if item is not None) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_data, value)) + "]"
    if isinstance(value, str):
        return json.dumps(one_line(value) if value else "", ensure_ascii=False).translate(_DATA)
    return json.dumps(value)


def _key(name: str) -> str:
    return name if _KEY.fullmatch(name) else _data(name)


class _Writer:
    """One map, with the names that its units and causal relations have in Argdown."""

    def __init__(self, argument_map: ArgumentMap) -> None:
        self.map = argument_map
        self.units = plain_ids((n.id for n in argument_map.nodes), "n")
        self.causals = plain_ids((c.id for c in argument_map.causal_relations), "c")

    def parts(self) -> Iterator[str]:
        """The file's parts, which a blank line sets apart."""
        document = self.map.document
        yield self._front_matter()
        yield f"# {escape(document.title or document.id)}"
        if self.map.strategies:
            yield "\n".join(self._comments())
        trees = outline(self.map)
        if trees:
            yield "## 论证 arguments"
        for tree in trees:
            yield from map(self._block, blocks(tree))
        loose = unlinked(self.map)
        if loose:
            yield "## 未连 unlinked"
        yield from map(self._statement, loose)
        if self.map.causal_relations:
            yield "## 因果 causes"
        yield from map(self._causal, self.map.causal_relations)

    def _front_matter(self) -> str:
        document = self.map.document
        kept: dict[str, Any] = {
            "document": values(document, "text", "sentences", "discourse_units", "cleaning"),
            "strategies": [values(s) for s in self.map.strategies],
            "names": {self.units[n.id]: n.id for n in self.map.nodes if self.units[n.id] != n.id},
            "relations": [values(e) for e in self.map.edges if e.type not in _SIGNS],
            "contrast": values(self.map.contrast),
            "provenance": values(self.map.provenance),
        }
        lines = [
            f"title: {_data(document.title or document.id)}",
            "model:\n  mode: loose\n  removeTagsFromText: true",
            'dot:\n  graphVizSettings: {rankdir: RL, size: "30,60"}',  # broad trees have room downwards only
            "color:\n  tagColors:",
            *(f'    {tag}: {{color: "{colour}", priority: 1}}' for tag, colour in _COLOURS.items()),
            "lunzheng:",
            *(f"  {key}: {_data(value)}" for key, value in kept.items()),
        ]
        return "\n".join(["===", *lines, "==="])

    def _comments(self) -> Iterator[str]:
        """Strategies and contrast for the reader: Argdown has no other free text."""
        for strategy in self.map.strategies:
            yield one_line(f"// {strategy.id} {strategy.name}: {'、'.join((*strategy.actors, *strategy.cues))}")
        for row in self.map.contrast.rows:
            cells = (f"{side}: {self._names(ids)}" for side, ids in (("A", row.A), ("B", row.B), ("both", row.both)))
            yield f"// {bilingual(row.facet)} | {' | '.join(cells)}"
        pairs = [f"{self.units[e.source]} ⟷ {self.units[e.target]}" for e in self.map.edges if e.type == "contrasts"]
        if pairs:
            yield f"// {bilingual('contrasts')}: {', '.join(pairs)}"

    def _names(self, ids: tuple[str, ...]) -> str:
        return ", ".join(self.units[i] for i in ids) or "–"

    def _block(self, block: Block) -> str:
        top = self._reference(block.root.node.id) if block.continues else self._statement(block.root.node)
        return "\n".join([top, *(self._line(level, line) for level, line in block.lines)])

    def _line(self, level: int, line: Line) -> str:
        assert line.edge is not None
        words = self._reference(line.node.id) if line.seen else self._statement(line.node, line.edge)
        return f"{'  ' * level}{_SIGNS[line.edge.type]} {words}"

    def _reference(self, node_id: str) -> str:
        return f"[{self.units[node_id]}]"

    def _statement(self, node: Node, edge: Edge | None = None) -> str:
        """A unit with its words, and the confidence of what it is linked by: relations of Argdown hold no data."""
        tags = [node.type, node.side, node.facet, *(["central"] if node.central else [])]
        data = values(node, "id", "text", "type", "side", "facet", "central")
        if edge is not None:
            data |= {"relation": edge.id, "relation_confidence": edge.confidence}
        return f"{self._reference(node.id)}: {escape(node.text)} {_tags(tags)} {_data(data)}"

    def _causal(self, causal: CausalRelation) -> str:
        name = self.causals[causal.id]
        arrow = "⊣" if causal.polarity == "inhibit" else "→"
        signal = f" ({escape(causal.connective.text)})" if causal.connective else ""
        words = f"{escape(causal.cause.text)} {arrow}{signal} {escape(causal.effect.text)}"
        data: dict[str, Any] = {} if name == causal.id else {"name": causal.id}
        for role in ("cause", "connective", "effect"):
            anchor = getattr(causal, role)
            if anchor is not None:
                data |= {f"{role}_span": anchor.span, f"{role}_raw_span": anchor.raw_span}
        data |= values(causal, "id", "cause", "connective", "effect", "kind", "polarity")
        lines = [f"<{name}>: {words} {_tags(['causal', causal.kind, causal.polarity])} {_data(data)}"]
        source, target = causal.source_node, causal.target_node
        if source != target:  # inside one unit it would argue for itself
            lines += [f"  + {self._reference(source)}"] if source else []
            sign = "->" if causal.polarity == "inhibit" else "+>"
            lines += [f"  {sign} {self._reference(target)}"] if target else []
        return "\n".join(lines)


def _tags(tags: list[str]) -> str:
    return " ".join(f"#{tag}" for tag in tags)
