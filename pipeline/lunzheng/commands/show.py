"""``lunzheng show``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI

from lunzheng.argmap import read_map
from lunzheng.show import render_map
from lunzheng.store import write_atomic

# the picture must open without a network, so rich's web font goes and installed ones take its place
_WEB_FONT = re.compile(r"@font-face\s*\{.*?\}", re.DOTALL)
_FONTS = "font-family: 'Noto Sans Mono CJK SC', 'Sarasa Mono SC', monospace"


def show_command(maps: Sequence[Path], width: int | None, svg: Path | None) -> None:
    """Print maps, and write what was printed as an SVG picture when a path is given."""
    console = Console(width=width, record=svg is not None)
    for path in maps:
        render_map(read_map(path), console)
    if svg is not None:
        picture = console.export_svg(title="lunzheng show", theme=MONOKAI)
        picture = _WEB_FONT.sub("", picture).replace("font-family: Fira Code, monospace", _FONTS)
        write_atomic(svg, picture)
