"""The two strategies of an article, from judged candidate words or from the configuration."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from lunzheng.config import GivenStrategy
from lunzheng.document import Strategy
from lunzheng.extract.scores import FoundStrategies
from lunzheng.extract.strategy_network import ROLES
from lunzheng.extract.thresholds import Thresholds
from lunzheng.extract.unit_features import Mentions
from lunzheng.extract.view import model_view

_NAME, _ACTOR, _CUE = (ROLES.index(r) for r in ("name", "actor", "cue"))
_TINY = 1e-6


def find_strategies(found: FoundStrategies, thresholds: Thresholds) -> tuple[Strategy, ...]:
    """Two strategies, the one brought up first before the other; none where nothing is contrasted.

    The two names are the pair of candidates most likely to be names of different strategies; every other likely
    candidate joins the name it more probably belongs to.
    """
    n = len(found.candidates)
    if found.contrast < thresholds.two_strategies or n < 2:
        return ()
    pairs = [p for p in combinations(range(n), 2) if not _nested(found, *p)]
    if not pairs:
        return ()
    a, b = max(pairs, key=lambda p: (_pair_score(found, *p), -p[0], -p[1]))
    members: dict[int, tuple[list[str], list[str]]] = {a: ([], []), b: ([], [])}
    for k, candidate in enumerate(found.candidates):
        if k in (a, b) or found.valid[k] < thresholds.candidate:
            continue
        owner = a if found.same[k, a] >= found.same[k, b] else b
        actors, cues = members[owner]
        (actors if found.role[k, _ACTOR] >= found.role[k, _CUE] else cues).append(candidate.word)
    return tuple(
        Strategy(
            name=found.candidates[i].word,
            actors=tuple(members[i][0]) or _own_actor(found, i),
            cues=tuple(members[i][1]),
            confidence=float(found.contrast * (1 - found.same[a, b]) * found.valid[i]),
        )
        for i in sorted((a, b), key=lambda i: found.candidates[i].places[0])
    )


def _own_actor(found: FoundStrategies, index: int) -> tuple[str, ...]:
    """A strategy that is named by its company alone has that company as its actor."""
    return (found.candidates[index].word,) if found.role[index, _ACTOR] > found.role[index, _CUE] else ()


def _nested(found: FoundStrategies, i: int, j: int) -> bool:
    one, two = found.candidates[i].word, found.candidates[j].word
    return one in two or two in one


def _pair_score(found: FoundStrategies, i: int, j: int) -> float:
    names = found.valid[[i, j]] * found.role[[i, j], _NAME]
    return float(np.log(names + _TINY).sum() + np.log(1 - found.same[i, j] + _TINY))


def given_strategies(given: Sequence[GivenStrategy], text: str) -> tuple[Strategy, ...]:
    """The configured strategies, when the text speaks of both; none otherwise."""
    view = model_view(text)
    kept = []
    for strategy in given:
        words = (strategy.name, *strategy.actors, *strategy.cues)
        if not any(model_view(w) in view for w in words):
            return ()
        kept.append(Strategy(strategy.name, tuple(strategy.actors), tuple(strategy.cues), 1.0))
    return tuple(kept)


def mentions_of(text: str, strategies: Sequence[Strategy]) -> Mentions:
    """Where the text speaks of each strategy, in either script; empty for no strategies."""
    if len(strategies) != 2:
        return Mentions((), ())
    words = ([model_view(w) for w in (s.name, *s.actors, *s.cues)] for s in strategies)
    return Mentions.of(model_view(text), *words)
