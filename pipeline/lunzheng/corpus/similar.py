"""Articles of the corpus that are too much alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lunzheng.corpus.article import LabelledArticle

MOST_SHARED = 0.15
_SIZE = 5


def similar_pairs(articles: Sequence[LabelledArticle]) -> Iterator[tuple[str, str, float]]:
    """Pairs of articles that share too many character n-grams, with the share of the smaller one."""
    grams = [(a.meta.id, {a.text[i : i + _SIZE] for i in range(len(a.text) - _SIZE)}) for a in articles]
    holders: dict[str, list[int]] = {}
    for index, (_, own) in enumerate(grams):
        for gram in own:
            holders.setdefault(gram, []).append(index)
    shared: Counter[tuple[int, int]] = Counter()
    for indices in holders.values():
        shared.update((i, j) for k, i in enumerate(indices) for j in indices[k + 1 :])
    for (i, j), n in sorted(shared.items()):
        share = n / max(1, min(len(grams[i][1]), len(grams[j][1])))
        if share > MOST_SHARED:
            yield grams[i][0], grams[j][0], share
