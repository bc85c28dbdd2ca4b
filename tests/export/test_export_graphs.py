"""Causal chains and argument trees."""

from __future__ import annotations

from hypothesis import given, settings

import maps
from lunzheng.argmap import ArgumentMap
from lunzheng.export.chains import chains
from lunzheng.export.outline import outline, unlinked


def walked(found: ArgumentMap) -> list[list[tuple[str, int, bool]]]:
    return [[(s.relation.id, s.depth, s.seen) for s in chain] for chain in chains(found)]


def drawn(found: ArgumentMap) -> list[list[tuple[str, int]]]:
    return [[(line.node.id, line.depth) for line in tree] for tree in outline(found)]


def test_effect_that_is_the_next_cause_makes_a_chain() -> None:
    assert walked(maps.contrast_example().map) == [[("c1", 0, False), ("c2", 1, False)], [("c3", 0, False)]]


def test_shared_node_makes_a_chain_of_different_words() -> None:
    draft = maps.Draft("降价了。客人多了，店里挤。老客走了。")
    nodes = [draft.node("u1", "客人多了，店里挤")]
    causals = [
        draft.causal("c1", "降价了", None, "客人多了", nodes=(None, "u1")),
        draft.causal("c2", "店里挤", None, "老客走了", nodes=("u1", None)),
    ]
    assert walked(draft.finish("d", nodes, (), causals).map) == [[("c1", 0, False), ("c2", 1, False)]]


def test_relations_inside_one_node_are_no_chain_by_that_node() -> None:
    draft = maps.Draft("甲使乙，丙使丁。")
    nodes = [draft.node("u1", "甲使乙，丙使丁")]
    causals = [
        draft.causal("c1", "甲", "使", "乙", nodes=("u1", "u1")),
        draft.causal("c2", "丙", None, "丁", nodes=("u1", "u1")),
    ]
    assert walked(draft.finish("d", nodes, (), causals).map) == [[("c1", 0, False)], [("c2", 0, False)]]


def test_one_cause_of_two_effects_is_one_chain_and_a_meeting_is_marked() -> None:
    draft = maps.Draft("甲。乙。丙。丁。")
    causals = [
        draft.causal("c1", "甲", None, "乙"),
        draft.causal("c2", "甲", None, "丙"),
        draft.causal("c3", "乙", None, "丁"),
    ]
    assert walked(draft.finish("d", causals=causals).map) == [[("c1", 0, False), ("c3", 1, False), ("c2", 0, False)]]
    circle = [draft.causal("c1", "甲", None, "乙"), draft.causal("c2", "乙", None, "甲")]
    assert walked(draft.finish("d", causals=circle).map) == [[("c1", 0, False), ("c2", 1, False), ("c1", 2, True)]]


def test_central_claims_come_first_and_one_inside_another() -> None:
    draft = maps.Draft("".join(f"{c}。" for c in "甲乙丙丁戊"))
    nodes = [draft.node(f"u{i}", c, central=c in "丙丁") for i, c in enumerate("甲乙丙丁戊")]
    edges = [maps.edge("r1", "u0", "supports", "u1"), maps.edge("r2", "u2", "supports", "u3")]
    found = draft.finish("d", nodes, edges).map
    assert drawn(found) == [[("u3", 0), ("u2", 1)], [("u1", 0), ("u0", 1)]]
    assert [n.id for n in unlinked(found)] == ["u4"]


def test_a_central_claim_under_another_claim_still_leads() -> None:
    draft = maps.Draft("甲。乙。")
    nodes = [draft.node("u0", "甲", central=True), draft.node("u1", "乙")]
    found = draft.finish("d", nodes, [maps.edge("r1", "u0", "supports", "u1")]).map
    assert [[(line.node.id, line.seen) for line in tree] for tree in outline(found)] == [
        [("u0", False)],
        [("u1", False), ("u0", True)],
    ]


def test_a_circle_of_claims_is_drawn_once() -> None:
    draft = maps.Draft("甲。乙。")
    edges = [maps.edge("r1", "u0", "supports", "u1"), maps.edge("r2", "u1", "attacks", "u0")]
    found = draft.finish("d", [draft.node("u0", "甲"), draft.node("u1", "乙")], edges).map
    assert drawn(found) == [[("u0", 0), ("u1", 1), ("u0", 2)]]


@settings(max_examples=100, deadline=None)
@given(maps.argument_maps())
def test_nothing_is_lost_or_drawn_twice(example: maps.Example) -> None:
    found = example.map
    relations = [s.relation.id for chain in chains(found) for s in chain if not s.seen]
    assert sorted(relations) == sorted(c.id for c in found.causal_relations)
    nodes = [line.node.id for tree in outline(found) for line in tree if not line.seen]
    nodes += [node.id for node in unlinked(found)]
    assert sorted(nodes) == sorted(n.id for n in found.nodes)
