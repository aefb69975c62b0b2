"""The best group of three, held against trying every three with every way to pair the others."""

from __future__ import annotations

import random

import numpy as np
import pytest
from given_costs import GivenCosts, drawn, in_pairs, total, with_a_three

from peerpact.programme.pairing import group_of_three
from peerpact.programme.pairing.group_of_three import BestThree, Found
from peerpact.programme.pairing.pair_table import Costs


def chance() -> np.random.Generator:
    return np.random.default_rng(1)


def known(of: GivenCosts) -> tuple[int, float]:
    """Return how many are left over at the least, and what that costs at the least, by trying everything."""
    ways = ((len(left), total(of, groups, left)) for groups, left in with_a_three(tuple(range(of.nobody))))
    return min(way for way in ways if way[1] < np.inf)


def first_found(of: GivenCosts) -> Found:
    """Pair people in their order, as far as they may; a last one joins the first pair, if they may."""
    groups: list[tuple[int, ...]] = []
    left: list[int] = []
    for i in range(of.nobody):
        other = next((j for j in left if of.table[i, j] < np.inf and total(of, ((j, i),), ()) < np.inf), None)
        left = [j for j in left if j != other] if other is not None else [*left, i]
        groups += [(other, i)] if other is not None else []
    if len(left) == 1 and groups and total(of, ((*groups[0], *left),), ()) < np.inf:
        groups, left = [(*groups[0], *left), *groups[1:]], []
    return [tuple(sorted(group)) for group in groups], left


def as_third(of: GivenCosts) -> Found:
    """Return the cheapest pairs, and whoever is over as third of the one that they fit best: where searches begin."""
    ways = [way for way in in_pairs(tuple(range(of.nobody))) if len(way[1]) == 1]
    groups, left = min(ways, key=lambda way: total(of, *way))
    joined = [(tuple(sorted((*group, *left))), *(g for g in groups if g != group)) for group in groups]
    return [*min(joined, key=lambda some: total(of, some, ()))], []


def best(of: GivenCosts, found: Found | None = None) -> tuple[int, float, float]:
    """Return how many are left over by the search, what that costs, and by how much it may be better still."""
    search = BestThree(of, np.arange(of.nobody), chance, found or first_found(of))
    gap = search.search()
    groups, left = search.best
    assert sorted([*(i for group in groups for i in group), *left]) == [*range(of.nobody)]
    assert all(list(group) == sorted(group) for group in groups)
    return len(left), total(of, tuple(groups), left), gap


def circles(sizes: list[int], across: float, chance: random.Random, within: int = 3) -> Costs:
    """People of some circles: cheap within one, and dear across."""
    of = [n for n, size in enumerate(sizes) for _ in range(size)]
    table = drawn(chance, len(of), within)
    for a in range(len(of)):
        for b in range(len(of)):
            table[a, b] += across * (of[a] != of[b])
    return table


@pytest.mark.parametrize("seed", range(40))
def test_costs_no_more_than_trying_every_three(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - made-up costs, not secrets
    size = dice.choice([3, 5, 7])
    merits = [dice.choice([0, 0, 5, 60]) for _ in range(size)]
    of = GivenCosts(drawn(dice, size, dice.choice([1, 9, 300]), apart=dice.choice([0, 0, 0.3])), merits)
    ways = [w for w in in_pairs(tuple(range(size))) if total(of, *w) < np.inf]
    groups, left = min(ways, key=lambda way: (len(way[1]), total(of, *way)))
    assert best(of, ([*groups], [*left])) == (*known(of), 0)


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize(
    "sizes", [[3, 3, 1], [1, 1, 5], [3, 1, 1], [3, 4], [5, 2], [1, 1, 1], [2, 3, 2], [6, 1]]
)
def test_knows_which_circles_must_give_somebody(sizes: list[int], seed: int) -> None:
    """Within a circle pairs are cheap: who is over there is of the three, or three are over and are it."""
    dice = random.Random(seed)  # noqa: S311
    of = GivenCosts(
        circles(sizes, dice.choice([4, 50, 1000]), dice), [dice.choice([0, 2]) for _ in range(sum(sizes))]
    )
    assert best(of) == (*known(of), 0)
    assert best(of, as_third(of)) == (*known(of), 0)


@pytest.mark.parametrize("dear", [0, 1, 2, 3, 4])
def test_makes_the_three_that_is_cheapest_with_those_who_are_third_again(dear: int) -> None:
    merits = [60.0 * (n == dear) for n in range(5)]
    of = GivenCosts(np.zeros((5, 5)), merits)
    search = BestThree(of, np.arange(5), chance, first_found(of))
    assert search.search() == 0
    [three] = [group for group in search.best[0] if len(group) == 3]
    assert dear not in three


def test_numbers_people_as_they_are_among_all() -> None:
    """Of seven, the search is about five; the other two cost nothing, and are not taken."""
    table = np.zeros((7, 7))
    table[1:6, 1:6] = 10
    table[1, 4] = table[4, 1] = table[1, 5] = table[5, 1] = table[4, 5] = table[5, 4] = 1
    of = GivenCosts(table)
    search = BestThree(of, np.arange(1, 6), chance, ([(1, 2), (3, 4)], [5]))
    assert search.search() == 0
    assert sorted(search.best[0]) == [(1, 4, 5), (2, 3)]
    assert search.best[1] == []


def test_leaves_one_over_where_no_three_is_allowed() -> None:
    table = np.full((5, 5), np.inf)
    for a, b in ((0, 1), (1, 2), (2, 3), (3, 4), (4, 0)):
        table[a, b] = table[b, a] = 7
    assert best(GivenCosts(table)) == (1, 14, 0)


@pytest.mark.parametrize("name", ["MOST_SOLVED", "MOST_ASSIGNED"])
@pytest.mark.parametrize("most", [0, 1, 2, 3])
@pytest.mark.parametrize("seed", range(6))
def test_tells_what_is_proven_where_the_work_comes_to_its_limit(
    name: str, most: int, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = GivenCosts(drawn(random.Random(seed), 7, 300))  # noqa: S311
    monkeypatch.setattr(group_of_three, name, most)
    least = known(of)
    left, cost, gap = best(of)
    assert (left, cost) >= least
    assert left or cost - gap <= least[1] + 1e-6
