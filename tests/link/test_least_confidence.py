"""What is unsure goes, and what hangs on it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from invented import article, perfect
from lunzheng.document import Linked
from lunzheng.link.least_confidence import drop_unsure

_sure = st.floats(0, 1)


@st.composite
def _linked(draw: st.DrawFn) -> Linked:
    whole = perfect(article())
    return replace(
        whole,
        units=tuple(replace(u, confidence=draw(_sure)) for u in whole.units),
        links=tuple(replace(x, confidence=draw(_sure)) for x in whole.links),
        causals=tuple(replace(c, confidence=draw(_sure)) for c in whole.causals),
    )


@given(_linked())
def test_zero_drops_nothing(linked: Linked) -> None:
    assert drop_unsure(linked, 0.0) == (linked, {})


@given(_linked(), _sure)
def test_links_keep_their_units_and_everything_is_counted(linked: Linked, least: float) -> None:
    left, rejected = drop_unsure(linked, least)
    assert min([p.confidence for p in (*left.units, *left.links, *left.causals)], default=1) >= least
    spans = {(left.units[x.source].span, left.units[x.target].span, x.type) for x in left.links}
    both_ends = {
        (linked.units[x.source].span, linked.units[x.target].span, x.type)
        for x in linked.links
        if min(x.confidence, linked.units[x.source].confidence, linked.units[x.target].confidence) >= least
    }
    assert spans == both_ends
    n_before, n_after = (len(x.units) + len(x.links) + len(x.causals) for x in (linked, left))
    assert rejected.total() == n_before - n_after


def test_reasons_are_told_apart() -> None:
    whole = perfect(article())
    units = (replace(whole.units[0], confidence=0.1), *whole.units[1:])
    links = tuple(replace(x, confidence=0.2) if x.source == 2 else x for x in whole.links)
    causals = (replace(whole.causals[0], confidence=0.3), *whole.causals[1:])
    _, rejected = drop_unsure(replace(whole, units=units, links=links, causals=causals), 0.5)
    of_unit = sum(0 in (x.source, x.target) for x in whole.links if x.source != 2)
    assert rejected == {
        "unit below min_confidence": 1,
        "relation below min_confidence": 1,
        "relation of a unit below min_confidence": of_unit,
        "causal relation below min_confidence": 1,
    }
