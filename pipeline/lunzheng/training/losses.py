"""The losses of all tasks for one example."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from lunzheng.extract.causal_pairs import near_pairs, pair_arrays
from lunzheng.extract.crf import LinearChainCrf
from lunzheng.extract.decode_spans import decode_spans
from lunzheng.extract.decode_units import CrfScores, decode_units
from lunzheng.extract.network import Network, TokenLogits
from lunzheng.extract.strategy_vectors import strategy_vectors
from lunzheng.extract.tagging import SPAN_TAGS
from lunzheng.extract.unit_features import Mentions, pair_features, unit_features
from lunzheng.labels import CAUSAL_KINDS, FACETS, SIDES, UNIT_TYPES
from lunzheng.training.examples import ArticleExample, DiscourseExample, gold_words
from lunzheng.training.strategy_loss import strategy_loss

Range = tuple[int, int]
Losses = dict[str, Tensor]
_IGNORE = -100
_LEAST_KEPT = 0.35  # share of a strategy's words in the poorest reading


def range_iou(a: Range, b: Range) -> float:
    """Intersection over union of two token ranges."""
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, shared) / (max(a[1], b[1]) - min(a[0], b[0])) if shared > 0 else 0.0


def discourse_loss(network: Network, example: DiscourseExample, tokens: Tensor) -> Losses:
    """Binary cross-entropy of discourse-unit starts over the tokens of sentences."""
    logits = network.token_logits(tokens).edu[:, 0]
    keep = np.concatenate([np.arange(a, b) for a, b in example.prepared.sentences])
    target = torch.from_numpy(example.starts[keep]).to(tokens.device)
    return {
        "edu": functional.binary_cross_entropy_with_logits(logits[torch.from_numpy(keep).to(tokens.device)], target)
    }


def article_loss(network: Network, example: ArticleExample, tokens: Tensor, rng: random.Random) -> Losses:
    """All losses of one labelled article.

    Args:
        network: in training mode.
        example: the article.
        tokens: encoder output. *Shape:* (n_tokens, hidden).
        rng: decides whether units are the labelled or the predicted ones.
    """
    logits = network.token_logits(tokens)
    losses = {"units": _crf_loss(network.crf, logits.units, example)}
    losses["mentions"] = _tag_loss(logits.mentions, example.mention_tags, 2.0)
    losses["spans"] = (
        _tag_loss(logits.cause, example.cause_tags, 1.5)
        + _tag_loss(logits.effect, example.effect_tags, 1.5)
        + 0.5 * _tag_loss(logits.connective, example.connective_tags, 1.5)
    )
    losses |= _unit_losses(network, example, tokens, logits, rng)
    losses |= _causal_losses(network, example, tokens, logits)
    losses["strategies"] = strategy_loss(network, example, tokens, logits.mentions, rng)
    return losses


def _tag_loss(logits: Tensor, tags: np.ndarray, weight: float) -> Tensor:
    weights = torch.full((logits.shape[1],), weight, device=logits.device)
    weights[0] = 1.0
    return functional.cross_entropy(logits, torch.from_numpy(tags).to(logits.device), weights)


def _crf_loss(crf: LinearChainCrf, logits: Tensor, example: ArticleExample) -> Tensor:
    sentences = example.prepared.sentences
    longest = max(b - a for a, b in sentences)
    rows = torch.zeros(len(sentences), longest, dtype=torch.long)
    mask = torch.zeros(len(sentences), longest, dtype=torch.bool)
    for i, (a, b) in enumerate(sentences):
        rows[i, : b - a] = torch.arange(a, b)
        mask[i, : b - a] = True
    tags = torch.from_numpy(example.unit_tags)[rows] * mask
    return crf.loss(logits[rows.to(logits.device)], tags.to(logits.device), mask.to(logits.device))


@dataclass
class _Units:
    """Units to score: token ranges, spans, and the labelled unit behind each (-1 for none)."""

    ranges: list[Range]
    gold: list[int]


def _choose_units(network: Network, example: ArticleExample, logits: TokenLogits, rng: random.Random) -> _Units:
    gold = list(example.unit_ranges)
    if rng.random() < 0.5:
        return _Units(gold, list(range(len(gold))))
    found = decode_units(
        logits.units.detach().float().cpu().numpy(), example.prepared.sentences, CrfScores.of(network.crf)
    )
    ranges = [(u.first, u.last) for u in found]
    matched: list[int] = []
    for r in ranges:
        best = max(range(len(gold)), key=lambda g: range_iou(r, gold[g]))
        matched.append(best if range_iou(r, gold[best]) >= 0.5 and best not in matched else -1)
    if sum(m >= 0 for m in matched) < len(gold) / 2:
        return _Units(gold, list(range(len(gold))))
    return _Units(ranges, matched)


def _unit_losses(
    network: Network, example: ArticleExample, tokens: Tensor, logits: TokenLogits, rng: random.Random
) -> Losses:
    units = _choose_units(network, example, logits, rng)
    article, prepared, device = example.article, example.prepared, tokens.device
    spans = [prepared.tokens.span_of(*r) for r in units.ranges]
    words = gold_words(article)
    swap = rng.random() < 0.5
    words = (_thin(words[0], rng), _thin(words[1], rng))
    mentions = Mentions.of(article.text, *(words[::-1] if swap else words))
    scores = network.units(
        tokens,
        torch.tensor(units.ranges, device=device),
        torch.from_numpy(unit_features(article.text, spans, prepared.segmentation, mentions)).to(device),
        torch.from_numpy(pair_features(spans, prepared.segmentation)).to(device),
        strategy_vectors(tokens, prepared.tokens, mentions),
    )
    labels = [article.units[g] if g >= 0 else None for g in units.gold]
    sides = [SIDES.index(u.side) if u else _IGNORE for u in labels]
    if swap:
        sides = [{0: 1, 1: 0}.get(s, s) for s in sides]
    kinds = torch.tensor([1 + UNIT_TYPES.index(u.type) if u else 0 for u in labels], device=device)
    facets = torch.tensor([FACETS.index(u.facet) if u else _IGNORE for u in labels], device=device)
    central = torch.tensor([float(u.central) if u else 0.0 for u in labels], device=device)
    return {
        "kind": functional.cross_entropy(scores.kind, kinds),
        "facet": functional.cross_entropy(scores.facet, facets, ignore_index=_IGNORE),
        "side": functional.cross_entropy(scores.side, torch.tensor(sides, device=device), ignore_index=_IGNORE),
        "central": functional.binary_cross_entropy_with_logits(
            scores.central, central, pos_weight=torch.tensor(4.0, device=device)
        ),
        "links": _link_loss(scores.links, scores.root, example, units.gold),
        "contrast": _contrast_loss(scores.contrast, example, units.gold),
    }


def _thin(words: tuple[str, ...], rng: random.Random) -> tuple[str, ...]:
    """Leave out some words, as a run that found fewer of them would; the name, which stands first, more seldom."""
    p_kept = rng.uniform(_LEAST_KEPT, 1.0)
    kept = tuple(w for i, w in enumerate(words) if rng.random() < (max(p_kept, 0.9) if i == 0 else p_kept))
    return kept or words[:1]


def _link_loss(links: Tensor, root: Tensor, example: ArticleExample, gold: list[int]) -> Tensor:
    article = example.article
    place = {article.units[g].number: i for i, g in enumerate(gold) if g >= 0}
    n = len(gold)
    target = [_IGNORE if g < 0 else 2 * n for g in gold]
    for link in article.links:
        if link.type == "contrasts" or link.source not in place:
            continue
        source = place[link.source]
        if link.target in place:
            target[source] = 2 * place[link.target] + ("supports", "attacks").index(link.type)
        else:
            target[source] = _IGNORE
    blocked = torch.eye(n, dtype=torch.bool, device=links.device)[:, :, None]
    flat = links.masked_fill(blocked, -1e4).reshape(n, -1)
    logits = torch.cat([flat, root[:, None]], dim=1)
    return functional.cross_entropy(logits, torch.tensor(target, device=links.device), ignore_index=_IGNORE)


def _contrast_loss(scores: Tensor, example: ArticleExample, gold: list[int]) -> Tensor:
    article = example.article
    place = {article.units[g].number: i for i, g in enumerate(gold) if g >= 0}
    target = torch.zeros(len(gold), len(gold), device=scores.device)
    for link in article.links:
        if link.type == "contrasts" and link.source in place and link.target in place:
            i, j = sorted((place[link.source], place[link.target]))
            target[i, j] = 1.0
    upper = torch.triu(torch.ones_like(target), 1).bool()
    if not upper.any():
        return scores.sum() * 0.0
    weight = torch.where(target[upper] > 0, 4.0, 1.0)
    loss = functional.binary_cross_entropy_with_logits(scores[upper], target[upper], weight, reduction="sum")
    return loss / len(gold)


def _causal_losses(network: Network, example: ArticleExample, tokens: Tensor, logits: TokenLogits) -> Losses:
    prepared = example.prepared
    spans: list[list[Range]] = []
    for k, head in enumerate((logits.cause, logits.effect)):
        gold = {pair[k] for pair in example.causal_ranges}
        found = decode_spans(head.detach().float().cpu().numpy(), prepared.sentences, SPAN_TAGS, 0.5)
        near = {(s.first, s.last) for s in found}
        spans.append(sorted(gold | near))
    pairs = near_pairs(spans[0], spans[1], prepared.sentences, prepared.tokens.paragraph_of)[:400]
    if not pairs:
        return {}
    causes, effects, features = pair_arrays(pairs, prepared.sentences)
    device = tokens.device
    scores = network.causal(
        tokens,
        torch.from_numpy(causes).to(device),
        torch.from_numpy(effects).to(device),
        torch.from_numpy(features).to(device),
    )
    match = [_matching(p.cause, p.effect, example) for p in pairs]
    valid = torch.tensor([float(m >= 0) for m in match], device=device)
    kinds = [CAUSAL_KINDS.index(example.article.causals[m].kind) if m >= 0 else _IGNORE for m in match]
    inhibit = torch.tensor([float(m >= 0 and example.article.causals[m].polarity == "inhibit") for m in match])
    loss = functional.binary_cross_entropy_with_logits(scores.valid, valid)
    if valid.any():
        loss = loss + 0.3 * functional.cross_entropy(
            scores.kind, torch.tensor(kinds, device=device), ignore_index=_IGNORE
        )
        loss = loss + 0.3 * functional.binary_cross_entropy_with_logits(
            scores.inhibit[valid > 0], inhibit.to(device)[valid > 0]
        )
    return {"causal": loss}


def _matching(cause: Range, effect: Range, example: ArticleExample) -> int:
    """The labelled relation that the pair says; -1 for none."""
    best, score = -1, 0.5
    for i, (c, e) in enumerate(example.causal_ranges):
        both = min(range_iou(cause, c), range_iou(effect, e))
        if both >= score:
            best, score = i, both
    return best
