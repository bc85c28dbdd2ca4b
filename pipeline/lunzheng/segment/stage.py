"""The segment stage."""

from __future__ import annotations

from collections.abc import Sequence

from lunzheng.config import SegmentConfig
from lunzheng.document import Document, Segmentation
from lunzheng.segment.layout import headings, paragraphs, sections
from lunzheng.segment.sentences import Splitter, make_splitter, sentence_spans
from lunzheng.stage import Layer


def segment_text(text: str, splitter: Splitter) -> Segmentation:
    """Structure of a clean text.

    Args:
        text: clean text; a line is a paragraph or a heading.
        splitter: gives sentence starts inside one paragraph.
    """
    lines = paragraphs(text)
    heads = headings(text, lines)
    return Segmentation(
        sections=sections(text, lines, heads),
        paragraphs=lines,
        headings=heads,
        sentences=sentence_spans(text, lines, splitter),
    )


class SegmentStage:
    """Clean text to sections, paragraphs, headings and sentences."""

    name = "segment"
    requires: frozenset[Layer] = frozenset({"clean"})
    provides: frozenset[Layer] = frozenset({"segmentation"})

    def __init__(self, config: SegmentConfig) -> None:
        self._splitter = make_splitter(config.backend)

    def __call__(self, documents: Sequence[Document]) -> None:
        """Segment each document's clean text."""
        for document in documents:
            if document.clean is not None:
                document.segmentation = segment_text(document.clean.text, self._splitter)
