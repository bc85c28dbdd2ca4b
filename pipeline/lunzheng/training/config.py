"""What ``make train`` can be told."""

from __future__ import annotations

from pydantic import Field

from lunzheng.config import Device, Section


class LossWeights(Section):
    """Weight of each task in the sum of losses."""

    edu: float = Field(1.0, ge=0, description="discourse-unit boundaries")
    units: float = Field(1.0, ge=0, description="unit tags (CRF)")
    spans: float = Field(1.0, ge=0, description="cause, effect and connective tags")
    mentions: float = Field(0.5, ge=0, description="strategy and actor tags")
    kind: float = Field(0.3, ge=0, description="none / claim / evidence of a unit")
    facet: float = Field(0.5, ge=0, description="facet of a unit")
    side: float = Field(0.7, ge=0, description="side of a unit")
    central: float = Field(0.3, ge=0, description="central claims")
    links: float = Field(0.7, ge=0, description="supports and attacks")
    contrast: float = Field(0.5, ge=0, description="contrasts")
    causal: float = Field(1.0, ge=0, description="pairs of cause and effect")
    strategies: float = Field(0.5, ge=0, description="which words name the strategies")


class Augmentation(Section):
    """How training text is made to arrive damaged; every change keeps the length."""

    p_article: float = Field(0.5, ge=0, le=1, description="share of readings that are changed at all")
    p_wrong: float = Field(0.03, ge=0, le=1, description="characters replaced by another of the article")
    p_half_width: float = Field(0.3, ge=0, le=1, description="articles whose punctuation becomes half-width")
    p_mask: float = Field(0.08, ge=0, le=1, description="tokens hidden behind the unknown token")


class TrainConfig(Section):
    """One training run."""

    base: str = Field(description="folder (or hub name) of the Hugging Face encoder to start from")
    seed: int = Field(1, description="of all random choices")
    epochs_discourse: int = Field(3, ge=0, description="passes over the discourse treebank alone, first")
    epochs: int = Field(10, ge=1, description="passes over the labelled articles")
    discourse_every: int = Field(3, ge=1, description="one discourse chunk after this many articles")
    encoder_rate: float = Field(3e-4, gt=0, description="peak learning rate of the encoder")
    head_rate: float = Field(1e-3, gt=0, description="peak learning rate of the heads")
    weight_decay: float = Field(0.01, ge=0)
    warm_up: float = Field(0.1, ge=0, lt=1, description="share of the steps in which the rate rises")
    clip: float = Field(1.0, gt=0, description="largest norm of the gradient")
    articles_a_step: int = Field(1, ge=1, description="articles whose gradients are summed")
    freeze_embeddings: bool = Field(True, description="leave the word embeddings as they are")
    half: bool = Field(True, description="bfloat16 inside the encoder while training")
    device: Device = Field("auto", description="auto takes a GPU when there is one")
    attention_dropout: float | None = Field(
        None, ge=0, lt=1, description="instead of the encoder's own; 0 is much faster on a CPU"
    )
    drop_top_layers: int = Field(
        0, ge=0, description="layers cut off the encoder; the last of a sentence encoder makes all tokens alike"
    )
    mix_layers: tuple[int, ...] | None = Field(
        None, description="hidden states that are averaged for the heads, 0 being the embeddings; default: the last"
    )
    unit_width: int = Field(256, gt=0)
    n_unit_layers: int = Field(2, ge=0)
    window: int = Field(480, gt=8, description="tokens a window reads")
    overlap: int = Field(64, ge=0, description="tokens two windows share")
    loss: LossWeights = Field(default_factory=LossWeights)
    augment: Augmentation = Field(default_factory=Augmentation)


class AdaptConfig(Section):
    """Continued pretraining of the base encoder."""

    base: str = Field(description="folder (or hub name) of the Hugging Face encoder to start from")
    seed: int = Field(1, description="of all random choices")
    files: tuple[str, ...] = Field(description="names of the gzipped JSON Lines to read, without .jsonl.gz")
    steps: int = Field(900, ge=1)
    batch: int = Field(16, ge=1, description="rows a step reads")
    length: int = Field(128, ge=8, description="tokens of a row")
    rate: float = Field(4e-4, gt=0, description="peak learning rate of the encoder")
    warm_up: float = Field(0.08, gt=0, lt=1, description="share of the steps in which the rate rises")
    p_hidden: float = Field(0.2, gt=0, lt=1, description="share of tokens to guess")
    half: bool = Field(True, description="bfloat16 inside the encoder")
    device: Device = Field("auto", description="auto takes a GPU when there is one")
    drop_top_layers: int = Field(0, ge=0, description="as for training; the written encoder no longer has them")
    mix_layers: tuple[int, ...] | None = Field(None, description="as for training")
