"""Decision thresholds, chosen on the development split and stored with the model."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from lunzheng.extract.calibration import Calibration


class Thresholds(BaseModel):
    """Where probabilities become decisions."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    none_unit: float = Field(
        0.7, ge=0, le=1, description="a unit is dropped when the document level is this sure it is none"
    )
    span_bias: float = Field(0.7, description="taken from O when cause and effect spans are decoded, to find more")
    causal: float = Field(0.5, ge=0, le=1, description="least probability of a causal pair")
    inhibit: float = Field(0.5, ge=0, le=1, description="least probability of an inhibiting cause")
    contrast: float = Field(0.5, ge=0, le=1, description="least probability of a contrasts relation")
    central: float = Field(0.5, ge=0, le=1, description="least probability of a second or third central claim")
    root_bias: float = Field(0.0, description="added to the log-probability of no outgoing link")
    attacks_bias: float = Field(0.0, description="added to the log-probability of attacks")
    mention_bias: float = Field(1.0, description="taken from O when candidate words are decoded")
    candidate: float = Field(0.5, ge=0, le=1, description="least probability of an actor or cue")
    two_strategies: float = Field(
        0.5, ge=0, le=1, description="least probability that the article contrasts two strategies"
    )
    least_strategy: float = Field(0.0, ge=0, le=1, description="a pair with a name less sure than this is no pair")
    boundary: float = Field(0.5, gt=0, lt=1, description="least probability of a discourse-unit start")
    calibration: Calibration = Field(Calibration(), description="from probabilities to the confidences that are told")
