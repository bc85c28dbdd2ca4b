"""Checks of written maps: what is right passes, and each kind of damage is named."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

import maps
from lunzheng.argmap import ArgumentMap
from lunzheng.errors import InputError
from lunzheng.spans import Span
from lunzheng.store import map_path, write_atomic
from lunzheng.verify import verify_map, verify_out, verify_raw


def written(folder: Path, example: maps.Example, **document: Any) -> Path:
    """An output folder with one map, and the source beside it."""
    source = folder / "tea.txt"
    source.write_bytes(example.raw.encode())
    inner = example.map.document.model_copy(update={"source": str(source)} | document)
    found = example.map.model_copy(update={"document": inner})
    write_atomic(map_path(folder / "out", found.document.id), found.to_json())
    return folder / "out"


def damaged(change: Callable[[Any], object]) -> list[str]:
    value = json.loads(maps.contrast_example().map.to_json())
    change(value)
    return verify_map(ArgumentMap.model_validate(value))


def test_a_sound_map_passes(tmp_path: Path) -> None:
    assert verify_out(written(tmp_path, maps.contrast_example())) == []


def test_hostile_ids_are_found_and_pass(tmp_path: Path) -> None:
    assert verify_out(written(tmp_path, maps.hostile_example())) == []


@settings(max_examples=60, deadline=None)
@given(maps.argument_maps())
def test_every_valid_map_passes(example: maps.Example) -> None:
    assert verify_map(example.map) == []
    assert verify_raw(example.map, example.raw) == []


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (lambda m: m["nodes"][0].update(text="别的"), "node u1: expected '别的', found '茶饮行业增速放缓'"),
        (lambda m: m["nodes"][0].update(span=[0, 999]), "node u1: span [0, 999] is outside"),
        (lambda m: m["nodes"][0].update(span=[5, 5]), "node u1: span [5, 5] is outside"),
        (lambda m: m["causal_relations"][0]["connective"].update(text="x"), "causal c1, connective: expected 'x'"),
        (lambda m: m["document"]["sentences"].reverse(), "sentence 1: span"),
        (lambda m: m["document"]["discourse_units"].pop(2), "sentence 2: its discourse units leave a gap"),
        (lambda m: m["nodes"][1].update(id="u1"), "node u1: its id stands 2 times"),
        (lambda m: m["edges"][0].update(target="u99"), "edge r1: the map has no 'u99'"),
        (lambda m: m["edges"][5].update(causal_relation="c9"), "edge r6: the map has no 'c9'"),
        (lambda m: m["causal_relations"][0].update(source_node="u9"), "causal c1: the map has no 'u9'"),
        (lambda m: m["contrast"]["common_ground"].append("u9"), "common ground: the map has no 'u9'"),
        (lambda m: m["contrast"]["rows"][0]["A"].append("u9"), "contrast context: the map has no 'u9'"),
        (lambda m: m["contrast"]["rows"][0]["A"].append("u7"), "contrast context, A: node u7 is both, outlook"),
        (lambda m: m["edges"][0].update(target="u5"), "edge r1: supports needs a claim, node u5 is evidence"),
        (lambda m: m["edges"][4].update(type="attacks"), "node u3: supports or attacks more than one node"),
        (lambda m: m["edges"][2].update(target="u4"), "node u3: argues for itself in a circle"),
        (lambda m: m["edges"][2].update(target="u3"), "node u3: argues for itself in a circle"),
    ],
)
def test_each_damage_is_named(change: Callable[[Any], object], finding: str) -> None:
    assert any(found.startswith(finding) for found in damaged(change)), damaged(change)


def moved(example: maps.Example, by: int) -> ArgumentMap:
    node = example.map.nodes[4]
    shifted = node.model_copy(update={"raw_span": node.raw_span.shift(by)})
    return example.map.model_copy(update={"nodes": (*example.map.nodes[:4], shifted, *example.map.nodes[5:])})


def test_a_raw_span_beside_its_words_is_named() -> None:
    example = maps.contrast_example()
    (finding,) = verify_raw(moved(example, -1), example.raw)
    assert finding == "node u5: expected the source to say '白杨放开加盟', found '。白杨放开加'"
    (finding,) = verify_raw(moved(example, 999), example.raw)
    assert "is outside of the source" in finding


def test_words_over_a_drop_must_still_stand_in_order() -> None:
    draft = maps.Draft("门店{-（图）-}猛增。")
    example = draft.finish("d", [draft.node("u1", "门店猛增")])
    assert verify_raw(example.map, example.raw) == []
    short = example.map.nodes[0].model_copy(update={"raw_span": Span(1, 7)})
    (finding,) = verify_raw(example.map.model_copy(update={"nodes": (short,)}), example.raw)
    assert "found '店（图）猛增'" in finding


def test_white_space_and_character_references_are_the_same_words() -> None:
    draft = maps.Draft("AT&T门店猛增。")
    example = draft.finish("d", [draft.node("u1", "AT&T门店")])
    node = example.map.nodes[0].model_copy(update={"raw_span": Span(0, 11)})
    found = example.map.model_copy(update={"nodes": (node,)})
    assert verify_raw(found, "AT&amp;T门\n店猛增。") == []
    assert verify_raw(found, "AT&lt;T门\n店猛增。") != []


def test_a_note_outside_of_the_source_is_named() -> None:
    example = maps.contrast_example()
    assert "cleaning note 2 (furniture)" in verify_raw(example.map, example.raw[:60])[0]


def test_a_source_that_changed_or_went_is_named(tmp_path: Path) -> None:
    out = written(tmp_path, maps.contrast_example())
    (tmp_path / "tea.txt").write_text("别的", encoding="utf-8")
    (finding,) = verify_out(out)
    assert "found other bytes" in finding
    (tmp_path / "tea.txt").unlink()
    (finding,) = verify_out(out)
    assert "raw spans unchecked" in finding
    assert "not found" in finding


def test_an_unknown_encoding_is_named(tmp_path: Path) -> None:
    (finding,) = verify_out(written(tmp_path, maps.contrast_example(), encoding="klingon"))
    assert "unknown encoding 'klingon'" in finding


def test_what_is_no_map_is_named(tmp_path: Path) -> None:
    write_atomic(tmp_path / "maps" / "a.json", "{}")
    (finding,) = verify_out(tmp_path)
    assert "not an argument map" in finding


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="expected the output folder"):
        verify_out(tmp_path / "absent")


def test_records_are_found_by_their_key(tmp_path: Path) -> None:
    example = maps.contrast_example()
    file = tmp_path / "all#1.jsonl"
    lines = [{"text": "别的文章。"}, {"id": "a#b", "text": example.raw}]
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    digest = hashlib.sha256(example.raw.encode("utf-8-sig")).hexdigest()  # records are read as marked UTF-8
    assert verify_out(written(tmp_path, example, source=f"{file}#a#b", sha256=digest, encoding="utf-8-sig")) == []
    (finding,) = verify_out(written(tmp_path, example, source=f"{file}#3", sha256=digest, encoding="utf-8-sig"))
    assert "not found" in finding
