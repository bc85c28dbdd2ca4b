"""From scores to linked units: strategies, sides, links, central claims."""

from __future__ import annotations

from collections import Counter

import numpy as np

from lunzheng.config import LinkConfig
from lunzheng.document import Link, Linked, Strategy, Unit
from lunzheng.extract.calibration import PlattMap
from lunzheng.extract.predictor import Predictor
from lunzheng.extract.scores import DocumentScores, FoundUnit, UnitProbabilities
from lunzheng.labels import FACETS, SIDES
from lunzheng.link.inference import LinkProblem, LinkSolution, log, solve_links
from lunzheng.link.least_confidence import drop_unsure
from lunzheng.link.strategies import find_strategies, given_strategies, mentions_of

_MAX_CENTRAL = 3
_MAX_CONTRASTS = 3


class Linker:
    """Decides what the map of one article says.

    Args:
        predictor: holds the network and its thresholds.
        config: given strategies, least confidence, time limit.
    """

    def __init__(self, predictor: Predictor, config: LinkConfig) -> None:
        self._predictor = predictor
        self._thresholds = predictor.thresholds
        self._config = config

    def __call__(self, scores: DocumentScores) -> tuple[Linked, Counter[str]]:
        """Link one article.

        Returns:
            What was decided, and how many units and relations were rejected for which reason.
        """
        text = scores.prepared.text
        if self._config.strategies is not None:
            strategies = given_strategies(self._config.strategies, text)
        else:
            strategies = find_strategies(scores.strategies, self._thresholds)
        rejected: Counter[str] = Counter()
        units, links = self._units_and_links(scores, strategies, rejected)
        linked, unsure = drop_unsure(Linked(strategies, units, links, scores.causals), self._config.min_confidence)
        return linked, +rejected + unsure

    def _units_and_links(
        self, scores: DocumentScores, strategies: tuple[Strategy, ...], rejected: Counter[str]
    ) -> tuple[tuple[Unit, ...], tuple[Link, ...]]:
        found = list(scores.units)
        if not found:
            return (), ()
        mentions = mentions_of(scores.prepared.text, strategies)
        judged = self._predictor.judge_units(scores, [u.tokens for u in found], mentions)
        keep = [i for i in range(len(found)) if judged.kind[i, 0] < self._thresholds.none_unit]
        rejected["unit that the document level takes for none"] += len(found) - len(keep)
        if not keep:
            return (), ()
        if len(keep) < len(found):
            found = [found[i] for i in keep]
            judged = self._predictor.judge_units(scores, [u.tokens for u in found], mentions)
        solution = solve_links(self._problem(found, judged), self._config.time_limit_s)
        if not solution.exact:
            rejected["exact linking (time limit; greedy links instead)"] += 1
        units = self._units(found, judged, solution, with_sides=bool(strategies))
        outgoing = _outgoing(judged, solution, self._thresholds.calibration.links)
        return units, (*outgoing, *self._contrasts(judged, units))

    def _problem(self, found: list[FoundUnit], judged: UnitProbabilities) -> LinkProblem:
        p_claim = _p_claim(found, judged)
        links = log(judged.links)
        links[:, :, 1] += self._thresholds.attacks_bias
        return LinkProblem(
            claim=log(p_claim),
            evidence=log(1 - p_claim),
            links=links,
            root=log(judged.root) + self._thresholds.root_bias,
        )

    def _units(
        self, found: list[FoundUnit], judged: UnitProbabilities, solution: LinkSolution, *, with_sides: bool
    ) -> tuple[Unit, ...]:
        p_claim = _p_claim(found, judged)
        central = self._central(judged, solution)
        units = []
        for i, unit in enumerate(found):
            is_claim = solution.is_claim[i]
            p_type = float(p_claim[i] if is_claim else 1 - p_claim[i])
            units.append(
                Unit(
                    span=unit.span,
                    type="claim" if is_claim else "evidence",
                    side=SIDES[int(judged.side[i].argmax())] if with_sides else "none",
                    facet=FACETS[int(judged.facet[i].argmax())],
                    central=i in central,
                    confidence=self._thresholds.calibration.units(float((1 - judged.kind[i, 0]) * p_type)),
                )
            )
        return tuple(units)

    def _central(self, judged: UnitProbabilities, solution: LinkSolution) -> set[int]:
        """One to three claims, by preference such as some evidence grounds."""
        grounded = _grounded(solution)
        claims = [i for i, c in enumerate(solution.is_claim) if c]
        order = sorted(claims, key=lambda i: (-float(judged.central[i]), i))
        if not order:
            return set()
        best = next((i for i in order if i in grounded), order[0])
        if judged.central[best] < 0.5 * judged.central[order[0]]:
            best = order[0]
        more = [i for i in order if i != best and i in grounded and judged.central[i] >= self._thresholds.central]
        return {best, *more[: _MAX_CENTRAL - 1]}

    def _contrasts(self, judged: UnitProbabilities, units: tuple[Unit, ...]) -> list[Link]:
        n_contrasts: Counter[int] = Counter()
        found = []
        candidates = [
            (float(judged.contrast[i, j]), i, j)
            for i in range(len(units))
            for j in range(i + 1, len(units))
            if judged.contrast[i, j] >= self._thresholds.contrast
        ]
        for confidence, i, j in sorted(candidates, key=lambda c: (-c[0], c[1], c[2])):
            if n_contrasts[i] < _MAX_CONTRASTS and n_contrasts[j] < _MAX_CONTRASTS:
                n_contrasts.update((i, j))
                found.append(Link(i, j, "contrasts", self._thresholds.calibration.contrasts(confidence)))
        return sorted(found, key=lambda x: (x.source, x.target))


def _p_claim(found: list[FoundUnit], judged: UnitProbabilities) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Belief that each unit is a claim: mean of the tag head and the document level."""
    tagged = np.array([u.p_claim for u in found], dtype=np.float32)
    level = judged.kind[:, 1] / np.maximum(judged.kind[:, 1] + judged.kind[:, 2], 1e-6)
    return np.asarray((tagged + level) / 2, dtype=np.float32)


def _outgoing(judged: UnitProbabilities, solution: LinkSolution, confidence: PlattMap) -> list[Link]:
    links = []
    for i, target in enumerate(solution.outgoing):
        if target is not None:
            j, t = target
            links.append(Link(i, j, ("supports", "attacks")[t], confidence(float(judged.links[i, j, t]))))
    return links


def _grounded(solution: LinkSolution) -> set[int]:
    """Claims that some evidence reaches by supports links."""
    reached: set[int] = set()
    for start, is_claim in enumerate(solution.is_claim):
        at: int | None = start
        while at is not None and not is_claim:
            step = solution.outgoing[at]
            at = step[0] if step is not None and step[1] == 0 else None
            if at is None or at in reached:
                break
            reached.add(at)
    return reached
