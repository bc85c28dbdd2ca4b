"""Krippendorff's alpha for two coders and unordered values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping


def nominal_alpha(pairs: Mapping[tuple[str, str], int]) -> float | None:
    """Agreement beyond chance: 1 where the coders agree throughout, 0 where they agree as if by chance.

    Args:
        pairs: how often the first coder said one value where the second said the other. What only
            one of them coded is no pair and stays out.

    Returns:
        None where fewer than two values occur: without variation there is nothing to agree on.

    Source: Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), sections A and B.
    """
    values: Counter[str] = Counter()
    for (first, second), n in pairs.items():
        values[first] += n
        values[second] += n
    n_values = values.total()
    n_expected = n_values**2 - sum(n**2 for n in values.values())
    if n_expected == 0:
        return None
    n_observed = 2 * sum(n for (first, second), n in pairs.items() if first != second)
    return 1 - (n_values - 1) * n_observed / n_expected
