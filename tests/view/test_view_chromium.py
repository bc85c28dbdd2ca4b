"""The pages in a real browser: what is clicked, filtered and searched for happens."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import maps
from lunzheng.argmap import ArgumentMap
from lunzheng.store import map_path, write_atomic
from lunzheng.view import page as pages
from lunzheng.view import write

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

# Runs after the page's own scripts; what it returns is read back from the dumped DOM.
DRIVER = """"use strict";
const problems = [];
addEventListener("error", (event) => problems.push(event.message));
document.addEventListener("securitypolicyviolation", (event) => problems.push(event.violatedDirective));
const said = (selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent);
const press = (key) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
document.body.dataset.result = JSON.stringify([(() => { %s })(), problems]);
"""


def visit(path: Path, profile: Path, fragment: str = "") -> str:
    """The DOM of a page after its scripts ran."""
    flags = "--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --virtual-time-budget=4000 --dump-dom"
    command = [
        str(CHROMIUM),
        *flags.split(),
        f"--user-data-dir={profile}",
        "--lang=zh-CN",
        f"{path.as_uri()}{fragment}",
    ]
    done = subprocess.run(command, capture_output=True, timeout=90, check=True)
    return done.stdout.decode("utf-8", "replace")


@pytest.fixture
def drive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function that opens the page of a map, runs JavaScript in it and gives what that returned."""

    def run(argument_map: ArgumentMap, code: str, fragment: str = "") -> Any:
        original = pages._asset
        driver = DRIVER % code
        monkeypatch.setattr(pages, "_asset", lambda name: driver if name == "driver" else original(name))
        monkeypatch.setattr(write, "_MAP_SCRIPTS", (*write._MAP_SCRIPTS, "driver"))
        write_atomic(map_path(tmp_path, argument_map.document.id), argument_map.to_json())
        dom = visit(write.write_view(tmp_path)[1], tmp_path / "profile", fragment)
        found = re.search(r'data-result="([^"]*)"', dom)
        assert found, "the page's scripts did not reach their end"
        result, problems = json.loads(html.unescape(found[1]))
        assert problems == []
        return result

    return run


def test_clicks_filters_search_and_state(drive: Any) -> None:
    result = drive(
        maps.contrast_example().map,
        """const out = { start: said("#text .selected"), tab: state.tab };
        document.querySelector('#panel-arguments [data-key="n:u4"]').click();
        out.clickedNode = said("#text .selected");
        document.querySelector('#text [data-unit="u5"]').click();
        out.clickedWords = said("#panels .selected .words");
        out.linked = said("#text [data-link]");
        document.getElementById("box-side.B").click();
        out.withoutB = said("#panel-arguments .card .id");
        state.q = "品质"; refresh();
        out.searched = [said("#panel-arguments .card:not(.dim) .id"), [...CSS.highlights.get("hit")].map(String)];
        document.getElementById("reset").click();
        press("4");
        out.vertices = said("svg.graph .vertex title");
        document.querySelector('svg.graph [data-key="c:c2"][role=button]').dispatchEvent(new MouseEvent("click"));
        out.cause = said("#text .selected");
        press("1"); press("Escape"); press("j");
        out.stepped = said("#text .selected");
        out.heads = said("#panel-strategies .strategy h2 bdi");
        press("l"); out.language = said("#tabs [aria-selected=true]");
        document.getElementById("script").click(); out.traditional = said("h1");
        out.hash = location.hash;
        return out;""",
        "#tab=arguments&sel=n:u3&lang=zh",
    )
    assert result == {
        "start": ["自建能守住品质"],
        "tab": "arguments",
        "clickedNode": ["扩张太慢"],
        "clickedWords": ["白杨放开加盟"],
        "linked": ["门店猛增", "导致", "品控松动"],
        "withoutB": ["u7", "u3", "u4", "u2", "u1"],
        "searched": [["u3"], ["品质"]],
        "vertices": ["白杨放开加盟", "门店猛增", "品控松动", "严格培训", "品控松动"],
        "cause": ["门店猛增", "导致", "品控松动"],
        "stepped": ["茶饮行业增速放缓"],
        "heads": ["自建", "加盟"],
        "language": ["Strategies"],
        "traditional": ["兩家茶店"],
        "hash": "#tab=strategies&sel=n%3Au1&lang=en&script=other",
    }


def test_every_unit_has_its_card_and_its_words(drive: Any) -> None:
    argument_map = maps.contrast_example().map
    result = drive(
        argument_map,
        """return [[...document.querySelectorAll("#panel-arguments .card")].map((c) => c.dataset.key),
        [...new Set([...document.querySelectorAll("#text [data-unit]")].map((e) => e.dataset.unit))],
        document.getElementById("text").textContent];""",
        "#tab=arguments",
    )
    ids = {node.id for node in argument_map.nodes}
    assert {key[2:] for key in result[0]} == ids == set(result[1])
    assert result[2] == argument_map.document.text


def test_attacks_are_shown_as_words(drive: Any) -> None:
    attack = "</script><img src=x onerror=alert(1)><svg/onload=alert(2)>"
    draft = maps.Draft(f"{attack}所以关门。")
    nodes = [draft.node(attack, attack, central=True, section=attack), draft.node("u2", "关门", "evidence", side="A")]
    causals = [draft.causal("c1", attack, "所以", "关门", nodes=(attack, "u2"))]
    edges = [maps.edge("r1", "u2", "supports", attack)]
    strategies = [s.model_copy(update={"name": attack, "actors": (attack,)}) for s in maps.strategies()]
    result = drive(
        draft.finish(attack, nodes, edges, causals, strategies, attack, attack).map,
        """for (const key of ["1", "2", "3", "4", "j"]) press(key);
        const alive = document.querySelectorAll("img, svg svg, [onload], [onerror]").length;
        return [alive, said("#detail .quote"), said("h1")];""",
    )
    assert result == [0, [attack], [attack]]


def test_the_index_finds_units_in_either_script(tmp_path: Path) -> None:
    for example in (maps.contrast_example(), maps.plain_example(), maps.hostile_example()):
        write_atomic(map_path(tmp_path, example.map.document.id), example.map.to_json())
    index = write.write_view(tmp_path)[0]
    dom = visit(index, tmp_path / "profile", "#q=%E5%93%81%E8%B3%AA&lang=en")  # 品質
    assert "1 of 3 articles" in dom
    assert 'href="view/tea.html#lang=en&amp;sel=n%3Au3"' in dom
