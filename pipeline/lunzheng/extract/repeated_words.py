"""Words that an article keeps using: repeated n-grams, found without a dictionary."""

from __future__ import annotations

import re
from collections import Counter

_RUN = re.compile(r"[\u3400-\u9fffA-Za-z0-9]+")
_LENGTHS = range(2, 7)
# signs that begin or end a phrase, hardly ever a name
_LOOSE_START = frozenset(
    "的了着过们也都就又才还很最更和与及或而且但若则之其个些这那把被让给向往从自于为地得吗呢吧啊說的與個這們還"
)
_LOOSE_END = frozenset(
    "的了着过也都就又才还很最更和与及或而且但若则其这那把被让给向往从于为在是有不地得與個這還沒没会會能要"
)


def repeated_words(text: str, least: int = 2) -> dict[str, int]:
    """Sequences of 2 to 6 signs that occur more than once, without those that are always part of one longer.

    Args:
        text: in any script.
        least: how often at least.

    Returns:
        How often each word occurs.
    """
    counts: Counter[str] = Counter()
    for run in _RUN.finditer(text):
        word = run.group()
        for n in _LENGTHS:
            counts.update(word[i : i + n] for i in range(len(word) - n + 1))
    kept = {w: c for w, c in counts.items() if c >= least}
    swallowed = {
        part
        for word, count in kept.items()
        for part in (word[1:], word[:-1])
        if len(part) > 1 and kept.get(part) == count
    }
    return {w: c for w, c in kept.items() if w not in swallowed and _may_be_a_name(w)}


def _may_be_a_name(word: str) -> bool:
    if word.isascii():
        return len(word) > 1 and not word.isdigit()
    return word[0] not in _LOOSE_START and word[-1] not in _LOOSE_END and not word[0].isdigit()
