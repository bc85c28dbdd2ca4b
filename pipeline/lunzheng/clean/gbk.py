"""GBK seen as bytes: characters to pairs and back, and what their order tells of pronunciation."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import lru_cache

from lunzheng.clean._opencc import converted
from lunzheng.clean.characters import CJK_PUNCTUATION, HAN_RE

# Level 1 of GB 2312 is sorted by pinyin; first code of each initial letter.
# Source: GB 2312-1980, rows 16 to 55.
_INITIALS = "abcdefghjklmnopqrstwxyz"
_STARTS = (
    0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC, 0xC2E8,
    0xC4C3, 0xC5B6, 0xC5BE, 0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9, 0xD4D1,
)  # fmt: skip
_LEVEL_1_END = 0xD7F9
_LEVEL_1 = range(0xB0A1, _LEVEL_1_END + 1)
# GBK's own private-use cells FE50–FEA0 as Windows code page 936 shows them.
_PRIVATE_START, _PRIVATE_END = 0xE815, 0xE864
_TRAIL = (*range(0x40, 0x7F), *range(0x80, 0xFF))


def to_bytes(char: str) -> bytes | None:
    """The GBK bytes of one character; None where GBK lacks it."""
    if not char:
        return None
    point = ord(char)
    if _PRIVATE_START <= point <= _PRIVATE_END:
        return bytes((0xFE, _TRAIL[_TRAIL.index(0x50) + point - _PRIVATE_START]))
    try:
        return char.encode("gbk")
    except UnicodeEncodeError:
        return None


def from_bytes(pair: bytes) -> str | None:
    """The character of a GBK pair; None where there is none."""
    try:
        text = pair.decode("gbk")
    except UnicodeDecodeError:
        return None
    return text if len(text) == 1 else None


@lru_cache(maxsize=20_000)
def _national_code(char: str) -> int | None:
    """Code of the character's simplified form in GB 2312; None where it has none."""
    simple = converted(frozenset(char), "t2s")[char]
    try:
        code = simple.encode("gb2312")
    except UnicodeEncodeError:
        return None
    return int.from_bytes(code, "big") if len(code) == 2 else None


def is_sound(char: str) -> bool:
    """Whether ordinary Chinese text uses the character: known Han, or Chinese punctuation."""
    return char in CJK_PUNCTUATION or (bool(HAN_RE.match(char)) and _national_code(char) is not None)


def is_common(char: str) -> bool:
    """Whether the character is one of the 3,755 common ones, or the traditional form of one."""
    return _national_code(char) in _LEVEL_1


def initial_of(char: str) -> str | None:
    """First letter of a common character's main reading; None for others."""
    code = _national_code(char)
    if code is None or code not in _LEVEL_1:
        return None
    return _INITIALS[bisect_right(_STARTS, code) - 1]


def plain_letter(syllable: str) -> str:
    """First letter of a pinyin syllable without its tone mark."""
    return unicodedata.normalize("NFD", syllable)[:1].lower()
