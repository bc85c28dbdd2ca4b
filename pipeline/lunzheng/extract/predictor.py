"""Runs the network on one text and gives spans and probabilities."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from lunzheng.document import Causal, Segmentation
from lunzheng.extract.candidate_pairs import candidate_pair_features
from lunzheng.extract.candidates import candidate_arrays, collect_candidates
from lunzheng.extract.causal_decoding import causal_relations
from lunzheng.extract.causal_pairs import near_pairs, pair_arrays
from lunzheng.extract.decode_spans import decode_spans
from lunzheng.extract.decode_units import CrfScores, TaggedUnit, decode_units
from lunzheng.extract.model_folder import LoadedModel
from lunzheng.extract.network import TokenLogits
from lunzheng.extract.prepared import PreparedText, prepare
from lunzheng.extract.quotes import with_partners
from lunzheng.extract.scores import DocumentScores, FoundStrategies, FoundUnit, UnitProbabilities
from lunzheng.extract.strategy_vectors import strategy_vectors
from lunzheng.extract.tagging import MENTION_TAGS, SPAN_TAGS
from lunzheng.extract.thresholds import Thresholds
from lunzheng.extract.unit_features import Mentions, pair_features, unit_features
from lunzheng.labels import UnitType
from lunzheng.spans import Span

Floats = NDArray[np.float32]
Range = tuple[int, int]
UNIT_EDGE = " \t\u3000。，、；：！？,;:!?—…"


def _array(tensor: torch.Tensor) -> Floats:
    return tensor.detach().float().cpu().numpy()


@dataclass(frozen=True)
class EncodedText:
    """A prepared text and its token vectors. *Shape:* ``hidden`` (n_tokens, hidden)."""

    prepared: PreparedText
    hidden: torch.Tensor


class Predictor:
    """A loaded model ready to read texts.

    Args:
        model: network and tokenizer.
        thresholds: where probabilities become decisions.
        batch_windows: windows encoded at once.
    """

    def __init__(self, model: LoadedModel, thresholds: Thresholds, batch_windows: int = 4) -> None:
        self.network, self.tokenizer = model.network, model.tokenizer
        self.thresholds = thresholds
        self.batch = batch_windows
        self.device = next(self.network.parameters()).device
        self._crf = CrfScores.of(self.network.crf)

    def read(self, text: str, segmentation: Segmentation) -> tuple[DocumentScores, tuple[Span, ...]]:
        """One encoder pass, and all that the token heads say.

        Returns:
            The scores, and the discourse units, which tile each sentence.
        """
        return self.decode(self.encode(text, segmentation))

    @torch.inference_mode()
    def encode(self, text: str, segmentation: Segmentation) -> EncodedText:
        """The encoder pass alone; its outcome does not depend on thresholds."""
        prepared = prepare(text, segmentation, self.tokenizer, self.network.config)
        hidden = self.network.encode(
            prepared.tokens.ids, prepared.windows, self.tokenizer.cls_id, self.tokenizer.sep_id, self.batch
        )
        return EncodedText(prepared, hidden)

    @torch.inference_mode()
    def decode(self, encoded: EncodedText) -> tuple[DocumentScores, tuple[Span, ...]]:
        """What the token heads say of an encoded text: scores and discourse units."""
        prepared, hidden = encoded.prepared, encoded.hidden
        logits = self.network.token_logits(hidden)
        tagged = decode_units(_array(logits.units), prepared.sentences, self._crf)
        units, rejected = _found_units(prepared, tagged)
        scores = DocumentScores(
            prepared=prepared,
            hidden=_array(hidden),
            units=units,
            causals=self._causals(prepared, hidden, logits),
            strategies=self._strategies(prepared, hidden, logits),
            rejected=dict(rejected),
        )
        return scores, self._discourse_units(prepared, _array(logits.edu)[:, 0])

    def _discourse_units(self, prepared: PreparedText, logits: Floats) -> tuple[Span, ...]:
        cut = float(np.log(self.thresholds.boundary / (1 - self.thresholds.boundary)))
        found = []
        for sentence in prepared.segmentation.sentences:
            first, last = prepared.tokens.tokens_in(sentence)
            starts = {int(prepared.tokens.starts[t]) for t in range(first + 1, last) if logits[t] > cut}
            # one sign may be many tokens, all of which start where it does
            bounds = [sentence.start, *sorted(starts - {sentence.start}), sentence.end]
            found += [Span(a, b) for a, b in itertools.pairwise(bounds)]
        return tuple(found)

    def _causals(self, prepared: PreparedText, hidden: torch.Tensor, logits: TokenLogits) -> tuple[Causal, ...]:
        bias = self.thresholds.span_bias
        causes, effects = (
            [(s.first, s.last) for s in decode_spans(_array(head), prepared.sentences, SPAN_TAGS, bias)]
            for head in (logits.cause, logits.effect)
        )
        pairs = near_pairs(causes, effects, prepared.sentences, prepared.tokens.paragraph_of)
        if not pairs:
            return ()
        cause_array, effect_array, features = pair_arrays(pairs, prepared.sentences)
        out = self.network.causal(hidden, self._to(cause_array), self._to(effect_array), self._to(features))
        connectives = decode_spans(_array(logits.connective), prepared.sentences, SPAN_TAGS)
        return causal_relations(
            prepared,
            pairs,
            valid=_array(out.valid.sigmoid()),
            kind=_array(out.kind.softmax(1)),
            inhibit=_array(out.inhibit.sigmoid()),
            connectives=connectives,
            thresholds=self.thresholds,
        )

    def _strategies(self, prepared: PreparedText, hidden: torch.Tensor, logits: TokenLogits) -> FoundStrategies:
        mentions = decode_spans(_array(logits.mentions), prepared.sentences, MENTION_TAGS, self.thresholds.mention_bias)
        candidates = collect_candidates(prepared, mentions, _array(logits.mentions.softmax(1)))
        ranges, owner, features = candidate_arrays(candidates)
        pairs = candidate_pair_features(prepared.text, candidates, prepared.segmentation)
        out = self.network.strategies(hidden, *(self._to(x) for x in (ranges, owner, features, pairs)))
        return FoundStrategies(
            tuple(candidates),
            names=_array(out.names),
            other=_array(out.other),
            role=_array(out.role),
            belongs=_array(out.belongs),
            contrast=float(out.contrast.sigmoid()),
        )

    @torch.inference_mode()
    def judge_units(self, scores: DocumentScores, ranges: Sequence[Range], mentions: Mentions) -> UnitProbabilities:
        """Facet, side and links of units, in the light of the strategies' mentions.

        Args:
            scores: of the document.
            ranges: token ranges of the units in order, at least one.
            mentions: places that speak of A and of B.
        """
        prepared = scores.prepared
        spans = [prepared.tokens.span_of(*r) for r in ranges]
        hidden = torch.from_numpy(scores.hidden).to(self.device)
        out = self.network.units(
            hidden,
            torch.tensor(list(ranges), device=self.device),
            self._to(unit_features(prepared.text, spans, prepared.segmentation, mentions)),
            self._to(pair_features(spans, prepared.segmentation)),
            strategy_vectors(hidden, prepared.tokens, mentions),
        )
        n = len(ranges)
        own = torch.eye(n, dtype=torch.bool, device=self.device)[:, :, None]
        flat = torch.cat([out.links.masked_fill(own, -1e4).reshape(n, -1), out.root[:, None]], dim=1).softmax(1)
        return UnitProbabilities(
            kind=_array(out.kind.softmax(1)),
            facet=_array(out.facet.softmax(1)),
            side=_array(out.side.softmax(1)),
            central=_array(out.central.sigmoid()),
            links=_array(flat[:, :-1].reshape(n, n, 2)),
            root=_array(flat[:, -1]),
            contrast=_array(out.contrast.sigmoid()),
        )

    def _to(self, array: NDArray[np.generic]) -> torch.Tensor:
        return torch.from_numpy(array).to(self.device)


def _found_units(prepared: PreparedText, tagged: Sequence[TaggedUnit]) -> tuple[tuple[FoundUnit, ...], Counter[str]]:
    """Units with code-point spans, free of punctuation at their ends; and those left out, by reason.

    Titles and headings are never units (annotation guidelines, section 1).
    """
    found: list[FoundUnit] = []
    rejected: Counter[str] = Counter()
    heads = prepared.segmentation.headings
    for unit in tagged:
        span = prepared.tokens.span_of(unit.first, unit.last).trim(prepared.text, UNIT_EDGE)
        if not len(span):
            rejected["unit without words"] += 1
        elif any(head.contains(span) for head in heads):
            rejected["unit in a heading"] += 1
        else:
            span = with_partners(span, prepared.text)
            p_claim = unit.confidence if unit.type == "claim" else 1 - unit.confidence
            kind: UnitType = "claim" if unit.type == "claim" else "evidence"
            found.append(FoundUnit(span, prepared.tokens.tokens_in(span), kind, unit.confidence, p_claim))
    return tuple(found), rejected
