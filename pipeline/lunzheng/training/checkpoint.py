"""Where a training run stands, so that it goes on after a kill; safetensors and JSON only."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import nn
from torch.optim import Optimizer

_STATE = "state.safetensors"
_PROGRESS = "progress.json"


def save_checkpoint(folder: Path, network: nn.Module, optimizer: Optimizer, progress: dict[str, int | str]) -> None:
    """Write weights, optimizer and progress beside the old file, then put the new one in its place."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {f"network.{k}": v.contiguous() for k, v in network.state_dict().items()}
    for index, values in optimizer.state_dict()["state"].items():
        tensors |= {f"optimizer.{index}.{k}": torch.as_tensor(v).contiguous() for k, v in values.items()}
    # one file, so that a kill never leaves the weights of one epoch with the number of another
    save_file(tensors, folder / "state.tmp", metadata={"progress": json.dumps(progress)})
    (folder / "state.tmp").replace(folder / _STATE)


def load_checkpoint(folder: Path, network: nn.Module, optimizer: Optimizer) -> dict[str, int | str] | None:
    """Put a checkpoint's weights and optimizer state in place; None where there is no checkpoint."""
    progress = read_progress(folder)
    if progress is None:
        return None
    tensors = load_file(folder / _STATE)
    network.load_state_dict({k.removeprefix("network."): v for k, v in tensors.items() if k.startswith("network.")})
    state: dict[int, dict[str, torch.Tensor]] = {}
    for name, value in tensors.items():
        if name.startswith("optimizer."):
            _, index, key = name.split(".", 2)
            state.setdefault(int(index), {})[key] = value
    groups = optimizer.state_dict()["param_groups"]
    optimizer.load_state_dict({"state": state, "param_groups": groups})
    return progress


def read_progress(folder: Path) -> dict[str, int | str] | None:
    """What the checkpoint says of its progress; None where there is no checkpoint."""
    if not (folder / _STATE).exists():
        return None
    with safe_open(folder / _STATE, "pt") as file:
        stored = (file.metadata() or {}).get("progress")
    if stored is None and (folder / _PROGRESS).exists():  # a run begun before the two were one file
        stored = (folder / _PROGRESS).read_text(encoding="utf-8")
    return dict(json.loads(stored)) if stored is not None else None
