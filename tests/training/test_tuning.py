"""The last step of tuning: confidences that say how often a finding is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from lunzheng.config import LinkConfig, ModelConfig
from lunzheng.corpus.article import LabelledArticle
from lunzheng.evaluation.calibration import calibration_errors, fit_calibration
from lunzheng.evaluation.evaluate import count_found, read_articles, read_linked
from lunzheng.extract.calibration import Calibration
from lunzheng.extract.load import load_predictor
from lunzheng.extract.thresholds import Thresholds
from lunzheng.training import tuning


def test_tuning_ends_with_a_calibration_that_leaves_decisions_alone(
    tiny: Path, learned: list[LabelledArticle], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tuning, "_SEARCH", (("causal", (0.1,), ("causal",)),))
    predictor = load_predictor(ModelConfig(device="cpu"), tiny)
    predictor.thresholds = Thresholds(causal=0.1)
    before = read_articles(learned, read_linked(predictor, LinkConfig()))
    best = tuning.tune_thresholds(predictor, learned, LinkConfig())
    assert best.calibration == fit_calibration(learned, before) != Calibration()
    assert predictor.thresholds == best
    after = read_articles(learned, read_linked(predictor, LinkConfig()))
    assert count_found(learned, after) == count_found(learned, before)
    assert [u.confidence for f in after for u in f.units] != [u.confidence for f in before for u in f.units]
    errors = [calibration_errors(learned, f) for f in (before, after)]
    assert sum(e.error for e in errors[1].values()) < sum(e.error for e in errors[0].values())
