"""Which files a list of paths, folders and patterns means."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from lunzheng.errors import InputError

SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".jsonl")
_MAGIC = "*?["


def find_inputs(paths: Sequence[str], leave_out: Path | None = None) -> list[Path]:
    """Every input file that *paths* name, sorted, each once.

    Args:
        paths: files, folders (searched for articles at any depth) or patterns (``**`` for any depth).
        leave_out: folder whose files are not taken when a folder or pattern holds it (the output of a run).

    Raises:
        InputError: a path does not exist, or a folder or pattern holds no article.
    """
    found: dict[Path, Path] = {}
    hidden = leave_out.resolve() if leave_out is not None else None
    for given in paths:
        for path in _expand(given):
            if hidden is not None and path.resolve().is_relative_to(hidden) and not Path(given).is_file():
                continue
            found.setdefault(path.resolve(), path)
    return sorted(found.values(), key=lambda p: p.as_posix())


def _expand(given: str) -> list[Path]:
    path = Path(given)
    if path.is_file():
        return [path]
    if path.is_dir():
        return _required(given, sorted(_inside(path)), "folder")
    if any(c in given for c in _MAGIC):
        matches = [Path(m) for m in sorted(glob.glob(given, recursive=True))]  # noqa: PTH207 - absolute patterns too
        files = [p for p in matches if p.is_file() and p.suffix.lower() in SUFFIXES]
        return _required(given, files, "pattern")
    raise InputError(f"{given}: expected a file, a folder or a pattern, found nothing there; check the path")


def _required(given: str, files: list[Path], kind: str) -> list[Path]:
    if not files:
        raise InputError(
            f"{given}: expected a {kind} with articles ({' '.join(SUFFIXES)}), found none; "
            "check the path or name the files themselves"
        )
    return files


def _inside(folder: Path) -> Iterator[Path]:
    """Articles under *folder*; a link that leads out of it is not followed."""
    root = folder.resolve()
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(n for n in folders if not n.startswith("."))
        for name in sorted(names):
            path = Path(place) / name
            if path.suffix.lower() not in SUFFIXES or name.startswith("."):
                continue
            if path.is_file() and path.resolve().is_relative_to(root):
                yield path
