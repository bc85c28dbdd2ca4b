"""From probabilities to linked units, with a predictor whose word is law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pytest
from numpy.typing import NDArray

from invented import article, segmentation_of
from lunzheng.config import LinkConfig
from lunzheng.document import Causal, Linked
from lunzheng.extract.calibration import Calibration, PlattMap
from lunzheng.extract.predictor import Predictor
from lunzheng.extract.prepared import prepare
from lunzheng.extract.scores import DocumentScores, FoundStrategies, FoundUnit, UnitProbabilities
from lunzheng.extract.thresholds import Thresholds
from lunzheng.extract.unit_features import Mentions
from lunzheng.labels import FACETS, SIDES
from lunzheng.link.linking import Linker

Floats = NDArray[np.float32]
_N = 9
_THRESHOLDS = Thresholds(none_unit=0.7, contrast=0.5, central=0.5)


@dataclass
class _Oracle:
    """Stands in for a predictor: says what it was told, for the units that are asked for."""

    said: UnitProbabilities
    asked: tuple[tuple[int, int], ...]
    thresholds: Thresholds = _THRESHOLDS
    mentions: Mentions | None = None

    def judge_units(
        self, _: DocumentScores, ranges: Sequence[tuple[int, int]], mentions: Mentions
    ) -> UnitProbabilities:
        self.mentions = mentions
        at = np.array([self.asked.index(r) for r in ranges])
        links, contrast = self.said.links[at][:, at], self.said.contrast[at][:, at]
        rows = {k: v[at] for k, v in vars(self.said).items() if k not in ("links", "contrast")}
        return UnitProbabilities(**rows, links=links, contrast=contrast)


def _sure(n_classes: int, *right: int) -> Floats:
    rows = np.full((len(right), n_classes), 0.02, dtype=np.float32)
    rows[range(len(right)), right] = 0.9
    return rows


@pytest.fixture
def scores(predictor: Predictor) -> DocumentScores:
    gold = article()
    prepared = prepare(gold.text, segmentation_of(gold.text), predictor.tokenizer, predictor.network.config)
    units = tuple(FoundUnit(u.span, prepared.tokens.tokens_in(u.span), "claim", 0.9, 0.9) for u in gold.units[:_N])
    nobody = FoundStrategies((), *(np.zeros(s, dtype=np.float32) for s in ((0, 0), 0, (0, 2), (0, 0))), contrast=0.0)  # type: ignore[arg-type]
    cause, effect = gold.causals[0].cause, gold.causals[0].effect
    causals = tuple(Causal(cause, effect, None, "consequence", "facilitate", p) for p in (0.3, 0.8))
    return DocumentScores(prepared, np.zeros((0, 0), dtype=np.float32), units, causals, nobody, {})


@pytest.fixture
def oracle(scores: DocumentScores) -> _Oracle:
    """All claims, each supports the next; nothing contrasts; none is central."""
    links = np.full((_N, _N, 2), 1e-4, dtype=np.float32)
    links[range(_N - 1), range(1, _N), 0] = 0.9
    root = np.full(_N, 0.05, dtype=np.float32)
    root[-1] = 0.95
    said = UnitProbabilities(
        kind=_sure(3, *[1] * _N),
        facet=_sure(len(FACETS), *[i % 6 for i in range(_N)]),
        side=_sure(len(SIDES), *[i % 4 for i in range(_N)]),
        central=np.full(_N, 0.1, dtype=np.float32),
        links=links,
        root=root,
        contrast=np.zeros((_N, _N), dtype=np.float32),
    )
    return _Oracle(said, tuple(u.tokens for u in scores.units))


def _link(oracle: _Oracle, scores: DocumentScores, config: LinkConfig | None = None) -> tuple[Linked, dict[str, int]]:
    linked, rejected = Linker(oracle, config or LinkConfig())(scores)  # type: ignore[arg-type]
    return linked, dict(rejected)


def test_what_is_sure_is_said(oracle: _Oracle, scores: DocumentScores) -> None:
    linked, rejected = _link(oracle, scores)
    assert [u.span for u in linked.units] == [u.span for u in scores.units]
    assert {u.type for u in linked.units} == {"claim"}
    assert [u.facet for u in linked.units] == [FACETS[i % 6] for i in range(_N)]
    assert [(x.source, x.target, x.type) for x in linked.links] == [(i, i + 1, "supports") for i in range(_N - 1)]
    assert len(linked.causals) == 2
    assert rejected == {}


def test_without_strategies_there_are_no_sides(oracle: _Oracle, scores: DocumentScores) -> None:
    assert {u.side for u in _link(oracle, scores)[0].units} == {"none"}
    assert oracle.mentions == Mentions((), ())
    given = LinkConfig.model_validate({"strategies": [{"name": "修旧"}, {"name": "换新"}]})
    linked, _ = _link(oracle, scores, given)
    assert [u.side for u in linked.units] == [SIDES[i % 4] for i in range(_N)]
    assert oracle.mentions is not None
    assert oracle.mentions.A


def test_a_unit_that_is_none_is_left_out_and_counted(oracle: _Oracle, scores: DocumentScores) -> None:
    oracle.said.kind[2] = (0.8, 0.1, 0.1)
    linked, rejected = _link(oracle, scores)
    assert [u.span for u in linked.units] == [u.span for i, u in enumerate(scores.units) if i != 2]
    assert (1, 2, "supports") not in [(x.source, x.target, x.type) for x in linked.links]
    assert rejected == {"unit that the document level takes for none": 1}
    oracle.said.kind[:] = (0.8, 0.1, 0.1)
    assert _link(oracle, scores)[0].units == ()


def test_no_units_are_no_problem(oracle: _Oracle, scores: DocumentScores) -> None:
    linked, _ = _link(oracle, replace(scores, units=()))
    assert (linked.units, linked.links) == ((), ())
    assert len(linked.causals) == 2


def test_least_confidence_is_kept_and_counted(oracle: _Oracle, scores: DocumentScores) -> None:
    oracle.said.links[0, 1, 0] = 0.4
    linked, rejected = _link(oracle, scores, LinkConfig(min_confidence=0.5))
    assert [c.confidence for c in linked.causals] == [0.8]
    assert [x.source for x in linked.links] == list(range(1, _N - 1))
    assert rejected == {"causal relation below min_confidence": 1, "relation below min_confidence": 1}


def test_at_least_one_and_at_most_three_claims_are_central(oracle: _Oracle, scores: DocumentScores) -> None:
    assert sum(u.central for u in _link(oracle, scores)[0].units) == 1
    oracle.said.kind[0] = (0.02, 0.02, 0.9)
    units = (replace(scores.units[0], type="evidence", p_claim=0.1), *scores.units[1:])
    oracle.said.central[:] = np.linspace(0.6, 0.9, _N)
    linked, _ = _link(oracle, replace(scores, units=units))
    assert [i for i, u in enumerate(linked.units) if u.central] == [_N - 3, _N - 2, _N - 1]
    assert linked.units[0].type == "evidence"


def test_evidence_is_never_central_and_a_grounded_claim_goes_first(oracle: _Oracle, scores: DocumentScores) -> None:
    oracle.said.kind[0] = (0.02, 0.02, 0.9)
    oracle.said.links[4] = 1e-4  # the chain from the evidence ends at 4
    oracle.said.root[4] = 0.9
    oracle.said.central[[0, 4, 8]] = (0.99, 0.4, 0.45)
    units = (replace(scores.units[0], type="evidence", p_claim=0.1), *scores.units[1:])
    linked, _ = _link(oracle, replace(scores, units=units))
    assert [i for i, u in enumerate(linked.units) if u.central] == [4]
    oracle.said.central[4] = 0.2
    linked, _ = _link(oracle, replace(scores, units=units))
    assert [i for i, u in enumerate(linked.units) if u.central] == [8]


def test_a_unit_contrasts_with_three_others_at_most(oracle: _Oracle, scores: DocumentScores) -> None:
    oracle.said.contrast[0, 1:] = oracle.said.contrast[1:, 0] = np.linspace(0.9, 0.55, _N - 1)
    oracle.said.contrast[5, 6] = oracle.said.contrast[6, 5] = 0.49
    linked, _ = _link(oracle, scores)
    contrasts = [(x.source, x.target) for x in linked.links if x.type == "contrasts"]
    assert contrasts == [(0, 1), (0, 2), (0, 3)]


def test_a_bias_makes_more_attacks_and_fewer_links(oracle: _Oracle, scores: DocumentScores) -> None:
    oracle.said.links[range(_N - 1), range(1, _N), 1] = 0.5
    oracle.thresholds = Thresholds(attacks_bias=1.0)
    assert {x.type for x in _link(oracle, scores)[0].links} == {"attacks"}
    oracle.thresholds = Thresholds(root_bias=9.0)
    assert _link(oracle, scores)[0].links == ()


def test_calibration_changes_what_is_told_and_not_what_is_decided(oracle: _Oracle, scores: DocumentScores) -> None:
    oracle.said.contrast[0, 3] = oracle.said.contrast[3, 0] = 0.8
    plain, _ = _link(oracle, scores)
    half = PlattMap(b=-np.log(4.0))  # odds a quarter of what they were
    oracle.thresholds = _THRESHOLDS.model_copy(update={"calibration": Calibration(units=half, contrasts=half)})
    told, _ = _link(oracle, scores)
    assert [replace(u, confidence=0) for u in told.units] == [replace(u, confidence=0) for u in plain.units]
    assert [replace(x, confidence=0) for x in told.links] == [replace(x, confidence=0) for x in plain.links]
    assert [u.confidence for u in told.units] == pytest.approx([half(u.confidence) for u in plain.units])
    for one, two in zip(plain.links, told.links, strict=True):
        assert two.confidence == pytest.approx(0.5 if one.type == "contrasts" else one.confidence)
    kept, rejected = _link(oracle, scores, LinkConfig(min_confidence=0.9))
    assert kept.units == ()
    assert rejected["unit below min_confidence"] == _N
