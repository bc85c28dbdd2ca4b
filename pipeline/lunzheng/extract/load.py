"""A predictor from a model folder and the run's configuration."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from lunzheng.config import ModelConfig
from lunzheng.device import pick_device
from lunzheng.errors import ModelError
from lunzheng.extract.model_folder import load_model
from lunzheng.extract.predictor import Predictor
from lunzheng.extract.thresholds import Thresholds

THRESHOLDS = "thresholds.json"


def load_predictor(config: ModelConfig, folder: Path) -> Predictor:
    """Read the model and its thresholds.

    Raises:
        ModelError: the folder is absent, damaged, or not of this project.
        ConfigError: ``cuda`` is asked for and there is none.
    """
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    model = load_model(folder, str(pick_device(config.device)))
    return Predictor(model, read_thresholds(folder), config.batch_windows)


def read_thresholds(folder: Path) -> Thresholds:
    """The thresholds stored with a model; the defaults where there are none.

    Raises:
        ModelError: the file is damaged.
    """
    path = folder / THRESHOLDS
    if not path.exists():
        return Thresholds()
    try:
        return Thresholds.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise ModelError(f"{path}: {error.errors()[0]['msg']}; the folder is damaged, fetch it again") from error
