"""How far the scores fall when articles arrive altered."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lunzheng.corpus.article import LabelledArticle
from lunzheng.document import Linked
from lunzheng.evaluation.alterations import ALTERATIONS, altered
from lunzheng.evaluation.counts import Counts, add_counts
from lunzheng.evaluation.score_file import AlteredScores
from lunzheng.evaluation.scores import score_article

MAIN = ("units span", "units typed", "side", "facet", "relations", "causal", "strategies named", "central")
UNALTERED = "as written"


def robustness(
    articles: Sequence[LabelledArticle], read: Callable[[LabelledArticle], Linked]
) -> dict[str, AlteredScores]:
    """The main scores on each alteration of *articles*, and the change from those of the same articles as written.

    Articles that an alteration leaves as they are do not count in its row; alterations that change none have no row.

    Args:
        articles: labelled.
        read: finds what is in one article.
    """
    plain = [score_article(a, read(a)) for a in articles]
    rows = {UNALTERED: _row(plain, plain)}
    for name in ALTERATIONS:
        changed = [(new, before) for a, before in zip(articles, plain, strict=True) if (new := altered(a, name))]
        if changed:
            rows[name] = _row([score_article(new, read(new)) for new, _ in changed], [before for _, before in changed])
    return rows


def _row(counts: Sequence[Counts], before: Sequence[Counts]) -> AlteredScores:
    now, then = add_counts(counts), add_counts(before)
    return AlteredScores(
        n_articles=len(counts),
        scores={name: now[name].score for name in MAIN},
        change={name: now[name].score - then[name].score for name in MAIN},
    )
