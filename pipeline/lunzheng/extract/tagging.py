"""The tag sets of the token heads, and the spans that tag sequences say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lunzheng.labels import UNIT_TYPES

UNIT_TAGS = ("O", *(f"{p}-{t}" for t in UNIT_TYPES for p in "BI"))
MENTION_ROLES = ("term", "actor")
MENTION_TAGS = ("O", *(f"{p}-{r}" for r in MENTION_ROLES for p in "BI"))
SPAN_TAGS = ("O", "B-span", "I-span")


def is_allowed(before: str, after: str) -> bool:
    """Whether BIO tag *after* may follow *before*."""
    return not after.startswith("I-") or before[2:] == after[2:]


def tagged_spans(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """``(first, last, label)`` token ranges of a BIO sequence; a stray I opens a span."""
    first: int | None = None
    label = ""
    for i, tag in enumerate([*tags, "O"]):
        if first is not None and (not tag.startswith("I-") or tag[2:] != label):
            yield first, i, label
            first = None
        if tag.startswith("B-") or (tag.startswith("I-") and first is None):
            first, label = i, tag[2:]


def write_tags(n: int, ranges: Sequence[tuple[int, int, str]]) -> list[str]:
    """BIO tags of length *n* for ranges ``(first, last, label)``; earlier ranges win where two overlap."""
    tags = ["O"] * n
    for first, last, label in ranges:
        if last > first and all(t == "O" for t in tags[first:last]):
            tags[first] = f"B-{label}"
            tags[first + 1 : last] = [f"I-{label}"] * (last - first - 1)
    return tags
