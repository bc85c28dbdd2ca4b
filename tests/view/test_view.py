"""The viewer's pages: complete, closed in themselves, and deaf to what articles say."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

import maps
from lunzheng.argmap import ArgumentMap
from lunzheng.commands.view import view_command
from lunzheng.errors import InputError
from lunzheng.store import map_path, sha256_bytes, write_atomic
from lunzheng.view import write_view
from lunzheng.view.page import embed_json
from lunzheng.view.write import index_page, map_page

FETCHING = {"src", "href", "srcset", "data", "action", "formaction", "poster", "background", "xlink:href"}


class Page(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.title = self.style = ""
        self._inside = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag
        if tag == "script":
            self.scripts.append((dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser's signature
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "script":
            self.scripts[-1] = (self.scripts[-1][0], self.scripts[-1][1] + data)
        elif self._inside in ("title", "style"):
            setattr(self, self._inside, getattr(self, self._inside) + data)

    @property
    def data(self) -> Any:
        (text,) = [text for attributes, text in self.scripts if attributes.get("id") == "data"]
        return json.loads(text)

    @property
    def programs(self) -> list[str]:
        return [text for attributes, text in self.scripts if attributes.get("type") is None]

    @property
    def policy(self) -> str:
        (content,) = [
            a["content"] for tag, a in self.tags if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy"
        ]
        assert content is not None
        return content


def save(out: Path, *saved: ArgumentMap) -> None:
    for argument_map in saved:
        write_atomic(map_path(out, argument_map.document.id), argument_map.to_json())


def digest(code: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() + "'"


@settings(max_examples=25, deadline=None)
@given(maps.argument_maps())
def test_the_page_carries_the_whole_map(example: maps.Example) -> None:
    page = Page(map_page(example.map))
    assert page.data["map"] == json.loads(example.map.to_json())
    lines = {line["node"] for tree in page.data["trees"] for line in tree} | set(page.data["unlinked"])
    assert lines == {node.id for node in example.map.nodes}
    assert len(page.data["other"]["text"]) == len(example.map.document.text)
    assert {cause["relation"] for cause in page.data["causes"]} == {r.id for r in example.map.causal_relations}


def test_words_cannot_leave_the_data_element() -> None:
    attack = "</script><script>alert(1)</script><!--<script>&lt;\u2028\u2029\\u003c"
    text = embed_json({attack: attack})
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == {attack: attack}


@pytest.mark.parametrize(
    "attack", ["</script><img src=x onerror=alert(1)>", "{{data}}{{scripts}}", "\"'><svg onload=a>"]
)
def test_an_attack_changes_no_tag(attack: str) -> None:
    example = maps.contrast_example()
    document = example.map.document.model_copy(update={"title": attack, "source": attack})
    hostile = Page(map_page(example.map.model_copy(update={"document": document})))
    calm = Page(map_page(example.map))
    assert [tag for tag, _ in hostile.tags] == [tag for tag, _ in calm.tags]
    assert hostile.programs == calm.programs
    assert hostile.policy == calm.policy
    assert hostile.title == attack
    assert hostile.data["map"]["document"]["title"] == attack


def test_the_hostile_example_stays_inside(tmp_path: Path) -> None:
    hostile = maps.hostile_example().map
    save(tmp_path, hostile)
    index, page = write_view(tmp_path)
    assert page.parent == tmp_path / "view"
    for path in (index, page):
        read = Page(path.read_text(encoding="utf-8"))
        assert len(read.programs) == read.policy.count("'sha256-") - 1  # the other one is the style's
    assert Page(page.read_text(encoding="utf-8")).data["map"]["document"]["text"] == hostile.document.text


def test_only_our_own_code_may_run() -> None:
    for html in (map_page(maps.contrast_example().map), index_page([])):
        page = Page(html)
        rules = dict(rule.strip().split(" ", 1) for rule in page.policy.split(";"))
        assert rules["default-src"] == "'none'"
        assert rules["script-src"].split() == [digest(program) for program in page.programs]
        assert rules["style-src"] == digest(page.style)
        assert not any(name.startswith("on") or name == "style" for _, attributes in page.tags for name in attributes)


def test_nothing_is_fetched() -> None:
    for html in (map_page(maps.contrast_example().map), index_page([])):
        page = Page(html)
        code = "".join([*page.programs, page.style])
        assert not re.search(r"https?:|@import|sourceMappingURL|\bfetch\(|XMLHttpRequest|innerHTML|\beval\(", code)
        assert not re.search(r"url\((?!#)", code)
        assert not [a for _, attributes in page.tags for a in attributes if a in FETCHING]


def test_same_map_same_bytes(tmp_path: Path) -> None:
    save(tmp_path, maps.contrast_example().map, maps.plain_example().map)
    first = [path.read_bytes() for path in write_view(tmp_path)]
    assert [path.read_bytes() for path in write_view(tmp_path)] == first


def test_the_index_lists_every_map_and_what_is_broken(tmp_path: Path) -> None:
    save(tmp_path, maps.contrast_example().map, maps.empty_example().map)
    (tmp_path / "maps" / "zz.json").write_text("{", encoding="utf-8")
    pages = write_view(tmp_path)
    articles = Page(pages[0].read_text(encoding="utf-8")).data["articles"]
    assert [a["file"] for a in articles] == ["empty.html", "tea.html", None]
    assert [p.name for p in pages] == ["index.html", "empty.html", "tea.html"]
    assert "zz.json" in articles[2]["problem"]
    assert ["u3", "自建能守住品质", "自建能守住品質"] in articles[1]["units"]


def test_a_folder_without_maps_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="expected the maps of a run"):
        write_view(tmp_path)


def test_raw_words_come_from_the_source_that_the_map_was_made_of(tmp_path: Path) -> None:
    example = maps.contrast_example()
    source = tmp_path / "tea.txt"
    source.write_text(example.raw, encoding="utf-8")

    def raw(sha256: str) -> dict[str, str]:
        changes = {"source": str(source), "sha256": sha256}
        document = example.map.document.model_copy(update=changes)
        found: dict[str, str] = Page(map_page(example.map.model_copy(update={"document": document}))).data["raw"]
        return found

    assert raw(sha256_bytes(source.read_bytes())) == {"u2": "去年只开了40O家"}
    assert raw("0" * 64) == {}


def test_the_command_says_what_to_open(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save(tmp_path, maps.contrast_example().map)
    view_command(tmp_path)
    assert capsys.readouterr().out == f"1 maps; open {tmp_path / 'index.html'}\n"
