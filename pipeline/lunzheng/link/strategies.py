"""The two strategies of an article, from judged candidate words or from the configuration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from lunzheng.config import GivenStrategy
from lunzheng.document import Strategy
from lunzheng.extract.candidates import Candidate
from lunzheng.extract.scores import Floats, FoundStrategies
from lunzheng.extract.strategy_network import ROLES
from lunzheng.extract.thresholds import Thresholds
from lunzheng.extract.unit_features import Mentions
from lunzheng.extract.view import model_view

_ACTOR, _CUE = (ROLES.index(r) for r in ("actor", "cue"))


def find_strategies(found: FoundStrategies, thresholds: Thresholds) -> tuple[Strategy, ...]:
    """Two strategies, the one brought up first before the other; none where nothing is contrasted.

    The names are the pair of candidates that most likely names the two; every other candidate is an actor or a cue of
    one of them, or neither.
    """
    pairs = _pairs(found)
    if found.contrast < thresholds.two_strategies or not pairs:
        return ()
    chances = _softmax(np.array([found.names[p] for p in pairs]))
    a, b = pairs[int(chances.argmax())]
    sure = [sum(float(c) for p, c in zip(pairs, chances, strict=True) if i in p) for i in (a, b)]
    actors, cues = _words_of(found, (a, b), thresholds)
    pair = tuple(
        Strategy(
            name=found.candidates[i].word,
            actors=(*_own_actor(found, i), *(found.candidates[k].word for k in actors[i])),
            cues=tuple(found.candidates[k].word for k in cues[i]),
            confidence=found.contrast * p,
        )
        for i, p in sorted(zip((a, b), sure, strict=True), key=lambda x: found.candidates[x[0]].spans[0])
    )
    return pair if min(s.confidence for s in pair) >= thresholds.least_strategy else ()


def _pairs(found: FoundStrategies) -> list[tuple[int, int]]:
    """Words that may name two different things: none inside the other, nor always on top of it."""
    candidates = found.candidates
    return [
        (i, j)
        for i, j in combinations(range(len(candidates)), 2)
        if not _nested(candidates[i].word, candidates[j].word)
        and not _covers(candidates[i], candidates[j])
        and not _covers(candidates[j], candidates[i])
    ]


def _covers(one: Candidate, two: Candidate) -> bool:
    """Whether every place of *two* overlaps one of *one*."""
    return all(any(s.overlaps(x) for x in one.spans) for s in two.spans)


def _nested(one: str, two: str) -> bool:
    return one in two or two in one


def _words_of(
    found: FoundStrategies, names: tuple[int, int], thresholds: Thresholds
) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Actors and cues of each name, in order of the text."""
    likely = []
    for k in range(len(found.candidates)):
        chances = _softmax(assignment_logits(found, k, names))
        if k not in names and 1 - chances[0] >= thresholds.candidate:
            likely.append((float(chances[0]), k, chances[1:].reshape(len(ROLES), 2)))
    groups: dict[int, dict[int, list[int]]] = {role: {i: [] for i in names} for role in (_ACTOR, _CUE)}
    kept = list(names)
    leaning: dict[int, float] = {}
    for _, k, table in sorted(likely, key=lambda x: x[:2]):
        if all(_is_own_word(found.candidates[k], found.candidates[other]) for other in kept):
            kept.append(k)
            role, side = int(table.sum(1).argmax()), int(table.sum(0).argmax())
            groups[role][names[side]].append(k)
            leaning[k] = float(abs(np.subtract(*table.sum(0))))
    _share_out(found, groups[_ACTOR], leaning)
    return tuple({i: sorted(ks) for i, ks in groups[role].items()} for role in (_ACTOR, _CUE))  # type: ignore[return-value]


def _share_out(found: FoundStrategies, actors: dict[int, list[int]], leaning: Mapping[int, float]) -> None:
    """Where one strategy has no actor and the other several, the one that leans to it least, in all its forms, moves.

    Each strategy has as a rule somebody who pursues it.
    """
    poor = [i for i, ks in actors.items() if not ks and not _own_actor(found, i)]
    rich = [i for i, ks in actors.items() if len(ks) > 1]
    if len(poor) != 1 or len(rich) != 1:
        return
    words = [c.word for c in found.candidates]
    moving = min(actors[rich[0]], key=lambda k: leaning[k])
    forms = [k for k in actors[rich[0]] if _nested(words[k], words[moving])]
    if len(forms) < len(actors[rich[0]]):
        actors[poor[0]] = forms
        actors[rich[0]] = [k for k in actors[rich[0]] if k not in forms]


def _is_own_word(one: Candidate, kept: Candidate) -> bool:
    """Whether a word is not just a piece or a longer form of one that was kept.

    Of two nested words the shorter also stands alone; of others, not every place of the word overlaps the kept one.
    """
    if not _nested(one.word, kept.word):
        return not _covers(kept, one)
    short, long = sorted((one, kept), key=lambda c: len(c.word))
    return any(not any(s.contains(x) for s in long.spans) for x in short.spans)


def assignment_logits(found: FoundStrategies, word: int, names: tuple[int, int]) -> Floats:
    """Logits of: neither, actor of the first name, of the second, cue of the first, of the second. *Shape:* (5,)."""
    belongs = found.belongs[word, list(names)]
    return np.array([found.other[word], *(found.role[word, _ACTOR] + belongs), *(found.role[word, _CUE] + belongs)])


def _softmax(logits: Floats) -> Floats:
    powers = np.exp(logits - logits.max())
    out: Floats = powers / powers.sum()
    return out


def _own_actor(found: FoundStrategies, index: int) -> tuple[str, ...]:
    """A strategy that is named by its company alone has that company as its actor."""
    return (found.candidates[index].word,) if found.role[index, _ACTOR] > found.role[index, _CUE] else ()


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
