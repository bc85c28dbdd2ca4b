"""Which words become the two strategies."""

from __future__ import annotations

import numpy as np
import pytest

from lunzheng.config import GivenStrategy
from lunzheng.document import Strategy
from lunzheng.extract.candidates import N_CANDIDATE_FEATURES, Candidate
from lunzheng.extract.scores import FoundStrategies
from lunzheng.extract.thresholds import Thresholds
from lunzheng.link.strategies import find_strategies, given_strategies, mentions_of

_NAME, _ACTOR, _CUE = (0.9, 0.05, 0.05), (0.05, 0.9, 0.05), (0.05, 0.05, 0.9)
_SIDE = {"换新": "B", "修旧": "A", "启禾": "A", "朗岳": "B", "补胎": "A", "街坊": "A"}


def _found(
    words: list[tuple[str, tuple[float, float, float], float]], contrast: float = 0.9, same: np.ndarray | None = None
) -> FoundStrategies:
    blank = (0.0,) * N_CANDIDATE_FEATURES
    if same is None:
        same = np.array([[0.9 if _SIDE[a] == _SIDE[b] else 0.1 for b, *_ in words] for a, *_ in words])
    return FoundStrategies(
        candidates=tuple(Candidate(w, ((i, i + 1),), blank, (0, 0)) for i, (w, *_) in enumerate(words)),
        valid=np.array([v for *_, v in words], dtype=np.float32),
        role=np.array([r for _, r, _ in words], dtype=np.float32).reshape(-1, 3),
        same=same.astype(np.float32).reshape(len(words), len(words)),
        contrast=contrast,
    )


_WORDS = [
    ("换新", _NAME, 0.9),
    ("修旧", _NAME, 0.8),
    ("启禾", _ACTOR, 0.9),
    ("朗岳", _ACTOR, 0.9),
    ("补胎", _CUE, 0.6),
    ("街坊", _ACTOR, 0.2),
]
_T = Thresholds(candidate=0.5, two_strategies=0.5)


def test_names_actors_and_cues_are_sorted_out() -> None:
    a, b = find_strategies(_found(_WORDS), _T)
    assert (a.name, a.actors, a.cues) == ("换新", ("朗岳",), ())
    assert (b.name, b.actors, b.cues) == ("修旧", ("启禾",), ("补胎",))
    assert (a.confidence, b.confidence) == pytest.approx((0.9 * 0.9 * 0.9, 0.9 * 0.9 * 0.8))


def test_the_one_brought_up_first_is_a() -> None:
    words = [_WORDS[1], _WORDS[0], *_WORDS[2:]]
    assert [s.name for s in find_strategies(_found(words), _T)] == ["修旧", "换新"]


def test_a_company_that_names_its_strategy_is_its_actor() -> None:
    words = [("启禾", (0.45, 0.5, 0.05), 0.9), ("朗岳", (0.5, 0.1, 0.4), 0.9)]
    a, b = find_strategies(_found(words), _T)
    assert (a.actors, b.actors) == (("启禾",), ())


def test_a_word_inside_the_other_is_no_second_strategy() -> None:
    words = [("换新", _NAME, 0.9), ("换新车", _NAME, 0.9), ("修旧", _NAME, 0.3)]
    same = np.full((3, 3), 0.1)
    assert [s.name for s in find_strategies(_found(words, same=same), _T)] == ["换新", "修旧"]
    assert find_strategies(_found(words[:2], same=same[:2, :2]), _T) == ()


@pytest.mark.parametrize(("words", "contrast"), [(_WORDS, 0.49), (_WORDS[:1], 0.9), ([], 0.9)])
def test_nothing_is_contrasted(words: list[tuple[str, tuple[float, float, float], float]], contrast: float) -> None:
    assert find_strategies(_found(words, contrast), _T) == ()


_GIVEN = (GivenStrategy(name="修舊", actors=("启禾",)), GivenStrategy(name="换新", cues=("新车",)))


def test_given_strategies_are_found_in_either_script() -> None:
    found = given_strategies(_GIVEN, "修旧还是買新車？")
    assert found == (Strategy("修舊", ("启禾",), (), 1.0), Strategy("换新", (), ("新车",), 1.0))


def test_given_strategies_that_the_text_does_not_speak_of_are_none() -> None:
    assert given_strategies(_GIVEN, "只说修旧，不说别的。") == ()


def test_mentions_are_found_in_either_script() -> None:
    strategies = given_strategies(_GIVEN, "修旧还是买新车？")
    found = mentions_of("修舊還是買新車？修旧！", strategies)
    assert [s.start for s in found.A] == [0, 8]
    assert [s.start for s in found.B] == [5]
    assert mentions_of("修旧", ()).A == ()


def test_the_two_foremost_actors_are_on_two_sides() -> None:
    words = [_WORDS[0], _WORDS[1], _WORDS[2], _WORDS[3]]
    same = np.full((4, 4), 0.5)
    same[2, 0], same[3, 0] = 0.6, 0.7
    a, b = find_strategies(_found(words, same=same), _T.model_copy(update={"nearness": 0.0}))
    assert (a.actors, b.actors) == (("朗岳",), ("启禾",))


def test_a_pair_that_is_not_sure_enough_is_no_pair() -> None:
    words = [("换新", _NAME, 0.9), ("修旧", _NAME, 0.08)]
    assert len(find_strategies(_found(words), _T)) == 2
    assert find_strategies(_found(words), _T.model_copy(update={"least_strategy": 0.1})) == ()
