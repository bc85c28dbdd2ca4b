"""The other Chinese script, code point for code point, so that spans keep their places."""

from __future__ import annotations

from functools import cache
from typing import Any

from lunzheng.labels import Script


@cache
def _converter(config: str) -> Any:
    import opencc

    return opencc.OpenCC(config)


def other_script(text: str, script: Script) -> str:
    """*text* in traditional characters, or in simplified ones where it is traditional.

    Args:
        text: any words.
        script: what they are written in.

    Returns:
        As many code points as *text* has; a line that would change its length is converted by character.
    """
    config = "t2s" if script == "Hant" else "s2t"
    return "\n".join(_line(line, config) for line in text.split("\n"))


def _line(line: str, config: str) -> str:
    convert = _converter(config).convert
    # A character that C strings end with would cut the line short.
    if "\0" not in line:
        whole = str(convert(line))
        if len(whole) == len(line):
            return whole
    single = ((char, char if char == "\0" else str(convert(char))) for char in line)
    return "".join(changed if len(changed) == 1 else char for char, changed in single)
