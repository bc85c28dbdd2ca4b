"""Scores by kind of article."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lunzheng.corpus.article import LabelledArticle
from lunzheng.errors import ConfigError
from lunzheng.evaluation.counts import Counts, add_counts, was_asked
from lunzheng.evaluation.score_file import GroupScores

_GROUPS: dict[str, Callable[[LabelledArticle], str]] = {
    "voice": lambda a: a.meta.voice,
    "script": lambda a: a.meta.script,
    "contrast": lambda a: "two strategies" if a.strategies else "no contrast",
}
GROUPINGS = tuple(_GROUPS)


def check_groupings(names: Sequence[str]) -> None:
    """Refuse what no grouping is called.

    Raises:
        ConfigError: names the first that is unknown.
    """
    for name in names:
        if name not in _GROUPS:
            raise ConfigError(f"--by: expected one of {', '.join(GROUPINGS)}, found {name!r}")


def group_scores(
    articles: Sequence[LabelledArticle], counts: Sequence[Counts], grouping: str
) -> dict[str, GroupScores]:
    """Scores of each group, sorted by its name; those that no article of the group asks for are left out.

    Args:
        articles: labelled.
        counts: of each article.
        grouping: one of :data:`GROUPINGS`.
    """
    groups: dict[str, list[Counts]] = {}
    for article, count in zip(articles, counts, strict=True):
        groups.setdefault(_GROUPS[grouping](article), []).append(count)
    return {name: _scores(rows) for name, rows in sorted(groups.items())}


def _scores(rows: Sequence[Counts]) -> GroupScores:
    total = add_counts(rows)
    return GroupScores(n_articles=len(rows), scores={k: c.score for k, c in total.items() if was_asked(c)})
