"""The best set of links under the guidelines' constraints, as an integer programme.

Each unit takes one outgoing link or none, a target is a claim, and links run in no circle; types and links are
decided together. Solved exactly by HiGHS (``scipy.optimize.milp``); circles are forbidden when they
turn up (Dantzig, Fulkerson and Johnson 1954).
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_TINY = 1e-7
_N_TARGETS = 10
_MAX_ROUNDS = 60


@dataclass(frozen=True)
class LinkProblem:
    """Log-probabilities of *n* units.

    *Shape:* ``claim`` and ``evidence`` (n,), ``links`` (n, n, 2) for supports and attacks, ``root`` (n,).
    """

    claim: Floats
    evidence: Floats
    links: Floats
    root: Floats


@dataclass(frozen=True)
class LinkSolution:
    """Whether each unit is a claim, and its outgoing ``(target, type)`` or None."""

    is_claim: tuple[bool, ...]
    outgoing: tuple[tuple[int, int] | None, ...]
    exact: bool


def log(p: Floats) -> Floats:
    """Logarithm that stays finite at 0."""
    return np.asarray(np.log(p + _TINY), dtype=np.float32)


def solve_links(problem: LinkProblem, time_limit_s: float) -> LinkSolution:
    """The best types and links.

    Args:
        problem: log-probabilities.
        time_limit_s: seconds the solver may take in all; after that the greedy solution is given, marked inexact.
    """
    n = len(problem.root)
    arcs = _arcs(problem)
    forbidden: list[list[int]] = []
    stop = time.monotonic() + time_limit_s
    for _ in range(_MAX_ROUNDS):
        left = stop - time.monotonic()
        values = _solve(problem, arcs, forbidden, left) if left > 0 else None
        if values is None:
            break
        chosen = [k for k in range(len(arcs)) if values[n + k] > 0.5]
        outgoing = {arcs[k][0]: k for k in chosen}
        circles = _circles({arcs[k][0]: arcs[k][1] for k in chosen})
        if not circles:
            return _solution([bool(v > 0.5) for v in values[:n]], arcs, outgoing, exact=True)
        # of n units that link in a circle, at most n - 1 may link among themselves
        for circle in circles:
            inside = set(circle)
            forbidden.append([k for k, (i, j, _) in enumerate(arcs) if i in inside and j in inside])
    return greedy_links(problem)


def _arcs(problem: LinkProblem) -> list[tuple[int, int, int]]:
    """The likeliest targets of each unit, both types."""
    n = len(problem.root)
    best = problem.links.max(axis=2)
    arcs = []
    for i in range(n):
        order = [int(j) for j in np.argsort(-best[i], kind="stable") if j != i][:_N_TARGETS]
        arcs += [(i, j, t) for j in sorted(order) for t in range(2)]
    return arcs


def _solve(
    problem: LinkProblem, arcs: Sequence[tuple[int, int, int]], forbidden: Sequence[Sequence[int]], time_limit_s: float
) -> NDArray[np.float64] | None:
    """Values of ``is_claim`` and of each arc, None where they are not proved best in time.

    An arc's worth is counted against having no outgoing link.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array

    n, m = len(problem.root), len(arcs)
    worth = np.concatenate(
        [problem.claim - problem.evidence, [problem.links[i, j, t] - problem.root[i] for i, j, t in arcs]]
    )
    entries: list[tuple[int, int, float]] = []
    upper: list[float] = []
    for i in range(n):
        entries += [(len(upper), n + k, 1.0) for k, arc in enumerate(arcs) if arc[0] == i]
        upper.append(1.0)
    for k, (_, j, _t) in enumerate(arcs):
        entries += [(len(upper), n + k, 1.0), (len(upper), j, -1.0)]
        upper.append(0.0)
    for circle in forbidden:
        entries += [(len(upper), n + k, 1.0) for k in circle]
        upper.append(len({arcs[k][0] for k in circle}) - 1.0)
    rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
    matrix = coo_array((values, (rows, columns)), shape=(len(upper), n + m)).tocsr()
    result = milp(
        -worth,
        constraints=LinearConstraint(matrix, -np.inf, upper),
        integrality=np.ones(n + m, dtype=np.int64),
        bounds=Bounds(0, 1),
        options={"time_limit": time_limit_s},
    )
    return np.asarray(result.x) if result.status == 0 else None


def _circles(target: dict[int, int]) -> list[list[int]]:
    """Every circle of a graph in which each node has at most one outgoing arc."""
    found, seen = [], set()
    for start in sorted(target):
        path: list[int] = []
        at = start
        while at in target and at not in seen:
            seen.add(at)
            path.append(at)
            at = target[at]
        if at in path:
            found.append(path[path.index(at) :])
    return found


def greedy_links(problem: LinkProblem) -> LinkSolution:
    """Likeliest types, then the surest links first, each kept unless it closes a circle."""
    n = len(problem.root)
    is_claim = [bool(c > e) for c, e in zip(problem.claim, problem.evidence, strict=True)]
    target: dict[int, int] = {}
    outgoing: dict[int, int] = {}
    arcs = _arcs(problem)
    for k in sorted(range(len(arcs)), key=lambda k: float(-problem.links[arcs[k]])):
        i, j, t = arcs[k]
        if i in target or not is_claim[j] or problem.links[i, j, t] <= problem.root[i]:
            continue
        if not _circles({**target, i: j}):
            target[i] = j
            outgoing[i] = k
    return _solution(is_claim[:n], arcs, outgoing, exact=False)


def _solution(
    is_claim: Sequence[bool], arcs: Sequence[tuple[int, int, int]], outgoing: dict[int, int], *, exact: bool
) -> LinkSolution:
    links = [arcs[outgoing[i]][1:] if i in outgoing else None for i in range(len(is_claim))]
    return LinkSolution(tuple(is_claim), tuple(links), exact)
