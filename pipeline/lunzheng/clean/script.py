"""Simplified, traditional or mixed: told by characters that only one script has."""

from __future__ import annotations

from collections import Counter

from lunzheng.clean._opencc import converted
from lunzheng.clean.characters import HAN_RE
from lunzheng.labels import Script

_MIXED_FROM = 0.15  # share of the rarer script at which a text is no longer of one script


def detect_script(text: str) -> Script:
    """The script of a text; one that shows no difference counts as simplified."""
    counts = {c: n for c, n in Counter(text).items() if HAN_RE.match(c)}
    simple, full = converted(frozenset(counts), "t2s"), converted(frozenset(counts), "s2t")
    n_traditional = sum(n for c, n in counts.items() if simple[c] != c and full[c] == c)
    n_simplified = sum(n for c, n in counts.items() if full[c] != c and simple[c] == c)
    total = n_traditional + n_simplified
    if not total or n_traditional / total < _MIXED_FROM:
        return "Hans"
    return "Hant" if n_simplified / total < _MIXED_FROM else "mixed"


def simplified_view(text: str) -> str:
    """*text* in simplified characters, code point for code point, for rules that know one script."""
    # Only Han can change; line breaks must stay out of the converter's way.
    table = converted(frozenset(filter(HAN_RE.match, set(text))), "t2s")
    return text.translate({ord(c): s for c, s in table.items() if s != c and len(s) == 1})
