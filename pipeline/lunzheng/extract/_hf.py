"""Hugging Face encoders and tokenizers, read from a local folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from lunzheng.errors import ModelError

if TYPE_CHECKING:
    from torch import nn


class HfTokenizer:
    """A fast tokenizer's ids and offsets."""

    def __init__(self, folder: str | Path) -> None:
        from transformers import AutoTokenizer

        try:
            self.inner = AutoTokenizer.from_pretrained(str(folder))
        except (OSError, ValueError, KeyError) as error:
            reason = str(error).splitlines()[0]
            raise ModelError(f"{folder}: expected a tokenizer (tokenizer.json): {reason}") from error
        if not self.inner.is_fast:
            raise ModelError(f"{folder}: the tokenizer gives no offsets; use an encoder with a fast tokenizer")
        self.cls_id = int(self.inner.cls_token_id)
        self.sep_id = int(self.inner.sep_token_id)
        self.pad_id = int(self.inner.pad_token_id)

    def encode(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Ids and offsets of *text*, without special tokens."""
        encoded = self.inner(
            text, add_special_tokens=False, return_offsets_mapping=True, truncation=False, verbose=False
        )
        return encoded["input_ids"], encoded["offset_mapping"]

    def save(self, folder: Path) -> None:
        """Write the tokenizer beside a model."""
        self.inner.save_pretrained(folder)


def load_encoder(folder: str | Path, attention_dropout: float | None = None) -> nn.Module:
    """A pretrained encoder with its weights (safetensors only).

    Args:
        folder: a local folder or a hub name.
        attention_dropout: instead of the encoder's own, for encoders configured as BERT is; 0 leaves the fast
            attention kernels open in training on a CPU.

    Raises:
        ModelError: the folder holds no encoder.
    """
    from transformers import AutoModel

    try:
        changes = {} if attention_dropout is None else {"attention_probs_dropout_prob": attention_dropout}
        return AutoModel.from_pretrained(str(folder), use_safetensors=True, **changes)  # type: ignore[no-any-return]
    except (OSError, ValueError) as error:
        raise ModelError(f"{folder}: expected a Hugging Face encoder in safetensors: {error}") from error


def shortened(encoder: nn.Module, n_dropped: int) -> nn.Module:
    """*encoder* without its last layers.

    Raises:
        ModelError: it has not that many, or keeps them elsewhere than BERT does.
    """
    if n_dropped == 0:
        return encoder
    try:
        stack = encoder.encoder.layer  # type: ignore[union-attr]
        kept = stack[:-n_dropped]  # type: ignore[index]
    except (AttributeError, TypeError) as error:
        raise ModelError("drop_top_layers: expected a BERT-like encoder with encoder.layer; set it to 0") from error
    if not len(kept):
        raise ModelError(f"drop_top_layers: {n_dropped} leaves no layer of {len(stack)}")  # type: ignore[arg-type]
    encoder.encoder.layer = kept  # type: ignore[union-attr]
    encoder.config.num_hidden_layers -= n_dropped  # type: ignore[union-attr,operator]
    return encoder


def encoder_from_config(values: dict[str, Any]) -> nn.Module:
    """An encoder without weights, from its configuration's values."""
    from transformers import AutoConfig, AutoModel

    config = AutoConfig.for_model(**values)
    return AutoModel.from_config(config)  # type: ignore[no-any-return,no-untyped-call]
