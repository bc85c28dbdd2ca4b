"""Causal relations joined into chains: what one brings about is what the next begins with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lunzheng.argmap import ArgumentMap, CausalRelation
from lunzheng.spans import content_offsets, iou

SAME = 0.5  # character IoU from which two spans are one event (guidelines, section 7)


class Step(NamedTuple):
    """One relation in a walk along the chains."""

    relation: CausalRelation
    depth: int  # 0: the relation begins a chain
    seen: bool  # drawn before: its own followers are not walked again


def chains(argument_map: ArgumentMap) -> tuple[tuple[Step, ...], ...]:
    """All causal relations as chains, in order of the text; each relation is walked exactly once.

    Beginnings with the same cause share one chain. Where two relations lead to a third, the
    later one meets it as ``seen``.
    """
    relations = sorted(argument_map.causal_relations, key=_place)
    follows = _follows(relations, argument_map.document.text)
    led_to = {j for following in follows for j in following}
    # The relations of a closed circle are all led to: after the true beginnings any of them may begin.
    order = sorted(range(len(relations)), key=lambda i: (i in led_to, i))
    walked: set[int] = set()
    found: list[list[Step]] = []
    for start in order:
        if start in walked:
            continue
        steps = [Step(relations[i], depth, seen) for i, depth, seen in _walk(start, follows, walked)]
        cause = relations[start].cause.span
        same = next((c for c in found if c[0].relation.cause.span == cause), None)
        if same is None:
            found.append(steps)
        else:
            same.extend(steps)
    return tuple(tuple(steps) for steps in found)


def _place(relation: CausalRelation) -> tuple[int, int, str]:
    return relation.cause.span.start, relation.effect.span.start, relation.id


def _follows(relations: Sequence[CausalRelation], text: str) -> list[list[int]]:
    """For each relation, the indices of those that begin where it ends."""
    causes = [content_offsets(r.cause.span, text) for r in relations]
    effects = [content_offsets(r.effect.span, text) for r in relations]
    n_all = range(len(relations))
    return [
        [j for j in n_all if i != j and (iou(effects[i], causes[j]) >= SAME or _by_node(relations[i], relations[j]))]
        for i in n_all
    ]


def _by_node(first: CausalRelation, second: CausalRelation) -> bool:
    """Whether one leads into the node that the other leads out of.

    A relation inside one node joins by its words alone: else all that one sentence says would be a chain.
    """
    node = first.target_node
    return node is not None and node == second.source_node and node not in (first.source_node, second.target_node)


def _walk(start: int, follows: Sequence[Sequence[int]], walked: set[int]) -> Iterator[tuple[int, int, bool]]:
    """Depth first from *start*; a stack instead of recursion because a hostile text can chain very deep."""
    stack = [(start, 0)]
    while stack:
        index, depth = stack.pop()
        seen = index in walked
        yield index, depth, seen
        if not seen:
            walked.add(index)
            stack.extend((j, depth + 1) for j in reversed(follows[index]))
