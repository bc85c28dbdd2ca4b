"""The map from probabilities to confidences keeps their order and, by default, themselves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from invented import segmentation_of
from lunzheng.config import ModelConfig
from lunzheng.corpus.article import LabelledArticle
from lunzheng.extract.calibration import Calibration, PlattMap
from lunzheng.extract.load import THRESHOLDS, load_predictor, read_thresholds
from lunzheng.extract.thresholds import Thresholds

_probabilities = st.floats(0, 1)
_maps = st.builds(PlattMap, a=st.floats(0.05, 20), b=st.floats(-20, 20))


@given(_probabilities)
def test_nothing_fitted_changes_nothing(p: float) -> None:
    assert PlattMap()(p) == p


@given(_maps, _probabilities, _probabilities)
def test_order_stays_and_results_are_probabilities(platt: PlattMap, p: float, q: float) -> None:
    low, high = sorted((p, q))
    assert 0 <= platt(low) <= platt(high) <= 1


def test_values_by_hand() -> None:
    assert PlattMap(a=0.5)(0.8) == pytest.approx(2 / 3)  # odds 4 become 2
    assert PlattMap(b=-1.3862943611198906)(0.8) == pytest.approx(0.5)  # odds 4 become 1


@pytest.mark.parametrize("a", [0.0, -1.0])
def test_a_map_that_turns_the_order_round_is_refused(a: float) -> None:
    with pytest.raises(ValidationError):
        PlattMap(a=a)


def test_thresholds_without_a_calibration_read_as_before(tmp_path: Path) -> None:
    (tmp_path / THRESHOLDS).write_text('{"causal": 0.25}')
    assert read_thresholds(tmp_path).calibration == Calibration()


def test_a_calibration_is_stored_with_the_thresholds(tmp_path: Path) -> None:
    fitted = Thresholds(calibration=Calibration(causal=PlattMap(a=0.5, b=-1)))
    (tmp_path / THRESHOLDS).write_text(fitted.model_dump_json())
    assert read_thresholds(tmp_path) == fitted


def test_causal_confidences_are_told_calibrated_and_decided_raw(tiny: Path, learned: list[LabelledArticle]) -> None:
    predictor = load_predictor(ModelConfig(device="cpu"), tiny)
    encoded = predictor.encode(learned[0].text, segmentation_of(learned[0].text))
    plain = predictor.decode(encoded)[0].causals
    halved = Calibration(causal=PlattMap(a=0.5, b=-2))
    predictor.thresholds = predictor.thresholds.model_copy(update={"calibration": halved})
    told = predictor.decode(encoded)[0].causals
    assert len(plain) > 1
    assert [replace(c, confidence=0) for c in told] == [replace(c, confidence=0) for c in plain]
    assert [c.confidence for c in told] == pytest.approx([halved.causal(c.confidence) for c in plain])
    assert min(c.confidence for c in told) < predictor.thresholds.causal  # kept all the same
