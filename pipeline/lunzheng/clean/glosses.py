"""Pronunciations in brackets after a character: 愛(ài), 愛（ài）."""

from __future__ import annotations

import re

from lunzheng.clean.characters import HAN
from lunzheng.clean.draft import Change, Draft

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
# One syllable with its tone mark; without one, letters in brackets are an abbreviation or a word.
SYLLABLE = rf"[a-zü]{{0,3}}[{TONED}][a-zü]{{0,4}}[0-5]?"
# Patterns begin with the bracket, which is rare, and look back from there: that is several times as fast.
_AFTER_HAN = rf"(?<=[{HAN}][(（])"
_GLOSS = re.compile(
    rf"[(（](?:{_AFTER_HAN}|(?<=[{HAN}][ ][(（]))[ ]?{SYLLABLE}(?:[ ,，/]{{0,2}}{SYLLABLE}){{0,5}}[ ]?[)）]",
    re.IGNORECASE,
)
# A tone mark that a converter split off: a + U+0301. Composing would move offsets, so match it as is.
_SPLIT_GLOSS = re.compile(rf"[(（]{_AFTER_HAN}[a-zü]{{1,4}}[\u0300\u0301\u0304\u030c][a-zü]{{0,4}}[)）]", re.IGNORECASE)
_ZHUYIN = re.compile(rf"[(（]{_AFTER_HAN}[\u3105-\u312f˙ˊˇˋ ]{{1,8}}[)）]")


def drop_glosses(draft: Draft) -> Draft:
    """Drop bracketed pinyin or zhuyin that follows a Han character."""
    text = draft.text
    if "(" not in text and "（" not in text:
        return draft
    found = [m.span() for pattern in (_GLOSS, _SPLIT_GLOSS, _ZHUYIN) for m in pattern.finditer(text)]
    return draft.apply(Change(a - (text[a - 1] == " "), b, "", "pronunciation gloss") for a, b in found)
