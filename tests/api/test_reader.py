"""The Python interface: the same maps as the command's, as tables and pictures."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from datasets import Dataset

import lunzheng
from lunzheng.argmap import ArgumentMap
from lunzheng.config import RunConfig
from lunzheng.corpus.article import LabelledArticle
from lunzheng.errors import ConfigError, InputError
from lunzheng.inputs.load import load_documents
from lunzheng.run import Run

_SHORT = (
    "今天下雨，老周照旧开门，等着巷子里的人来吃面，锅里的水一直滚着。雨停了，"
    "他把门口的凳子擦了一遍，又坐回去听收音机，一直坐到天黑。"
)


@pytest.fixture(scope="module")
def lz(tiny: Path) -> lunzheng.Reader:
    return lunzheng.load(tiny, device="cpu")


@pytest.fixture(scope="module")
def text(learned: list[LabelledArticle]) -> str:
    return learned[0].text


@pytest.fixture(scope="module")
def found(lz: lunzheng.Reader, text: str) -> lunzheng.Map:
    return lz(text)


def test_five_public_names_and_an_import_that_is_light() -> None:
    assert sorted(lunzheng.__all__) == ["Map", "Reader", "__version__", "load", "read_map"]
    assert all(getattr(lunzheng, name) for name in lunzheng.__all__)
    code = "import sys, lunzheng; lunzheng.__version__; print('torch' in sys.modules, 'pydantic' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["False", "False"]
    with pytest.raises(AttributeError, match="it offers Map, Reader"):
        lunzheng.nothing  # noqa: B018


def test_the_map_is_the_one_that_the_command_writes(found: lunzheng.Map, text: str, tiny: Path, tmp_path: Path) -> None:
    config = RunConfig().model_copy(update={"model": RunConfig().model.model_copy(update={"path": tiny})})
    (tmp_path / "article.txt").write_text(text, encoding="utf-8")
    Run(config, tmp_path)(list(load_documents([str(tmp_path / "article.txt")], config.clean)))
    [path] = (tmp_path / "maps").glob("*.json")
    theirs, ours = json.loads(path.read_text(encoding="utf-8")), json.loads(found.to_json())
    for part in ("id", "source"):
        theirs["document"].pop(part)
        ours["document"].pop(part)
    assert ours == theirs


def test_tables_hold_what_the_map_holds(found: lunzheng.Map) -> None:
    data = found.data
    units = found.units.to_pandas()
    assert list(units["id"]) == [n.id for n in data.nodes]
    assert [found.text[a:b] for a, b in zip(units["start"], units["end"], strict=True)] == list(units["text"])
    assert list(found.relations.to_pandas()["label"]) == [e.type for e in data.edges]
    assert list(found.causal.to_pandas()["cause_text"]) == [c.cause.text for c in data.causal_relations]
    assert [r["name"] for r in found.strategies] == [s.name for s in data.strategies]
    contrast = found.contrast.to_pandas()
    assert list(contrast.columns) == ["facet", *(s.name for s in data.strategies), "both"]
    assert len(contrast) == len(data.contrast.rows) > 0


def test_a_map_without_rows_still_has_columns(lz: lunzheng.Reader) -> None:
    short = lz(_SHORT)
    assert list(short.causal.to_pandas().columns)[:2] == ["id", "cause_text"]
    assert len(short.strategies) == 0
    assert list(short.contrast.to_pandas().columns) == ["facet", "both"]
    assert "no contrast" in repr(short)


def test_given_strategies_are_taken(lz: lunzheng.Reader, text: str) -> None:
    found = lz(text, strategies=[{"name": "扩容"}, {"name": "限额", "cues": ["名额"]}])
    assert [s.name for s in found.data.strategies] == ["扩容", "限额"]
    assert found.data.provenance.config_sha256 != lz(text).data.provenance.config_sha256
    with pytest.raises(ConfigError, match="expected two of"):
        lz(text, strategies=[{"name": "扩容"}])


def test_no_article_is_told(lz: lunzheng.Reader) -> None:
    with pytest.raises(InputError, match="expected a Chinese article"):
        lz("")


def test_saved_maps_come_back(found: lunzheng.Map, tmp_path: Path) -> None:
    assert lunzheng.read_map(found.save(tmp_path / "m.json")) == found
    assert isinstance(found.data, ArgumentMap)


def test_many_texts_one_after_another(lz: lunzheng.Reader, text: str, found: lunzheng.Map) -> None:
    first, second = lz.pipe([text, _SHORT])
    assert first.data.nodes == found.data.nodes
    assert (first.data.document.source, second.data.document.source) == ("<text 0>", "<text 1>")


def test_the_picture_for_notebooks_escapes_the_article(lz: lunzheng.Reader) -> None:
    attack = f"<script>alert(1)</script><img src=x onerror=alert(1)>\n{_SHORT * 3}\"'&"
    page = lz(attack, title="<b>题</b>")._repr_html_()
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>题" not in page
    assert "&lt;" in page


def test_the_terminal_shows_the_map(found: lunzheng.Map, capsys: pytest.CaptureFixture[str]) -> None:
    found.show()
    said = capsys.readouterr().out
    assert all(s.name in said for s in found.data.strategies)


def test_a_dataset_is_mapped_and_the_second_time_read_from_the_cache(
    lz: lunzheng.Reader, text: str, found: lunzheng.Map, tmp_path: Path
) -> None:
    path = tmp_path / "in.parquet"
    Dataset.from_dict({"text": [text, ""]}).to_parquet(path)
    data = Dataset.from_parquet(str(path), cache_dir=str(tmp_path / "cache"))
    once = data.map(lz.batch_function("text"), batched=True)
    assert ArgumentMap.model_validate_json(once[0]["map"]).nodes == found.data.nodes
    assert once[1]["map"] is None
    assert "expected a Chinese article" in once[1]["map_error"]
    calls = []
    again = lz.batch_function("text")
    original = type(again).__call__

    def counted(self: object, batch: object) -> object:
        calls.append(1)
        return original(self, batch)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(again), "__call__", counted)
        twice = data.map(again, batched=True)
    assert calls == []
    assert twice._fingerprint == once._fingerprint
