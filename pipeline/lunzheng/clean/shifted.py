"""The byte stream behind text whose GBK pairs were read one byte off.

Converters that work on bytes put a gloss or a half-width sign between the two bytes of a pair. The
lone bytes then show as ``?``, and up to the next lone byte every pair is read one byte late. Putting
the bytes back together and pairing them anew undoes it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lunzheng.clean import gbk
from lunzheng.clean.glosses import SYLLABLE

_LOST_GLOSS = re.compile(rf"\?({SYLLABLE})\)")
_GLOSS = re.compile(rf"\(({SYLLABLE})\)")
_GLOSS_BEFORE = re.compile(rf"\({SYLLABLE}\)\Z")
_FULL_WIDTH_ROW = 0xA3
_MAX_LENGTH = 80  # longest stretch that is looked at, in characters


@dataclass
class ByteRun:
    """Bytes from a lone one to the place where pairs are whole again.

    ``values`` holds None for each byte that is lost; ``glosses`` says, by the offset of its end in
    ``values``, how the pair before it is pronounced (pairs may begin in ``before``).
    """

    start: int
    end: int = 0
    before: bytes = b""
    values: list[int | None] = field(default_factory=list)
    glosses: dict[int, str] = field(default_factory=dict)
    n_cut_glosses: int = 0

    def pairs(self) -> list[tuple[int | None, int | None]]:
        """The bytes in twos."""
        return list(zip(self.values[::2], self.values[1::2], strict=True))


def read_run(text: str, start: int, *, full_width: bool) -> ByteRun | None:
    """Read the bytes from the ``?`` at *start* on; None where the pairs never become whole.

    Args:
        text: a text with glosses still in it.
        start: offset of a ``?``.
        full_width: whether the sign after the ``?`` stood for a full-width one.
    """
    run = ByteRun(start, before=gbk.to_bytes(char_before(text, start)) or b"")
    position = start
    limit = min(len(text), start + _MAX_LENGTH)
    while position < limit:
        step = _take(run, text, position, full_width=full_width and position == start + 1)
        if not step:
            return None
        position += step
        if len(run.values) % 2 == 0:
            run.end = position
            gloss = _GLOSS.match(text, position)
            if gloss:
                run.glosses[len(run.values)] = gloss.group(1)
            return run
    return None


def char_before(text: str, start: int) -> str:
    """The character before *start* and before a gloss that ends there; empty at the text's start."""
    gloss = _GLOSS_BEFORE.search(text[:start], max(0, start - 12))
    place = gloss.start() if gloss else start
    return text[place - 1] if place else ""


def _take(run: ByteRun, text: str, position: int, *, full_width: bool) -> int:
    """Add what stands at *position*; returns how many characters it took, 0 where nothing fits."""
    char = text[position]
    if char == "?":
        run.values.append(None)
        cut = _LOST_GLOSS.match(text, position)
        if cut:
            run.glosses[len(run.values)] = cut.group(1)
            run.n_cut_glosses += 1
        return len(cut.group()) if cut else 1
    gloss = _GLOSS.match(text, position)
    if gloss:
        run.glosses[len(run.values)] = gloss.group(1)
        return len(gloss.group())
    if "!" <= char <= "~":
        run.values.extend((_FULL_WIDTH_ROW, ord(char) + 0x80) if full_width else (ord(char),))
        return 1
    pair = gbk.to_bytes(char) if char > "\x7f" else None
    run.values.extend(pair or ())
    return 1 if pair and len(pair) == 2 else 0
