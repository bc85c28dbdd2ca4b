"""The dataset: what it holds, and that the library it is made for opens it without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml
from hypothesis import given, settings

import maps
from lunzheng.errors import InputError
from lunzheng.export._parquet import parquet_bytes
from lunzheng.export.card import card
from lunzheng.export.columns import CONFIGS
from lunzheng.export.dataset import write_dataset
from lunzheng.export.rows import rows

EXAMPLES = [maps.contrast_example(), maps.plain_example(), maps.empty_example(), maps.hostile_example()]
MAPS = [example.map for example in EXAMPLES]


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    import datasets

    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)
    datasets.disable_progress_bars()
    return lambda folder, *config, **options: datasets.load_dataset(
        str(folder), *config, split="train", cache_dir=str(tmp_path / "cache"), **options
    )


def table(folder: Path, config: str) -> list[dict[str, Any]]:
    return pq.read_table(folder / "data" / f"{config}.parquet").to_pylist()


def test_load_dataset_opens_every_config_with_class_labels(load: Any, tmp_path: Path) -> None:
    folder = write_dataset(MAPS, tmp_path / "out")
    assert folder == tmp_path / "out" / "dataset"
    units, relations, causal = (load(folder, name) for name in ("units", "relations", "causal"))
    assert units.features["label"].names == ["claim", "evidence"]
    assert units.features["side"].names == ["A", "B", "both", "none"]
    assert relations.features["label"].names == ["supports", "attacks", "contrasts", "causes"]
    assert causal.features["label"].names == ["consequence", "motivation", "purpose"]
    assert causal.features["polarity"].names == ["facilitate", "inhibit"]
    assert (len(units), len(relations), len(causal)) == (13, 9, 4)
    assert {"doc_id", "start", "end", "raw_start", "raw_end", "text", "label", "score", "source"} <= set(
        units.features
    ) & set(relations.features) & set(causal.features)


def test_documents_are_the_default_and_nest_everything(load: Any, tmp_path: Path) -> None:
    documents = load(write_dataset(MAPS, tmp_path / "out"))
    tea = next(row for row in documents if row["doc_id"] == "tea")
    assert [u["id"] for u in tea["units"]] == ["u1", "u2", "u3", "u4", "u5", "u6", "u7"]
    assert documents.features["units"].feature["facet"].int2str(tea["units"][6]["facet"]) == "outlook"
    assert tea["strategies"][0]["actors"] == ["青禾"]
    assert tea["cleaning"][1]["replacement"] == "400"
    assert [row["B"] for row in tea["contrast"]] == [[], ["u5"], [], ["u6"], []]
    assert tea["causal"][2]["connective_text"] == "防止"


def test_every_row_tells_the_words_at_its_offsets(tmp_path: Path) -> None:
    folder = write_dataset(MAPS, tmp_path)
    texts = {row["doc_id"]: row["text"] for row in table(folder, "documents")}
    raws = {example.map.document.id: example.raw for example in EXAMPLES}
    n_checked = 0
    for config, prefixes in (
        ("units", ("",)),
        ("relations", ("", "from_", "to_")),
        ("causal", ("", "cause_", "effect_", "connective_")),
    ):
        for row in table(folder, config):
            for p in prefixes:
                assert row[f"{p}text"] == texts[row["doc_id"]][row[f"{p}start"] : row[f"{p}end"]]
                assert row[f"{p}text"][0] == raws[row["doc_id"]][row[f"{p}raw_start"]]
                n_checked += 1
    assert n_checked == 13 + 3 * 9 + 4 * 4


def test_a_causal_relation_without_connective_has_nulls(tmp_path: Path) -> None:
    draft = maps.Draft("雨大。路滑。")
    found = draft.finish("rain", causals=[draft.causal("c1", "雨大", None, "路滑")]).map
    (row,) = table(write_dataset([found], tmp_path), "causal")
    assert row["connective_text"] is None
    assert row["connective_start"] is None
    assert (row["start"], row["end"], row["text"]) == (0, 5, "雨大。路滑")


def test_tables_without_rows_are_typed_and_stream(load: Any, tmp_path: Path) -> None:
    folder = write_dataset([], tmp_path / "out")
    for config, columns in CONFIGS.items():
        stream = load(folder, config, streaming=True)
        assert list(stream) == []
        assert list(stream.features) == list(columns)
    assert "streaming=True" in (folder / "README.md").read_text(encoding="utf-8")


def test_an_article_without_causes_leaves_the_other_configs_loadable(load: Any, tmp_path: Path) -> None:
    folder = write_dataset([maps.plain_example().map], tmp_path / "out")
    assert len(load(folder, "units")) == 4
    assert len(load(folder, "relations")) == 2
    assert pq.read_metadata(folder / "data" / "causal.parquet").num_rows == 0


def test_bytes_do_not_depend_on_order_or_time(tmp_path: Path) -> None:
    first, second = write_dataset(MAPS, tmp_path / "1"), write_dataset(MAPS[::-1], tmp_path / "2")
    files = sorted(p.relative_to(first) for p in first.rglob("*") if p.is_file())
    assert len(files) == 5
    assert all((first / f).read_bytes() == (second / f).read_bytes() for f in files)


def test_a_relation_to_nowhere_is_refused(tmp_path: Path) -> None:
    found = maps.plain_example().map
    broken = found.model_copy(update={"nodes": found.nodes[1:]})
    with pytest.raises(InputError, match=r"plain\.txt: relation r1 needs the unit 'u1'"):
        write_dataset([broken], tmp_path)


def front_matter(text: str) -> Any:
    assert text.startswith("---\n")
    return yaml.safe_load(text.split("\n---\n", 1)[0].removeprefix("---\n"))


def test_card_declares_configs_counts_and_licence(tmp_path: Path) -> None:
    text = (write_dataset(MAPS, tmp_path, licence="cc-by-4.0") / "README.md").read_text(encoding="utf-8")
    head = front_matter(text)
    assert head["license"] == "cc-by-4.0"
    assert [c["config_name"] for c in head["configs"]] == ["documents", "units", "relations", "causal"]
    assert [c.get("default") for c in head["configs"]] == [True, None, None, None]
    assert all((tmp_path / "dataset" / c["data_files"][0]["path"]).is_file() for c in head["configs"])
    assert "| `units` | 13 |" in text


@settings(max_examples=50, deadline=None)
@given(maps.argument_maps())
def test_no_title_or_id_can_break_the_card(example: maps.Example) -> None:
    document = example.map.document
    text = card([example.map], dict.fromkeys(CONFIGS, 0), "other")
    assert list(front_matter(text)) == list(front_matter(card([], dict.fromkeys(CONFIGS, 0), "other")))
    rows_of_articles = text[text.index("## Articles") :].splitlines()[4:]
    assert len(rows_of_articles) == 1
    assert rows_of_articles[0].count("|") == 6
    assert "<" not in rows_of_articles[0]
    assert document.title is None or "\x1b" not in text


@settings(max_examples=50, deadline=None)
@given(maps.argument_maps())
def test_every_map_can_be_stored_and_read_back(example: maps.Example) -> None:
    import io

    for config, columns in CONFIGS.items():
        made = list(rows([example.map], config))
        read = pq.read_table(io.BytesIO(parquet_bytes(columns, made))).to_pylist()
        assert [list(row) for row in read] == [list(columns)] * len(made)
        assert [row["text"] for row in read] == [row["text"] for row in made]
