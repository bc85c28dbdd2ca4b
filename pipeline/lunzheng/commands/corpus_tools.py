"""``lunzheng corpus agree``, ``export`` and ``import``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from lunzheng.corpus._brat import annotation_conf, read_brat, write_brat
from lunzheng.corpus._label_studio import label_config, write_task
from lunzheng.corpus.agreement import Agreement, Pair, agreement, read_adjudicated, read_pairs, unpaired
from lunzheng.corpus.article import LabelledArticle
from lunzheng.corpus.disagreements import disagreements
from lunzheng.corpus.folder import article_paths
from lunzheng.corpus.markup import read_article, write_article
from lunzheng.errors import CorpusError
from lunzheng.evaluation.counts import Count, F1Count
from lunzheng.store import write_atomic

FORMATS = {"brat": ".ann", "label-studio": ".json"}


def agree_command(corpus: Path, out: Path | None, ids: Sequence[str] = (), *, listed: bool) -> None:
    """Print how far the second annotator agrees with the first, and where they do not.

    Args:
        corpus: folder with ``articles/`` and ``second/``.
        out: JSON file to write, too.
        ids: only these articles; all when empty.
        listed: print every disagreement.
    """
    pairs = read_pairs(corpus, ids)
    found = agreement(pairs)
    console = Console()
    if listed:
        _list(pairs, console)
    for path in unpaired(corpus):
        line = f"{path}: no such article in {corpus / 'articles'}"
        console.print(f"[yellow]left out[/] {escape(line)}", soft_wrap=True, highlight=False)
    _print(found, f"{len(pairs)} articles, two annotators")
    for who, judged in zip(("first", "second"), read_adjudicated(corpus, pairs), strict=True):
        if judged:
            _print(agreement(judged), f"{len(judged)} articles, the adjudicated labels and the {who} annotator's")
    if out is not None:
        write_atomic(out, json.dumps(_values(found, pairs), indent=1, ensure_ascii=False) + "\n")


def _list(pairs: Sequence[Pair], console: Console) -> None:
    for pair in pairs:
        for place in disagreements(pair):
            line = f"{place.id}: {place.layer}: {place.words} | first: {place.first} | second: {place.second}"
            console.print(escape(line), soft_wrap=True, highlight=False)


def _score(count: Count) -> float | None:
    """The score; None where neither annotator labelled such a thing."""
    n = count.found + count.gold if isinstance(count, F1Count) else count.asked
    return count.score if n else None


def _print(found: Agreement, title: str) -> None:
    table = Table("score", "agreement", "agreed", "first", "second", title=title)
    for name, count in found.scores.items():
        said = (
            (count.hit, count.gold, count.found)
            if isinstance(count, F1Count)
            else (count.right, f"of {count.asked}", "")
        )
        table.add_row(name, _figure(_score(count)), *map(str, said))
    for name, alpha in found.alphas.items():
        table.add_row(f"α {name}", _figure(alpha.value), "", f"{alpha.n_characters:,} characters", "")
    Console(width=100).print(table)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _values(found: Agreement, pairs: Sequence[Pair]) -> dict[str, Any]:
    return {
        "articles": [p.first.meta.id for p in pairs],
        "scores": {name: {"score": _score(count), **asdict(count)} for name, count in found.scores.items()},
        "alpha": {name: asdict(alpha) for name, alpha in found.alphas.items()},
    }


def export_command(ids: Sequence[str], corpus: Path, target: str, out: Path) -> None:
    """Write articles of the corpus for another annotation tool.

    Raises:
        CorpusError: an id or the format is unknown, or an article holds what would not come back.
    """
    _known(target, "--to")
    paths = {path.stem: path for path in article_paths(corpus)}
    for name in ids:
        if name not in paths:
            raise CorpusError(f"{corpus / 'articles'}: expected an article {name!r}, found none; see its file names")
    for name in ids:
        article = read_article(paths[name].read_text(encoding="utf-8"), str(paths[name]))
        if target == "brat":
            text, ann = write_brat(article)
            write_atomic(out / f"{name}.txt", text)
            write_atomic(out / f"{name}.ann", ann)
        else:
            task = json.dumps([write_task(article)], indent=1, ensure_ascii=False)
            write_atomic(out / f"{name}.json", task + "\n")
    if target == "brat":
        write_atomic(out / "annotation.conf", annotation_conf())
    else:
        write_atomic(out / "labels.xml", label_config())
    Console().print(escape(f"{out}: {len(ids)} articles for {target}"), soft_wrap=True)


def _known(name: str, option: str) -> None:
    if name not in FORMATS:
        raise CorpusError(f"{option}: expected one of {', '.join(FORMATS)}, found {name!r}; name one of these")


def import_command(paths: Sequence[Path], source: str, out: Path) -> None:
    """Write what another annotation tool saved as mark-up, one ``<id>.txt`` an article.

    Nothing is written unless all of it can be read.

    Raises:
        CorpusError: a file is missing or none of the format, an id comes twice, or the mark-up cannot say a label.
    """
    _known(source, "--from")
    markup: dict[str, tuple[str, str]] = {}
    for path in _files(paths, FORMATS[source]):
        for article in _read(path, source):
            name = article.meta.id
            if name in markup:
                raise CorpusError(f"{path}: article {name!r} is in {markup[name][0]}, too; import one of them")
            markup[name] = str(path), _markup(article, str(path))
    for name, (_, text) in sorted(markup.items()):
        write_atomic(out / f"{name}.txt", text)
    Console().print(escape(f"{out}: {len(markup)} articles from {source}"), soft_wrap=True)


def _files(paths: Sequence[Path], suffix: str) -> list[Path]:
    """The files themselves, and those of folders, sorted."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.glob(f"*{suffix}")) if path.is_dir() else [path.with_suffix(suffix)]
        if not inside:
            raise CorpusError(
                f"{path}: expected *{suffix} files in the folder, found none; name files or another folder"
            )
        found += [p for p in inside if p not in found]
    return found


def _read(path: Path, source: str) -> list[LabelledArticle]:
    if source == "brat":
        return [read_brat(_text(path.with_suffix(".txt")), _text(path), str(path))]
    from lunzheng.corpus._label_studio_reader import read_tasks

    return read_tasks(_text(path), str(path))


def _text(path: Path) -> str:
    """A file's content with its line ends as they are: offsets count them."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read ({error.strerror}); name an existing file") from error
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}: expected UTF-8, found other bytes at {error.start}; save it as UTF-8") from error


def _markup(article: LabelledArticle, where: str) -> str:
    """Mark-up that is known to read back as *article*."""
    text = write_article(article)
    if read_article(text, where) != article:
        raise CorpusError(
            f"{where}: article {article.meta.id!r} cannot be said in mark-up; "
            "expected spans without space at their ends: mark the words alone"
        )
    return text
