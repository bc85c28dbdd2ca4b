"""A model folder: ``model.safetensors``, ``lunzheng.json`` and the tokenizer's files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from lunzheng.errors import ModelError
from lunzheng.extract.network_config import MODEL_FORMAT, NetworkConfig

if TYPE_CHECKING:
    from lunzheng.extract._hf import HfTokenizer
    from lunzheng.extract.network import Network

WEIGHTS = "model.safetensors"
CONFIG = "lunzheng.json"


@dataclass(frozen=True)
class LoadedModel:
    """A network in evaluation mode with its tokenizer."""

    network: Network
    tokenizer: HfTokenizer


def read_model_config(folder: Path) -> NetworkConfig:
    """The network's sizes.

    Raises:
        ModelError: the folder is absent or not one of this project's.
    """
    path = folder / CONFIG
    if not folder.is_dir():
        raise ModelError(f"{folder}: no such model folder; expected {WEIGHTS} and {CONFIG} in it")
    try:
        config = NetworkConfig.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ModelError(
            f"{folder}: not a lunzheng model, {CONFIG} is missing; give a folder that `lunzheng train` wrote"
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        raise ModelError(
            f"{path}: at {'.'.join(map(str, first['loc']))}: {first['msg']}; the folder is damaged"
        ) from error
    if config.format != MODEL_FORMAT:
        raise ModelError(f"{path}: model format {config.format}; this lunzheng reads {MODEL_FORMAT}. Train again")
    return config


def load_model(folder: Path, device: str = "cpu") -> LoadedModel:
    """Read a model folder.

    Args:
        folder: what :func:`save_model` wrote.
        device: where the network is put.

    Raises:
        ModelError: a file is missing, damaged, or does not fit the others.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    from lunzheng.extract._hf import HfTokenizer
    from lunzheng.extract.network import Network

    config = read_model_config(folder)
    tokenizer = HfTokenizer(folder)
    network = Network(config)
    try:
        state = load_file(folder / WEIGHTS)
        network.load_state_dict({name: tensor.float() for name, tensor in state.items()})
    except (OSError, SafetensorError, RuntimeError) as error:
        reason = str(error).splitlines()[0]
        raise ModelError(
            f"{folder / WEIGHTS}: cannot be read ({reason}); the folder is damaged, fetch it again"
        ) from error
    return LoadedModel(network.to(device).eval(), tokenizer)


def save_model(network: Network, tokenizer: HfTokenizer, folder: Path) -> None:
    """Write a model folder; weights in half precision."""
    import torch
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    state = {
        name: (tensor.half() if tensor.dtype == torch.float32 else tensor).contiguous().cpu()
        for name, tensor in network.state_dict().items()
    }
    save_file(state, folder / WEIGHTS, metadata={"format": "pt"})
    (folder / WEIGHTS).chmod(0o644)  # safetensors writes files that only the owner can read
    (folder / CONFIG).write_text(network.config.model_dump_json(indent=1) + "\n", encoding="utf-8")
    tokenizer.save(folder)
