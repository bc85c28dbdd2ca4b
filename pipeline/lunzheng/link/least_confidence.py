"""What of a linked article is sure enough to be told."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from lunzheng.document import Linked


def drop_unsure(linked: Linked, least: float) -> tuple[Linked, Counter[str]]:
    """*linked* without units, relations and causal relations of less confidence; decisions stay as they are.

    Args:
        linked: all that was decided.
        least: lowest confidence that is kept, in [0, 1].

    Returns:
        What is left, relations of units that went without them, and how much was rejected for which reason.
    """
    kept = [i for i, unit in enumerate(linked.units) if unit.confidence >= least]
    place = {old: new for new, old in enumerate(kept)}
    sure = [x for x in linked.links if x.confidence >= least]
    joined = tuple(
        replace(x, source=place[x.source], target=place[x.target])
        for x in sure
        if x.source in place and x.target in place
    )
    causals = tuple(c for c in linked.causals if c.confidence >= least)
    rejected = Counter(
        {
            "unit below min_confidence": len(linked.units) - len(kept),
            "relation below min_confidence": len(linked.links) - len(sure),
            "relation of a unit below min_confidence": len(sure) - len(joined),
            "causal relation below min_confidence": len(linked.causals) - len(causals),
        }
    )
    units = tuple(linked.units[i] for i in kept)
    return replace(linked, units=units, links=joined, causals=causals), +rejected
