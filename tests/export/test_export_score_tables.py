"""Score tables in the READMEs and the model card."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lunzheng.export.score_tables import fill, score_table

_SCORES = {"side": {"score": 0.754, "low": 0.7, "high": 0.81, "baseline": 0.4}}
_ROOT = Path(__file__).parents[2]


def test_a_table_has_a_row_a_score() -> None:
    assert score_table(_SCORES, "short").splitlines()[-1] == "| side, accuracy | 0.75 | 0.70–0.81 | 0.40 |"
    assert "立场准确率 | 0.75" in score_table(_SCORES, "zh")


def test_only_the_marked_block_changes() -> None:
    text = "before\n<!-- scores full -->\nold\n<!-- /scores -->\nafter\n"
    filled = fill(text, _SCORES)
    assert "old" not in filled
    assert filled.startswith("before\n")
    assert filled.endswith("<!-- /scores -->\nafter\n")
    assert fill(filled, _SCORES) == filled


@pytest.mark.parametrize("name", ["README.md", "README.zh.md", "models/lunzheng-small/README.md"])
def test_the_texts_say_what_was_measured(name: str) -> None:
    scores = json.loads((_ROOT / "docs/scores.json").read_text(encoding="utf-8"))
    text = (_ROOT / name).read_text(encoding="utf-8")
    assert "<!-- scores " in text
    assert fill(text, scores) == text
