"""``lunzheng view``."""

from __future__ import annotations

from pathlib import Path

import typer

from lunzheng.view import write_view


def view_command(out: Path) -> None:
    """Write the pages of a run and say which one to open."""
    pages = write_view(out)
    typer.echo(f"{len(pages) - 1} maps; open {pages[0]}")
