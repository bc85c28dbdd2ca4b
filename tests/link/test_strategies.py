"""Which words become the two strategies."""

from __future__ import annotations

import re

import numpy as np
import pytest

from lunzheng.config import GivenStrategy
from lunzheng.document import Strategy
from lunzheng.extract.candidates import N_CANDIDATE_FEATURES, Candidate
from lunzheng.extract.scores import FoundStrategies
from lunzheng.extract.thresholds import Thresholds
from lunzheng.link.strategies import find_strategies, given_strategies, mentions_of
from lunzheng.spans import Span

_SIDE = {"换新": "B", "修旧": "A", "启禾": "A", "朗岳": "B", "补胎": "A", "街坊": "A"}
_Word = tuple[str, str, float]  # word, role, how sure it is one of a strategy's words


def _found(words: list[_Word], contrast: float = 0.9, text: str | None = None) -> FoundStrategies:
    text = text if text is not None else "".join(w for w, *_ in words)
    blank = (0.0,) * N_CANDIDATE_FEATURES
    n = len(words)
    name = np.array([4.0 * sure if role == "name" else -4.0 for _, role, sure in words])
    same = np.array([[_SIDE.get(a, "A") == _SIDE.get(b, "B") for b, *_ in words] for a, *_ in words]).reshape(n, n)
    role = np.array([[3.0 * (r == "actor"), 3.0 * (r == "cue")] for _, r, _ in words]).reshape(n, 2)
    places = [tuple(Span(m.start(), m.end()) for m in re.finditer(w, text)) for w, *_ in words]
    return FoundStrategies(
        candidates=tuple(
            Candidate(w, p, ((i, i + 1),), blank) for i, ((w, *_), p) in enumerate(zip(words, places, strict=True))
        ),
        names=(name[:, None] + name[None, :] - 6.0 * same).astype(np.float32),
        other=np.array([3.0 + 4 * (0.5 - sure) for *_, sure in words], dtype=np.float32),
        role=role.astype(np.float32),
        belongs=(3.0 * same).astype(np.float32),
        contrast=contrast,
    )


_WORDS: list[_Word] = [
    ("换新", "name", 0.9),
    ("修旧", "name", 0.8),
    ("启禾", "actor", 0.9),
    ("朗岳", "actor", 0.9),
    ("补胎", "cue", 0.6),
    ("街坊", "actor", -0.8),
]
_T = Thresholds(candidate=0.5, two_strategies=0.5)


def test_names_actors_and_cues_are_sorted_out() -> None:
    a, b = find_strategies(_found(_WORDS), _T)
    assert (a.name, a.actors, a.cues) == ("换新", ("朗岳",), ())
    assert (b.name, b.actors, b.cues) == ("修旧", ("启禾",), ("补胎",))
    assert 0.8 < a.confidence <= 0.9


def test_the_one_brought_up_first_is_a() -> None:
    words = [_WORDS[1], _WORDS[0], *_WORDS[2:]]
    assert [s.name for s in find_strategies(_found(words), _T)] == ["修旧", "换新"]


def test_a_company_that_names_its_strategy_is_its_actor() -> None:
    found = _found([("启禾", "name", 0.9), ("朗岳", "name", 0.9)])
    found.role[0] = (2.0, 0.0)
    a, b = find_strategies(found, _T)
    assert (a.actors, b.actors) == (("启禾",), ())


def test_where_all_actors_lean_one_way_the_least_leaning_moves_with_its_short_form() -> None:
    words: list[_Word] = [*_WORDS[:3], ("朗岳", "actor", 0.9), ("朗岳行", "actor", 0.8)]
    found = _found(words, text="换新修旧启禾，朗岳，朗岳行")
    found.belongs[2:5, 0] = 1.0
    found.belongs[2:5, 1] = (3.0, 1.5, 1.4)
    a, b = find_strategies(found, _T)
    assert (a.actors, b.actors) == (("朗岳", "朗岳行"), ("启禾",))


def test_a_word_inside_the_other_is_no_second_strategy() -> None:
    words: list[_Word] = [("换新", "name", 0.9), ("换新车", "name", 0.9), ("修旧", "name", 0.3)]
    assert "修旧" in [s.name for s in find_strategies(_found(words), _T)]
    assert find_strategies(_found(words[:2]), _T) == ()


def test_of_two_forms_of_a_word_the_likelier_stays_unless_the_short_one_stands_alone() -> None:
    words: list[_Word] = [*_WORDS[:4], ("启禾车", "actor", 0.8), ("禾车", "actor", 0.7)]
    apart = find_strategies(_found(words, text="换新修旧朗岳启禾，启禾车行，禾车"), _T)
    assert apart[1].actors == ("启禾", "启禾车", "禾车")
    inside = find_strategies(_found(words, text="换新修旧朗岳启禾车行"), _T)
    assert inside[1].actors == ("启禾",)


@pytest.mark.parametrize(("words", "contrast"), [(_WORDS, 0.49), (_WORDS[:1], 0.9), ([], 0.9)])
def test_nothing_is_contrasted(words: list[_Word], contrast: float) -> None:
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


def test_a_pair_that_is_not_sure_enough_is_no_pair() -> None:
    assert len(find_strategies(_found(_WORDS), _T)) == 2
    assert find_strategies(_found(_WORDS), _T.model_copy(update={"least_strategy": 0.95})) == ()
