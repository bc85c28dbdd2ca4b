"""A whole run, offline, with the toy model: statuses, resuming, the same bytes, hostile inputs."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from lunzheng import run as run_module
from lunzheng.config import RunConfig
from lunzheng.corpus.article import LabelledArticle
from lunzheng.errors import InputError, LunzhengError, ModelError
from lunzheng.inputs import load_documents
from lunzheng.report import RunReport
from lunzheng.run import Run, default_model
from lunzheng.verify import verify_out

_SHARED = Path(os.environ.get("LUNZHENG_SHARED", Path(__file__).parents[1] / "../shared"))


def _config(tiny: Path, **changes: object) -> RunConfig:
    return RunConfig.model_validate({"model": {"path": tiny, "device": "cpu"}, **changes})


@pytest.fixture
def inputs(tmp_path: Path, learned: list[LabelledArticle], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two articles, one file without Chinese, one empty, in the working folder: maps hold relative names."""
    monkeypatch.chdir(tmp_path)
    folder = Path("in")
    folder.mkdir()
    (folder / "a.txt").write_text(learned[0].text, encoding="utf-8")
    (folder / "b.md").write_text(f"# {learned[2].text}", encoding="utf-8")
    (folder / "broken.txt").write_text("There is no Chinese in here. " * 9, encoding="utf-8")
    (folder / "empty.html").write_bytes(b" \n")
    return folder


def _run(config: RunConfig, out: Path, *paths: Path) -> RunReport:
    return Run(config, out)(load_documents([str(p) for p in paths], config.clean))


def _maps(out: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in (out / "maps").iterdir()}


def test_good_articles_are_mapped_and_bad_ones_told(tiny: Path, inputs: Path) -> None:
    report = _run(_config(tiny), Path("out"), inputs)
    status = {Path(d.source).name: d.status for d in report.documents}
    assert status == {"a.txt": "success", "b.md": "success", "broken.txt": "failure", "empty.html": "failure"}
    told = {Path(d.source).name: d.problems[0].message for d in report.documents if d.problems}
    assert told["broken.txt"].startswith("in/broken.txt: expected a Chinese article")
    assert told["empty.html"].startswith("in/empty.html: expected an article, found an empty file")
    assert len(_maps(Path("out"))) == 2
    assert report.totals.counts.units > 20
    assert report.totals.counts.causal > 5
    written = json.loads(Path("out/report.json").read_text())
    assert written["totals"]["status"] == {"success": 2, "partial": 0, "failure": 2}
    assert any(Path("out/dataset").rglob("*.parquet"))


def test_maps_keep_the_contract_and_their_spans(tiny: Path, inputs: Path) -> None:
    config = _config(tiny)
    _run(config, Path("out"), inputs)
    assert verify_out(Path("out"), config.clean) == []
    path = _SHARED / "contract" / "argument-map.schema.json"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    import jsonschema

    validator = jsonschema.Draft202012Validator(json.loads(path.read_text()))
    for data in _maps(Path("out")).values():
        validator.validate(json.loads(data))


def test_two_fresh_runs_give_the_same_bytes(tiny: Path, inputs: Path) -> None:
    _run(_config(tiny), Path("one"), inputs)
    _run(_config(tiny), Path("two"), inputs)
    assert _maps(Path("one")) == _maps(Path("two"))
    assert len(_maps(Path("one"))) == 2


def test_the_batch_size_changes_no_map(tiny: Path, inputs: Path) -> None:
    _run(_config(tiny), Path("one"), inputs)
    one_by_one = _config(tiny).model_copy(update={"model": _config(tiny).model.model_copy(update={"batch_windows": 1})})
    _run(one_by_one, Path("two"), inputs)
    for name, data in _maps(Path("one")).items():
        one, two = json.loads(data), json.loads((Path("two/maps") / name).read_text())
        for part in ("nodes", "edges", "causal_relations", "strategies"):
            for x, y in zip(one[part], two[part], strict=True):
                assert abs(x.pop("confidence") - y.pop("confidence")) < 2e-4
                assert x == y


