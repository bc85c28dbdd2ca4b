"""Maps as web pages that open from disk."""

from lunzheng.view.write import write_view

__all__ = ["write_view"]
