"""Composes stages, checks their order, and keeps one bad article from stopping a batch."""

from __future__ import annotations

from collections.abc import Sequence

from lunzheng.document import Document
from lunzheng.errors import LunzhengError, PipelineError
from lunzheng.stage import Layer, Stage


class Pipeline:
    """Stages in order.

    Args:
        stages: each must find what it requires in the source or in what stages before it provide.

    Raises:
        PipelineError: a stage comes before one that provides what it needs.
    """

    def __init__(self, stages: Sequence[Stage]) -> None:
        ready: set[Layer] = {"source"}
        for stage in stages:
            missing = sorted(stage.requires - ready)
            if missing:
                raise PipelineError(
                    f"stage {stage.name!r} needs {', '.join(missing)}, found {', '.join(sorted(ready))}; "
                    "put a stage that provides it before"
                )
            ready |= stage.provides
        self.stages = tuple(stages)

    def __call__(self, documents: Sequence[Document]) -> None:
        """Take each document through all stages in place; a failed one stays where it failed."""
        for document in documents:
            for stage in self.stages:
                if document.status == "failure":
                    break
                _run_stage(stage, document)


def _run_stage(stage: Stage, document: Document) -> None:
    try:
        stage([document])
    except LunzhengError as error:
        document.fail(stage.name, str(error))
    except MemoryError:
        document.fail(stage.name, f"{document.source.name}: out of memory; split the text, or use a larger machine")
    except Exception as error:  # a defect of ours must not cost the user the rest of the batch
        document.fail(
            stage.name,
            f"{document.source.name}: unexpected {type(error).__name__}: {error}; please report this with the input",
        )
