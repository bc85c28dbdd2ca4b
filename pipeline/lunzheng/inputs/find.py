"""Which files a list of paths, folders and patterns means."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from lunzheng.errors import InputError

SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".jsonl", ".csv", ".parquet", ".docx", ".pdf")
STANDARD_INPUT = "-"
_MAGIC = "*?["


def find_inputs(paths: Sequence[str], leave_out: Path | None = None) -> list[Path]:
    """Every input file that *paths* name, sorted, each once; ``-`` (standard input) names none.

    Args:
        paths: files, folders (searched for articles at any depth) or patterns (``**`` for any depth).
        leave_out: folder whose files are not taken when a folder or pattern holds it (the output of a run).

    Raises:
        InputError: a path does not exist, or a folder or pattern holds no article.
    """
    found: dict[Path, Path] = {}
    hidden = leave_out.resolve() if leave_out is not None else None
    for given in paths:
        if given == STANDARD_INPUT:
            continue
        for path in _expand(given):
            if hidden is not None and path.resolve().is_relative_to(hidden) and not Path(given).is_file():
                continue
            found.setdefault(path.resolve(), path)
    return sorted(found.values(), key=lambda p: p.as_posix())


def _expand(given: str) -> list[Path]:
    path = Path(given)
    try:
        if path.is_file():
            return [path]
        if path.is_dir():
            return _required(given, sorted(_inside(path)), "folder")
    except (OSError, ValueError) as error:  # too long, or a NUL in it
        raise InputError(f"{given[:200]!r}: expected a file, a folder or a pattern, found {error}") from error
    if any(c in given for c in _MAGIC):
        return _required(given, list(_matching(given)), "pattern")
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
            if not name.startswith(".") and _is_article(path) and _leads_into(path, root):
                yield path


def _matching(pattern: str) -> Iterator[Path]:
    """Articles that a pattern names; a link that leads out of its fixed part is not followed."""
    parts = Path(pattern).parts
    n_fixed = next((i for i, part in enumerate(parts) if any(c in part for c in _MAGIC)), len(parts))
    root = Path(*parts[:n_fixed]).resolve()
    for match in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207 - absolute patterns too
        path = Path(match)
        if _is_article(path) and _leads_into(path, root):
            yield path


def _is_article(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and path.is_file()


def _leads_into(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a circle of links
        return False
