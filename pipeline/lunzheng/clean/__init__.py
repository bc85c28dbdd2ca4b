"""Cleaning: bytes to decoded text to article text, with an offset map and a reason for every drop."""

from lunzheng.clean.article import clean_source
from lunzheng.clean.stage import CleanStage

__all__ = ["CleanStage", "clean_source"]
