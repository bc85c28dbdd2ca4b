"""One argument map in a terminal: strategies, contrast, arguments and causal chains."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from lunzheng.argmap import ArgumentMap, CausalRelation, MapStrategy, Node
from lunzheng.export.chains import SAME, Step, chains
from lunzheng.export.outline import Line, outline, unlinked
from lunzheng.export.words import CHINESE, bilingual
from lunzheng.report import Counts
from lunzheng.spans import content_offsets, iou

STYLES = {"A": "cyan", "B": "magenta", "both": "yellow", "none": "default"}
_MARKS = {"supports": ("＋", "green"), "attacks": ("－", "red")}
_LINE = 96  # terminal cells of a unit's words in a tree: two lines of 80 columns with their indentation
_CELL = 54  # in the contrast table: three lines of a column
_ANCHOR = 48  # of a cause or an effect
_DEEPEST = 8  # deeper branches stay at this indentation, so that words keep room on 80 columns


def render_map(argument_map: ArgumentMap, console: Console) -> None:
    """Print a map for people; words of the article reach the terminal as plain characters only.

    Args:
        argument_map: any valid map.
        console: where to; works without colour and at 80 columns or fewer.
    """
    _print_head(argument_map, console)
    if argument_map.strategies:
        _heading(console, "策略 strategies")
        for strategy in argument_map.strategies:
            console.print(_strategy(strategy), highlight=False)
        _heading(console, "对照 contrast")
        console.print(_contrast(argument_map))
    _print_contrasts(argument_map, console)
    _print_arguments(argument_map, console)
    _print_chains(argument_map, console)


def plain(words: str, cells: int | None = None) -> str:
    """Words of an article on one line, without control characters, cut to *cells* terminal cells."""
    visible = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in words)
    line = " ".join(visible.split())
    if cells is None or cell_len(line) <= cells:
        return line
    return set_cell_size(line, cells - 1).rstrip() + "…"


def _heading(console: Console, words: str) -> None:
    console.print()
    console.print(Text(f"── {words}", style="bold"))


def _print_head(argument_map: ArgumentMap, console: Console) -> None:
    document, counts = argument_map.document, Counts.of(argument_map)
    console.print(Text(plain(document.title or document.id), style="bold underline"))
    console.print(Text(plain(document.source), style="dim"))
    console.print(
        Text(
            f"{len(document.text)} 字 characters · {counts.units} 论元 units "
            f"({counts.claims} 论点 claims, {counts.evidence} 论据 evidence) · "
            f"{counts.relations} 关系 relations · {counts.causal} 因果 causal"
        )
    )


def _strategy(strategy: MapStrategy) -> Text:
    text = Text.assemble((f"{strategy.id} {plain(strategy.name)}", f"bold {STYLES[strategy.id]}"))
    for label, words in (("主体 actors", strategy.actors), ("线索 cues", strategy.cues)):
        if words:
            text.append(f"  {label}: ", "dim").append("、".join(plain(word) for word in words))
    return text.append(f"  {strategy.confidence:.0%}", "dim")


def _contrast(argument_map: ArgumentMap) -> Table:
    names: dict[str, str] = {s.id: f"{s.id} {plain(s.name, 24)}" for s in argument_map.strategies}
    nodes = {node.id: node for node in argument_map.nodes}
    table = Table(show_lines=True, expand=True, padding=(0, 1))
    table.add_column(Text("角度\nfacet"), no_wrap=True)
    for side in ("A", "B", "both"):
        table.add_column(Text(names.get(side, bilingual(side)), style=STYLES[side]), ratio=1, overflow="fold")
    for row in argument_map.contrast.rows:
        cells = (_cell([nodes[i] for i in ids if i in nodes]) for ids in (row.A, row.B, row.both))
        table.add_row(Text(bilingual(row.facet).replace(" ", "\n")), *cells)
    return table


def _cell(nodes: Iterable[Node]) -> Text:
    return Text("\n").join(
        # No space after the id: rich would break the line there, Chinese words having none of their own.
        Text.assemble((f"{plain(n.id)}：", "dim"), "★" if n.central else "", plain(n.text, _CELL))
        for n in nodes
    )


def _print_contrasts(argument_map: ArgumentMap, console: Console) -> None:
    pairs = [f"{plain(e.source)} ⟷ {plain(e.target)}" for e in argument_map.edges if e.type == "contrasts"]
    if pairs:
        console.print(Text(f"{bilingual('contrasts')}: {' · '.join(pairs)}"))
    shared = [plain(i) for i in argument_map.contrast.common_ground]
    if shared:
        console.print(Text(f"共识 common ground: {' · '.join(shared)}"))


def _print_arguments(argument_map: ArgumentMap, console: Console) -> None:
    _heading(console, "论证 arguments  (★ 中心论点 central · ＋ 支持 supports · － 反驳 attacks)")
    trees = outline(argument_map)
    for tree in trees:
        console.print(_grow([(line.depth, _argument(line)) for line in tree]))
    loose = unlinked(argument_map)
    if loose:
        console.print(_grow([(0, Text("未连 unlinked", "dim")), *((1, _unit(n)) for n in loose)]))
    if not trees and not loose:
        console.print(Text("(无 none)", "dim"))


def _argument(line: Line) -> Text:
    text = Text()
    if line.edge is not None:
        sign, style = _MARKS[line.edge.type]
        text.append(f"{sign} ", f"bold {style}")
        if line.depth > _DEEPEST:
            text.append(f"→{plain(line.edge.target)} ", style)
    if line.seen:
        return text.append(f"{plain(line.node.id)} (见上 above)", "dim")
    return text.append_text(_unit(line.node))


def _unit(node: Node) -> Text:
    side = () if node.side == "none" else (CHINESE.get(node.side, node.side),)
    labels = [CHINESE[node.type], *side, CHINESE[node.facet]]
    return Text.assemble(
        ("★ " if node.central else "", "bold yellow"),
        (f"{plain(node.id)} ", "dim"),
        (f"{'·'.join(labels)} ", STYLES[node.side]),
        plain(node.text, _LINE),
        (f" {node.confidence:.0%}", "dim"),
    )


def _print_chains(argument_map: ArgumentMap, console: Console) -> None:
    _heading(console, "因果 causes  (─→ 促成 facilitate · ─⊣ 抑制 inhibit)")
    text = argument_map.document.text
    for chain in chains(argument_map):
        branches = [(0, Text(plain(chain[0].relation.cause.text, _ANCHOR), "bold"))]
        led_by: dict[int, CausalRelation] = {}
        for step in chain:
            led_by[step.depth] = step.relation
            branches.append((step.depth + 1, _causal(step, led_by.get(step.depth - 1), text)))
        console.print(_grow(branches))
    if not argument_map.causal_relations:
        console.print(Text("(无 none)", "dim"))


def _causal(step: Step, before: CausalRelation | None, text: str) -> Text:
    """One arrow; its cause is told only where it differs from the effect that the arrow before ends in."""
    relation, label = step.relation, Text()
    if before is not None and step.depth > 0:
        ends, begins = (content_offsets(a.span, text) for a in (before.effect, relation.cause))
        if iou(ends, begins) < SAME or step.depth >= _DEEPEST:
            label.append(f"({plain(relation.cause.text, _ANCHOR)}) ", "dim")
    signal = f"[{plain(relation.connective.text, 16)}]" if relation.connective else ""
    inhibits = relation.polarity == "inhibit"
    label.append(f"─{signal}{'⊣' if inhibits else '→'} ", "bold red" if inhibits else "bold green")
    label.append(plain(relation.effect.text, _ANCHOR), "strike" if inhibits else "")
    if step.seen:
        return label.append(" (见上 above)", "dim")
    return label.append(f"  {CHINESE[relation.kind]} {relation.confidence:.0%}", "dim")


def _grow(branches: Sequence[tuple[int, Text]]) -> Tree:
    """A tree from labels with their depth; the first is its root."""
    root = Tree(branches[0][1], guide_style="dim")
    path = [root]
    for depth, label in branches[1:]:
        level = min(depth, _DEEPEST)
        del path[max(1, level) :]
        path.append(path[-1].add(label))
    return root
