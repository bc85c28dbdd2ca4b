"""The extract stage."""

from __future__ import annotations

from collections.abc import Sequence

from lunzheng.document import Document
from lunzheng.extract.predictor import Predictor
from lunzheng.stage import Layer


class ExtractStage:
    """One encoder pass: discourse units, argument units, causal relations, strategy candidates."""

    name = "extract"
    requires: frozenset[Layer] = frozenset({"clean", "segmentation"})
    provides: frozenset[Layer] = frozenset({"scores", "discourse_units"})

    def __init__(self, predictor: Predictor) -> None:
        self._predictor = predictor

    def __call__(self, documents: Sequence[Document]) -> None:
        """Read each segmented document."""
        for document in documents:
            if document.clean is None or document.segmentation is None:
                continue
            scores, document.discourse_units = self._predictor.read(document.clean.text, document.segmentation)
            document.scores = scores
            document.rejected.update(scores.rejected)
