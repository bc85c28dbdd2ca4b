"""Clean text to sections, paragraphs, headings and sentences."""

from lunzheng.segment.stage import SegmentStage, segment_text

__all__ = ["SegmentStage", "segment_text"]
