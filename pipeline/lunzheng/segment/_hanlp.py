"""HanLP's rule-based sentence splitter."""

from __future__ import annotations


def split_with_hanlp(paragraph: str) -> list[int]:
    """Offsets at which a sentence starts, by ``hanlp.utils.rules.split_sentence``; no model is needed."""
    from hanlp.utils.rules import split_sentence

    starts, position = [], 0
    for sentence in split_sentence(paragraph, best=False):
        position = paragraph.index(sentence, position)
        starts.append(position)
        position += len(sentence)
    return starts
