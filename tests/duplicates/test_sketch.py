"""Sketches: what they call alike, and that no reading order or edit of the surface changes it."""

from __future__ import annotations

import os
import random
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunzheng.clean import clean_source
from lunzheng.config import CleanConfig, DuplicatesConfig
from lunzheng.corpus.article import LabelledArticle
from lunzheng.document import Source
from lunzheng.duplicates.sketch import Sketch, similarity, sketch

_SHARED = Path(os.environ.get("LUNZHENG_SHARED", Path(__file__).parents[2] / "../shared")) / "articles"
_THRESHOLD = DuplicatesConfig().threshold
_GRAM = 5


def _true_similarity(a: str, b: str) -> float:
    one, two = ({t[i : i + _GRAM] for i in range(len(t) - _GRAM + 1)} for t in (a, b))
    return len(one & two) / len(one | two)


@given(st.integers(0, 400), st.randoms(use_true_random=False))
def test_the_estimate_is_near_the_truth(n_shared: int, rng: random.Random) -> None:
    han = [chr(c) for c in range(0x4E00, 0x5E00)]
    shared, *rest = ("".join(rng.choices(han, k=k)) for k in (n_shared, 400 - n_shared, 400 - n_shared))
    a, b = shared + rest[0], shared + rest[1]
    assert abs(similarity(sketch(a), sketch(b)) - _true_similarity(a, b)) < 0.2  # more than 4.5 standard errors


def test_spacing_punctuation_and_script_make_no_difference() -> None:
    text = "换电还是超充，这个问题在街坊们的树荫底下争论了一个夏天，谁也没有说服谁。ROI 是 12%。"
    other = "換電還是超充 這個問題在街坊們的樹蔭底下爭論了一個夏天\n\n誰也沒有說服誰！roi是12％"
    assert similarity(sketch(text), sketch(other)) == 1


def test_short_texts_have_sketches() -> None:
    assert similarity(sketch("字"), sketch("字")) == 1
    assert similarity(sketch(""), sketch("字")) < 1


def _edited(text: str, rng: random.Random) -> str:
    """A reprint: some words changed, a paragraph cut, a notice added."""
    paragraphs = text.split("\n\n")
    del paragraphs[rng.randrange(1, len(paragraphs))]
    characters = list("\n\n".join(paragraphs))
    for place in rng.sample(range(len(characters)), len(characters) // 200):
        characters[place] = "某"
    return "".join(characters) + "\n\n本文由本站编辑整理发布，内容略有删节，转载时请注明出处。"


def _same_event(a: str, b: str, share: float) -> tuple[str, str]:
    """Two articles that quote the same report, *share* of each."""
    report = a[: int(len(a) * share)]
    return report + b[: len(b) // 2], b[len(b) // 2 :] + report


def test_edited_copies_are_alike_and_different_articles_are_not(learned: list[LabelledArticle]) -> None:
    rng = random.Random(1)
    texts = [a.text for a in learned]
    for text in texts:
        assert similarity(sketch(text), sketch(_edited(text, rng))) >= _THRESHOLD
    sketches = [sketch(t) for t in texts]
    pairs = [similarity(a, b) for i, a in enumerate(sketches) for b in sketches[i + 1 :]]
    assert max(pairs) < _THRESHOLD / 4
    for a, b in pairwise(texts):
        one, two = _same_event(a, b, 0.5)
        assert similarity(sketch(one), sketch(two)) < _THRESHOLD - 0.15


# Files of the shared folder that report on one event or product, by words of their names.
_ONE_EVENT = (
    "hainan",
    "tga-2025",
    "manus",
    "nvidia-h200",
    "seedance",
    "postgraduate",
    "central-economic|economic-conference",
)


def _web() -> dict[str, Sketch]:
    config = CleanConfig.model_validate({})
    paths = sorted((_SHARED / "web").rglob("*.md"))
    assert len(paths) > 20
    return {p.name: sketch(clean_source(Source(p.name, "md", p.read_bytes()), config).text) for p in paths}


@pytest.mark.skipif(not (_SHARED / "web").exists(), reason="shared articles are not here")
def test_articles_of_the_web_on_one_event_are_no_copies() -> None:
    found = _web()
    for event in _ONE_EVENT:
        same = [s for name, s in found.items() if any(word in name for word in event.split("|"))]
        assert len(same) > 1
        assert all(similarity(a, b) < _THRESHOLD / 4 for a, b in combinations(same, 2))
    # Nothing stands near the threshold: articles are copies, which three of them are, or far from it.
    assert not [s for s in (similarity(a, b) for a, b in combinations(found.values(), 2)) if 0.3 < s < 0.9]
