"""The cleaning stage."""

from __future__ import annotations

from collections.abc import Sequence

from lunzheng.clean.article import clean_source
from lunzheng.config import CleanConfig
from lunzheng.document import CleanText, Document
from lunzheng.errors import LunzhengError
from lunzheng.stage import Layer


class CleanStage:
    """Turns each document's source into clean text; what cannot be cleaned is marked as failed."""

    name = "clean"
    requires: frozenset[Layer] = frozenset({"source"})
    provides: frozenset[Layer] = frozenset({"clean"})

    def __init__(self, config: CleanConfig | None = None) -> None:
        self._config = config or CleanConfig.model_validate({})

    def __call__(self, documents: Sequence[Document]) -> None:
        """Fill ``clean`` of every document that has not failed."""
        for document in documents:
            if document.status == "failure":
                continue
            try:
                document.clean = clean_source(document.source, self._config)
            except LunzhengError as error:
                document.fail(self.name, str(error))
                continue
            except Exception as error:  # one bad article never stops a batch
                document.fail(
                    self.name,
                    f"{document.source.name}: cleaning broke off ({type(error).__name__}: {error}); "
                    "this is a defect of lunzheng, please report it with the article",
                )
                continue
            self._judge(document, document.clean)

    def _judge(self, document: Document, clean: CleanText) -> None:
        if len(clean.text) > self._config.max_characters:
            document.fail(self.name, _too_long(document.source.name, len(clean.text), self._config))
            document.clean = None
        elif any(e.reason == "suspect" for e in clean.edits):
            document.caution(self.name, f"{document.source.name}: damaged characters that could not be mended")


def _too_long(name: str, n_characters: int, config: CleanConfig) -> str:
    return (
        f"{name}: expected an article of at most {config.max_characters} characters, found {n_characters}; "
        "split the text, or raise clean.max_characters"
    )
