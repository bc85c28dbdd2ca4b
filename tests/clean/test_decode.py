"""Encodings are found by marks, declarations and what the text looks like."""

from __future__ import annotations

import pytest

from clean.helpers import MORE, PROSE, clean
from lunzheng.clean.decode import decode
from lunzheng.config import CleanConfig
from lunzheng.errors import InputError

_TRADITIONAL = "兩條路線之爭持續了一年，換電站的成本居高不下，電網承受了更大的壓力，誰也沒有說服誰。這是過去發生的事。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"])
def test_simplified_text(encoding: str) -> None:
    text = PROSE + "\r\n" + MORE
    assert decode(text.encode(encoding), "x")[0] == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "gb18030", "big5", "big5hkscs"])
def test_traditional_text(encoding: str) -> None:
    text, found, edits = decode(_TRADITIONAL.encode(encoding), "x")
    assert text == _TRADITIONAL
    assert edits == ()
    if encoding.startswith("big5"):
        assert found == "big5hkscs"


def test_short_ascii_heavy_gbk() -> None:
    text = "ROI 12% / CAC 30%: " * 8 + "两条路都难走，成本太高。"
    assert decode(text.encode("gbk"), "x")[0] == text


def test_a_false_declaration_is_survived() -> None:
    page = f'<html><meta charset="big5"><p>{PROSE}</p></html>'
    assert decode(page.encode("gb18030"), "x", html=True)[0] == page
    page = page.replace("big5", "gbk")
    assert decode(page.encode("utf-8"), "x", html=True)[1] == "utf-8"


def test_bytes_that_cannot_be_decoded_are_on_record() -> None:
    data = PROSE.encode() + b"\xff\xfe\xff" + MORE.encode()
    text, encoding, edits = decode(data, "x")
    assert encoding == "utf-8"
    assert [e.raw_span.of(text) for e in edits] == ["\ufffd\ufffd\ufffd"]
    assert {"bytes that cannot be decoded", "suspect"} & {e.reason for e in clean(data).edits}


def test_a_forced_encoding_is_obeyed_or_refused() -> None:
    config = CleanConfig.model_validate({"encoding": "big5"})
    assert clean(_TRADITIONAL.encode("big5"), config=config).encoding == "big5"
    with pytest.raises(InputError, match="unknown encoding 'klingon'"):
        decode(b"x", "x", forced="klingon")
