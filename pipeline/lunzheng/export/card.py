"""The dataset card: what is in the dataset, for people and for ``datasets.load_dataset``."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

import yaml

from lunzheng.argmap import ArgumentMap
from lunzheng.export.columns import CONFIGS, Columns, Config, Label

LISTED = 50
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
_PURPOSE: Mapping[Config, str] = {
    "documents": "one row per article: text, structure, edits of cleaning, and all that was found in it, nested",
    "units": "claims and evidence, with side, facet and place",
    "relations": "supports, attacks, contrasts and causes between units; `start … end` is the passage with both",
    "causal": "cause, effect and connective; `start … end` is the passage with all three",
}
_TEXT = """# Argument maps of Chinese articles

Made by lunzheng. Offsets are `[start, end)` in Unicode code points: `start`, `end` into the `text` of
the article (config `documents`), `raw_start`, `raw_end` into its source as decoded. `score` is a probability,
`source` names the file or record an article came from. What is labelled was found by a model, not by people.

```python
from datasets import load_dataset

units = load_dataset("PATH/TO/THIS/FOLDER", "units", split="train")
```

The words of the articles belong to their authors; the licence above is what the maker of this dataset stated.
"""

# Source: https://github.com/huggingface/datasets/pull/8401, open when this was written.
_EMPTY = """`load_dataset` refuses a table without rows ("corresponds to no data"); `streaming=True` opens it.
"""


def card(maps: Sequence[ArgumentMap], counts: Mapping[Config, int], licence: str) -> str:
    """The text of the dataset's README.md.

    Args:
        maps: of the articles, in the order of the rows.
        counts: rows of each config.
        licence: an identifier of the Hugging Face hub, such as ``other`` or ``apache-2.0``.
    """
    head = yaml.safe_dump(_front_matter(counts, licence), allow_unicode=True, sort_keys=False)
    note = [] if all(counts.values()) else [_EMPTY]
    tables = "\n".join([_configs(counts), *note, _labels(), _articles(maps)])
    return f"---\n{head}---\n\n{_TEXT}\n{tables}"


def _front_matter(counts: Mapping[Config, int], licence: str) -> dict[str, object]:
    size = next((name for limit, name in _SIZES if counts["units"] < limit), "n>1M")
    return {
        "pretty_name": "Argument maps of Chinese articles",
        "license": licence,
        "language": ["zh"],
        "task_categories": ["token-classification", "text-classification"],
        "tags": ["argument-mining", "causality", "discourse"],
        "size_categories": [size],
        "configs": [
            {
                "config_name": name,
                "data_files": [{"split": "train", "path": data_file(name)}],
                **({"default": True} if name == "documents" else {}),
            }
            for name in CONFIGS
        ],
    }


def data_file(config: Config) -> str:
    """Where the rows of a config stand inside the dataset's folder."""
    return f"data/{config}.parquet"


def _configs(counts: Mapping[Config, int]) -> str:
    lines = [f"| `{name}` | {counts[name]} | {_PURPOSE[name]} |" for name in CONFIGS]
    return "\n".join(["## Configs", "", "| config | rows | what |", "| --- | ---: | --- |", *lines, ""])


def _labels() -> str:
    seen: dict[str, str] = {}
    for name, columns in CONFIGS.items():
        seen |= {f"`{name}.{column}`": ", ".join(names) for column, names in _label_names(columns)}
    lines = [f"| {column} | {names} |" for column, names in seen.items()]
    return "\n".join(["## Labels", "", "| column | names |", "| --- | --- |", *lines, ""])


def _label_names(columns: Columns) -> list[tuple[str, tuple[str, ...]]]:
    return [(name, column.names) for name, column in columns.items() if isinstance(column, Label)]


def _articles(maps: Sequence[ArgumentMap]) -> str:
    lines = [
        f"| {inert(m.document.id)} | {inert(m.document.title or '')} | {len(m.nodes)} | {len(m.edges)} | "
        f"{len(m.causal_relations)} |"
        for m in maps[:LISTED]
    ]
    head = ["## Articles", "", "| doc_id | title | units | relations | causal |", "| --- | --- | ---: | ---: | ---: |"]
    rest = [f"\n… and {len(maps) - LISTED} more."] if len(maps) > LISTED else []
    return "\n".join([*head, *lines, *rest, ""])


def inert(words: str) -> str:
    """Words of an article as Markdown that means nothing but themselves, on one line."""
    plain = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in words)
    line = " ".join(plain.split())
    return "".join(f"&#{ord(c)};" if c.isascii() and not (c.isalnum() or c in " -/,") else c for c in line)
