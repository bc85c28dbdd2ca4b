"""The link stage and the map stage."""

from __future__ import annotations

from collections.abc import Sequence

from lunzheng.argmap import Provenance
from lunzheng.document import Document
from lunzheng.extract.scores import DocumentScores
from lunzheng.link.build_map import build_map
from lunzheng.link.linking import Linker
from lunzheng.stage import Layer


class LinkStage:
    """Scores to strategies, sides and relations."""

    name = "link"
    requires: frozenset[Layer] = frozenset({"scores"})
    provides: frozenset[Layer] = frozenset({"linked"})

    def __init__(self, linker: Linker) -> None:
        self._linker = linker

    def __call__(self, documents: Sequence[Document]) -> None:
        """Link each extracted document; its scores are let go, they are large."""
        for document in documents:
            if isinstance(document.scores, DocumentScores):
                document.linked, rejected = self._linker(document.scores)
                document.rejected.update(rejected)
                document.scores = None


class MapStage:
    """Linked documents to argument maps."""

    name = "map"
    requires: frozenset[Layer] = frozenset({"clean", "segmentation", "discourse_units", "linked"})
    provides: frozenset[Layer] = frozenset({"argument_map"})

    def __init__(self, provenance: Provenance) -> None:
        self._provenance = provenance

    def __call__(self, documents: Sequence[Document]) -> None:
        """Build each linked document's map."""
        for document in documents:
            if document.linked is not None:
                document.argument_map = build_map(document, self._provenance)
