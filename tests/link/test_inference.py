"""The linking programme against brute force, and its constraints under any scores."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lunzheng.link import inference
from lunzheng.link.inference import LinkProblem, LinkSolution, greedy_links, log, solve_links

_LIMIT = 30.0


def _problem(seed: int, n: int, spread: float = 3.0) -> LinkProblem:
    rng = np.random.default_rng(seed)

    def draw(*shape: int) -> np.ndarray:
        return rng.normal(0, spread, shape).astype(np.float32)

    return LinkProblem(claim=draw(n), evidence=draw(n), links=draw(n, n, 2), root=draw(n))


def _value(problem: LinkProblem, solution: LinkSolution) -> float:
    total = 0.0
    for i, (is_claim, target) in enumerate(zip(solution.is_claim, solution.outgoing, strict=True)):
        total += float((problem.claim if is_claim else problem.evidence)[i])
        total += float(problem.root[i]) if target is None else float(problem.links[i, target[0], target[1]])
    return total


def _holds(solution: LinkSolution) -> bool:
    """Targets are other units and claims; no walk along the links comes back."""
    for i, first in enumerate(solution.outgoing):
        if first is not None and (first[0] == i or not solution.is_claim[first[0]]):
            return False
        at, steps = first, 0
        while at is not None:
            if at[0] == i or steps > len(solution.outgoing):
                return False
            at, steps = solution.outgoing[at[0]], steps + 1
    return True


def _best_by_brute_force(problem: LinkProblem) -> float:
    n = len(problem.root)
    choices = [[None, *((j, t) for j in range(n) if j != i for t in range(2))] for i in range(n)]
    best = -np.inf
    for types in itertools.product((False, True), repeat=n):
        for outgoing in itertools.product(*choices):
            solution = LinkSolution(types, outgoing, exact=True)
            if _holds(solution):
                best = max(best, _value(problem, solution))
    return best


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10**6), st.integers(1, 3), st.sampled_from([0.5, 3.0]))
def test_the_solution_is_the_best_of_all(seed: int, n: int, spread: float) -> None:
    problem = _problem(seed, n, spread)
    solution = solve_links(problem, _LIMIT)
    assert solution.exact
    assert _holds(solution)
    assert _value(problem, solution) == pytest.approx(_best_by_brute_force(problem), abs=1e-3)


@settings(deadline=None, max_examples=4)
@given(st.integers(0, 10**6))
def test_the_solution_for_four_units_is_the_best_of_all(seed: int) -> None:
    problem = _problem(seed, 4)
    assert _value(problem, solve_links(problem, _LIMIT)) == pytest.approx(_best_by_brute_force(problem), abs=1e-3)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.integers(1, 8))
def test_the_constraints_hold_and_greed_never_wins(seed: int, n: int) -> None:
    problem = _problem(seed, n)
    solution, greedy = solve_links(problem, 5.0), greedy_links(problem)
    assert _holds(solution)
    assert _holds(greedy)
    assert not greedy.exact
    assert _value(problem, solution) >= _value(problem, greedy) - 1e-3


@settings(deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 30))
def test_greed_keeps_the_constraints_in_long_articles(seed: int, n: int) -> None:
    assert _holds(greedy_links(_problem(seed, n)))


def _ring(n: int) -> LinkProblem:
    """Every unit wants to support the next one, round in a circle; the last wants it least."""
    links = np.full((n, n, 2), -20, dtype=np.float32)
    for i in range(n):
        links[i, (i + 1) % n, 0] = 5 - i * 0.1
    zeros = np.zeros(n, dtype=np.float32)
    return LinkProblem(claim=zeros + 1, evidence=zeros, links=links, root=zeros)


@pytest.mark.parametrize("n", [2, 3, 7])
@pytest.mark.parametrize("solve", [lambda p: solve_links(p, _LIMIT), greedy_links], ids=["exact", "greedy"])
def test_a_circle_is_cut_where_it_costs_least(n: int, solve: object) -> None:
    solution = solve(_ring(n))  # type: ignore[operator]
    assert solution.outgoing == (*((i + 1, 0) for i in range(n - 1)), None)
    assert all(solution.is_claim)


def test_a_sure_link_makes_its_target_a_claim() -> None:
    links = np.full((2, 2, 2), -20, dtype=np.float32)
    links[0, 1, 1] = 4
    problem = LinkProblem(
        claim=np.array([0, 0], dtype=np.float32),
        evidence=np.array([1, 1], dtype=np.float32),
        links=links,
        root=np.zeros(2, dtype=np.float32),
    )
    solution = solve_links(problem, _LIMIT)
    assert solution.is_claim == (False, True)
    assert solution.outgoing == ((1, 1), None)


def test_one_unit_links_to_nothing() -> None:
    assert solve_links(_problem(1, 1), _LIMIT).outgoing == (None,)


def test_without_time_the_greedy_solution_is_given_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = _ring(5)
    monkeypatch.setattr(inference, "_solve", lambda *_: None)
    assert solve_links(problem, _LIMIT) == greedy_links(problem)
    assert not solve_links(problem, _LIMIT).exact


def test_a_solution_that_the_clock_cut_short_is_not_called_exact() -> None:
    assert not solve_links(_problem(3, 60, 0.3), 1e-6).exact


def test_the_time_is_counted_over_all_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[float] = []
    solve = inference._solve

    def slow(problem: LinkProblem, arcs: object, forbidden: object, time_limit_s: float) -> object:
        given.append(time_limit_s)
        return solve(problem, arcs, forbidden, time_limit_s)  # type: ignore[arg-type]

    monkeypatch.setattr(inference, "_solve", slow)
    solve_links(_ring(5), _LIMIT)
    assert len(given) > 1
    assert sorted(given, reverse=True) == given
    assert len(set(given)) == len(given)


def test_the_logarithm_of_nothing_is_finite() -> None:
    assert np.isfinite(log(np.zeros(3, dtype=np.float32))).all()
