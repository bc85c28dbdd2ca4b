"""Which byte was lost: judged by pronunciation, by the rest of the text, by how usual a character is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from lunzheng.clean import gbk
from lunzheng.clean.characters import HAN, USUAL
from lunzheng.clean.glosses import SYLLABLE
from lunzheng.clean.shifted import ByteRun

_GLOSSED = re.compile(rf"([{HAN}])\(({SYLLABLE})\)")
_ANY_GLOSS = re.compile(rf"[?(]{SYLLABLE}\)")
_STOPS = "。，、；：？！"
_IMPOSSIBLE = -100.0


class Witness:
    """What the rest of one text says about its damaged characters."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def readings(self) -> Mapping[str, set[str]]:
        """Characters and how the text's own glosses read them."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for match in _GLOSSED.finditer(self._text):
            found[match.group(1)].add(match.group(2))
        return found

    @cached_property
    def sequences(self) -> frozenset[str]:
        """All sequences of two and of three characters in the text without its glosses."""
        plain = _ANY_GLOSS.sub("", self._text)
        pairs = (plain[i : i + 2] for i in range(len(plain) - 1))
        return frozenset(pairs) | {plain[i : i + 3] for i in range(len(plain) - 2)}

    def reads(self, char: str, syllable: str) -> float:
        """How well *syllable* fits a character."""
        known = self.readings.get(char)
        if known:
            return 6.0 if syllable in known else _IMPOSSIBLE
        initial = gbk.initial_of(char)
        if initial is None:
            return 0.0
        return 2.0 if initial == gbk.plain_letter(syllable) else _IMPOSSIBLE

    def stands(self, before: str, char: str, after: str) -> float:
        """How usual a character is in this place of this text."""
        score = 1.0 * gbk.is_common(char) + 1.0 * (char in USUAL) + 3.0 * (char in _STOPS)
        if before and after and before + char + after in self.sequences:
            return score + 5.0
        left = bool(before) and before + char in self.sequences
        right = bool(after) and char + after in self.sequences
        return score + 1.5 * left + 1.5 * right


def restore(run: ByteRun, witness: Witness, after: str) -> tuple[str, float] | None:
    """Pair the bytes of *run* anew and fill in what was lost.

    Args:
        run: bytes between two places where pairs are whole.
        witness: the text around it.
        after: the character that follows the run, or nothing.

    Returns:
        The text, and by how much its least certain character beats the next best one (100 where no
        byte was lost); None where the bytes make no sound text.
    """
    pairs = run.pairs()
    whole = [gbk.from_bytes(bytes((a, b))) if a is not None and b is not None else "" for a, b in pairs]
    if any(c is None or (c and not gbk.is_sound(c)) for c in whole):
        return None
    restored = [c or "" for c in whole]
    margin = 100.0
    before = (gbk.from_bytes(run.before) or "") if len(run.before) == 2 else ""
    for i, char in enumerate(restored):
        if not char:
            neighbours = (restored[i - 1] if i else before, restored[i + 1] if i + 1 < len(restored) else after)
            best = _fill(run, i, witness, neighbours)
            if best is None:
                return None
            restored[i], lead = best
            margin = min(margin, lead)
    return "".join(restored), margin


def _fill(run: ByteRun, index: int, witness: Witness, neighbours: tuple[str, str]) -> tuple[str, float] | None:
    lead, trail = run.pairs()[index]
    if lead is None and trail is None:
        return None
    at_lead = lead is None
    scored: list[tuple[float, str]] = []
    for value in range(0x40, 0xFF):
        pair = bytes((value, trail or 0) if at_lead else (lead or 0, value))
        char = gbk.from_bytes(pair)
        if char is None or not gbk.is_sound(char):
            continue
        score = witness.stands(neighbours[0], char, neighbours[1])
        score += _heard(run, index, value, pair, witness)
        scored.append((score, char))
    scored.sort(key=lambda s: (-s[0], s[1]))
    if not scored or scored[0][0] <= 0:
        return None
    return scored[0][1], scored[0][0] - (scored[1][0] if len(scored) > 1 else 0.0)


def _heard(run: ByteRun, index: int, value: int, pair: bytes, witness: Witness) -> float:
    """How the glosses at the pair, and inside it, agree with the byte *value*."""
    score = 0.0
    after_pair = run.glosses.get(2 * index + 2)
    if after_pair and (char := gbk.from_bytes(pair)):
        score += witness.reads(char, after_pair)
    # A gloss between the two bytes speaks of the pair that straddles them: last byte before, first byte.
    inside = run.glosses.get(2 * index + 1)
    first = value if run.values[2 * index] is None else run.values[2 * index]
    previous = run.values[2 * index - 1] if index else (run.before[-1] if run.before else None)
    if inside and first is not None and previous is not None:
        straddling = gbk.from_bytes(bytes((previous, first)))
        score += witness.reads(straddling, inside) if straddling else _IMPOSSIBLE
    return score
