"""Time and memory, by part: ``python -m lunzheng.evaluation.bench [runs] [cleaning]``; default: both.

``runs``: real runs, each in a fresh process. ``cleaning``: how fast bytes become article text on one core,
and what a stream of records takes. The text is made of the corpus' development articles; figures hold for
the machine they are taken on.
"""

from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from lunzheng.clean import clean_source
from lunzheng.config import CleanConfig
from lunzheng.corpus.folder import read_split
from lunzheng.document import InputKind, Source
from lunzheng.inputs import DocumentStream

_ARTICLE = 2_500
_MANY = 9
_LARGE = 20_000_000  # bytes
_PASSES = 5
_STREAM = "--stream"  # how the bench calls itself to measure one file alone


def main() -> None:
    """Print a table for each part that is named."""
    parts = sys.argv[1:] or ["runs", "cleaning"]
    if parts[0] == _STREAM:
        _print_stream(Path(parts[1]))
        return
    texts = [a.text for a in read_split(Path("corpus"), "dev")]
    console = Console(width=100)
    if "runs" in parts:
        console.print(_runs(texts))
    if "cleaning" in parts:
        console.print(_cleaning(texts))


def _runs(texts: list[str]) -> Table:
    """Seconds of a first article, of each further one, of a long text, and the peak memory."""
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
    return table


def _cleaning(texts: list[str]) -> Table:
    """Megabytes a second, the best of several passes, and the memory of a stream."""
    table = Table("cleaning, one core", "MB/s", "peak memory (MB)")
    pages: dict[InputKind, list[str]] = {"txt": texts, "html": [_page(t) for t in texts]}
    for kind, articles in pages.items():
        rate = _rate([Source("bench", kind, article.encode()) for article in articles])
        table.add_row(f"{kind}, {len(articles)} articles", f"{rate:.1f}", "")
    with tempfile.TemporaryDirectory() as scratch:
        for suffix in (".txt", ".jsonl", ".csv", ".parquet"):
            path = _write_large(Path(scratch) / f"a{suffix}", texts)
            command = [sys.executable, "-m", "lunzheng.evaluation.bench", _STREAM, str(path)]
            seconds, peak = map(float, subprocess.run(command, check=True, capture_output=True).stdout.split())
            table.add_row(f"20 MB of {suffix}, read and cleaned", f"{_LARGE / 1e6 / seconds:.1f}", f"{peak:.0f}")
    return table


def _rate(sources: list[Source]) -> float:
    config = CleanConfig.model_validate({})
    clean_source(sources[0], config)  # what is loaded at the first article
    best = float("inf")
    for _ in range(_PASSES):
        clock = time.process_time()
        for source in sources:
            clean_source(source, config)
        best = min(best, time.process_time() - clock)
    return sum(len(s.data) for s in sources) / 1e6 / best


def _page(text: str) -> str:
    """An article inside the furniture of a site, about as much of it as of text."""
    title, *paragraphs = text.split("\n\n")
    links = "".join(f'<li class="nav-item"><a href="/c/{i}">频道{i}</a></li>' for i in range(80))
    body = "".join(f'<p class="txt" style="text-indent:2em">{p}</p>\n' for p in paragraphs)
    return (
        f"<!DOCTYPE html><html><head><title>{title} - 某网</title><script>{'var a = 1;' * 300}</script></head><body>"
        f"<nav><ul>{links}</ul></nav><article><h1>{title}</h1>{body}</article><footer>版权所有</footer></body></html>"
    )


def _write_large(path: Path, texts: list[str]) -> Path:
    """A file of about 20 MB: records, or one text of all articles."""
    size = sum(len(t.encode()) for t in texts)
    articles = texts * (_LARGE // size + 1)
    if path.suffix == ".txt":
        path.write_bytes("\n\n".join(articles).encode()[:_LARGE])
    elif path.suffix == ".jsonl":
        path.write_text("\n".join(json.dumps({"text": t}, ensure_ascii=False) for t in articles), encoding="utf-8")
    elif path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["text"], *([t] for t in articles)])
    else:
        import pyarrow
        import pyarrow.parquet

        pyarrow.parquet.write_table(pyarrow.table({"text": articles}), path)
    return path


def _print_stream(path: Path) -> None:
    """Read and clean one file in this process; its seconds and peak memory in MB."""
    config = CleanConfig(max_bytes=2 * _LARGE)
    clock = time.process_time()
    for document in DocumentStream([str(path)], config):
        clean_source(document.source, config)
    seconds = time.process_time() - clock
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


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
