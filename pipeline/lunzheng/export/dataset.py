"""Argument maps as a dataset that ``datasets.load_dataset`` opens as it is, without a network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lunzheng.argmap import ArgumentMap
from lunzheng.export.card import card, data_file
from lunzheng.export.columns import CONFIGS, Config
from lunzheng.export.rows import rows
from lunzheng.store import write_atomic

FOLDER = "dataset"


def write_dataset(maps: Sequence[ArgumentMap], out: Path, licence: str = "other") -> Path:
    """Write *maps* as Parquet tables with a card, and give the dataset's folder back.

    ``load_dataset(str(folder), "units")`` then reads typed rows; ``documents`` is the default config.
    The order of *maps* does not matter: the same maps give the same bytes.

    Args:
        maps: any number, also none.
        out: the output folder; the dataset goes to ``out/dataset``.
        licence: of the articles, as the Hugging Face hub names it.

    Raises:
        InputError: a relation names a unit that its map does not have.
    """
    from lunzheng.export._parquet import parquet_bytes

    folder = out / FOLDER
    ordered = sorted(maps, key=lambda m: (m.document.id, m.document.source))
    counts: dict[Config, int] = {}
    for config, columns in CONFIGS.items():
        found = list(rows(ordered, config))
        counts[config] = len(found)
        write_atomic(folder / data_file(config), parquet_bytes(columns, found))
    write_atomic(folder / "README.md", card(ordered, counts, licence))
    return folder
