"""Causal relations as a graph of events."""

from __future__ import annotations

from hypothesis import given, settings

import maps
from lunzheng.spans import content_offsets, iou
from lunzheng.view._opencc import other_script
from lunzheng.view.events import event_graph


def test_events_of_a_chain_are_joined() -> None:
    example = maps.contrast_example()
    graph = event_graph(example.map)
    said = {event.id: event.spans[0].of(example.map.document.text) for event in graph.events}
    assert [(said[c.source], said[c.target]) for c in graph.causes] == [
        ("白杨放开加盟", "门店猛增"),
        ("门店猛增", "品控松动"),
        ("严格培训", "品控松动"),
    ]
    assert graph.causes[0].target == graph.causes[1].source
    assert graph.causes[1].target != graph.causes[2].target  # told twice, in two places
    assert graph.events[0].nodes == ("u5",)
    assert graph.same_unit == ()


def test_a_relation_that_goes_on_within_a_unit_is_joined_by_it() -> None:
    draft = maps.Draft("店多了所以人手不足服务变差。服务变差导致口碑下滑。")
    nodes = [draft.node("u1", "店多了"), draft.node("u2", "人手不足服务变差"), draft.node("u3", "口碑下滑")]
    causals = [
        draft.causal("c1", "店多了", "所以", "人手不足", nodes=("u1", "u2")),
        draft.causal("c2", "服务变差", "导致", "口碑下滑", nodes=("u2", "u3")),
    ]
    graph = event_graph(draft.finish("d", nodes, causals=causals).map)
    assert graph.same_unit == ((graph.causes[0].target, graph.causes[1].source),)


def test_overlapping_words_are_one_event() -> None:
    draft = maps.Draft("甲店关门导致客人流失。客人流失之后房东降租。")
    causals = [draft.causal("c1", "甲店关门", "导致", "客人流失"), draft.causal("c2", "店关门", None, "房东降租")]
    graph = event_graph(draft.finish("d", causals=causals).map)
    assert [c.source for c in graph.causes] == ["e1", "e1"]
    assert len(graph.events) == 3


@settings(max_examples=40, deadline=None)
@given(maps.argument_maps())
def test_every_cause_and_effect_is_told_by_its_event(example: maps.Example) -> None:
    graph = event_graph(example.map)
    spans = {event.id: event.spans for event in graph.events}
    relations = {r.id: r for r in example.map.causal_relations}
    for cause in graph.causes:
        assert relations[cause.relation].cause.span in spans[cause.source]
        assert relations[cause.relation].effect.span in spans[cause.target]
    text = example.map.document.text
    for event in graph.events:
        if len(event.spans) > 1:
            sets = [content_offsets(span, text) for span in event.spans]
            assert all(any(iou(a, b) >= 0.5 for b in sets if b is not a) for a in sets)


def test_the_other_script_keeps_places() -> None:
    assert other_script("皇后与后来\n里面", "Hans") == "皇后與後來\n裏面"
    assert other_script("皇后與後來", "Hant") == "皇后与后来"
    assert len(other_script("里\0面😀𠮷", "Hans")) == 5
