"""Where a model runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lunzheng.config import Device
from lunzheng.errors import ConfigError

if TYPE_CHECKING:
    import torch


def pick_device(wanted: Device) -> torch.device:
    """The device to run on.

    Raises:
        ConfigError: ``cuda`` is asked for and there is none.
    """
    import torch

    has_gpu = torch.cuda.is_available()
    if wanted == "cuda" and not has_gpu:
        raise ConfigError("device: expected a CUDA GPU, found none; set model.device to auto or cpu")
    return torch.device("cuda" if wanted != "cpu" and has_gpu else "cpu")
