"""Damage is made here the way converters make it: bytes torn apart, then decoded."""

from __future__ import annotations

import re

import pytest

from clean.helpers import MORE, PROSE, clean, reasons
from lunzheng.clean.draft import Draft
from lunzheng.clean.mojibake import REASON, mend_shifted, suspects

_FULL_TO_HALF = {b"\xa3\xa1": b"!", b"\xa3\xbb": b";", b"\xa3\xbf": b"?", b"\xa3\xba": b":"}


def _torn(text: str) -> str:
    """What a converter shows for *text* that makes full-width signs half-width wherever their bytes lie."""
    data = text.encode("gbk")
    for full, half in _FULL_TO_HALF.items():
        data = data.replace(full, half, 1)
    return _shown(data)


def _shown(data: bytes) -> str:
    shown, i = [], 0
    while i < len(data):
        if data[i] < 0x80:
            shown.append(chr(data[i]))
            i += 1
            continue
        try:
            shown.append(data[i : i + 2].decode("gbk"))
            i += 2
        except UnicodeDecodeError:
            shown.append("?")
            i += 2 if data[i + 1 : i + 2] == b"(" else 1
    return "".join(shown)


def test_a_half_width_sign_made_of_two_halves() -> None:
    # 。互 is A1 A3 BB A5: the middle looks like a full-width semicolon. A gloss behind 聯 ends the shift.
    data = "流量见顶已成定局。互聯(lian)網的下半场开始了。".encode("gbk").replace(b"\xa3\xbb", b";", 1)
    shown = _shown(data).replace("lian)", "lián)")
    assert "?;" in shown
    assert "互聯" not in shown
    result = clean(shown + "互聯(lián)網企业都在转型，" + PROSE)
    assert "流量见顶已成定局。互聯網的下半场开始了。" in result.text
    assert REASON in reasons(result)


def test_a_half_width_sign_whose_shift_ends_in_a_letter() -> None:
    # 。“ is A1 A3 A1 B0: the middle looks like a full-width exclamation mark. 產 is AE 61, and 61 is the
    # letter a: there the shift ends by itself.
    whole = "平台的內容很好。“守成”便能防止破產蔓延，"
    shown = _torn(whole)
    assert "?!" in shown
    assert "防止" not in shown
    assert whole in clean(shown + PROSE).text


def test_a_gloss_put_across_two_characters() -> None:
    # 夠將 is 89F2 8CA2: the middle, F28C, is 驅 (qū); so the gloss of 驅 falls between the two bytes of 將.
    data = "讓用戶能夠將商品通過口令分享，".encode("gbk")
    at = data.index(b"\xf2\x8c") + 2
    shown = _shown(data[:at] + b"(@)" + data[at:]).replace("@)", "qū)")
    assert "將" not in shown
    page = "增長由創新驅(qū)動，" + shown + PROSE
    result = clean(page)
    assert "讓用戶能夠將商品通過口令分享，" in result.text
    assert REASON in reasons(result)
    edit = next(e for e in result.edits if e.reason == REASON)
    assert edit.replacement
    assert edit.replacement.startswith("將")
    assert "?" in edit.raw_span.of(result.raw)


@pytest.mark.parametrize(
    "line",
    [
        "这是为什么?因为成本太高!谁来买单?用户;平台;还有商家?没有人知道。",
        "真的?!太贵了?;算了吧，“开放”?还是“封闭”?",
        "Which way?换电(battery swap)还是超充(q3)?",
    ],
)
def test_questions_are_left_alone(line: str) -> None:
    assert mend_shifted(Draft.of(line)).text == line
    assert not suspects(line)


def test_damage_without_a_sure_reading_is_kept_and_marked() -> None:
    result = clean(PROSE + "这里有一个坏字\ue84d，读不出来。\n\n" + MORE)
    assert "坏字\ue84d" in result.text
    suspect = next(e for e in result.edits if e.reason == "suspect")
    assert suspect.raw_span.of(result.raw) == suspect.replacement == "\ue84d"


def test_the_map_of_a_mended_stretch_covers_the_damage() -> None:
    data = "能夠將商品通過口令分享，".encode("gbk")
    at = data.index(b"\xf2\x8c") + 2
    shown = _shown(data[:at] + b"(@)" + data[at:]).replace("@)", "qū)")
    result = clean("增長由創新驅(qū)動，" + shown + PROSE)
    start = result.text.index("將")
    piece = next(p for p in result.offsets.pieces if p.text.start <= start < p.text.end)
    assert not piece.exact
    assert re.match(r"\?qū\)", piece.raw.of(result.raw))
