"""The Stage protocol: what every step of the pipeline is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from lunzheng.document import Document

Layer = Literal["source", "clean", "segmentation", "scores", "discourse_units", "linked", "argument_map"]


class Stage(Protocol):
    """One typed step: takes documents and gives them back richer.

    A stage marks a document it cannot handle with ``Document.fail`` instead of raising, so that one
    bad article never stops a batch.
    """

    @property
    def name(self) -> str:
        """Short name, as it stands in reports."""
        ...

    @property
    def requires(self) -> frozenset[Layer]:
        """Layers of a document that must be there."""
        ...

    @property
    def provides(self) -> frozenset[Layer]:
        """Layers that the stage fills."""
        ...

    def __call__(self, documents: Sequence[Document]) -> None:
        """Fill the provided layers of each document in place."""
        ...
