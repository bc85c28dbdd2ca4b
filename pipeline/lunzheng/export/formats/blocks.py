"""Argument trees cut into blocks of limited depth, for formats that show depth by indentation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lunzheng.export.outline import Line

DEEPEST = 8


@dataclass
class Block:
    """A piece of a tree.

    Args:
        root: the unit on top; in a block that continues another, a unit that has been shown there.
        continues: whether it does.
        lines: what lies below, with its depth from 1 to ``DEEPEST``.
    """

    root: Line
    continues: bool
    lines: list[tuple[int, Line]] = field(default_factory=list)


def blocks(tree: Sequence[Line]) -> list[Block]:
    """The tree as blocks; whatever lies deeper than ``DEEPEST`` comes in a block of its own, later."""
    found = [Block(tree[0], continues=False)]
    bands = {0: found[0]}  # the open block of each band of depths
    met: dict[int, Line] = {0: tree[0]}  # the last line of each depth
    for line in tree[1:]:
        band, above = divmod(line.depth - 1, DEEPEST)
        if above == 0 and band > 0 and bands.get(band, found[0]).root is not met[line.depth - 1]:
            bands[band] = Block(met[line.depth - 1], continues=True)
            found.append(bands[band])
        bands[band].lines.append((above + 1, line))
        met[line.depth] = line
    return found
