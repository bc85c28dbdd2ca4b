"""spaCy's rule-based sentencizer over its blank Chinese pipeline."""

from __future__ import annotations

_STOPS = ["。", "！", "？", "!", "?"]


class SpacySplitter:
    """Sentence starts by ``spacy.blank("zh")`` and its ``sentencizer``; no model is needed."""

    def __init__(self) -> None:
        import spacy

        self._nlp = spacy.blank("zh")
        self._nlp.add_pipe("sentencizer", config={"punct_chars": _STOPS})
        self._nlp.max_length = 50_000_000

    def __call__(self, paragraph: str) -> list[int]:
        """Offsets at which a sentence starts."""
        return [sentence.start_char for sentence in self._nlp(paragraph).sents]
