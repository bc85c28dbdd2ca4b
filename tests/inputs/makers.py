"""Office documents, PDFs and tables of invented text, made as their programs make them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

PARAGRAPHS = (
    "澄骐汽车坚持换电路线，曜程汽车选择超充路线，两家公司的争论持续了整整一年，谁也没有说服谁，街边的司机倒是先分成了两派。",
    "换电站的成本居高不下，每一座都要三百万元；超充桩便宜得多，却让电网承受了更大的压力，夏天的傍晚尤其如此。",
    "澄骐的算盘是薄利多换：一座站每天换三百块电池，三年就能回本，而车主只花三分钟，连一杯咖啡的工夫都不到。",
    "曜程不以为然，认为电池技术进步得太快，今天建好的换电站，五年以后多半只剩下一堆没有人要的旧架子和旧电池。",
    "因此两条路线可能长期并存，最终的胜负取决于电池技术的进步和电网的改造速度，而不是口号，更不是发布会上的掌声。",
)
TITLE = "换电还是超充"
ARTICLE = "\n\n".join((TITLE, *PARAGRAPHS))
_FONT = "STSong-Light"


def make_pdf(
    path: Path,
    pages: Sequence[Sequence[str]],
    *,
    header: str = "",
    footer: str = "",
    title: str = "",
    password: str | None = None,
) -> Path:
    """A PDF with a text layer, each line where a setter puts it.

    Args:
        path: to write.
        pages: lines of each page.
        header: at the top of each page.
        footer: at the bottom; ``{}`` is the number of the page.
        title: in the document's properties.
        password: needed to open it.
    """
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    encrypt = StandardEncryption(password, strength=128) if password is not None else None
    canvas: Any = Canvas(str(path), pagesize=(595, 842), encrypt=encrypt, invariant=1)
    canvas.setTitle(title)
    for number, lines in enumerate(pages, start=1):
        canvas.setFont(_FONT, 12)
        for place, words in [(810, header), *((770 - 20 * i, line) for i, line in enumerate(lines))]:
            canvas.drawString(60, place, words)
        canvas.drawString(280, 30, footer.format(number))
        canvas.showPage()
    canvas.save()
    return path


def set_lines(paragraphs: Sequence[str], width: int = 30, indent: str = "\u3000\u3000") -> list[str]:
    """Paragraphs as lines of *width* characters."""
    lines = []
    for paragraph in paragraphs:
        words = indent + paragraph
        lines += [words[i : i + width] for i in range(0, len(words), width)]
    return lines


def make_picture_pdf(path: Path, n_pages: int = 2) -> Path:
    """A PDF whose pages are drawn, without any text."""
    from reportlab.pdfgen.canvas import Canvas

    canvas: Any = Canvas(str(path), invariant=1)
    for _ in range(n_pages):
        canvas.rect(100, 100, 300, 300, fill=1)
        canvas.showPage()
    canvas.save()
    return path


def make_docx(path: Path, paragraphs: Sequence[str] = PARAGRAPHS, title: str = TITLE) -> Path:
    """A DOCX with a title, paragraphs, and a table in their midst."""
    import docx

    document = docx.Document()
    document.add_heading(title, 0)
    for paragraph in paragraphs[:2]:
        document.add_paragraph(paragraph)
    table = document.add_table(2, 2)
    for cell, words in zip(table.columns[0].cells, ("路线", "换电"), strict=True):
        cell.text = words
    table.cell(0, 1).text, table.cell(1, 1).text = "每站成本", "三百万元"
    for paragraph in paragraphs[2:]:
        document.add_paragraph(paragraph)
    document.save(str(path))
    return path
