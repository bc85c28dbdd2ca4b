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
_ALONE = 0.5


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
    a, b = max(pairs, key=lambda p: (_pair_score(found, p[0], p[1], thresholds), -p[0], -p[1]))
    actors = _assign(found, _entities(found, thresholds, (a, b)), (a, b), thresholds)
    cues = _assign(found, _cues(found, thresholds, (a, b)), (a, b), thresholds)
    pair = tuple(
        Strategy(
            name=found.candidates[i].word,
            actors=tuple(found.candidates[k].word for k in actors[i]) or _own_actor(found, i),
            cues=tuple(found.candidates[k].word for k in cues[i]),
            confidence=float(found.contrast * (1 - found.same[a, b]) * found.valid[i]),
        )
        for i in sorted((a, b), key=lambda i: found.candidates[i].places[0])
    )
    return pair if min(s.confidence for s in pair) >= thresholds.least_strategy else ()


def _others(found: FoundStrategies, thresholds: Thresholds, names: tuple[int, int]) -> list[int]:
    return [k for k in range(len(found.candidates)) if k not in names and found.valid[k] >= thresholds.candidate]


def _is_actor(found: FoundStrategies, k: int) -> bool:
    return bool(found.role[k, _ACTOR] >= max(found.role[k, _CUE], found.role[k, _NAME]))


def _cues(found: FoundStrategies, thresholds: Thresholds, names: tuple[int, int]) -> list[list[int]]:
    return [[k] for k in _others(found, thresholds, names) if not _is_actor(found, k)]


def _entities(found: FoundStrategies, thresholds: Thresholds, names: tuple[int, int]) -> list[list[int]]:
    """Actors that are brought up more than once, short and long forms of one name together; the commonest first."""
    groups: list[list[int]] = []
    actors = [k for k in _others(found, thresholds, names) if _is_actor(found, k) and found.candidates[k].n_places > 1]
    for k in sorted(actors, key=lambda k: (-found.candidates[k].n_places, k)):
        home = next((g for g in groups if _nested(found, g[0], k)), None)
        if home is None:
            groups.append([k])
        else:
            home.append(k)
    return groups


def _assign(
    found: FoundStrategies, groups: list[list[int]], names: tuple[int, int], thresholds: Thresholds
) -> dict[int, list[int]]:
    """Each group to the name it belongs to; the two foremost, when all lean one way, to different names."""
    a, b = names
    leaning = [
        sum(_belonging(found, k, a, thresholds) - _belonging(found, k, b, thresholds) for k in group) / len(group)
        for group in groups
    ]
    owner = [a if lean >= 0 else b for lean in leaning]
    if len(groups) > 1 and _is_actor(found, groups[0][0]) and owner[0] == owner[1]:
        owner[:2] = [a, b] if leaning[0] >= leaning[1] else [b, a]
    return {
        name: [k for group, o in zip(groups, owner, strict=True) if o == name for k in sorted(group)] for name in names
    }


def _own_actor(found: FoundStrategies, index: int) -> tuple[str, ...]:
    """A strategy that is named by its company alone has that company as its actor."""
    return (found.candidates[index].word,) if found.role[index, _ACTOR] >= _ALONE else ()


def _nested(found: FoundStrategies, i: int, j: int) -> bool:
    one, two = found.candidates[i].word, found.candidates[j].word
    return one in two or two in one


def _pair_score(found: FoundStrategies, i: int, j: int, thresholds: Thresholds) -> float:
    """Log-probability that two candidates name different strategies; frequent names that meet are likelier."""
    role = found.role[[i, j], _NAME] + thresholds.name_from_cue * found.role[[i, j], _CUE]
    names = found.valid[[i, j]] * role
    one, two = found.candidates[i], found.candidates[j]
    frequency = np.log(one.n_places) + np.log(two.n_places)
    meet = bool(set(one.sentences) & set(two.sentences))
    return float(
        np.log(names + _TINY).sum()
        + np.log(1 - found.same[i, j] + _TINY)
        + thresholds.name_count * frequency
        + thresholds.name_meeting * meet
        + thresholds.name_heading * (one.in_heading + two.in_heading)
        + thresholds.name_quoted * (one.quoted + two.quoted)
    )


def _belonging(found: FoundStrategies, word: int, name: int, thresholds: Thresholds) -> float:
    """How much a word belongs to the strategy of a name: by its vector, and by how near the two stand."""
    one, two = found.candidates[word], found.candidates[name]
    gaps = [min(abs(s - t) for t in two.sentences) for s in one.sentences]
    near = sum(0.5**gap for gap in gaps) / len(gaps)
    return float(np.log(found.same[word, name] + _TINY) + thresholds.nearness * np.log(near + _TINY))


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
