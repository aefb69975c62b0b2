"""The cheapest plan of a few people, held against trying every plan; fair prices, and the pairs of most weight."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from peerpact.programme.pairing import partition
from peerpact.programme.pairing.pair_table import Costs, Numbers
from peerpact.programme.pairing.partition import Charge, PartitionSearch, best_pairs, fair_prices

Groups = tuple[tuple[int, ...], ...]


def plans(people: tuple[int, ...]) -> Iterator[Groups]:
    """Return every way to part people into groups of one, two or three."""
    if not people:
        yield ()
        return
    first, rest = people[0], people[1:]
    for size in (0, 1, 2):
        for others in combinations(rest, size):
            left = tuple(i for i in rest if i not in others)
            yield from (((first, *others), *more) for more in plans(left))


def threes_of(size: int) -> Numbers:
    return np.array([*combinations(range(size), 3)], dtype=np.int64).reshape(-1, 3)


def table(size: int, costs: dict[tuple[int, int], float], usual: float) -> Costs:
    found = np.full((size, size), float(usual))
    for (a, b), cost in costs.items():
        found[a, b] = found[b, a] = cost
    return found


def drawn(chance: random.Random, size: int, threes: Numbers, most: int, *, apart: bool) -> Charge:
    """Draw costs; as pairing has it, a three costs no less than its people would in half of its three pairs each."""
    pairs = np.zeros((size, size))
    for a, b in combinations(range(size), 2):
        pairs[a, b] = pairs[b, a] = np.inf if apart and chance.random() < 0.4 else chance.randint(0, most)
    half = [sum(float(pairs[p]) for p in combinations(three, 2)) / 2 for three in threes.tolist()]
    return Charge(
        pairs=pairs,
        alone=np.array([float(chance.randint(most, 3 * most)) for _ in range(size)]),
        threes=np.array([least + chance.randint(0, most) for least in half]),
    )


def only(charge: Charge, possible: NDArray[np.bool_]) -> Charge:
    return Charge(pairs=charge.pairs, alone=charge.alone, threes=charge.threes[possible])


def charged(charge: Charge, threes: Numbers, plan: Groups) -> float:
    place = {tuple(three): n for n, three in enumerate(threes.tolist())}
    alone = sum(float(charge.alone[g[0]]) for g in plan if len(g) == 1)
    pairs = sum(float(charge.pairs[g]) for g in plan if len(g) == 2)
    return alone + pairs + sum(float(charge.threes[place[g]]) for g in plan if len(g) == 3)


@pytest.mark.parametrize("seed", range(150))
def test_finds_the_plan_that_trying_every_one_finds(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - made-up costs, not secrets
    size = chance.randint(1, 7)
    threes = np.array([t for t in threes_of(size).tolist() if chance.random() < 0.7], dtype=np.int64).reshape(
        -1, 3
    )
    price = drawn(chance, size, threes, chance.choice([1, 2, 9, 50]), apart=seed % 2 > 0)
    points = drawn(chance, size, threes, chance.choice([1, 50, 900]), apart=False)
    points = Charge(
        pairs=np.where(np.isinf(price.pairs), np.inf, points.pairs), alone=points.alone, threes=points.threes
    )
    possible = np.isfinite(price.threes)
    threes, price, points = threes[possible], only(price, possible), only(points, possible)
    kept = [n for n in range(len(threes)) if chance.random() < 0.2]
    price.threes[kept] = 0.0
    known = {tuple(three) for three in threes.tolist()}
    tried = [
        (charged(price, threes, plan), charged(points, threes, plan))
        for plan in plans(tuple(range(size)))
        if known.issuperset(g for g in plan if len(g) == 3)
    ]
    dice = np.zeros((size, size))

    found = PartitionSearch(threes, price=price, points=points, kept=kept, dice=dice).search()

    plan = (*found.groups, *((i,) for i in found.alone))
    assert sorted(i for group in plan for i in group) == [*range(size)]
    assert found.is_proven
    assert (found.price, found.points) == min(tried)
    assert (charged(price, threes, plan), charged(points, threes, plan)) == min(tried)
    assert list(found.groups) == sorted(found.groups)


def test_lets_the_dice_choose_among_equals() -> None:
    same = Charge(pairs=np.zeros((4, 4)), alone=np.full(4, 9.0), threes=np.empty(0))
    for other in (1, 2, 3):
        dice = table(4, {(0, other): 1.0}, 0.0)
        found = PartitionSearch(threes_of(0), price=same, points=same, dice=dice).search()
        assert (0, other) in found.groups
    cheaper = Charge(pairs=table(4, {(0, 1): 0.0}, 1.0), alone=np.full(4, 9.0), threes=np.empty(0))
    found = PartitionSearch(
        threes_of(0), price=same, points=cheaper, dice=table(4, {(0, 2): 1.0}, 0.0)
    ).search()
    assert found.groups == ((0, 1), (2, 3))


def test_takes_what_it_has_where_looking_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three people of whom any two may be together: the three is the second thing looked at."""
    price = Charge(pairs=np.zeros((3, 3)), alone=np.full(3, 9.0), threes=np.array([1.0]))
    for most, groups, is_proven in ((1, ((0, 1),), False), (2, ((0, 1, 2),), False), (3, ((0, 1, 2),), True)):
        monkeypatch.setattr(partition, "MOST_VISITED", most)
        dice = table(3, {(0, 1): 1.0}, 0.0)
        found = PartitionSearch(threes_of(3), price=price, points=price, dice=dice).search()
        assert (found.groups, found.is_proven) == (groups, is_proven)


