"""A map as a report in Markdown (CommonMark with GitHub's tables)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lunzheng.argmap import Anchor, ArgumentMap, CausalRelation, MapStrategy, Node
from lunzheng.export.chains import Step, chains
from lunzheng.export.formats.blocks import DEEPEST, Block, blocks
from lunzheng.export.formats.exported import Exported
from lunzheng.export.formats.plain import one_line
from lunzheng.export.outline import Line, outline, unlinked
from lunzheng.export.words import CHINESE, bilingual
from lunzheng.report import Counts

# A colon means something before // and around the name of an emoji only, a full stop after www.
_ESCAPED = re.compile(r"[\\`*_{}\[\]<>|~!&$@#^]|:(?=//|[a-z0-9_+-]+:)|(?<=www)\.", re.IGNORECASE)
_SIGNS = {"supports": "＋", "attacks": "－"}
_QUOTED = ("", "类 type", "方 side", "角度 facet", "位置 place", "原位置 raw", "信度 score", "节 section", "原文 words")
_NOTE = (
    "由模型从文章中找出，未经人工核对；位置为字符区间 `[start, end)`。 "
    "Found by a model, not checked by people; places are code points `[start, end)` of the cleaned text."
)


def markdown(argument_map: ArgumentMap) -> Exported:
    """The map as one ``.md`` file."""
    return Exported({".md": "\n\n".join(_parts(argument_map)) + "\n"})


def escape(words: str) -> str:
    """Words of an article as Markdown that means nothing but themselves, on one line.

    Signs that mean something only where a line or an item begins are left alone: none begins with words of an article.
    """
    return _ESCAPED.sub(r"\\\g<0>", one_line(words))


def _parts(argument_map: ArgumentMap) -> Iterator[str]:
    """The report's parts, which a blank line sets apart."""
    document, counts = argument_map.document, Counts.of(argument_map)
    yield f"# {escape(document.title or document.id)}"
    yield f"{escape(document.source)} · {len(document.text)} 字 characters · {counts.claims} 论点 claims · " + (
        f"{counts.evidence} 论据 evidence · {counts.relations} 关系 relations · {counts.causal} 因果 causal"
    )
    yield _NOTE
    if argument_map.strategies:
        yield "## 策略 strategies"
        yield "\n".join(map(_strategy, argument_map.strategies))
        yield "## 对照 contrast"
        yield "\n".join(_contrast(argument_map))
    yield from _opposed(argument_map)
    yield "## 论证 arguments"
    yield "★ 中心论点 central · ＋ 支持 supports · － 反驳 attacks"
    yield from _arguments(argument_map)
    yield "## 因果 causes"
    yield "→ 促成 facilitates · ⊣ 抑制 inhibits"
    yield from _chains(argument_map)
    yield "## 原文 quotations"
    yield "\n".join(_quotations(argument_map))
    made = argument_map.provenance
    yield f"lunzheng {escape(made.pipeline_version)} · {escape(made.model.name)} {escape(made.model.sha256[:12])}"


def _strategy(strategy: MapStrategy) -> str:
    said = [f"- **{strategy.id}** {escape(strategy.name)} ({strategy.confidence:.0%})"]
    for label, words in (("主体 actors", strategy.actors), ("线索 cues", strategy.cues)):
        said += [f"{label}: {'、'.join(map(escape, words))}"] if words else []
    return " · ".join(said)


def _contrast(argument_map: ArgumentMap) -> Iterator[str]:
    names: dict[str, str] = {s.id: f"{s.id} {escape(s.name)}" for s in argument_map.strategies}
    nodes = {node.id: node for node in argument_map.nodes}
    yield _row(["角度 facet", *(names.get(side, bilingual(side)) for side in ("A", "B", "both"))])
    yield _row(["---"] * 4)
    for row in argument_map.contrast.rows:
        cells = (_cell([nodes[i] for i in ids]) for ids in (row.A, row.B, row.both))
        yield _row([bilingual(row.facet), *cells])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(nodes: Iterable[Node]) -> str:
    return "<br>".join(f"{_name(n.id)} {'★ ' if n.central else ''}{escape(n.text)}" for n in nodes)


