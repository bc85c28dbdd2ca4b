"""Paths to sources: what is found, what is refused, and what one bad record does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lunzheng.config import CleanConfig
from lunzheng.errors import InputError
from lunzheng.inputs import find_inputs, load_documents

_CONFIG = CleanConfig.model_validate({"max_bytes": 2000})
_PROSE = "两条路都难走，谁也没有说服谁，争论还会继续下去。"


def _write(path: Path, words: str = _PROSE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding="utf-8")
    return path


def test_folders_patterns_and_files_are_sorted_and_named_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "deep/er/c.HTML", "d.jsonl", "no.py", ".hidden.txt"):
        _write(tmp_path / name)
    found = find_inputs([str(tmp_path), str(tmp_path / "b.txt"), str(tmp_path / "**" / "*.HTML")])
    assert [p.relative_to(tmp_path).as_posix() for p in found] == ["a.md", "b.txt", "d.jsonl", "deep/er/c.HTML"]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = _write(tmp_path / "secret" / "s.txt")
    inside = _write(tmp_path / "in" / "a.txt")
    (tmp_path / "in" / "out.txt").symlink_to(outside)
    (tmp_path / "in" / "folder").symlink_to(outside.parent)
    (tmp_path / "in" / "self.txt").symlink_to(inside)
    assert find_inputs([str(tmp_path / "in")]) == [inside]


@pytest.mark.parametrize("given", ["nowhere.txt", "empty", "*.md"])
def test_what_names_nothing_is_refused_by_name(tmp_path: Path, given: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=r"nowhere|empty|\*\.md"):
        find_inputs([str(tmp_path / given)])


def test_one_bad_record_does_not_stop_the_rest(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": _PROSE, "title": "题目", "id": "first"}),
        "{broken",
        json.dumps({"body": _PROSE}),
        "",
        json.dumps([1]),
        json.dumps({"text": "\ud800" + _PROSE, "id": "first"}),
        json.dumps({"text": f"<p>{_PROSE}</p>"}),
    ]
    path = _write(tmp_path / "r.jsonl", "\n".join(lines))
    documents = load_documents([str(path)], _CONFIG)
    assert [d.source.name.rsplit("#")[-1] for d in documents] == ["first", "2", "3", "5", "6", "7"]
    assert [d.status for d in documents] == ["success", "failure", "failure", "failure", "success", "success"]
    assert documents[0].source.title == "题目"
    assert documents[-1].source.kind == "html"
    assert "line 2" in documents[1].problems[0].message
    assert "clean.text_column" in documents[2].problems[0].message


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"", "empty file"),
        ("a.txt", b" \r\n", "empty file"),
        ("a.txt", b"x" * 3000, "clean.max_bytes"),
        ("a.txt", b"%PDF-1.7 ...", "a PDF"),
        ("a.html", b"PK\x03\x04....", "ZIP"),
        ("a.txt", b"\x01\x00\x00\x02\x00\x00\x03abc\x00\x00\x00", "binary data"),
        ("a.jsonl", b"\n", "empty file"),
    ],
)
def test_files_that_are_no_article_fail_with_advice(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(data)
    (document,) = load_documents([str(tmp_path / name)], _CONFIG)
    assert document.status == "failure"
    assert message in document.problems[0].message
    assert name in document.problems[0].message


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_no_binary_data(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes((_PROSE + "ROI 12%").encode(encoding))
    (document,) = load_documents([str(tmp_path / "a.txt")], _CONFIG)
    assert document.status == "success"


def test_the_output_folder_is_no_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲", encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    (out / "README.md").write_text("乙", encoding="utf-8")
    assert find_inputs([str(tmp_path)], leave_out=out) == [tmp_path / "a.txt"]
    assert find_inputs([str(out / "README.md")], leave_out=out) == [out / "README.md"]
