"""Time and memory of real runs, each in a fresh process: ``python -m lunzheng.evaluation.bench``.

The text is made of the corpus' development articles; figures hold for the machine they are taken on.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from lunzheng.corpus.folder import read_split

_ARTICLE = 2_500
_MANY = 9


def main() -> None:
    """Print seconds of a first article, of each further one, of a long text, and the peak memory."""
    texts = [a.text for a in read_split(Path("corpus"), "dev")]
    table = Table("run", "seconds", "peak memory (MB)")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        pieces = _pieces(texts)
        one = _time(folder / "one", pieces[:1])
        many = _time(folder / "many", pieces[: 1 + _MANY])
        long = _time(folder / "long", ["\n\n".join(texts * 8)[:60_000]])
    table.add_row("one article of 2,500 characters, fresh process", f"{one[0]:.1f}", f"{one[1]:.0f}")
    table.add_row(
        "each further article", f"{(many[0] - one[0]) / (len(pieces[: 1 + _MANY]) - 1):.2f}", f"{many[1]:.0f}"
    )
    table.add_row("one text of 60,000 characters", f"{long[0]:.1f}", f"{long[1]:.0f}")
    Console(width=100).print(table)


def _pieces(texts: list[str]) -> list[str]:
    whole = "\n\n".join(texts * 4)
    return [whole[i : i + _ARTICLE] for i in range(0, len(whole) - _ARTICLE, _ARTICLE)]


def _time(folder: Path, texts: list[str]) -> tuple[float, float]:
    """Wall-clock seconds and the largest resident set so far of any run."""
    folder.mkdir()
    for index, text in enumerate(texts):
        (folder / f"{index:02}.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "lunzheng", "run", str(folder), "--out", str(folder / "out")]
    clock = time.monotonic()
    subprocess.run(command, check=False, capture_output=True)
    return time.monotonic() - clock, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


if __name__ == "__main__":
    main()
