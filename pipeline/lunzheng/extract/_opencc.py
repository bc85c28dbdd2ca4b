"""OpenCC behind one function."""

from __future__ import annotations

from typing import Protocol, cast


class Converter(Protocol):
    """Converts a string from one Chinese script to another."""

    def convert(self, text: str) -> str:
        """*text* in the other script."""
        ...


def simplifier() -> Converter:
    """Traditional to simplified characters, without change of regional wording."""
    import opencc

    return cast(Converter, opencc.OpenCC("t2s"))
