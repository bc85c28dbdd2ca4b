"""PDF: the text layer in reading order, without what runs along the pages, its lines joined."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from clean.helpers import unaccounted
from inputs.makers import ARTICLE, PARAGRAPHS, TITLE, make_pdf, make_picture_pdf, set_lines
from lunzheng.clean import clean_source
from lunzheng.config import CleanConfig
from lunzheng.document import CleanText
from lunzheng.inputs import load_documents
from lunzheng.spans import Span
from lunzheng.store import sha256_file

_CONFIG = CleanConfig.model_validate({})


def _clean(path: Path) -> CleanText:
    (document,) = load_documents([str(path)], _CONFIG)
    assert document.problems == []
    assert document.source.sha256 == sha256_file(path)
    return clean_source(document.source, _CONFIG)


def _pages(lines: list[str], n_lines: int = 6) -> list[list[str]]:
    return [lines[i : i + n_lines] for i in range(0, len(lines), n_lines)]


@pytest.mark.parametrize("width", [17, 22, 30])
def test_an_article_over_pages_is_whole(tmp_path: Path, width: int) -> None:
    lines = ["\u3000" * 6 + TITLE, *set_lines(PARAGRAPHS, width)]
    path = make_pdf(tmp_path / "a.pdf", _pages(lines), header="某某研究　第3期", footer="- {} -", title=TITLE)
    found = _clean(path)
    assert found.text == ARTICLE
    assert found.title == TITLE
    assert found.encoding == "pdf"
    reasons = Counter(e.reason for e in found.edits)
    n_pages = len(_pages(lines))
    assert reasons["running header or footer"] == reasons["page number"] == n_pages
    assert reasons["line break of the page"] >= len(lines) - 2 * len(PARAGRAPHS)
    assert unaccounted(found) == ""
    place = found.text.index("两派")
    assert "".join(found.offsets.to_raw(Span(place, place + 2)).of(found.raw).split()) == "两派"


def test_words_in_latin_letters_are_mended_and_spaced(tmp_path: Path) -> None:
    lines = [
        "\u3000\u3000" + "澄骐汽车的换电站用上了一套叫做 charg-",
        "ing manager 的软件，这套软件由 Open",
        "Grid 公司开发，每个月要价三千元左右，",
        "车主们说不上喜欢，也说不上讨厌它。",
        *set_lines(PARAGRAPHS, 19),
    ]
    found = _clean(make_pdf(tmp_path / "a.pdf", [lines]))
    assert "一套叫做 charging manager 的软件，这套软件由 Open Grid 公司开发" in found.text
    assert [e.raw_span.of(found.raw) for e in found.edits if e.reason == "hyphenated line break"] == ["-\n"]
    assert any(e.replacement == " " and e.reason == "line break of the page" for e in found.edits)


def test_a_heading_stays_a_line_of_its_own(tmp_path: Path) -> None:
    lines = [*set_lines(PARAGRAPHS[:2]), "二、成本之争", *set_lines(PARAGRAPHS[2:])]
    assert "\n\n二、成本之争\n\n" in _clean(make_pdf(tmp_path / "a.pdf", [lines])).text


def test_figures_that_repeat_inside_of_pages_stay(tmp_path: Path) -> None:
    lines = set_lines([p + "售价12万元。" for p in PARAGRAPHS])
    found = _clean(make_pdf(tmp_path / "a.pdf", [lines[:8], lines[8:]]))
    assert found.text.count("售价12万元。") == len(PARAGRAPHS)


def test_pictures_of_pages_are_told_apart(tmp_path: Path) -> None:
    (found,) = load_documents([str(make_picture_pdf(tmp_path / "a.pdf"))], _CONFIG)
    assert "a.pdf: expected a PDF with a text layer, found 2 pages without text" in found.problems[0].message


def test_a_password_is_told(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf", [set_lines(PARAGRAPHS)], password="geheim")
    (found,) = load_documents([str(path)], _CONFIG)
    assert found.status == "failure"
    assert "a.pdf: expected a PDF without a password, found an encrypted one" in found.problems[0].message


@pytest.mark.parametrize("cut", [9, 400, 2000])
def test_a_damaged_file_fails_with_its_name(tmp_path: Path, cut: int) -> None:
    path = make_pdf(tmp_path / "a.pdf", [set_lines(PARAGRAPHS)])
    path.write_bytes(path.read_bytes()[:cut])
    (found,) = load_documents([str(path)], _CONFIG)
    assert found.status == "failure"
    assert found.problems[0].message.startswith(f"{path}: ")
