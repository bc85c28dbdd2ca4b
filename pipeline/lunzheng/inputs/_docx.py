"""python-docx behind one function: the text of a DOCX file.

python-docx opens the package and finds the styles; the text is walked here, since its own readers
leave out what stands in content controls, text boxes and tracked insertions.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lunzheng.clean.tables import CELL
from lunzheng.errors import InputError
from lunzheng.inputs.extracted import Extracted

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MOST_FILES = 5_000
_MOST_EXPANDED = 10  # times the size limit: what the whole package may unpack to
_MARKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# Deleted and moved text is no part of the document; a fallback repeats what stands beside it.
_SKIPPED = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", f"{_W}instrText", f"{_MC}Fallback"))


@dataclass
class _Paragraph:
    words: list[str]
    style: str


def read_docx(data: bytes, name: str, max_bytes: int) -> Extracted:
    """The text of a document, a blank line between paragraphs; cells of a table row on one line.

    Args:
        data: the file.
        name: its path, for messages.
        max_bytes: size limit of an article.

    Returns:
        The text, and the paragraph in the style *Title* where there is just one.

    Raises:
        InputError: the file is no DOCX, is damaged, or unpacks to far more than an article.
    """
    _check_package(data, name, max_bytes)
    import docx
    from lxml.etree import LxmlError  # type: ignore[import-untyped]

    try:
        document = docx.Document(BytesIO(data))
    except (KeyError, ValueError, OSError, LxmlError, zipfile.BadZipFile, NotImplementedError) as error:
        raise InputError(f"{name}: cannot be read as DOCX ({str(error)[:200]}); save it anew") from error
    titles = {s.style_id for s in document.styles if s.name == "Title"}
    lines: list[str] = []
    named: list[str] = []
    for block in _blocks(document.element.body):
        if isinstance(block, str):
            lines.append(block)
            continue
        words = "".join(block.words)
        lines.append(words)
        if block.style in titles and words.strip():
            named.append(words.strip())
    return Extracted("\n\n".join(lines), named[0] if len(named) == 1 else None)


def _check_package(data: bytes, name: str, max_bytes: int) -> None:
    """Refuse bombs before anything is unpacked; sizes that the package understates cut it off later."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            files = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise InputError(f"{name}: expected a DOCX file, found {error}; save it anew") from error
    if any(f.flag_bits & 1 for f in files):
        raise InputError(f"{name}: expected a DOCX file, found one with a password; save it without")
    size = sum(f.file_size for f in files)
    text = sum(f.file_size for f in files if f.filename.endswith((".xml", ".rels")))
    if len(files) > _MOST_FILES or size > _MOST_EXPANDED * max_bytes or text > _MOST_EXPANDED // 2 * max_bytes:
        raise InputError(
            f"{name}: expected a DOCX that unpacks to an article, found {len(files)} files of {size} bytes "
            f"({text} of them text); give a smaller one, or raise clean.max_bytes"
        )


def _blocks(parent: Any) -> Iterator[_Paragraph | str]:
    """Paragraphs and table rows of a body, content control or cell, in order."""
    stack = [iter(parent)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag == f"{_W}p":
            yield from _paragraph(element)
        elif element.tag == f"{_W}tr":
            yield from _row(element)
        elif isinstance(element.tag, str) and element.tag not in _SKIPPED:
            stack.append(iter(element))


def _row(row: Any) -> Iterator[_Paragraph | str]:
    """The cells on one line; a row of one cell is a frame around paragraphs."""
    cells = [cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr"), None) is row]
    if len(cells) < 2:
        for cell in cells:
            yield from _blocks(cell)
        return
    yield CELL.join(" ".join("".join(b.words) for b in _cell(cell)).replace("\n", " ") for cell in cells)


def _cell(cell: Any) -> Iterator[_Paragraph]:
    for paragraph in cell.iter(f"{_W}p"):
        yield from _paragraph(paragraph, inner=False)


def _paragraph(paragraph: Any, *, inner: bool = True) -> Iterator[_Paragraph]:
    """The paragraph, then those of text boxes that hang in it."""
    properties = paragraph.find(f"{_W}pPr/{_W}pStyle")
    found = _Paragraph([], properties.get(f"{_W}val", "") if properties is not None else "")
    boxes: list[Any] = []
    stack = [iter(paragraph)]
    closing = [""]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
            found.words.append(closing.pop())
            continue
        if element.tag == f"{_W}t":
            found.words.append(element.text or "")
        elif element.tag in _MARKS:
            found.words.append(_MARKS[element.tag])
        elif element.tag == f"{_W}txbxContent":
            boxes.append(element)
        elif isinstance(element.tag, str) and element.tag not in _SKIPPED:
            # A phonetic guide stands above its character; here it follows in brackets.
            is_gloss = _is_gloss(element)
            found.words.append("(" if is_gloss else "")
            closing.append(")" if is_gloss else "")
            stack.append(iter(sorted(element, key=_is_gloss) if element.tag == f"{_W}ruby" else element))
    yield found
    for box in boxes if inner else ():
        yield from (b for b in _blocks(box) if isinstance(b, _Paragraph))


def _is_gloss(element: Any) -> bool:
    return bool(element.tag == f"{_W}rt")
