"""Counts of mistakes by kind, with a few examples of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

_N_EXAMPLES = 3
_LONGEST = 36


class Example(NamedTuple):
    """Words of an article that show a mistake."""

    article: str
    words: str


def short(words: str) -> str:
    """*words* on one line, the middle left out where they are long."""
    words = " ".join(words.split())
    half = _LONGEST // 2
    return words if len(words) <= _LONGEST else f"{words[:half]}…{words[-half:]}"


@dataclass
class Tally:
    """How often each kind of thing came up among how many, and examples, at first one an article."""

    n: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)
    _seen: dict[str, list[Example]] = field(default_factory=dict)

    def add(self, kind: str, article: str, words: str) -> None:
        """Count one mistake."""
        self.n[kind] += 1
        self._seen.setdefault(kind, []).append(Example(article, words))

    def examples(self, kind: str) -> list[Example]:
        """Up to three, of different articles where possible."""
        seen = self._seen.get(kind, [])
        firsts = {e.article: e for e in reversed(seen)}
        chosen = [e for e in seen if firsts[e.article] is e]
        return (chosen + [e for e in seen if e not in chosen])[:_N_EXAMPLES]

    def kinds(self) -> list[str]:
        """All kinds that were counted, the most frequent first."""
        return sorted(self.n.keys() | self.of.keys(), key=lambda k: (-self.n[k], k))
