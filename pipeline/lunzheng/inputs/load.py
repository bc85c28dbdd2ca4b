"""Paths to documents; what cannot be read becomes a failed document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lunzheng.config import CleanConfig
from lunzheng.document import Document, Source
from lunzheng.errors import InputError
from lunzheng.inputs.find import STANDARD_INPUT, find_inputs
from lunzheng.inputs.names import shown_name
from lunzheng.inputs.read import EXTRACTED, Unreadable, read_sources
from lunzheng.inputs.standard_input import read_standard_input

_STAGE = "inputs"


class DocumentStream:
    """One document per article, in order of path and record; read anew each time it is gone through.

    Only one article of a file of records is in memory at a time. Standard input is read once and kept,
    and so is the text of DOCX and PDF files, which is dear to get and small.

    Args:
        paths: files, folders or patterns; ``-`` is standard input.
        config: size limit and column names.
        leave_out: folder whose files are not taken when a folder or pattern holds it.

    Raises:
        InputError: a path names nothing at all.
    """

    def __init__(self, paths: Sequence[str], config: CleanConfig, leave_out: Path | None = None) -> None:
        self._files = find_inputs(paths, leave_out)
        self._config = config
        self._kept: dict[Path, Source | Unreadable] = {}
        self._standard_input = _standard_input(config) if STANDARD_INPUT in paths else None

    def __iter__(self) -> Iterator[Document]:
        if self._standard_input is not None:
            yield _document(self._standard_input)
        for path in self._files:
            n_articles = 0
            for item in self._articles(path):
                n_articles += 1
                yield _document(item)
            if not n_articles:
                yield _document(_unreadable(str(path), f"{path}: expected records, found none; leave it out"))

    def _articles(self, path: Path) -> Iterator[Source | Unreadable]:
        if path in self._kept:
            yield self._kept[path]
            return
        try:
            for item in read_sources(path, self._config):
                if path.suffix.lower() in EXTRACTED:
                    self._kept[path] = item
                yield item
        except InputError as error:
            item = _unreadable(str(path), str(error))
            if path.suffix.lower() in EXTRACTED:
                self._kept[path] = item
            yield item


def load_documents(paths: Sequence[str], config: CleanConfig, leave_out: Path | None = None) -> list[Document]:
    """All documents of a `DocumentStream` at once.

    Returns:
        Documents; those that could not be read have status ``failure`` and say why.

    Raises:
        InputError: a path names nothing at all.
    """
    return list(DocumentStream(paths, config, leave_out))


def _standard_input(config: CleanConfig) -> Source | Unreadable:
    try:
        return read_standard_input(config)
    except InputError as error:
        return Unreadable("standard input", str(error))


def _unreadable(name: str, message: str) -> Unreadable:
    return Unreadable(shown_name(name), shown_name(message))


def _document(item: Source | Unreadable) -> Document:
    if isinstance(item, Source):
        return Document(item)
    document = Document(Source(item.name, "txt", b""))
    document.fail(_STAGE, item.message)
    return document
