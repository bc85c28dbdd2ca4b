"""trafilatura behind one function."""

from __future__ import annotations

import logging

from lunzheng.errors import DependencyError


def main_text(page: str) -> str:
    """The main text of a page, one paragraph a line; empty where trafilatura finds none.

    Raises:
        DependencyError: trafilatura, or a part that it needs, is absent.
    """
    try:
        import trafilatura
    except ImportError as error:
        raise DependencyError(
            f"HTML pages need trafilatura and lxml_html_clean, found neither or one ({error}); "
            "run: pip install trafilatura lxml_html_clean"
        ) from error

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    text = trafilatura.extract(
        page,
        include_comments=False,
        include_tables=False,
        include_images=False,
        include_links=False,
        deduplicate=False,
        favor_recall=True,
    )
    return text or ""
