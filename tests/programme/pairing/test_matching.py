"""Matching, held against trying every pairing: exactly, and by the descent with which large programmes are paired."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest
from given_costs import GivenCosts, drawn, in_pairs, total

from peerpact.programme.pairing import matching
from peerpact.programme.pairing.matching import exactly, is_solved_exactly, match
from peerpact.programme.pairing.pair_table import Costs, Numbers
from peerpact.programme.pairing.participants import FORBIDDEN


def chance(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def matched(
    of: GivenCosts, free: Numbers | None = None, bound: float = 0.0, seed: int = 1
) -> tuple[list[tuple[int, ...]], list[int]]:
    """Return the pairs and who is alone, after a look that each is there once, in the right order."""
    people = np.arange(of.nobody) if free is None else free
    pairs, alone = match(of, people, chance(seed), bound)
    assert sorted([*pairs.ravel().tolist(), *alone.tolist()]) == sorted(people.tolist())
    assert pairs.shape == (len(pairs), 2)
    assert (pairs[:, 0] < pairs[:, 1]).all()
    assert (of.costs_of(pairs[:, 0], pairs[:, 1]) < FORBIDDEN).all()
    return [tuple(pair) for pair in pairs.tolist()], alone.tolist()


def result(of: GivenCosts) -> tuple[int, float]:
    """Return how many are alone, and what it costs all together."""
    pairs, alone = matched(of)
    return len(alone), total(of, tuple(pairs), alone)


def best(of: GivenCosts) -> tuple[int, float]:
    ways = ((len(left), total(of, groups, left)) for groups, left in in_pairs(tuple(range(of.nobody))))
    return min(way for way in ways if way[1] < np.inf)


def drawn_of(seed: int, apart: tuple[float, ...] = (0,)) -> GivenCosts:
    dice = random.Random(seed)  # noqa: S311 - made-up costs, not secrets
    size = dice.choice([2, 5, 6, 7, 8])
    table = drawn(dice, size, dice.choice([1, 9, 300]), dice.choice(apart))
    return GivenCosts(table, [dice.choice([0, 0, 5, 60]) for _ in range(size)])


@pytest.mark.parametrize("seed", range(40))
def test_pairs_as_many_as_can_be_at_the_least_cost(seed: int) -> None:
    of = drawn_of(seed, apart=(0, 0.4, 0.8))
    assert result(of) == best(of)


def test_pairs_some_of_all_by_their_own_numbers() -> None:
    table = np.ones((7, 7))
    table[1, 6] = table[6, 1] = table[2, 4] = table[4, 2] = 0
    of = GivenCosts(table, [9, 9, 9, 9, 9, 0, 9])
    assert matched(of, np.array([1, 2, 4, 5, 6])) == ([(1, 6), (2, 4)], [5])
    assert matched(of, np.array([3])) == ([], [3])
    assert matched(of, np.array([], dtype=np.int64)) == ([], [])
    assert exactly(of, np.array([6, 5, 1, 2]), chance()).tolist() in ([[6, 1], [5, 2]], [[1, 6], [2, 5]])


def test_counts_thousandths_of_a_point() -> None:
    table = np.full((4, 4), 5.0)
    table[0, 1] = table[1, 0] = 4.999
    assert matched(GivenCosts(table))[0] == [(0, 1), (2, 3)]


@pytest.mark.parametrize("other", range(1, 6))
def test_prefers_whose_turn_it_is_among_equals_and_only_among_them(other: int) -> None:
    rest = [n for n in range(1, 6) if n != other]
    turns = [(0, other), (rest[0], rest[3]), (rest[1], rest[2])]
    assert set(matched(GivenCosts(np.zeros((6, 6)), turns=turns))[0]) == {tuple(sorted(t)) for t in turns}
    dear = np.zeros((6, 6))
    dear[0, other] = dear[other, 0] = 0.001
    assert (0, other) not in matched(GivenCosts(dear, turns=turns))[0]


def test_lets_chance_choose_among_equals() -> None:
    of = GivenCosts(np.zeros((6, 6)))
    found = {tuple(matched(of, seed=seed)[0]) for seed in range(60)}
    assert len(found) == 15
    assert matched(of, seed=3) == matched(of, seed=3)


@pytest.mark.parametrize(
    ("size", "pairs", "is_exact"),
    [(0, 0, True), (4, 6, True), (5, 3, True), (5, 4, False), (6, 3, True), (6, 15, False), (7, 0, False)],
)
def test_solves_exactly_few_people_or_few_pairs(
    size: int, pairs: int, is_exact: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, most in (("EXACT_UP_TO", 4), ("COUNTED_UP_TO", 6), ("FEW_PAIRS", 3)):
        monkeypatch.setattr(matching, name, most)
    table = np.full((size, size), np.inf)
    for a, b in [*combinations(range(size), 2)][:pairs]:
        table[a, b] = table[b, a] = 0
    assert is_solved_exactly(GivenCosts(table), np.arange(size)) == is_exact


def test_solves_exactly_up_to_five_hundred_people() -> None:
    of = GivenCosts(np.zeros((501, 501)))
    assert is_solved_exactly(of, np.arange(500))
    assert not is_solved_exactly(of, np.arange(501))


def descent(monkeypatch: pytest.MonkeyPatch, block: int, polished: int) -> None:
    """Let nothing be solved as a whole: blocks of so many pairs, and so many people of one exact solution."""
    for name, most in (("EXACT_UP_TO", 0), ("COUNTED_UP_TO", 0), ("BLOCK", block), ("POLISHED", polished)):
        monkeypatch.setattr(matching, name, most)


@pytest.mark.parametrize("seed", range(40))
def test_polishes_a_small_descent_to_the_least_cost(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of two pairs leave most of it to the exact solutions, which hold all that cost something."""
    descent(monkeypatch, block=2, polished=400)
    of = drawn_of(seed)
    assert result(of) == best(of)


