"""The corpus as a folder: splits, names, and the dataset that is built from it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from invented import MARKUP, article
from lunzheng.corpus.dataset import article_row, corpus_features, write_corpus
from lunzheng.corpus.folder import SPLITS, article_paths, read_corpus, read_split, read_splits
from lunzheng.corpus.similar import similar_pairs
from lunzheng.errors import CorpusError

_ID = "bicycle-repair-replace"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / f"{_ID}.txt").write_text(MARKUP, encoding="utf-8")
    (tmp_path / "splits.json").write_text(json.dumps({"train": [_ID], "dev": [], "test": []}), encoding="utf-8")
    return tmp_path


def test_reads_articles_and_splits(small: Path) -> None:
    assert [a.meta.id for a in read_corpus(small)] == [_ID]
    assert read_split(small, "train") == [article()]
    assert read_split(small, "dev") == []


def test_an_article_that_is_not_utf8_is_told_with_its_line(small: Path) -> None:
    (small / "articles" / f"{_ID}.txt").write_bytes(MARKUP.encode("gb18030"))
    with pytest.raises(CorpusError, match=rf"{_ID}\.txt:\d+: expected UTF-8"):
        list(read_corpus(small))


def test_every_article_of_the_corpus_is_in_one_split(corpus: Path) -> None:
    splits = read_splits(corpus)
    listed = [i for name in SPLITS for i in splits[name]]
    assert sorted(listed) == [p.stem for p in article_paths(corpus)]


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="found none"):
        article_paths(tmp_path)


@pytest.mark.parametrize("splits", ["", "[]", "{}", '{"train": []}', '{"train": 1, "dev": [], "test": []}'])
def test_bad_splits_are_told(small: Path, splits: str) -> None:
    (small / "splits.json").write_text(splits, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"splits\.json: expected a JSON object"):
        read_splits(small)


def test_a_split_that_names_no_article_is_told(small: Path) -> None:
    (small / "splits.json").write_text('{"train": ["gone"], "dev": [], "test": []}', encoding="utf-8")
    with pytest.raises(CorpusError, match="'gone', which is not in the corpus"):
        read_split(small, "train")


def test_a_file_that_is_not_named_like_its_article_is_told(small: Path) -> None:
    path = small / "articles" / f"{_ID}.txt"
    path.rename(path.with_stem("other"))
    with pytest.raises(CorpusError, match=r"other\.txt:1: id"):
        list(read_corpus(small))


def test_an_article_and_its_copy_are_too_much_alike() -> None:
    one = article()
    other = one.model_copy(update={"meta": one.meta.model_copy(update={"id": "other"}), "text": "别的" + one.text})
    assert [pair[:2] for pair in similar_pairs([one, other])] == [(_ID, "other")]
    assert not list(similar_pairs([one, one.model_copy(update={"text": "毫不相干的另一篇文章，字字不同。"})]))


def test_the_dataset_holds_what_the_article_says(small: Path, tmp_path: Path) -> None:
    from datasets import Dataset

    write_corpus(small, tmp_path / "data")
    assert sorted(p.name for p in (tmp_path / "data").iterdir()) == ["dev.parquet", "test.parquet", "train.parquet"]
    rows = Dataset.from_parquet(str(tmp_path / "data" / "train.parquet"), cache_dir=str(tmp_path / "cache"))
    assert rows.features == corpus_features()
    row, gold = rows[0], article()
    assert row["text"] == gold.text
    kinds = rows.features["units"].feature["type"]
    assert [kinds.int2str(u["type"]) for u in row["units"]] == [u.type for u in gold.units]
    assert [(u["start"], u["end"]) for u in row["units"]] == [tuple(u.span) for u in gold.units]
    assert len(row["causals"]) == len(article_row(gold)["causals"]) == len(gold.causals)
