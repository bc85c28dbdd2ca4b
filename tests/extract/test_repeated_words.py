"""Words that an article keeps using."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lunzheng.extract.repeated_words import repeated_words


def test_the_longest_form_stands_for_its_parts() -> None:
    assert repeated_words("中央厨房很贵。中央厨房也快。") == {"中央厨房": 2}


def test_a_part_that_also_stands_alone_is_kept() -> None:
    found = repeated_words("众包运力便宜。众包运力不稳。众包省心，众包难管。")
    assert found["众包"] == 4
    assert found["众包运力"] == 2


def test_phrases_that_begin_or_end_with_a_loose_sign_and_numbers_are_none() -> None:
    assert repeated_words("的厂了，的厂了；2024 2024") == {}


@given(st.text(alphabet="甲乙丙，AB ", max_size=60))
def test_counts_are_true_and_words_stay_between_signs(text: str) -> None:
    for word, count in repeated_words(text).items():
        assert sum(text.startswith(word, i) for i in range(len(text))) == count >= 2
        assert "，" not in word
        assert " " not in word
