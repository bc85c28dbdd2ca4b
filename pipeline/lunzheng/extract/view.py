"""The view of a text that the model reads: same length, simplified characters, plain quotation marks.

One code point stays one code point, so a span in the view is the same span in the text.
"""

from __future__ import annotations

from functools import cache

from lunzheng.extract._opencc import Converter, simplifier

_SIGNS = str.maketrans({"「": "“", "」": "”", "『": "‘", "』": "’", "\u3000": " ", "\u00a0": " ", "\t": " "})


@cache
def _simplify_char(char: str) -> str:
    converted = _converter().convert(char)
    return converted if len(converted) == 1 else char


@cache
def _converter() -> Converter:
    return simplifier()


def to_simplified(text: str) -> str:
    """*text* with each traditional character replaced by its simplified form, one for one."""
    return "".join(_simplify_char(c) if c > "\u2e80" else c for c in text)


def model_view(text: str) -> str:
    """What the model reads for *text*; as many code points as *text*."""
    return to_simplified(text).translate(_SIGNS)
