"""The Georgetown Chinese Discourse Treebank as raw text with discourse-unit starts.

Source: Peng, Liu and Zeldes 2022 (GCDT), in the DISRPT ``.tok`` format; read from a folder the user gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lunzheng.errors import CorpusError

_BRACKETS = {"-LSB-": "[", "-RSB-": "]", "-LRB-": "(", "-RRB-": ")"}


@dataclass(frozen=True)
class DiscourseDocument:
    """A document's text without token spaces, with the offsets of its tokens.

    ``unit_starts`` are indices into ``token_starts`` at which a discourse unit begins.
    """

    id: str
    text: str
    token_starts: tuple[int, ...]
    unit_starts: frozenset[int]


def read_tok(path: Path) -> list[DiscourseDocument]:
    """Read a ``.tok`` file.

    Raises:
        CorpusError: the file is absent or a line has not ten columns.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise CorpusError(
            f"{path}: cannot be read ({error.strerror}); give the folder that holds gcdt/train.tok"
        ) from error
    documents: list[DiscourseDocument] = []
    words: list[tuple[str, bool]] = []
    name = ""
    for number, line in enumerate(lines, 1):
        if line.startswith("# newdoc"):
            if words:
                documents.append(_join(name, words))
            name, words = line.split("=", 1)[1].strip(), []
        elif line.strip() and not line.startswith("#"):
            columns = line.split("\t")
            if len(columns) != 10:
                raise CorpusError(f"{path}:{number}: expected 10 columns, found {len(columns)}")
            if "-" not in columns[0]:
                words.append((_BRACKETS.get(columns[1], columns[1]), "Seg=B-seg" in columns[9]))
    if words:
        documents.append(_join(name, words))
    return documents


def _join(name: str, words: list[tuple[str, bool]]) -> DiscourseDocument:
    text = ""
    starts: list[int] = []
    units: set[int] = set()
    for index, (word, begins) in enumerate(words):
        if text and _is_latin(text[-1]) and _is_latin(word[0]):
            text += " "
        starts.append(len(text))
        if begins:
            units.add(index)
        text += word
    return DiscourseDocument(name, text, tuple(starts), frozenset(units))


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