def test_a_second_run_reads_nothing_again(tiny: Path, inputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = _config(tiny)
    first = _run(config, Path("out"), inputs)
    maps = _maps(Path("out"))

    def refuse(*_: object) -> None:
        raise AssertionError("the model was loaded for the two articles that are up to date")

    monkeypatch.setattr(run_module, "build_pipeline", refuse)
    good = [inputs / "a.txt", inputs / "b.md", inputs / "empty.html"]
    second = _run(config, Path("out"), *good)
    assert [d.resumed for d in second.documents] == [True, True, False]
    assert second.documents[0].counts == first.documents[0].counts
    assert _maps(Path("out")) == maps


@pytest.mark.parametrize("change", ["words", "map", "config", "model"])
def test_what_changed_is_made_again(tiny: Path, inputs: Path, tmp_path: Path, change: str) -> None:
    model = tmp_path / "model"
    shutil.copytree(tiny, model)
    config = _config(model)
    path = inputs / "a.txt"
    _run(config, Path("out"), path)
    if change == "words":
        path.write_text(path.read_text(encoding="utf-8") + "街坊还没有想好。\n", encoding="utf-8")
    elif change == "map":
        next(Path("out/maps").iterdir()).write_text("{}")
    elif change == "config":
        config = _config(model, link={"min_confidence": 0.2})
    else:
        (model / "thresholds.json").write_text("{}")
    again = _run(config, Path("out"), path)
    assert [d.resumed for d in again.documents] == [False]
    assert len(_maps(Path("out"))) == 1
    assert _run(config, Path("out"), path).documents[0].resumed


def test_an_article_that_broke_loses_its_map(tiny: Path, inputs: Path) -> None:
    path = inputs / "a.txt"
    _run(_config(tiny), Path("out"), path)
    path.write_text("No Chinese any more.", encoding="utf-8")
    assert _run(_config(tiny), Path("out"), path).documents[0].status == "failure"
    assert _maps(Path("out")) == {}


def test_one_article_that_breaks_the_model_does_not_stop_the_others(
    tiny: Path, inputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lunzheng.extract.predictor import Predictor

    read = Predictor.read

    def fragile(self: Predictor, text: str, segmentation: object) -> object:
        if monkeypatch_first.pop("first", False):
            raise RuntimeError("boom")
        return read(self, text, segmentation)  # type: ignore[arg-type]

    monkeypatch_first = {"first": True}
    monkeypatch.setattr(Predictor, "read", fragile)
    report = _run(_config(tiny), Path("out"), inputs / "a.txt", inputs / "b.md")
    assert [d.status for d in report.documents] == ["failure", "success"]
    assert "unexpected RuntimeError: boom" in report.documents[0].problems[0].message


def test_least_confidence_leaves_out_and_counts(tiny: Path, inputs: Path) -> None:
    every = _run(_config(tiny), Path("one"), inputs / "a.txt").documents[0]
    few = _run(_config(tiny, link={"min_confidence": 0.9}), Path("two"), inputs / "a.txt").documents[0]
    assert few.counts.units < every.counts.units
    assert few.rejected
    made = json.loads(next(Path("two/maps").iterdir()).read_text())
    assert all(e["confidence"] >= 0.9 for e in made["edges"] + made["causal_relations"])


def test_given_strategies_are_taken(tiny: Path, inputs: Path, learned: list[LabelledArticle]) -> None:
    a, b = learned[0].strategies
    given = {"strategies": [{"name": s.name, "actors": list(s.actors)} for s in (b, a)]}
    _run(_config(tiny, link=given), Path("out"), inputs / "a.txt")
    made = json.loads(next(Path("out/maps").iterdir()).read_text())
    assert [s["name"] for s in made["strategies"]] == [b.name, a.name]
    assert {n["side"] for n in made["nodes"]} <= {"A", "B", "both", "none"}


def test_both_sentence_splitters_work_offline(tiny: Path, inputs: Path) -> None:
    report = _run(_config(tiny, segment={"backend": "hanlp"}), Path("out"), inputs / "a.txt")
    assert report.documents[0].status == "success"


def test_a_path_that_is_not_there_is_told(tiny: Path, inputs: Path) -> None:
    with pytest.raises(InputError, match=r"in/gone\.txt: expected a file"):
        _run(_config(tiny), Path("out"), inputs / "gone.txt")


def test_a_model_that_is_not_there_is_told(inputs: Path) -> None:
    with pytest.raises(ModelError, match="no-model: no such model folder"):
        _run(_config(Path("no-model")), Path("out"), inputs / "a.txt")
    Path("hollow").mkdir()
    with pytest.raises(LunzhengError, match="hollow: "):
        _run(_config(Path("hollow")), Path("out"), inputs / "a.txt")


def test_no_model_is_needed_to_say_that_nothing_can_be_read(inputs: Path) -> None:
    report = _run(_config(Path("no-model")), Path("out"), inputs / "empty.html")
    assert report.documents[0].status == "failure"


def test_the_shipped_weights_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "exists", lambda _: False)
    with pytest.raises(ModelError, match="expected the shipped weights, found none"):
        default_model()
