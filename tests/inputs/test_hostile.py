"""Hostile input: a clear failure for that file, or a true map; never a crash, a hang, or a file elsewhere."""

from __future__ import annotations

import contextlib
import json
import os
import zipfile
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from clean.helpers import unaccounted
from inputs.makers import ARTICLE, PARAGRAPHS, make_docx
from lunzheng.clean import CleanStage
from lunzheng.commands.run import printable
from lunzheng.config import CleanConfig, RunConfig
from lunzheng.corpus.article import LabelledArticle
from lunzheng.document import Document
from lunzheng.errors import InputError
from lunzheng.inputs import DocumentStream, find_inputs, load_documents
from lunzheng.inputs._docx import read_docx
from lunzheng.inputs.extracted import extract
from lunzheng.run import Run
from lunzheng.verify import verify_out

_CONFIG = CleanConfig.model_validate({})
_MEGABYTES_10 = 3_400_000  # Han characters
_DEEP = 100_000


def _cleaned(path: Path, config: CleanConfig = _CONFIG) -> Document:
    (document,) = load_documents([str(path)], config)
    CleanStage(config)([document])
    return document


def _told(document: Document) -> str:
    assert document.status == "failure"
    return document.problems[-1].message


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("tag", "depth"), [("div", _DEEP), ("b", _DEEP), ("ul><li", _DEEP // 4), ("table><tr><td", 9_000)]
)
@pytest.mark.parametrize("closed", [True, False])
def test_tags_nested_deep_hide_no_article(tmp_path: Path, tag: str, depth: int, closed: bool) -> None:
    body = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    end = "".join(f"</{t}>" for t in reversed(tag.split("><"))) if closed else ""
    found = _cleaned(_write(tmp_path / "a.html", f"<{tag}>" * depth + body + end * depth))
    assert found.clean is not None
    assert found.clean.text == "\n\n".join(PARAGRAPHS)
    assert unaccounted(found.clean) == ""


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
def test_ten_megabytes_on_one_line_fail_by_their_length(tmp_path: Path, suffix: str) -> None:
    text = (PARAGRAPHS[0] * (_MEGABYTES_10 // len(PARAGRAPHS[0]) + 1))[:_MEGABYTES_10]
    found = _cleaned(_write(tmp_path / f"a{suffix}", text))
    assert "expected an article of at most 500000 characters, found 3" in _told(found)
    assert "clean.max_characters" in _told(found)


@pytest.mark.parametrize(
    ("name", "unit"),
    [("a.txt", "甲\n"), ("a.md", "*"), ("a.md", "- \n"), ("a.html", '<a">"'), ("a.html", "<p>甲"), ("a.txt", "?甲"),
     ("a.txt", "甲(yǐ)"), ("a.html", "&#1;"), ("a.md", "[甲]("), ("a.txt", "\u202e"), ("a.txt", "锟斤拷甲")],
)  # fmt: skip
def test_one_sign_over_and_over_is_cleaned_or_refused(tmp_path: Path, name: str, unit: str) -> None:
    text = unit * (200_000 // len(unit.encode())) + ARTICLE
    found = _cleaned(_write(tmp_path / name, text))
    if found.clean is None:
        assert _told(found).startswith(f"{tmp_path / name}: expected ")
    else:
        assert unaccounted(found.clean) == ""


def test_invisible_signs_go_and_are_told(tmp_path: Path) -> None:
    signs = "\u202e\u2066\0\u200b\u2069\u202c"
    found = _cleaned(_write(tmp_path / "a.txt", signs.join(ARTICLE.partition("超充"))))
    assert found.clean is not None
    assert found.clean.text == ARTICLE
    assert [e.raw_span.of(found.clean.raw) for e in found.clean.edits] == [signs, signs]


def test_lone_surrogates_in_any_value_are_survived(tmp_path: Path) -> None:
    record = {"text": "\ud800" + ARTICLE + "\udc00", "title": "题\udfff", "id": "\udbff", "\ud801": 1}
    pair = {"text": ARTICLE + "\ud83d\ude00"}
    lines = [json.dumps(record), json.dumps(pair), json.dumps({"\ud800": ARTICLE})]
    documents = load_documents([str(_write(tmp_path / "a.jsonl", "\n".join(lines)))], _CONFIG)
    assert [d.status for d in documents] == ["success", "success", "failure"]
    assert documents[0].source.title == "题\ufffd"
    assert documents[0].source.name.endswith("#\ufffd")
    assert "\U0001f600" in documents[1].source.data.decode("utf-8-sig")
    for document in documents:
        (document.source.name + "".join(p.message for p in document.problems)).encode("utf-8")


@pytest.mark.parametrize(
    "line",
    ["[" * _DEEP, '{"text": ' + "[" * _DEEP, '{"a":' * _DEEP, '{"text": ' + "9" * 10_000 + "}", '"' * 9_999],
)
def test_json_that_is_a_trap_fails_by_its_line(tmp_path: Path, line: str) -> None:
    path = _write(tmp_path / "a.jsonl", line + "\n" + json.dumps({"text": ARTICLE}))
    documents = load_documents([str(path)], _CONFIG)
    assert [d.status for d in documents] == ["failure", "success"]
    assert "a.jsonl, line 1: expected" in _told(documents[0])


def test_a_line_without_end_is_not_held_in_memory(tmp_path: Path) -> None:
    config = CleanConfig(max_bytes=1_000)
    path = _write(tmp_path / "a.jsonl", "x" * 50_000 + "\n" + json.dumps({"text": PARAGRAPHS[0]}))
    documents = load_documents([str(path)], config)
    assert [d.status for d in documents] == ["failure", "success"]
    assert "line 1: expected one article, found an endless line" in _told(documents[0])


def test_a_field_of_ten_megabytes_in_csv(tmp_path: Path) -> None:
    long = "字" * _MEGABYTES_10
    path = _write(tmp_path / "a.csv", f"id,text\n1,{long}\n2,“{PARAGRAPHS[0]}”\n")
    documents = load_documents([str(path)], _CONFIG)
    CleanStage(_CONFIG)(documents)
    assert [d.status for d in documents] == ["failure", "success"]
    assert "clean.max_characters" in _told(documents[0])
    small = load_documents([str(path)], CleanConfig(max_bytes=100_000))
    assert [d.status for d in small] == ["failure"]
    assert "a.csv" in _told(small[0])


def test_a_parquet_file_that_unpacks_to_far_more_is_refused(tmp_path: Path) -> None:
    words = [f"{i}{ARTICLE}" * 20 for i in range(40)]
    table = pyarrow.table({"text": words})
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet", compression="zstd", use_dictionary=False)
    (found,) = load_documents([str(tmp_path / "a.parquet")], CleanConfig(max_bytes=2_000))
    assert "expected at most 128000 bytes in a row group" in _told(found)


def _zipped(path: Path, name: str, data: bytes) -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, data)
    return path


def test_zip_bombs_are_refused_before_they_are_unpacked(tmp_path: Path) -> None:
    config = CleanConfig(max_bytes=1_000_000)
    bomb = _zipped(make_docx(tmp_path / "media.docx"), "word/media/a.bin", b"\0" * 20_000_000)
    many = make_docx(tmp_path / "many.docx")
    with zipfile.ZipFile(many, "a") as package:
        for number in range(6_000):
            package.writestr(f"word/{number}.bin", b"")
    for path in (bomb, many):
        (found,) = load_documents([str(path)], config)
        assert f"{path.name}: expected a DOCX that unpacks to an article" in _told(found)


def test_a_package_that_lies_about_sizes_unpacks_no_further(tmp_path: Path) -> None:
    path = _zipped(tmp_path / "a.docx", "word/document.xml", b"<a>" + b" " * 5_000_000)
    data = path.read_bytes().replace((5_000_003).to_bytes(4, "little"), (500).to_bytes(4, "little"))
    with pytest.raises(InputError, match=r"a\.docx: cannot be read as DOCX"):
        read_docx(data, "a.docx", 1_000_000)


def test_xml_that_nests_or_multiplies_fails(tmp_path: Path) -> None:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    entities = '<!DOCTYPE a [<!ENTITY a "字字字字字字字字字字">' + "".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
    )
    bodies = {
        "deep.docx": f"<w:document {w}><w:body>" + "<w:sdt>" * _DEEP,
        "laughs.docx": f"{entities}]><w:document {w}><w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p>"
        "</w:body></w:document>",
    }
    for name, body in bodies.items():
        path = tmp_path / name
        with zipfile.ZipFile(make_docx(tmp_path / "model.docx")) as model, zipfile.ZipFile(path, "w") as made:
            for entry in model.namelist():
                made.writestr(entry, body if entry == "word/document.xml" else model.read(entry))
        (found,) = load_documents([str(path)], _CONFIG)
        if found.status == "failure":
            assert name in _told(found)
        else:
            assert len(found.source.data) < 1_000


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + b"\0" * 600, b"no zip", b""])
def test_what_is_no_package_fails_with_its_name(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    (found,) = load_documents([str(path)], _CONFIG)
    assert _told(found).startswith(f"{path}: ")


def test_a_reader_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = make_docx(tmp_path / "a.docx")
    with pytest.raises(InputError, match=r"a\.docx: expected a file that is read within 0\.01 seconds"):
        extract(path.read_bytes(), "a.docx", "docx", 1_000_000, seconds=0.01)


def test_links_that_lead_out_are_not_followed_by_patterns(tmp_path: Path) -> None:
    outside, inside = tmp_path / "secret", tmp_path / "in"
    outside.mkdir()
    inside.mkdir()
    _write(outside / "s.txt", ARTICLE)
    kept = _write(inside / "a.txt", ARTICLE)
    (inside / "out.txt").symlink_to(outside / "s.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "circle").symlink_to(inside)
    (inside / "loop.txt").symlink_to(inside / "loop.txt")
    for given in (inside, inside / "*.txt", inside / "**" / "*.txt", inside / "*" / "*.txt"):
        found = {p.resolve() for p in find_inputs([str(given)])}
        assert found == {kept.resolve()}
    assert find_inputs([str(inside / "out.txt")]) == [inside / "out.txt"]  # named by the user


@pytest.mark.parametrize("given", ["a\0b.txt", "x" * 5_000, "x/" * 3_000])
def test_paths_that_no_system_takes_are_told(given: str) -> None:
    with pytest.raises(InputError, match="expected a file, a folder or a pattern"):
        find_inputs([given])


def test_messages_cannot_move_the_cursor() -> None:
    assert printable("甲\n乙\x1b[2J\u202e\ud800") == "甲\\n乙\\x1b[2J\\u202e\\ud800"


def test_a_hostile_batch_leaves_good_articles_and_nothing_else(
    tiny: Path, learned: list[LabelledArticle], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    names = ["good.txt", "line\nbreak.txt", "esc\x1b[2J.txt", "a..\\..\\up.txt", "~~.txt", "con.txt", "[x](y).txt"]
    texts = [a.text for a in learned]
    for number, name in enumerate(names):
        Path("in", name).write_text(texts[number % len(texts)] + f"{number}", encoding="utf-8")
    record = {"id": "../../../up", "title": "../up", "text": texts[0]}
    Path("in/r.jsonl").write_text(json.dumps(record), encoding="utf-8")
    Path("in/deep.html").write_text("<div>" * _DEEP, encoding="utf-8")
    Path("in/nul.pdf").write_bytes(b"%PDF-1.7\n" + b"\0" * 99)
    with contextlib.suppress(OSError):  # some file systems take UTF-8 only
        Path(os.fsdecode(b"in/\xff\xfe.txt")).write_text(texts[0], encoding="utf-8")
    config = RunConfig.model_validate({"model": {"path": tiny, "device": "cpu"}, "duplicates": {"merge": False}})
    report = Run(config, Path("out"))(DocumentStream(["in"], config.clean, Path("out")))
    status = {d.source: d.status for d in report.documents}
    assert all(status[f"in/{name}"] == "success" for name in names)
    assert status["in/r.jsonl#../../../up"] == "success"
    assert status["in/deep.html"] == status["in/nul.pdf"] == "failure"
    assert sum(s == "failure" for s in status.values()) == len(status) - len(names) - 1
    assert verify_out(Path("out"), config.clean) == []
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "out"]
    assert len(list(Path("out/maps").iterdir())) == len(names) + 1
