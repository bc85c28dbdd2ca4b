"""pypdf behind one function: the text layer of a PDF.

Tried beside pdfminer.six 20260107 with its default layout, on two PDFs made with reportlab (STSong-Light):
on a page of two columns pypdf kept the order of reading, which is that of writing, while pdfminer.six
ran the columns' lines together; it also lost a middle dot. It needs a compiled package, pypdf none.
"""

from __future__ import annotations

import logging
import re
from io import BytesIO
from typing import Any

from lunzheng.errors import InputError
from lunzheng.inputs.extracted import Extracted

PAGE_END = "\f"
_MOST_PAGES = 2_000
_MOST_EMPTY = 0.5  # share of pages without text from which on a PDF is a pile of pictures
_BREAKS = re.compile(r"\r\n?|[\f\v\x1c-\x1e\x85\u2028\u2029]")


def read_pdf(data: bytes, name: str, max_bytes: int) -> Extracted:
    """The text layer: lines as they stand on the pages, U+000C after each page.

    Args:
        data: the file.
        name: its path, for messages.
        max_bytes: size limit of an article.

    Returns:
        The text, and the document's own title where its first page shows it.

    Raises:
        InputError: the file is damaged, has a password, has no text layer or more text than an article.
    """
    import pypdf
    from pypdf.errors import DependencyError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(f"{name}: expected a PDF without a password, found an encrypted one; save it without")
        pages = _pages(reader, name, max_bytes)
        title = reader.metadata.title if reader.metadata else None
    except DependencyError as error:
        raise InputError(
            f"{name}: expected a PDF without encryption, found AES; save it without, or pip install cryptography"
        ) from error
    except InputError:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, AssertionError) as error:
        # pypdf meets damaged objects with whatever they raise.
        raise InputError(f"{name}: cannot be read as PDF ({str(error)[:200]}); save it anew") from error
    _check_text_layer(pages, name)
    shown = title.strip() if isinstance(title, str) else ""
    return Extracted("".join(p + PAGE_END for p in pages), shown if shown and shown in pages[0] else None)


def _pages(reader: Any, name: str, max_bytes: int) -> list[str]:
    n_pages = len(reader.pages)
    if n_pages > _MOST_PAGES:
        raise InputError(f"{name}: expected at most {_MOST_PAGES} pages, found {n_pages}; split the file")
    pages: list[str] = []
    size = 0
    for page in reader.pages:
        pages.append(_BREAKS.sub("\n", page.extract_text()))
        size += len(pages[-1].encode("utf-8", "replace"))
        if size > max_bytes:
            raise InputError(f"{name}: expected at most {max_bytes} bytes of text, found more; split the file")
    return pages


def _check_text_layer(pages: list[str], name: str) -> None:
    n_empty = sum(not page.strip() for page in pages)
    if not pages or n_empty == len(pages):
        raise InputError(
            f"{name}: expected a PDF with a text layer, found {len(pages)} pages without text (pictures of pages?); "
            "run text recognition (OCR) on it first"
        )
    if n_empty > _MOST_EMPTY * len(pages):
        raise InputError(
            f"{name}: expected text on most pages, found none on {n_empty} of {len(pages)} (pictures of pages?); "
            "run text recognition (OCR) on it first"
        )
