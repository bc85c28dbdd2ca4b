"""Sizes of the network; stored beside its weights."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

MODEL_FORMAT = 2


class NetworkConfig(BaseModel):
    """Everything needed to build the network before its weights are read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int = Field(MODEL_FORMAT, description="version of the weights' names and shapes")
    encoder: dict[str, Any] = Field(description="Hugging Face configuration of the encoder")
    hidden: int = Field(gt=0, description="width of the encoder's output")
    mix_layers: tuple[int, ...] = Field(
        min_length=1, description="hidden states that are averaged; 0 is the embeddings"
    )
    unit_width: int = Field(256, gt=0, description="width of the document-level vectors")
    n_unit_layers: int = Field(2, ge=0, description="layers of the document-level transformer")
    n_heads: int = Field(4, gt=0, description="attention heads of the document-level transformer")
    link_width: int = Field(128, gt=0, description="width of the vectors that are compared for links")
    dropout: float = Field(0.1, ge=0, lt=1)
    window: int = Field(384, gt=8, description="tokens a window reads, special tokens not counted")
    overlap: int = Field(96, ge=0, description="tokens that two neighbouring windows share")
