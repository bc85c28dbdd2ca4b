"""A text made ready for the network: tokens, windows, and the tokens of each sentence."""

from __future__ import annotations

from dataclasses import dataclass

from lunzheng.document import Segmentation
from lunzheng.extract.network_config import NetworkConfig
from lunzheng.extract.tokens import TokenizedText, Tokenizer, tokenize
from lunzheng.extract.windows import Window, plan_windows


@dataclass(frozen=True)
class PreparedText:
    """A segmented text with its tokens; ``sentences`` are token ranges, none of them empty."""

    text: str
    segmentation: Segmentation
    tokens: TokenizedText
    windows: tuple[Window, ...]
    sentences: tuple[tuple[int, int], ...]


def prepare(
    text: str, segmentation: Segmentation, tokenizer: Tokenizer, config: NetworkConfig, reading: str | None = None
) -> PreparedText:
    """Tokenize and plan windows.

    Args:
        text: clean text.
        segmentation: of *text*.
        tokenizer: the model's.
        config: gives the windows' size.
        reading: what the tokenizer reads instead of *text*, of the same length (augmented text in training).

    Raises:
        ValueError: *reading* has another length than *text*.
    """
    if reading is not None and len(reading) != len(text):
        raise ValueError(f"expected a reading of {len(text)} code points, found {len(reading)}")
    tokens = tokenize(reading if reading is not None else text, segmentation.paragraphs, tokenizer)
    ranges = (tokens.tokens_in(s) for s in segmentation.sentences)
    return PreparedText(
        text=text,
        segmentation=segmentation,
        tokens=tokens,
        windows=tuple(plan_windows(len(tokens), config.window, config.overlap)),
        sentences=tuple(r for r in ranges if r[1] > r[0]),
    )
