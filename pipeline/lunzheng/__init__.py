"""Argument mining for Chinese: articles in, maps of claims, evidence and causes out.

>>> import lunzheng
>>> lz = lunzheng.load()
>>> m = lz("……")
>>> m.contrast.to_pandas()
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.2.0"
__all__ = ["Map", "Reader", "__version__", "load", "read_map"]

if TYPE_CHECKING:
    from lunzheng.api.map import Map, read_map
    from lunzheng.api.reader import Reader, load

_HOMES = {"Map": "map", "read_map": "map", "Reader": "reader", "load": "reader"}


def __getattr__(name: str) -> object:
    # the stages need torch, which takes seconds to import; naming the package must not
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"lunzheng.api.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'lunzheng' has no attribute {name!r}; it offers {', '.join(__all__)}")
