"""An article that stands twice in its page."""

from __future__ import annotations

from clean.helpers import MORE, PROSE, clean, reasons
from lunzheng.config import CleanConfig

_LINES = [
    "换电还是超充",
    PROSE,
    "成本之争",
    MORE,
    "分析人士认为，车队规模不到十万辆的时候，没有哪家公司可以收回投资，这一点已是行业共识。",
    "最终的胜负取决于电池技术和电网改造的速度，口号再响也改变不了这样的现实。",
]


def test_the_second_copy_goes_though_both_are_damaged() -> None:
    first, second = list(_LINES), list(_LINES)
    first[3] = first[3].replace("居高不下", "居\ue84d\ufffd下")
    second[1] = second[1].replace("持续了", "\ufffd")
    result = clean("\n\n".join([*first, "微信公众号", "评论", *second]))
    assert result.text.split("\n\n") == _LINES
    assert {"second copy", "mended from the second copy"} <= reasons(result)
    assert "suspect" not in reasons(result)


def test_new_prose_inside_the_copy_stays() -> None:
    new = (
        "只有第二份里才有的一段话：监管部门在年底发布了统一接口标准，"
        "要求各家公司在两年之内完成改造，逾期将被处罚，这让局面更加复杂。"
    )
    text = clean("\n\n".join([*_LINES, *_LINES[:4], new, *_LINES[4:]])).text
    assert text.split("\n\n") == [*_LINES, new]


def test_a_refrain_is_no_copy() -> None:
    lines = [line for i in range(4) for line in (f"第{i}节", PROSE.replace("一年", f"{i}年"), MORE * (i + 1))]
    assert "second copy" not in reasons(clean("\n\n".join(["开头的题目", *lines[:3], _LINES[4], _LINES[5]])))


def test_copies_stay_when_told_so() -> None:
    config = CleanConfig.model_validate({"drop_duplicates": False})
    text = clean("\n\n".join([*_LINES, *_LINES]), config=config).text
    assert text.count(MORE) == 2
