"""OpenCC's character tables, one character at a time."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def _converter(config: str) -> Any:
    import opencc

    return opencc.OpenCC(config)


_known: dict[str, dict[str, str]] = {"t2s": {}, "s2t": {}}


def converted(characters: frozenset[str], config: str) -> dict[str, str]:
    """What each character becomes on its own.

    Args:
        characters: single code points.
        config: ``t2s`` or ``s2t``.
    """
    known = _known[config]
    unseen = sorted(c for c in characters if c not in known)
    if unseen:
        # Line breaks keep the phrase tables of OpenCC from seeing neighbours.
        results = _converter(config).convert("\n".join(unseen)).split("\n")
        known.update(zip(unseen, results, strict=True))
    return {c: known[c] for c in characters}
