"""Near-duplicate articles of a run: found by what they say, merged into one map."""

from lunzheng.duplicates.survey import Survey, survey

__all__ = ["Survey", "survey"]