def _name(node_id: str) -> str:
    return f"**{escape(node_id)}**"


def _opposed(argument_map: ArgumentMap) -> Iterator[str]:
    pairs = [f"{_name(e.source)} ⟷ {_name(e.target)}" for e in argument_map.edges if e.type == "contrasts"]
    if pairs:
        yield f"{bilingual('contrasts')}: {' · '.join(pairs)}"
    shared = map(_name, argument_map.contrast.common_ground)
    if argument_map.contrast.common_ground:
        yield f"共识 common ground: {' · '.join(shared)}"


def _arguments(argument_map: ArgumentMap) -> Iterator[str]:
    trees, loose = outline(argument_map), unlinked(argument_map)
    if trees:
        yield "\n".join(line for tree in trees for block in blocks(tree) for line in _block(block))
    if loose:
        yield "未连 unlinked:"
        yield "\n".join(f"- {_unit(node)}" for node in loose)
    if not trees and not loose:
        yield "无 none"


def _block(block: Block) -> Iterator[str]:
    root = block.root.node
    yield f"- {_name(root.id)} (见上 above)" if block.continues else f"- {_unit(root)}"
    yield from (_line(level, line) for level, line in block.lines)


def _line(level: int, line: Line) -> str:
    assert line.edge is not None
    words = f"{_name(line.node.id)} (见上 above)" if line.seen else _unit(line.node)
    return f"{'  ' * level}- {_SIGNS[line.edge.type]} {words} — {line.edge.confidence:.0%}"


def _unit(node: Node) -> str:
    side = [] if node.side == "none" else [CHINESE.get(node.side, node.side)]
    labels = "·".join([CHINESE[node.type], *side, CHINESE[node.facet]])
    return f"{'★ ' if node.central else ''}{_name(node.id)} {escape(node.text)} ({labels}, {_place(node)})"


def _place(anchor: Anchor) -> str:
    return f"{anchor.span.start}–{anchor.span.end}"


def _chains(argument_map: ArgumentMap) -> Iterator[str]:
    lines = []
    for chain in chains(argument_map):
        first = chain[0].relation.cause
        lines += [f"- ● {escape(first.text)} ({_place(first)})", *map(_step, chain)]
    yield "\n".join(lines) or "无 none"


def _step(step: Step) -> str:
    relation = step.relation
    arrow = "⊣" if relation.polarity == "inhibit" else "→"
    signal = f" ‹{escape(relation.connective.text)}›" if relation.connective else ""
    indent = "  " * min(step.depth + 1, DEEPEST)
    # Parentheses keep words that look like a list's number from opening a list.
    cause = f"({escape(relation.cause.text)}) " if step.depth else ""
    end = "(见上 above)" if step.seen else f"({_place(relation.effect)}) — {_kind(relation)}"
    return f"{indent}- {cause}{arrow}{signal} {escape(relation.effect.text)} {end}"


def _kind(relation: CausalRelation) -> str:
    return f"{escape(relation.id)}, {bilingual(relation.kind)}, {relation.confidence:.0%}"


def _quotations(argument_map: ArgumentMap) -> Iterator[str]:
    yield _row(
        [
            "",
            "类 type",
            "方 side",
            "角度 facet",
            "位置 place",
            "原位置 raw",
            "信度 confidence",
            "节 section",
            "原文 words",
        ]
    )
    yield _row(["---"] * 9)
    for node in sorted(argument_map.nodes, key=lambda n: (n.span, n.id)):
        labels = [bilingual(node.type), bilingual(node.side), bilingual(node.facet)]
        raw = f"{node.raw_span.start}–{node.raw_span.end}"
        section = escape(node.section) if node.section else ""
        place = [_place(node), raw, str(node.confidence), section, escape(node.text)]
        yield _row([_name(node.id), *labels, *place])
