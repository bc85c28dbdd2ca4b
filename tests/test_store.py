"""What a run leaves on disk, and how the next one finds it again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import maps
from lunzheng import store
from lunzheng.errors import InputError
from lunzheng.report import DocumentReport

ENTRY = DocumentReport(id="tea", source="tea.txt", status="success", seconds=2.0)


def save(out: Path, key: str = "tea.txt", current: str = "f1", doc_id: str = "tea") -> Path:
    return store.save_map(out, key, current, maps.contrast_example(doc_id).map, ENTRY)


@given(st.text(max_size=300))
def test_safe_name_is_one_visible_component_of_bounded_length(identifier: str) -> None:
    name = store.safe_name(identifier)
    assert Path(name).name == name
    assert not name.startswith(".")
    assert 0 < len(name.encode()) <= 200
    assert all(c not in name for c in '/\\\0:*?"<>|\n')


@given(st.lists(st.text(alphabet="a/_~.A墙", max_size=4), unique=True, max_size=30))
def test_safe_names_differ_for_different_identifiers(identifiers: list[str]) -> None:
    names = [store.safe_name(i) for i in identifiers]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("identifier", ["walls", "拆墙与筑墙", "a-1_b.c", "𠮷野家"])
def test_safe_name_keeps_plain_names(identifier: str) -> None:
    assert store.safe_name(identifier) == identifier


@pytest.mark.parametrize("identifier", ["..", "", "../x", "a/b", "con", "NUL.txt", "e\u0301", "x" * 400, "\ud800"])
def test_safe_name_marks_what_it_changed(identifier: str) -> None:
    assert "~" in store.safe_name(identifier)


def test_map_path_stays_inside_out(tmp_path: Path) -> None:
    path = store.map_path(tmp_path, "../../../etc/passwd")
    assert path.resolve().parent == tmp_path / "maps"


def test_write_atomic_replaces_and_leaves_nothing_beside(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "a.json"
    store.write_atomic(target, "old")
    store.write_atomic(target, "新")
    assert target.read_bytes() == "新".encode()
    assert [p.name for p in target.parent.iterdir()] == ["a.json"]


def test_write_atomic_keeps_the_old_file_when_writing_breaks_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = store.write_atomic(tmp_path / "a.json", "old")

    def broken(_: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(store.os, "fsync", broken)
    with pytest.raises(OSError, match="disk full"):
        store.write_atomic(target, "new")
    assert target.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


def test_fingerprint_depends_on_every_part() -> None:
    base = store.fingerprint(b"text", "config", "code", "model")
    assert base == store.fingerprint(b"text", "config", "code", "model")
    others = {
        store.fingerprint(b"texT", "config", "code", "model"),
        store.fingerprint(b"text", "confiG", "code", "model"),
        store.fingerprint(b"text", "config", "codE", "model"),
        store.fingerprint(b"text", "config", "code", "modeL"),
        store.fingerprint(b"text", "config", "code", "model", "name"),
        store.fingerprint(b"text", "configc", "ode", "model"),
    }
    assert len(others) == 6
    assert base not in others


def test_sha256_of_bytes_and_file_agree(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert store.sha256_bytes(b"abc") == known == store.sha256_file(tmp_path / "a")
    with pytest.raises(InputError, match="absent"):
        store.sha256_file(tmp_path / "absent")


def test_sha256_folder_sees_names_contents_and_depth_but_no_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "weights").write_bytes(b"1")
    before = store.sha256_folder(tmp_path)
    (tmp_path / ".cache").write_bytes(b"x")
    assert store.sha256_folder(tmp_path) == before
    (tmp_path / "sub" / "weights").write_bytes(b"2")
    changed = store.sha256_folder(tmp_path)
    (tmp_path / "sub" / "weights").rename(tmp_path / "sub" / "renamed")
    assert len({before, changed, store.sha256_folder(tmp_path)}) == 3


def test_sha256_folder_refuses_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="found none"):
        store.sha256_folder(tmp_path)


def test_code_stamp_names_the_version() -> None:
    assert store.code_stamp().startswith(f"{store.__version__}+")


def test_a_saved_map_is_up_to_date_for_its_fingerprint_only(tmp_path: Path) -> None:
    path = save(tmp_path)
    state = store.up_to_date(tmp_path, "tea.txt", "f1")
    assert state is not None
    assert tmp_path / str(state.document.map) == path
    assert state.resumed().resumed
    assert state.resumed().seconds is None
    assert store.up_to_date(tmp_path, "tea.txt", "f2") is None
    assert store.up_to_date(tmp_path, "other.txt", "f1") is None


def test_a_map_that_was_edited_or_removed_is_made_again(tmp_path: Path) -> None:
    path = save(tmp_path)
    path.write_text("{}")
    assert store.up_to_date(tmp_path, "tea.txt", "f1") is None
    path.unlink()
    assert store.up_to_date(tmp_path, "tea.txt", "f1") is None


@pytest.mark.parametrize("damage", ["", "{", '{"fingerprint": "f1"}'])
def test_a_damaged_state_means_no_state(tmp_path: Path, damage: str) -> None:
    save(tmp_path)
    store.state_path(tmp_path, "tea.txt").write_text(damage)
    assert store.up_to_date(tmp_path, "tea.txt", "f1") is None


def test_saving_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    first = save(tmp_path).read_bytes()
    assert save(tmp_path).read_bytes() == first


def test_a_changed_input_leaves_no_old_map(tmp_path: Path) -> None:
    old = save(tmp_path)
    new = save(tmp_path, current="f2", doc_id="tea2")
    assert store.map_files(tmp_path) == (new,)
    assert not old.exists()


def test_forget_spares_a_map_that_another_input_has_too(tmp_path: Path) -> None:
    path = save(tmp_path)
    save(tmp_path, key="copy.txt")
    store.forget(tmp_path, "tea.txt")
    assert path.exists()
    store.forget(tmp_path, "copy.txt")
    assert not path.exists()


def test_forget_never_leaves_the_output_folder(tmp_path: Path) -> None:
    out, outside = tmp_path / "out", tmp_path / "precious.json"
    outside.write_text("x")
    save(out)
    state = store.state_path(out, "tea.txt")
    state.write_text(state.read_text().replace("maps/tea.json", "../precious.json"))
    store.forget(out, "tea.txt")
    assert outside.exists()
