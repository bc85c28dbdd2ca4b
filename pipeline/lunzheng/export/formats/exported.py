"""What an exporter gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Exported:
    """Contents of files, and what did not fit into the format.

    Args:
        files: content by suffix for one map (``.argdown``), by name for a folder's own files (``labels.xml``).
        left_out: one sentence for each thing of this map that the files do not hold.
    """

    files: Mapping[str, str | bytes]
    left_out: tuple[str, ...] = ()
