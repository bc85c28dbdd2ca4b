"""A map as a Label Studio task, in the form that ``lunzheng corpus import --from label-studio`` reads.

Every region and relation carries its confidence as ``score``, and what part of the map it is as ``meta``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from lunzheng.argmap import Anchor, ArgumentMap, CausalRelation, Edge, Node
from lunzheng.corpus._label_studio import label_config, write_task
from lunzheng.corpus.article import LabelledLink
from lunzheng.export.formats.exported import Exported
from lunzheng.export.formats.labelled import Labelled, labelled
from lunzheng.export.formats.values import json_text
from lunzheng.labels import LINK_TYPES

_OWNER = re.compile(r"([uc])(\d+)(?:-(\w+))?")  # regions of write_task: u7, c2-cause


def label_studio(argument_map: ArgumentMap) -> Exported:
    """The map as one ``.json`` file with a list of one task."""
    found = labelled(argument_map)
    task = write_task(found.article)
    for item in task["annotations"][0]["result"]:
        part = _part(item, found)
        item |= {"score": part.confidence, "meta": {"id": part.id, **_place(item, part)}}
    return Exported({".json": json_text([task])}, found.left_out)


def label_studio_folder(_maps: Sequence[ArgumentMap]) -> Exported:
    """The labelling interface, to be pasted into the project's settings."""
    return Exported({"labels.xml": label_config()})


def _part(item: dict[str, Any], found: Labelled) -> Node | Edge | CausalRelation:
    """The part of the map that a region or relation comes from."""
    kind, number, _ = _owner(item.get("id") or item["from_id"])
    if kind == "c":
        return found.causals[number - 1]
    if item["type"] != "relation":
        return found.units[number]
    label = next(t for t in LINK_TYPES if t == item["labels"][0])
    return found.links[LabelledLink(source=number, target=_owner(item["to_id"])[1], type=label)]


def _place(item: dict[str, Any], part: Node | Edge | CausalRelation) -> dict[str, Any]:
    """Offsets in the map and in the source: a text that was laid out anew has others."""
    if item["type"] == "relation":
        return {}
    anchor = part if isinstance(part, Node) else getattr(part, _owner(item["id"])[2])
    assert isinstance(anchor, Anchor)
    return {"span": anchor.span, "raw_span": anchor.raw_span}


def _owner(region: str) -> tuple[str, int, str]:
    match = _OWNER.fullmatch(region)
    assert match is not None
    return match[1], int(match[2]), match[3] or ""
