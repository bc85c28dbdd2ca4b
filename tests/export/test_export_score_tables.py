"""Score tables in the READMEs and the model card."""

from __future__ import annotations

from pathlib import Path

import pytest

from lunzheng.errors import InputError
from lunzheng.evaluation.robust import MAIN
from lunzheng.evaluation.score_file import (
    AlteredScores,
    CalibrationError,
    CurvePoint,
    GroupScores,
    Score,
    ScoreFile,
    read_scores,
)
from lunzheng.export.score_print import score_print
from lunzheng.export.score_tables import fill, score_table

_SCORES = ScoreFile(scores={"side": Score(score=0.754, low=0.7, high=0.81, baseline=0.4)})
_ALL = dict.fromkeys(MAIN, 0.5)
_WHOLE = _SCORES.model_copy(
    update={
        "calibration": {"links": CalibrationError(n=9, confidence=0.8, right=0.5, error=0.3)},
        "curve": {"causal": [CurvePoint(min_confidence=v, n_found=3, precision=0.75, recall=0.25) for v in (0, 0.9)]},
        "groups": {"script": {"Hant": GroupScores(n_articles=4, scores={"side": 0.625})}},
        "robust": {"headings cut": AlteredScores(n_articles=7, scores=_ALL, change=dict.fromkeys(MAIN, -0.125))},
    }
)
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
    scores = read_scores(_ROOT / "docs/scores.json")
    text = (_ROOT / name).read_text(encoding="utf-8")
    assert "<!-- scores " in text
    assert fill(text, scores) == text


def test_further_tables_stand_in_the_full_style_alone() -> None:
    full = score_table(_WHOLE, "full")
    assert "| supports, attacks | 9 | 0.80 | 0.50 | 0.300 |" in full
    assert "| min_confidence | causal precision | causal recall |\n| --- | --- | --- |\n| 0.0 | 0.75 | 0.25 |" in full
    assert "| 0.9 | 0.75 | 0.25 |" in full
    assert "| Hant | 4 |  |  | 0.62 |" in full
    assert "| headings cut | 7 | 0.50 (-0.12) |" in full
    for style in ("short", "zh"):
        assert score_table(_WHOLE, style) == score_table(_SCORES, style)
    text = "<!-- scores full -->\nold\n<!-- /scores -->\n"
    assert fill(fill(text, _WHOLE), _WHOLE) == fill(text, _WHOLE)


def test_the_terminal_gets_a_table_for_each_measure() -> None:
    assert [t.title for t in score_print(_WHOLE)][1:] == [
        "Confidence against rightness",
        "Precision and recall by min_confidence",
        "Scores by script",
        "Altered articles, with the change from the same articles as written",
    ]
    assert len(list(score_print(_SCORES))) == 1


def test_scores_are_read_in_both_forms(tmp_path: Path) -> None:
    path = tmp_path / "scores.json"
    path.write_text(_WHOLE.model_dump_json())
    assert read_scores(path) == _WHOLE
    path.write_text('{"side": {"score": 0.754, "low": 0.7, "high": 0.81, "baseline": 0.4}}')
    assert read_scores(path) == _SCORES
    for bad in ("", "[]", '{"side": 1}'):
        path.write_text(bad)
        with pytest.raises(InputError, match="expected scores"):
            read_scores(path)
