"""``lunzheng run`` and ``lunzheng verify``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from lunzheng.config import RunConfig, read_config
from lunzheng.errors import ConfigError
from lunzheng.inputs import DocumentStream
from lunzheng.report import DocumentReport, RunReport
from lunzheng.run import Run


def resolve_config(config: Path | None, model: Path | None = None, device: str | None = None) -> RunConfig:
    """The configuration file's values, with those of the command line over them.

    Raises:
        ConfigError: the file or a value cannot be used.
    """
    values = read_config(config, RunConfig) if config else RunConfig()
    changes = {k: v for k, v in (("path", model), ("device", device)) if v is not None}
    if device is not None and device not in ("auto", "cpu", "cuda"):
        raise ConfigError(f"--device: expected auto, cpu or cuda, found {device!r}")
    return values.model_copy(update={"model": values.model.model_copy(update=changes)})


def run_command(paths: Sequence[str], out: Path, config: Path | None, model: Path | None, device: str | None) -> int:
    """Map articles and print what became of them.

    Returns:
        0 when every document succeeded, 1 otherwise.
    """
    console = Console(stderr=True)
    resolved = resolve_config(config, model, device)
    documents = DocumentStream(paths, resolved.clean, leave_out=out)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("reading", total=None)

        def on_document(_index: int, total: int, report: DocumentReport) -> None:
            progress.update(task, advance=1, total=total, description="mapping")
            for problem in report.problems:
                progress.console.print(
                    f"[yellow]{report.status}[/] {escape(problem.stage)}: {escape(printable(problem.message))}",
                    soft_wrap=True,
                )

        report = Run(resolved, out)(documents, on_document)
    _print_summary(report, out)
    return 0 if all(d.status == "success" for d in report.documents) else 1


def _print_summary(report: RunReport, out: Path) -> None:
    console = Console()
    status = ", ".join(f"{n} {name}" for name, n in report.totals.status.items() if n)
    counts = report.totals.counts
    copies = f" ({report.totals.duplicates} near-duplicates of others)" if report.totals.duplicates else ""
    console.print(
        f"{report.totals.documents} documents{copies}: {status}; {counts.units} units, {counts.relations} relations, "
        f"{counts.causal} causal relations",
        highlight=False,
        soft_wrap=True,
    )
    console.print(escape(f"{out}/maps  {out}/dataset  {out}/report.json"), highlight=False, soft_wrap=True)
    mapped = {d.map for d in report.documents if d.map is not None}
    if len(mapped) == 1:
        console.print(escape(f"lunzheng show {out / mapped.pop()}"), highlight=False, soft_wrap=True)


def printable(words: str) -> str:
    """*words* without control characters: an input's name must not move the cursor or forge a line."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in words)


def verify_command(out: Path, config: Path | None) -> int:
    """Re-check all maps of a run.

    Returns:
        0 when nothing was found wrong, 1 otherwise.
    """
    from lunzheng.verify import verify_out

    findings = verify_out(out, resolve_config(config).clean)
    console = Console()
    for finding in findings:
        console.print(escape(printable(finding)), highlight=False, soft_wrap=True)
    console.print(f"{len(findings)} findings")
    return 1 if findings else 0
