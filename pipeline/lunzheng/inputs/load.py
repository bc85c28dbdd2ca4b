"""Paths to documents; what cannot be read becomes a failed document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lunzheng.config import CleanConfig
from lunzheng.document import Document, Source
from lunzheng.errors import InputError
from lunzheng.inputs.find import find_inputs
from lunzheng.inputs.read import Unreadable, read_sources

_STAGE = "inputs"


def load_documents(paths: Sequence[str], config: CleanConfig, leave_out: Path | None = None) -> list[Document]:
    """One document per article, in order of path and line.

    Args:
        paths: files, folders or patterns.
        config: size limit and column names.
        leave_out: folder whose files are not taken when a folder or pattern holds it.

    Returns:
        Documents; those that could not be read have status ``failure`` and say why.

    Raises:
        InputError: a path names nothing at all.
    """
    return [document for path in find_inputs(paths, leave_out) for document in _load(path, config)]


def _load(path: Path, config: CleanConfig) -> list[Document]:
    documents: list[Document] = []
    try:
        for item in read_sources(path, config):
            documents.append(_failed(item) if isinstance(item, Unreadable) else Document(item))
    except InputError as error:
        documents.append(_failed(Unreadable(str(path), str(error))))
    if not documents:
        documents.append(_failed(Unreadable(str(path), f"{path}: expected JSON records, found none; leave it out")))
    return documents


def _failed(item: Unreadable) -> Document:
    document = Document(Source(item.name, "txt", b""))
    document.fail(_STAGE, item.message)
    return document
