"""From a network's probability to a confidence: how often such a finding is right."""

from __future__ import annotations

import math

from pydantic import BaseModel, ConfigDict, Field

_TINY = 1e-6


class PlattMap(BaseModel):
    """``sigmoid(a * logit(p) + b)`` with a rising slope, so that the order of confidences stays.

    Source: Platt 1999, on the logit of the probability.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    a: float = Field(1.0, gt=0, le=20, description="slope on the logit; below 1 the network is too sure")
    b: float = Field(0.0, ge=-20, le=20, description="added to the logit; below 0 the network is right too seldom")

    def __call__(self, probability: float) -> float:
        """The confidence for a probability; the probability itself where nothing was fitted."""
        if self.a == 1.0 and self.b == 0.0:
            return probability
        p = min(max(probability, _TINY), 1 - _TINY)
        return 1 / (1 + math.exp(-(self.a * math.log(p / (1 - p)) + self.b)))


class Calibration(BaseModel):
    """One map for each kind of finding that carries a confidence."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    units: PlattMap = Field(PlattMap(), description="is the unit there, and of this type")
    links: PlattMap = Field(PlattMap(), description="does the one unit support or attack the other")
    contrasts: PlattMap = Field(PlattMap(), description="are the two units set against each other")
    causal: PlattMap = Field(PlattMap(), description="is the causal relation there")
