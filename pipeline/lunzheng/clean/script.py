"""Simplified, traditional or mixed: told by characters that only one script has."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from lunzheng.clean._opencc import converted
from lunzheng.clean.characters import HAN_RE
from lunzheng.labels import Script

_SHORT = 20_000  # characters
_MIXED_FROM = 0.15  # share of the rarer script at which a text is no longer of one script


class _Known:
    """What has been learned of characters: texts share most of theirs, so each is looked up once."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.simplified: set[str] = set()  # characters that traditional text does not use
        self.traditional: set[str] = set()
        self.to_simplified: dict[int, str] = {}  # only those that change, one for one
        self.changing: set[str] = set()

    def learn(self, characters: frozenset[str]) -> None:
        """Look up those that are new."""
        new = characters - self.seen
        if not new:
            return
        self.seen |= new
        han = frozenset(filter(HAN_RE.match, new))
        simple, full = converted(han, "t2s"), converted(han, "s2t")
        self.traditional |= {c for c in han if simple[c] != c and full[c] == c}
        self.simplified |= {c for c in han if full[c] != c and simple[c] == c}
        changes = {c: s for c, s in simple.items() if s != c and len(s) == 1}
        self.to_simplified |= {ord(c): s for c, s in changes.items()}
        self.changing |= changes.keys()


_known = _Known()


@lru_cache(maxsize=2)
def _characters(text: str) -> frozenset[str]:
    """The characters of *text*, all of them known; a text is asked about more than once."""
    characters = frozenset(text)
    _known.learn(characters)
    return characters


def detect_script(text: str) -> Script:
    """The script of a text; one that shows no difference counts as simplified."""
    characters = _characters(text)
    # Looking for each character by itself is fast in a short text; a long one is counted in one pass.
    count = text.count if len(text) <= _SHORT else Counter(text).__getitem__
    n_traditional = sum(map(count, characters & _known.traditional))
    n_simplified = sum(map(count, characters & _known.simplified))
    total = n_traditional + n_simplified
    if not total or n_traditional / total < _MIXED_FROM:
        return "Hans"
    return "Hant" if n_simplified / total < _MIXED_FROM else "mixed"


def simplifications(text: str) -> dict[int, str]:
    """The characters of *text* that simplified text writes otherwise, as a table for ``str.translate``."""
    return {ord(c): _known.to_simplified[ord(c)] for c in _characters(text) & _known.changing}


def simplified_view(text: str) -> str:
    """*text* in simplified characters, code point for code point, for rules that know one script."""
    table = simplifications(text)
    return text.translate(table) if table else text
