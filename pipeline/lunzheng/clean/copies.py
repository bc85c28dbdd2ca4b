"""A page that holds its article twice: find the second copy, mend the first from it, drop it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import accumulate
from typing import NamedTuple

from lunzheng.clean.characters import count_han
from lunzheng.clean.draft import Change, Draft
from lunzheng.clean.mojibake import suspects
from lunzheng.spans import Span

REASON = "second copy"
MENDED = "mended from the second copy"
_LINE = re.compile(r"[^\n]+")
_CLAUSE = re.compile(r"[\u3400-\u9fff\w]{6,}")
_SHINGLE = 3  # characters; short enough that a damaged stretch costs little
_LIKENESS = 0.7  # share of the shorter line's shingles that two copies of a line have in common
_MIN_COPY = 120  # characters that the copy must have in common with the first
_MIN_SHARE = 0.3  # of what stands before it; an article that quotes itself stays below
_MAX_COPIES = 8  # rounds; a page with more copies than that is not worth the time
_LONGEST = 500_000  # characters of a page; what is longer is no article that stands twice
_LONGEST_LINE = 20_000  # characters; a longer line is compared whole
_MOST_HOLDERS = 8  # earlier lines that a shingle is looked for in
_LEAST_VARIETY = 0.4  # different shingles a character; poorer lines are compared whole
_MAX_NEW = 40  # Han characters of a line inside the copy that has no model in the first


class _Line(NamedTuple):
    start: int
    end: int
    shingles: frozenset[str]


@dataclass
class _Run:
    """Lines of a copy, each with the index of the line it repeats."""

    pairs: list[tuple[int, int]] = field(default_factory=list)

    def size(self, lines: Sequence[_Line]) -> int:
        return sum(lines[j].end - lines[j].start for _, j in self.pairs)


def drop_second_copy(draft: Draft, *, drop: bool) -> Draft:
    """Mend damage in the first copy of an article from the second, then drop the second.

    Args:
        draft: paragraphs, glosses already gone.
        drop: False keeps the second copy, but still mends from it.
    """
    for _ in range(_MAX_COPIES):
        if not _repeats(draft.text):
            break
        shorter = _without_copy(draft, drop=drop)
        if shorter is draft or not drop:
            return shorter
        draft = shorter
    return draft


def _without_copy(draft: Draft, *, drop: bool) -> Draft:
    lines = [_Line(*m.span(), _shingles(m.group())) for m in _LINE.finditer(draft.text)]
    changes: list[Change] = []
    for run in _copies(lines):
        changes.extend(_mended(draft.text, lines, run))
        if drop:
            changes.extend(_dropped(draft.text, lines, run))
    return draft.apply(changes)


def _repeats(text: str) -> bool:
    """Cheap look: do enough clauses come twice for a copy to be there at all?"""
    if len(text) > _LONGEST:
        return False
    clauses = Counter(_CLAUSE.findall(text))
    return sum(len(c) * (n - 1) for c, n in clauses.items() if n > 1) >= _MIN_COPY / 2


def _shingles(line: str) -> frozenset[str]:
    words = "".join(filter(str.isalnum, line.casefold()))
    if len(words) > _LONGEST_LINE:
        return frozenset((words,))
    found = frozenset(words[i : i + _SHINGLE] for i in range(max(1, len(words) - _SHINGLE + 1))) - {""}
    return found if len(found) >= _LEAST_VARIETY * (len(words) - _SHINGLE) else frozenset((words,))


def _copies(lines: Sequence[_Line]) -> Iterator[_Run]:
    """Runs of lines that repeat earlier lines in the same order."""
    models = _models(lines)
    before = [0, *accumulate(line.end - line.start for line in lines)]
    run = _Run()
    for j in range(len(lines)):
        last_i, last_j = run.pairs[-1] if run.pairs else (-1, -1)
        first_j = run.pairs[0][1] if run.pairs else j
        options = [i for i in models[j] if last_i < i < first_j]
        if options:
            # A gap of lines without a model is furniture; a long one ends the copy.
            if run.pairs and j - last_j > 6:
                yield from _accepted(run, lines, before)
                run = _Run()
            run.pairs.append((min(options), j))
        elif models[j]:
            yield from _accepted(run, lines, before)
            run = _Run([(models[j][0], j)])
    yield from _accepted(run, lines, before)


def _accepted(run: _Run, lines: Sequence[_Line], before: Sequence[int]) -> Iterator[_Run]:
    if not run.pairs:
        return
    size = run.size(lines)
    if size >= _MIN_COPY and size >= _MIN_SHARE * before[run.pairs[0][1]]:
        yield run


def _models(lines: Sequence[_Line]) -> list[list[int]]:
    """For each line the earlier lines that it repeats, in order."""
    index: defaultdict[str, list[int]] = defaultdict(list)
    models: list[list[int]] = []
    repeated: dict[frozenset[str], list[int]] = {}  # of lines that have as many models as are looked for
    for j, line in enumerate(lines):
        if line.shingles in repeated:
            models.append(repeated[line.shingles])
            continue
        shared = Counter(i for shingle in line.shingles for i in index[shingle])
        alike = [
            i for i, n in shared.items() if n >= _LIKENESS * max(1, min(len(line.shingles), len(lines[i].shingles)))
            and n >= 0.5 * max(len(line.shingles), len(lines[i].shingles))
        ]  # fmt: skip
        models.append(sorted(alike))
        if len(alike) >= _MOST_HOLDERS:
            repeated[line.shingles] = models[-1]
        for shingle in line.shingles:
            if len(index[shingle]) < _MOST_HOLDERS:
                index[shingle].append(j)
    return models


def _dropped(text: str, lines: Sequence[_Line], run: _Run) -> Iterator[Change]:
    """The copy with its furniture; a long line that only the copy has stays."""
    repeated = {j for _, j in run.pairs}
    start = run.pairs[0][1]
    for j in range(start, run.pairs[-1][1] + 1):
        line = lines[j]
        if j in repeated or count_han(text[line.start : line.end]) < _MAX_NEW:
            yield Change(line.start, line.end, "", REASON)


def _mended(text: str, lines: Sequence[_Line], run: _Run) -> Iterator[Change]:
    for i, j in run.pairs:
        first, second = text[lines[i].start : lines[i].end], text[lines[j].start : lines[j].end]
        damaged = suspects(first)
        if damaged:
            for change in _from_copy(first, second, damaged):
                yield change._replace(start=change.start + lines[i].start, end=change.end + lines[i].start)


def _from_copy(first: str, second: str, damaged: list[Span]) -> Iterator[Change]:
    spoiled = suspects(second)
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    for start, end, other, stop in _differences(matcher):
        touched = any(s.start <= end and start <= s.end for s in damaged)
        unsound = any(s.start < stop and other < s.end for s in spoiled)
        if touched and not unsound and stop > other:
            yield Change(start, end, second[other:stop], MENDED)


def _differences(matcher: SequenceMatcher[str]) -> Iterator[tuple[int, int, int, int]]:
    """Stretches that differ; those with only a character or two between them are one."""
    found: list[list[int]] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        if found and i1 - found[-1][1] <= 2:
            found[-1][1], found[-1][3] = i2, j2
        else:
            found.append([i1, i2, j1, j2])
    for i1, i2, j1, j2 in found:
        yield i1, i2, j1, j2
