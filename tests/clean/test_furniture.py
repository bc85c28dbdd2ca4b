"""Furniture goes, prose and headings that look a little like it stay."""

from __future__ import annotations

import pytest

from clean.helpers import MORE, PROSE, clean
from lunzheng.clean.draft import Draft
from lunzheng.clean.furniture import drop_furniture


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("正在阅读：", "navigation"),
        ("首页 > 财经 > 正文", "navigation"),
        ("掃一掃下載某某新聞APP", "app call"),
        ("长按二维码关注我们", "app call"),
        ("分享到：微信 微博 QQ", "share bar"),
        ("1.2万次阅读", "share bar"),
        ("圖片來源：某圖庫", "caption or credit"),
        ("图1：成本对比", "caption or credit"),
        ("*数据来源：某院，2025*", "source note"),
        ("文 | 某某", "byline"),
        ("责任编辑：张三", "byline"),
        ("2025-01-02 10:20 来源：某某网", "byline"),
    ],
)
def test_furniture_anywhere(line: str, reason: str) -> None:
    draft = drop_furniture(Draft.of(f"{PROSE}\n\n{line}\n\n{MORE}"))
    assert line not in draft.text
    assert [e.reason for e in draft.edits] == [reason]


@pytest.mark.parametrize(
    "line",
    [
        "表面繁荣的背后", "图什么？", "微信", "运营：从粗放到精细", "评论", "文化：最后的壁垒", "分享的代价",
        "2025年1月2日，公司在北京发布新品", "本文作者认为，这一观点站不住脚。", "编辑部的故事",
        "下图展示了两条路线的对应关系：",
    ],
)  # fmt: skip
def test_headings_and_prose_in_the_middle_stay(line: str) -> None:
    assert line in clean(f"{PROSE}\n\n{line}\n\n{MORE}").text


def test_what_follows_the_end_goes() -> None:
    tail = ["本文為轉載內容，授權事宜請聯繫原著作權人。", "某公司", "4.5k", "• 某公司收购另一家公司"]
    tail += ["評論", "暫無評論哦，快來評價一下吧！", "微博"]
    result = clean("\n\n".join([PROSE, MORE, *tail]))
    assert result.text == f"{PROSE}\n\n{MORE}"


def test_a_list_keeps_its_items_and_loses_its_bullets() -> None:
    result = clean(f"{PROSE}\n\n·换电：三分钟离开，重资产。\n\n• 超充：十分钟离开，轻资产。\n\n{MORE}")
    assert "\n\n换电：三分钟" in result.text
    assert "\n\n超充：十分钟" in result.text
