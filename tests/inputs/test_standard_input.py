"""Standard input: text or HTML, told by looking, named after its content."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from inputs.makers import ARTICLE, PARAGRAPHS
from lunzheng.config import CleanConfig
from lunzheng.document import Document
from lunzheng.inputs import DocumentStream

_PAGE = "<body>" + "".join(f"<p>{p}</p>" for p in PARAGRAPHS) + "</body>"


@pytest.fixture
def give(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Read *data* as if it came from a pipe."""

    def read(data: bytes, **values: int) -> Document:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        stream = DocumentStream(["-"], CleanConfig.model_validate(values))
        first, again = list(stream), list(stream)
        assert [d.source for d in first] == [d.source for d in again]
        return first[0]

    return read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (ARTICLE, "txt"),
        (ARTICLE + "标签 </p> 表示段落结束。", "txt"),
        (_PAGE, "html"),
        ("\n<!-- 保存的页 -->\n<!DOCTYPE html>\n" + ARTICLE, "html"),
        ("".join(f"<p>{p}</p>" for p in PARAGRAPHS), "html"),
    ],
)
def test_text_and_pages_are_told_apart(give, text: str, kind: str, encoding: str) -> None:  # type: ignore[no-untyped-def]
    found = give(text.encode(encoding))
    assert found.status == "success"
    assert found.source.kind == kind
    assert found.source.data == text.encode(encoding)


def test_the_name_is_that_of_the_content(give) -> None:  # type: ignore[no-untyped-def]
    one, same, other = (give(t.encode()).source.name for t in (ARTICLE, ARTICLE, ARTICLE + "。"))
    assert one == same != other
    assert one.startswith("stdin:")
    assert not Path(one).exists()


@pytest.mark.parametrize(
    ("data", "message"), [(b"", "empty"), (b"%PDF-1.7", "a PDF"), (b"a" * 5000, "at most 4000 bytes")]
)
def test_what_is_no_article_fails(give, data: bytes, message: str) -> None:  # type: ignore[no-untyped-def]
    found = give(data, max_bytes=4000)
    assert found.status == "failure"
    assert found.problems[0].message.startswith("standard input: ")
    assert message in found.problems[0].message
