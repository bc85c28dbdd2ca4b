"""Scores by voice, script and contrast."""

from __future__ import annotations

import pytest

from invented import article, perfect
from lunzheng.corpus.article import LabelledArticle
from lunzheng.document import Linked
from lunzheng.errors import ConfigError
from lunzheng.evaluation.evaluate import count_found
from lunzheng.evaluation.groups import GROUPINGS, check_groupings, group_scores


def _like(**changes: object) -> LabelledArticle:
    return article().model_copy(update={"meta": article().meta.model_copy(update=changes)})


def test_each_group_has_the_scores_of_its_articles() -> None:
    articles = [article(), _like(script="Hant", voice="blog"), _like(voice="blog")]
    counts = count_found(articles, [perfect(articles[0]), Linked((), (), (), ()), perfect(articles[2])])
    by_script = group_scores(articles, counts, "script")
    assert {k: (g.n_articles, g.scores["units span"]) for k, g in by_script.items()} == {
        "Hans": (2, 1.0),
        "Hant": (1, 0.0),
    }
    by_voice = group_scores(articles, counts, "voice")
    assert list(by_voice) == sorted(by_voice)
    assert by_voice["blog"].n_articles == 2
    assert by_voice["blog"].scores["units span"] == pytest.approx(2 / 3)  # of 30 units 15 are found, all right


def test_what_a_group_does_not_ask_has_no_score() -> None:
    plain = _like(A=None, B=None)
    groups = group_scores([plain, article()], count_found([plain, article()], [perfect(plain)] * 2), "contrast")
    assert set(groups) == {"no contrast", "two strategies"}
    assert "strategies named" not in groups["no contrast"].scores
    assert "strategies named" in groups["two strategies"].scores


def test_unknown_groupings_are_refused() -> None:
    check_groupings(GROUPINGS)
    with pytest.raises(ConfigError, match="--by: expected one of voice, script, contrast, found 'length'"):
        check_groupings(["script", "length"])
