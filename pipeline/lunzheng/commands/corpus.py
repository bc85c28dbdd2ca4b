"""``lunzheng corpus check``, ``stats`` and ``build``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from lunzheng.corpus.article import LabelledArticle
from lunzheng.corpus.checks import check_article
from lunzheng.corpus.folder import SPLITS, article_paths, read_corpus, read_source, read_splits
from lunzheng.corpus.markup import line_of, read_article
from lunzheng.corpus.outliers import outliers
from lunzheng.corpus.similar import similar_pairs
from lunzheng.errors import CorpusError


def check_command(corpus: Path) -> int:
    """Check every article, the splits, and that no two articles are alike.

    Returns:
        0 without errors, 1 otherwise.
    """
    console = Console()
    n_errors = n_warnings = 0
    articles: list[LabelledArticle] = []
    for path in article_paths(corpus):
        try:
            source = read_source(path)
            article = read_article(source, str(path))
        except CorpusError as error:
            console.print(f"[red]error[/] {escape(str(error))}", soft_wrap=True)
            n_errors += 1
            continue
        articles.append(article)
        if article.meta.id != path.stem:
            console.print(f"[red]error[/] {escape(str(path))}:1: id {escape(article.meta.id)} is not the file's name")
            n_errors += 1
        for finding in check_article(article):
            colour = "red" if finding.level == "error" else "yellow"
            where = f"{path}:{line_of(source, article, finding.at)}"
            line = f"{where}: {finding.message}" + (f" | {finding.near[:40]}" if finding.near else "")
            console.print(f"[{colour}]{finding.level}[/] {escape(line)}", soft_wrap=True)
            n_errors += finding.level == "error"
            n_warnings += finding.level == "warning"
    for article, message in outliers(articles):
        console.print(
            f"[yellow]warning[/] {escape(f'{corpus}/articles/{article.meta.id}.txt:1: {message}')}", soft_wrap=True
        )
        n_warnings += 1
    for message in [*_split_errors(corpus, articles), *_alike(articles)]:
        console.print(f"[red]error[/] {escape(message)}", soft_wrap=True)
        n_errors += 1
    console.print(f"{len(articles)} articles, {n_errors} errors, {n_warnings} warnings")
    return 1 if n_errors else 0


def _split_errors(corpus: Path, articles: list[LabelledArticle]) -> list[str]:
    splits = read_splits(corpus)
    listed = Counter(i for ids in splits.values() for i in ids)
    known = {a.meta.id for a in articles}
    twice = [f"{corpus}/splits.json: {i!r} stands {n} times; list it once" for i, n in listed.items() if n > 1]
    lost = [f"{corpus}/splits.json: {i!r} has no article" for i in sorted(set(listed) - known)]
    new = [f"{corpus}/splits.json: article {i!r} is in no split" for i in sorted(known - set(listed))]
    return [*twice, *lost, *new]


def _alike(articles: list[LabelledArticle]) -> list[str]:
    return [
        f"{a} and {b} share {share:.0%} of their character 5-grams; rewrite one"
        for a, b, share in similar_pairs(articles)
    ]


def stats_command(corpus: Path) -> None:
    """Print how much is labelled, by split, and how it spreads."""
    articles = {a.meta.id: a for a in read_corpus(corpus)}
    splits = read_splits(corpus)
    table = Table(
        "split", "articles", "characters", "units", "claims", "evidence", "supports", "attacks", "contrasts", "causal"
    )
    for name in SPLITS:
        table.add_row(name, *map(str, _counts([articles[i] for i in splits[name]])))
    table.add_row("all", *map(str, _counts(list(articles.values()))))
    console = Console(width=120)
    console.print(table)
    for field in ("script", "industry", "voice"):
        spread = Counter(str(getattr(a.meta, field)) for a in articles.values())
        console.print(escape(f"{field}: " + ", ".join(f"{k} {n}" for k, n in spread.most_common())), highlight=False)
    n_plain = sum(not a.strategies for a in articles.values())
    n_attacked = sum(any(x.type == "attacks" for x in a.links) for a in articles.values())
    console.print(f"no contrast: {n_plain}; with attacks: {n_attacked}", highlight=False)


def _counts(articles: list[LabelledArticle]) -> list[int]:
    links = Counter(x.type for a in articles for x in a.links)
    types = Counter(u.type for a in articles for u in a.units)
    return [
        len(articles),
        sum(len(a.text) for a in articles),
        sum(types.values()),
        types["claim"],
        types["evidence"],
        links["supports"],
        links["attacks"],
        links["contrasts"],
        sum(len(a.causals) for a in articles),
    ]


def build_command(corpus: Path, out: Path) -> None:
    """Write the corpus as Parquet, one file a split."""
    from lunzheng.corpus.dataset import write_corpus

    write_corpus(corpus, out)
    Console().print(escape(f"{out}: written"))
