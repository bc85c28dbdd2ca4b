"""From bytes to clean article text: the steps in order."""

from __future__ import annotations

from lunzheng.clean.characters import count_han
from lunzheng.clean.controls import drop_invisible
from lunzheng.clean.copies import drop_second_copy
from lunzheng.clean.decode import decode
from lunzheng.clean.draft import Draft
from lunzheng.clean.furniture import drop_furniture
from lunzheng.clean.glosses import drop_glosses
from lunzheng.clean.html_page import html_to_prose
from lunzheng.clean.ledger import settle_edits
from lunzheng.clean.markdown import markdown_to_prose
from lunzheng.clean.mojibake import mark_suspects, mend_shifted, mend_shifted_by_context
from lunzheng.clean.pdf_page import pdf_to_prose
from lunzheng.clean.script import detect_script
from lunzheng.clean.tables import drop_table_rows
from lunzheng.clean.title import settle_title
from lunzheng.clean.whitespace import join_wrapped_lines, tidy_spaces
from lunzheng.config import CleanConfig
from lunzheng.document import CleanText, Source
from lunzheng.errors import InputError
from lunzheng.offsets import OffsetMap

EXTRACTED_KINDS = ("docx", "pdf")  # their raw text is no decoding of the file, so no encoding is named
_MIN_HAN = 30
_MOST_LINES = 500_000


def clean_source(source: Source, config: CleanConfig) -> CleanText:
    """Decode one article, drop what is not the article, mend what is damaged.

    Args:
        source: the article as it came.
        config: how to clean.

    Returns:
        The text with its way back to the decoded source and an edit for every drop and repair.

    Raises:
        InputError: the source holds no Chinese article, or the forced encoding is unknown.
    """
    raw, encoding, undecodable = decode(source.data, source.name, forced=config.encoding, html=source.kind == "html")
    try:
        draft, title = _cleaned(Draft.of(raw).note(undecodable), source, config)
    except InputError as error:
        raise InputError(f"{source.name}: {error}") from error
    if count_han(draft.text) < _MIN_HAN:
        raise InputError(
            f"{source.name}: expected a Chinese article, found {count_han(draft.text)} Han characters in "
            f"{len(raw)} characters read as {encoding}; give the article itself, or its encoding with clean.encoding"
        )
    return CleanText(
        text=draft.text,
        raw=raw,
        offsets=OffsetMap(draft.pieces),
        edits=settle_edits(draft.edits, raw),
        encoding=source.kind if source.kind in EXTRACTED_KINDS else encoding,
        script=detect_script(draft.text),
        title=title,
    )


def _cleaned(draft: Draft, source: Source, config: CleanConfig) -> tuple[Draft, str | None]:
    """All steps, and the title."""
    if draft.raw.count("\n") > _MOST_LINES:
        raise InputError(f"expected an article, found more than {_MOST_LINES} lines; give the article itself")
    draft, given_title = _to_prose(draft, source)
    tidy = tidy_spaces(drop_invisible(draft))
    draft = _tidied(drop_glosses(mend_shifted(tidy)), tidy)
    whole = drop_second_copy(draft, drop=config.drop_duplicates)
    draft = _tidied(drop_furniture(drop_glosses(mend_shifted_by_context(whole))), draft)
    titled, title = settle_title(draft, source.title or given_title)
    return mark_suspects(_tidied(titled, draft)), title


def _tidied(draft: Draft, before: Draft) -> Draft:
    """*draft* with its spaces in order, as those of *before* are."""
    return draft if draft is before else tidy_spaces(draft)


def _to_prose(draft: Draft, source: Source) -> tuple[Draft, str | None]:
    if source.kind == "html":
        return html_to_prose(draft)
    if source.kind == "md":
        return markdown_to_prose(draft)
    if source.kind == "pdf":
        return pdf_to_prose(draft), None
    if source.kind == "docx":
        return drop_table_rows(draft), None
    return join_wrapped_lines(draft), None
