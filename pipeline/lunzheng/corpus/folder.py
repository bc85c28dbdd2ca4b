"""The corpus as it lies on disk: one marked-up file an article, and the splits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from lunzheng.corpus.article import LabelledArticle
from lunzheng.corpus.markup import read_article
from lunzheng.errors import CorpusError

SPLITS = ("train", "dev", "test")


def article_paths(corpus: Path) -> list[Path]:
    """The marked-up files of a corpus folder, sorted by name.

    Raises:
        CorpusError: the folder holds no ``articles/*.txt``.
    """
    paths = sorted((corpus / "articles").glob("*.txt"))
    if not paths:
        raise CorpusError(f"{corpus}: expected labelled articles in {corpus / 'articles'}/*.txt, found none")
    return paths


def read_source(path: Path) -> str:
    """The mark-up of one article.

    Raises:
        CorpusError: the file is not UTF-8.
    """
    data = path.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise CorpusError(
            f"{path}:{line}: expected UTF-8, found byte {data[error.start]:#04x}; save it as UTF-8"
        ) from error


def read_corpus(corpus: Path) -> Iterator[LabelledArticle]:
    """All articles of a corpus folder, in the order of their file names.

    Raises:
        CorpusError: a file breaks the mark-up, or its name is not its article's id.
    """
    for path in article_paths(corpus):
        article = read_article(read_source(path), str(path))
        if article.meta.id != path.stem:
            raise CorpusError(f"{path}:1: id {article.meta.id!r} must equal the file name {path.stem!r}")
        yield article


def read_splits(corpus: Path) -> dict[str, list[str]]:
    """Article ids by split name.

    Raises:
        CorpusError: ``splits.json`` is absent or does not hold the three splits.
    """
    path = corpus / "splits.json"
    try:
        splits = json.loads(path.read_text(encoding="utf-8"))
        return {name: [str(i) for i in splits[name]] for name in SPLITS}
    except (OSError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise CorpusError(f"{path}: expected a JSON object with train, dev and test lists of ids") from error


def read_split(corpus: Path, name: str) -> list[LabelledArticle]:
    """The articles of one split.

    Raises:
        CorpusError: the split names an article that the corpus lacks.
    """
    articles = {a.meta.id: a for a in read_corpus(corpus)}
    ids = read_splits(corpus)[name]
    missing = [i for i in ids if i not in articles]
    if missing:
        raise CorpusError(f"{corpus}/splits.json: split {name!r} names {missing[0]!r}, which is not in the corpus")
    return [articles[i] for i in ids]
