"""The loss of finding the two strategies: whether there are any, their names, and the words of each."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from lunzheng.corpus.article import LabelledStrategy
from lunzheng.extract.candidate_pairs import candidate_pair_features
from lunzheng.extract.candidates import Candidate, candidate_arrays, collect_candidates
from lunzheng.extract.decode_spans import decode_spans
from lunzheng.extract.network import Network
from lunzheng.extract.strategy_network import StrategyScores
from lunzheng.extract.tagging import MENTION_TAGS
from lunzheng.spans import Span
from lunzheng.training.examples import ArticleExample

_CUE_AS_NAME = -2.0  # log-weight of a cue that is taken for the name
_ACTOR, _CUE = 0, 1
_IGNORE = -1
_P_BLIND = 0.3  # readings in which the network does not see what the mention head says
_P_UNSEEN = 0.2  # candidates that are left out
_TRUST = slice(6, 12)


def strategy_loss(
    network: Network, example: ArticleExample, tokens: Tensor, mentions: Tensor, rng: random.Random
) -> Tensor:
    """Cross-entropies of contrast, names, and each word's strategy.

    Args:
        network: in training mode.
        example: the article.
        tokens: encoder output. *Shape:* (n_tokens, hidden).
        mentions: logits of the mention head. *Shape:* (n_tokens, n_tags).
        rng: decides what is hidden.
    """
    prepared, device = example.prepared, tokens.device
    logits = mentions.detach().float().cpu()
    found = decode_spans(logits.numpy(), prepared.sentences, MENTION_TAGS, 2.0)
    gold = example.article.strategies
    labelled = sorted({w for s in gold for w in _words(s)})
    candidates = collect_candidates(prepared, found, logits.softmax(1).numpy(), labelled)
    candidates = [c for c in candidates if c.word in labelled or rng.random() > _P_UNSEEN]
    ranges, owner, features = candidate_arrays(candidates)
    if rng.random() < _P_BLIND:
        features[:, _TRUST] = 0
    pairs = candidate_pair_features(prepared.text, candidates, prepared.segmentation)
    arrays = (torch.from_numpy(x).to(device) for x in (ranges, owner, features, pairs))
    scores = network.strategies(tokens, *arrays)
    loss = functional.binary_cross_entropy_with_logits(scores.contrast, torch.tensor(float(bool(gold)), device=device))
    if len(gold) == 2 and len(candidates) > 1:
        target = _Target.of(candidates, gold)
        loss = loss + _name_loss(scores, target)
        if target.names is not None:
            loss = loss + _word_loss(scores, target, target.names)
    return loss


def _words(strategy: LabelledStrategy) -> tuple[str, ...]:
    return (strategy.name, *strategy.actors, *strategy.cues)


@dataclass(frozen=True)
class _Target:
    """What the labels say of candidates.

    ``sides``: (n, 2) log-weight of each word as a name of A, of B; ``words``: class of each in the order of
    ``assignment_logits``, -1 where a word is part of a labelled one and also stands alone; ``names``: where the two
    names stand.
    """

    sides: Tensor
    words: list[int]
    names: tuple[int, int] | None
    own_actor: tuple[bool, bool]

    @classmethod
    def of(cls, candidates: Sequence[Candidate], gold: Sequence[LabelledStrategy]) -> _Target:
        words = [c.word for c in candidates]
        sides = torch.full((len(words), 2), -1e4)
        for column, strategy in enumerate(gold):
            for i, word in enumerate(words):
                if word == strategy.name:
                    sides[i, column] = 0.0
                elif word in strategy.cues:
                    sides[i, column] = _CUE_AS_NAME
        every = {w for s in gold for w in _words(s)}
        labelled = {c.word: c.spans for c in candidates if c.word in every}
        place = [words.index(s.name) if s.name in words else -1 for s in gold]
        return cls(
            sides,
            [_word_class(c, gold, labelled) for c in candidates],
            (place[0], place[1]) if min(place) >= 0 and place[0] != place[1] else None,
            (gold[0].name in gold[0].actors, gold[1].name in gold[1].actors),
        )


def _word_class(candidate: Candidate, gold: Sequence[LabelledStrategy], labelled: Mapping[str, Sequence[Span]]) -> int:
    for side, strategy in enumerate(gold):
        if candidate.word in strategy.actors:
            return 1 + side
        if candidate.word in strategy.cues:
            return 3 + side
    longer = [spans for word, spans in labelled.items() if candidate.word in word]
    alone = any(not any(w.contains(s) for spans in longer for w in spans) for s in candidate.spans)
    return _IGNORE if longer and alone else 0


def _name_loss(scores: StrategyScores, target: _Target) -> Tensor:
    """Minus the log of the probability that falls on pairs of a name of A and a name of B."""
    n = len(scores.other)
    upper = torch.triu(torch.ones(n, n, device=scores.names.device), 1).bool()
    sides = target.sides.to(scores.names.device)
    weight = sides[:, None, 0] + sides[None, :, 1]
    weight = torch.maximum(weight, weight.T)[upper]
    every = scores.names[upper]
    right = weight > -100
    if not right.any():
        return every.sum() * 0.0
    return every.logsumexp(0) - (every[right] + weight[right]).logsumexp(0)


def _word_loss(scores: StrategyScores, target: _Target, names: tuple[int, int]) -> Tensor:
    belongs = scores.belongs[:, list(names)]
    logits = torch.cat([scores.other[:, None], scores.role[:, :1] + belongs, scores.role[:, 1:] + belongs], dim=1)
    labels = torch.tensor([_IGNORE if i in names else c for i, c in enumerate(target.words)], device=logits.device)
    keep = labels >= 0
    weights = torch.tensor([1.0, 2.0, 2.0, 2.0, 2.0], device=logits.device)
    own = torch.tensor([_ACTOR if o else _CUE for o in target.own_actor], device=logits.device)
    loss = functional.cross_entropy(scores.role[list(names)], own)
    return loss + functional.cross_entropy(logits[keep], labels[keep], weights) if keep.any() else loss