def test_puts_nobody_together_where_nobody_is() -> None:
    nothing = Charge(pairs=np.empty((0, 0)), alone=np.empty(0), threes=np.empty(0))
    found = PartitionSearch(threes_of(0), price=nothing, points=nothing, dice=np.empty((0, 0))).search()
    assert (found.groups, found.alone, found.price, found.points) == ((), (), 0, 0)


@pytest.mark.parametrize(
    ("edges", "pairs"),
    [
        ([], []),
        ([(0, 1, 5)], [(0, 1)]),
        ([(1, 0, 5)], [(0, 1)]),
        ([(0, 1, 5), (1, 2, 6)], [(1, 2)]),
        ([(0, 1, 5), (1, 2, 9), (2, 3, 5)], [(0, 1), (2, 3)]),
        ([(0, 1, 5), (1, 2, 11), (2, 3, 5)], [(1, 2)]),
        ([(0, 1, -5)], []),
        ([(4, 2, 1), (3, 0, 1)], [(0, 3), (2, 4)]),
    ],
)
def test_pairs_at_the_most_weight(edges: list[tuple[int, int, int]], pairs: list[tuple[int, int]]) -> None:
    left, right = (np.array([edge[n] for edge in edges], dtype=np.int64) for n in (0, 1))
    found = best_pairs(left, right, [weight for _, _, weight in edges])
    assert [tuple(pair) for pair in found.tolist()] == pairs
    assert found.shape == (len(pairs), 2)


INF = np.inf


@pytest.mark.parametrize(
    ("pairs", "alone", "total"),
    [
        (table(0, {}, 0), [], 0),
        (table(1, {}, 0), [7], 7),
        (table(2, {}, 4), [10, 10], 4),
        (table(2, {}, INF), [10, 3], 13),
        (table(2, {}, 40), [10, 3], 13),
        (table(3, {}, 2), [10, 10, 10], 3),
        (table(3, {(0, 1): 0, (1, 2): INF}, 8), [10, 10, 10], 10),
        (table(4, {(0, 1): 1, (2, 3): 2}, 9), [100] * 4, 3),
        (table(4, {(0, 1): INF, (0, 2): INF, (1, 2): INF}, 1), [5, 5, 5, 5], 11),
    ],
)
def test_gives_prices_that_are_fair_and_as_high_as_can_be(
    pairs: Costs, alone: list[float], total: float
) -> None:
    prices = fair_prices(pairs, np.array(alone, dtype=float))
    assert prices.sum() == pytest.approx(total)
    assert (prices <= np.array(alone) + 1e-9).all()
    assert all(prices[a] + prices[b] <= pairs[a, b] + 1e-9 for a, b in combinations(range(len(alone)), 2))
