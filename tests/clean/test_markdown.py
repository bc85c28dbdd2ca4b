"""Markdown reads as prose."""

from __future__ import annotations

import pytest

from clean.helpers import MORE, PROSE, clean, reasons

_PAGE = f"""---
title: "换电还是超充"
date: 2025-01-02
tags: ["一", "二"]
---

一、 背景 {{#background}}
-----------------

{PROSE}**结论很清楚：** 谁也不会*认输* ，[报告](https://a.example/x_(1).html)如此说。
> 业内人士认为，标准统一之前不会有赢家。
> {{#quote}}

*** ** * ** ***

### 2. 成本 {{#cost}}

| 项目 | 换电 |
|------|------|
| 投资 | 三百万 |
[成本对比（数据来源：某院）]

*数据来源：某研究院，2025*

![成本走势](http://a.example/down (1).png)成本走势*图表深度解读：换电的成本没有下降的迹象。*

* **用户：** 三分钟离开。

* 电网：压力更大。
  这是续行。

{MORE}

📚 主要参考信源 {{#ref}}
-------------

1. [《某报告》](https://a.example). 2025.
"""


def test_marks_tables_images_and_references_go() -> None:
    result = clean(_PAGE, "md")
    assert result.text.split("\n\n") == [
        "换电还是超充",
        "一、背景",
        f"{PROSE}结论很清楚：谁也不会认输，报告如此说。",
        "业内人士认为，标准统一之前不会有赢家。",
        "2. 成本",
        "图表深度解读：换电的成本没有下降的迹象。",
        "用户：三分钟离开。\n电网：压力更大。这是续行。",
        MORE,
    ]
    assert result.title == "换电还是超充"
    expected = {"front matter", "table", "image", "caption or credit", "source note", "reference list", "mark-up"}
    assert expected <= reasons(result)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"价格涨了 3\~5 倍\*", "价格涨了 3~5 倍"),
        ("接口 INJECT_EVENTS 不变", "接口 INJECT_EVENTS 不变"),
        ("面积 3*4 平方米", "面积 3*4 平方米"),
        ("A&amp;B 两家", "A&B 两家"),
        ("第一行<br />第二行", "第一行 第二行"),
        ("`代码`与~~删除~~", "代码与删除"),
        ("链接<https://a.example/b>之后", "链接之后"),
        ("[一[二]三](http://a)", "一[二]三"),
    ],
)
def test_inline_marks(written: str, read: str) -> None:
    assert clean(f"{PROSE}\n\n{written}\n\n{MORE}", "md").text == f"{PROSE}\n\n{read}\n\n{MORE}"


def test_a_title_that_the_body_repeats_stands_once() -> None:
    result = clean(f"---\ntitle: 换电还是超充\n---\n\n# 换电还是超充\n\n{PROSE}", "md")
    assert result.text == f"换电还是超充\n\n{PROSE}"
    assert result.title == "换电还是超充"
