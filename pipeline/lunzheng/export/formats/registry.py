"""All formats by name: to add one, write its module and list it here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lunzheng.argmap import ArgumentMap
from lunzheng.export.formats.argdown import argdown
from lunzheng.export.formats.arguebuf import arguebuf
from lunzheng.export.formats.brat import brat, brat_folder
from lunzheng.export.formats.csv_tables import csv_tables
from lunzheng.export.formats.exported import Exported
from lunzheng.export.formats.graphml import graphml
from lunzheng.export.formats.label_studio import label_studio, label_studio_folder
from lunzheng.export.formats.markdown import markdown
from lunzheng.export.formats.xaif import xaif


@dataclass(frozen=True)
class Format:
    """How maps are written for one tool.

    Args:
        suffix: of the file that a map becomes, or of the first where it becomes several.
        line: what the format is for, in one line.
        one: the files of one map by suffix; None where a map has no file of its own.
        folder: the files by name that a folder needs once, for all maps in it; None where it needs none.
    """

    suffix: str
    line: str
    one: Callable[[ArgumentMap], Exported] | None = None
    folder: Callable[[Sequence[ArgumentMap]], Exported] | None = None


FORMATS: Mapping[str, Format] = {
    "argdown": Format(".argdown", "argument trees to read, edit and draw with Argdown", argdown),
    "xaif": Format(".xaif.json", "xAIF of the Argument Web, for OVA and the arg-tech modules", xaif),
    "arguebuf": Format(".arguebuf.json", "Arguebuf graph, for the arguebuf library", arguebuf),
    "graphml": Format(".graphml", "units, events and all relations as one graph, for Gephi, yEd or networkx", graphml),
    "brat": Format(".ann", "brat standoff, to correct by hand and import into the corpus", brat, brat_folder),
    "label-studio": Format(
        ".json", "Label Studio task, to correct by hand and import into the corpus", label_studio, label_studio_folder
    ),
    "markdown": Format(".md", "a report to read: contrast, claims with their grounds, causes, quotations", markdown),
    "csv": Format(".csv", "tables of all maps together, for spreadsheets and pandas", folder=csv_tables),
}