def two_kinds(size: int, cost: float = 7.0) -> Costs:
    """Return a table in which people of one kind, the even and the odd, cost something together."""
    kind = np.arange(size) % 2
    return np.where(kind[:, None] == kind[None, :], cost, 0.0)


def one_kind(size: int, cost: float = 7.0) -> Costs:
    """Return a table in which only people of one kind cost nothing together."""
    return cost - two_kinds(size, cost)


@pytest.mark.parametrize("block", [4, 6, 50])
@pytest.mark.parametrize("size", [8, 40, 41])
@pytest.mark.parametrize("seed", range(4))
def test_comes_down_to_nothing_by_mixing(
    block: int, size: int, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exact solutions of two pairs are no help here: pairs of either kind must meet by chance."""
    descent(monkeypatch, block=block, polished=4)
    monkeypatch.setattr(matching, "LONGEST_DESCENT", 400)
    monkeypatch.setattr(matching, "RESTS", 100)
    pairs, alone = matched(GivenCosts(two_kinds(size)), bound=0.0, seed=seed)
    assert len(alone) == size % 2
    assert all((a + b) % 2 for a, b in pairs)


@pytest.mark.parametrize("block", [6, 50])
@pytest.mark.parametrize("size", [8, 40, 41])
@pytest.mark.parametrize("seed", range(4))
def test_changes_who_sits_left(block: int, size: int, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of either kind as many must come to sit left as right, or two of different kinds stay over."""
    descent(monkeypatch, block=block, polished=4)
    monkeypatch.setattr(matching, "LONGEST_DESCENT", 400)
    monkeypatch.setattr(matching, "RESTS", 100)
    pairs, _ = matched(GivenCosts(one_kind(size)), bound=0.0, seed=seed)
    assert not any((a + b) % 2 for a, b in pairs)


@pytest.mark.parametrize("seed", range(8))
def test_leaves_alone_who_was_not_alone_before(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    descent(monkeypatch, block=3, polished=8)
    merits = [60.0 * (n != seed) for n in range(9)]
    assert matched(GivenCosts(np.zeros((9, 9)), merits), seed=seed)[1] == [seed]


@pytest.mark.parametrize("seed", range(6))
def test_leaves_alone_in_a_descent_whom_nobody_may_be_with(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    descent(monkeypatch, block=4, polished=16)
    table = two_kinds(20, 0.0)
    table[[3, 8, 11]] = table[:, [3, 8, 11]] = np.inf
    pairs, alone = matched(GivenCosts(table), seed=seed)
    assert {3, 8, 11} <= set(alone)
    assert (len(pairs), len(alone)) == (8, 4)


class Counted(GivenCosts):
    """Counts how often a block of costs is asked for."""

    asked = 0

    def costs(self, rows: Numbers, columns: Numbers) -> Costs:
        self.asked += 1
        return super().costs(rows, columns)


def test_looks_no_further_once_the_bound_is_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    descent(monkeypatch, block=5, polished=8)
    for bound, asked in ((1000.0, 4), (140.0, 4)):
        of = Counted(np.full((40, 40), 7.0))
        matched(of, bound=bound)
        assert of.asked == asked
    of = Counted(np.full((40, 40), 7.0))
    matched(of, bound=139.9)
    assert of.asked > 3 * 4
