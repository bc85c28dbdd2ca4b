"""Pronunciations in brackets after a character: 愛(ài), 愛（ài）."""

from __future__ import annotations

import re

from lunzheng.clean.characters import HAN
from lunzheng.clean.draft import Change, Draft

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
# One syllable with its tone mark; without one, letters in brackets are an abbreviation or a word.
SYLLABLE = rf"[a-zü]{{0,3}}[{TONED}][a-zü]{{0,4}}[0-5]?"
_GLOSS = re.compile(rf"(?<=[{HAN}])[ ]?[(（][ ]?{SYLLABLE}(?:[ ,，/]{{0,2}}{SYLLABLE}){{0,5}}[ ]?[)）]", re.IGNORECASE)
# A tone mark that a converter split off: a + U+0301. Composing would move offsets, so match it as is.
_SPLIT_GLOSS = re.compile(rf"(?<=[{HAN}])[(（][a-zü]{{1,4}}[\u0300\u0301\u0304\u030c][a-zü]{{0,4}}[)）]", re.IGNORECASE)
_ZHUYIN = re.compile(rf"(?<=[{HAN}])[(（][\u3105-\u312f˙ˊˇˋ ]{{1,8}}[)）]")


def drop_glosses(draft: Draft) -> Draft:
    """Drop bracketed pinyin or zhuyin that follows a Han character."""
    found = [m for pattern in (_GLOSS, _SPLIT_GLOSS, _ZHUYIN) for m in pattern.finditer(draft.text)]
    return draft.apply(Change(m.start(), m.end(), "", "pronunciation gloss") for m in found)
