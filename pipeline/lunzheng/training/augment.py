"""Readings of an article as it might arrive: wrong characters, half-width signs; the length stays."""

from __future__ import annotations

import random

from lunzheng.training.config import Augmentation

_HALF = str.maketrans({"，": ",", "；": ";", "：": ":", "！": "!", "？": "?", "（": "(", "）": ")", "“": '"', "”": '"'})


def augmented(text: str, config: Augmentation, rng: random.Random) -> str:
    """*text* with some characters changed, as many code points as before."""
    if rng.random() >= config.p_article:
        return text
    if rng.random() < config.p_half_width:
        text = text.translate(_HALF)
    if config.p_wrong and rng.random() < 0.5:
        letters = [c for c in text if c.isalpha()]
        text = "".join(rng.choice(letters) if c.isalpha() and rng.random() < config.p_wrong else c for c in text)
    return text
