"""Glosses, invisible characters, white space, script, title, and the check for an article."""

from __future__ import annotations

import pytest

from clean.helpers import MORE, PROSE, clean, reasons
from lunzheng.clean import CleanStage
from lunzheng.clean.draft import Draft
from lunzheng.clean.glosses import drop_glosses
from lunzheng.document import Document, Source
from lunzheng.errors import InputError


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("逆勢(shì)而行", "逆勢而行"),
        ("愛(ài)恨(hèn)交加", "愛恨交加"),
        ("旅（lǚ）行", "旅行"),
        ("環境(huán jìng)优美", "環境优美"),
        ("可持续（ESG）投资", "可持续（ESG）投资"),
        ("3.2亿(约三成)用户", "3.2亿(约三成)用户"),
        ("第一(a)类", "第一(a)类"),
        ("增长(q", "增长(q"),
        ("字(ㄗˋ)典", "字典"),
    ],
)
def test_glosses(written: str, read: str) -> None:
    assert drop_glosses(Draft.of(written)).text == read


def test_invisible_characters_go_with_a_reason() -> None:
    result = clean(PROSE.replace("，", "\u200b，\x07", 1))
    assert result.text == PROSE
    assert "invisible characters" in reasons(result)


def test_white_space() -> None:
    text = clean(f"　　换电还是超充 \r\n\r\n　　{PROSE}\u3000 \r\n\r\n\r\n{MORE} “好” ，A  B\r\n").text
    assert text == f"换电还是超充\n\n{PROSE}\n\n{MORE}“好”，A B"


def test_lines_of_a_text_without_blank_lines_are_paragraphs() -> None:
    assert clean(f"{PROSE}\n{MORE}\n").text == f"{PROSE}\n\n{MORE}"


def test_wrapped_lines_are_joined() -> None:
    whole = PROSE[:-1] + MORE
    wrapped = "\n".join(whole[i : i + 22] for i in range(0, len(whole), 22))
    assert clean(f"{wrapped}\n\n{MORE}").text == f"{whole}\n\n{MORE}"


@pytest.mark.parametrize(
    ("text", "script"),
    [
        (PROSE, "Hans"),
        ("澄騏汽車堅持換電路線，兩家公司的爭論持續了整整一年，誰也沒有說服誰，電網壓力卻更大了。", "Hant"),
        ("澄骐汽车坚持换电路线，谁也没有说服谁；兩家公司的爭論持續了整整一年，電網壓力卻更大了。", "mixed"),
    ],
)
def test_script(text: str, script: str) -> None:
    assert clean(text).script == script


def test_title_of_a_record_is_known_but_not_put_into_the_text() -> None:
    result = clean(PROSE, title="换电还是超充")
    assert result.title == "换电还是超充"
    assert result.text == PROSE


def test_a_repeated_title_stands_once() -> None:
    result = clean(f"换电还是超充？\n\n换电还是超充？\n\n{PROSE}")
    assert result.text == f"换电还是超充？\n\n{PROSE}"
    assert "repeated title" in reasons(result)


def test_a_text_that_is_no_chinese_article_is_refused() -> None:
    with pytest.raises(InputError, match="expected a Chinese article, found 4 Han"):
        clean("Nothing to see here. 只有四字" + " word" * 50)


def test_the_stage_fails_the_document_and_goes_on() -> None:
    bad, good = (Document(Source(n, "txt", t.encode())) for n, t in (("bad", "no"), ("good", PROSE)))
    CleanStage()([bad, good])
    assert bad.status == "failure"
    assert "bad" in bad.problems[0].message
    assert good.clean is not None
    assert good.status == "success"
