"""A reader as a function over batches of a Hugging Face dataset."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lunzheng.errors import InputError

if TYPE_CHECKING:
    from lunzheng.api.reader import Reader
    from lunzheng.config import RunConfig


class BatchFunction:
    """Adds ``map`` and ``map_error`` to a batch.

    Pickled by the model's fingerprint, configuration and column alone: ``datasets`` takes the pickle as the key of its
    cache, and a worker process loads the model itself.

    Args:
        reader: makes the maps.
        column: that holds the texts.
    """

    def __init__(self, reader: Reader, column: str) -> None:
        self._reader: Reader | None = reader
        self._state = (reader.config, str(reader.model), reader.stamp, column)

    def __call__(self, batch: Mapping[str, list[str]]) -> dict[str, list[Any]]:
        config, model, _, column = self._state
        if self._reader is None:
            self._reader = _load(config, model)
        maps: list[str | None] = []
        errors: list[str | None] = []
        for index, text in enumerate(batch[column]):
            try:
                maps.append(self._reader(text, source=f"<{column} {index}>").to_json())
                errors.append(None)
            except InputError as error:
                maps.append(None)
                errors.append(str(error))
        return {"map": maps, "map_error": errors}

    def __getstate__(self) -> tuple[Any, ...]:
        return self._state

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self._state, self._reader = state, None


def _load(config: RunConfig, model: str) -> Reader:
    from lunzheng.api.reader import Reader

    return Reader(config, Path(model))
