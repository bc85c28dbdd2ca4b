"""DOCX: every paragraph once, tables dropped with a reason, nothing but the text that a reader sees."""

from __future__ import annotations

from pathlib import Path

from clean.helpers import unaccounted
from inputs.makers import ARTICLE, PARAGRAPHS, TITLE, make_docx
from lunzheng.clean import clean_source
from lunzheng.config import CleanConfig
from lunzheng.document import CleanText, Source
from lunzheng.inputs import load_documents
from lunzheng.inputs._docx import read_docx
from lunzheng.spans import Span
from lunzheng.store import sha256_file

_CONFIG = CleanConfig.model_validate({})


def _clean(path: Path) -> tuple[Source, CleanText]:
    (document,) = load_documents([str(path)], _CONFIG)
    assert document.problems == []
    return document.source, clean_source(document.source, _CONFIG)


def test_a_document_is_its_paragraphs(tmp_path: Path) -> None:
    path = make_docx(tmp_path / "a.docx")
    source, found = _clean(path)
    assert found.text == ARTICLE
    assert found.title == TITLE
    assert found.encoding == "docx"
    assert source.sha256 == sha256_file(path)
    assert [(e.reason, e.raw_span.of(found.raw).split()) for e in found.edits] == [
        ("table", ["路线", "每站成本", "换电", "三百万元"])
    ]
    assert unaccounted(found) == ""
    place = found.text.index("薄利多换")
    assert found.offsets.to_raw(Span(place, place + 4)).of(found.raw) == "薄利多换"


def _body(path: Path, xml: str) -> str:
    """The text of a document whose body holds *xml* after its first paragraph."""
    import docx
    from docx.oxml import parse_xml

    document = docx.Document()
    document.add_paragraph(PARAGRAPHS[0])
    names = " ".join(
        f'xmlns:{p}="{u}"'
        for p, u in (
            ("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
            ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
        )
    )
    for element in parse_xml(f"<w:body {names}>{xml}</w:body>"):
        document.element.body.insert(1, element)
    document.save(str(path))
    return read_docx(path.read_bytes(), "a.docx", 1_000_000).text


def _run(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


def test_text_in_controls_insertions_and_boxes_is_kept_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent><w:p>{_run('框')}</w:p></w:txbxContent>"
    xml = (
        f"<w:sdt><w:sdtContent><w:p>{_run('控')}</w:p></w:sdtContent></w:sdt>"
        f"<w:p><w:ins>{_run('增')}</w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        f"<w:r><mc:AlternateContent><mc:Choice Requires='w'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    text = _body(tmp_path / "a.docx", xml)
    assert sorted(text.removeprefix(PARAGRAPHS[0]).split()) == sorted(["控", "增", "框"])


def test_a_phonetic_guide_is_a_gloss(tmp_path: Path) -> None:
    ruby = f"<w:ruby><w:rt>{_run('chōng')}</w:rt><w:rubyBase>{_run('充')}</w:rubyBase></w:ruby>"
    text = _body(tmp_path / "a.docx", f"<w:p>{_run('超')}<w:r>{ruby}</w:r>{_run('桩')}</w:p>")
    assert "超充(chōng)桩" in text


def test_a_row_of_one_cell_is_a_frame_around_text(tmp_path: Path) -> None:
    cell = f"<w:tc><w:p>{_run('框中第一段。')}</w:p><w:p>{_run('框中第二段。')}</w:p></w:tc>"
    assert "框中第一段。\n\n框中第二段。" in _body(tmp_path / "a.docx", f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")
