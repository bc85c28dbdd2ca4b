"""Articles whose statistics lie far from the rest."""

from __future__ import annotations

from invented import article
from lunzheng.corpus.article import LabelledArticle
from lunzheng.corpus.outliers import outliers


def _articles(n: int) -> list[LabelledArticle]:
    """Copies with a slightly different number of causal relations."""
    one = article()
    return [one.model_copy(update={"causals": one.causals[i % 2 :]}) for i in range(n)]


def test_an_article_without_causes_among_many_with_is_named() -> None:
    odd = article().model_copy(update={"causals": ()})
    found = [(a, m) for a, m in outliers([*_articles(25), odd]) if "causal relations" in m]
    assert [a for a, _ in found] == [odd]
    assert "0.00, corpus median" in found[0][1]


def test_like_articles_and_small_corpora_have_no_outliers() -> None:
    assert outliers(_articles(25)) == []
    assert outliers([*_articles(5), article().model_copy(update={"causals": ()})]) == []
