"""A map as brat standoff, in the form that ``lunzheng corpus import --from brat`` reads.

The importer refuses notes that it would lose, so that confidences and the map's own offsets stand in a table beside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lunzheng.argmap import Anchor, ArgumentMap
from lunzheng.corpus._brat import annotation_conf, write_brat
from lunzheng.export.formats.exported import Exported
from lunzheng.export.formats.labelled import Labelled, labelled
from lunzheng.export.formats.plain import one_line

_COLUMNS = ("mark", "id", "part", "start", "end", "raw_start", "raw_end", "score")


def brat(argument_map: ArgumentMap) -> Exported:
    """The map as ``.txt``, ``.ann`` and ``.map.tsv``."""
    found = labelled(argument_map)
    text, ann = write_brat(found.article)
    table = "".join("\t".join(map(str, row)) + "\n" for row in (_COLUMNS, *_rows(found)))
    return Exported({".ann": ann, ".txt": text, ".map.tsv": table}, found.left_out)


def brat_folder(_maps: Sequence[ArgumentMap]) -> Exported:
    """The ``annotation.conf`` that brat needs beside the files."""
    return Exported({"annotation.conf": annotation_conf()})


def _rows(found: Labelled) -> Iterator[tuple[object, ...]]:
    """What the marks of the ``.ann`` are in the map: units, relations, causes with their three parts."""
    for number, node in found.units.items():
        yield f"T{number}", one_line(node.id), "unit", *_place(node), node.confidence
    for index, link in enumerate(found.article.links, 1):
        edge = found.links[link]
        yield f"R{index}", one_line(edge.id), "relation", *_place(None), edge.confidence
    for index, causal in enumerate(found.causals, 1):
        for part in ("cause", "connective", "effect"):
            anchor = getattr(causal, part)
            if anchor is not None:
                yield f"E{index}", one_line(causal.id), part, *_place(anchor), causal.confidence


def _place(anchor: Anchor | None) -> tuple[object, ...]:
    return (*anchor.span, *anchor.raw_span) if anchor is not None else ("",) * 4
