"""The best group of three where a person can say which it is, and how much has to be looked at to prove it."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest
from given_costs import GivenCosts, drawn

from peerpact.programme.pairing import group_of_three
from peerpact.programme.pairing.group_of_three import BestThree, Found
from peerpact.programme.pairing.pair_table import Costs, Numbers

ACROSS = 400.0


class Watched(BestThree):
    """Counts the matchings that are solved exactly, and the threes that were looked at with everybody's costs."""

    def __init__(self, of: GivenCosts, found: Found) -> None:
        self.solved = self.solved_with = self.assigned = 0
        super().__init__(of, np.arange(of.nobody), self._dice, found)

    def _dice(self) -> np.random.Generator:
        self.solved += 1
        return np.random.default_rng(1)

    def _with(self, three: Numbers) -> float:
        before, self.assigned = self.solved, self.assigned + 1
        least = super()._with(three)
        self.solved_with += self.solved - before
        return least


def in_circles(circles: Sequence[Sequence[int]], **also: float) -> Costs:
    """Return a table: nothing costs anything within a circle, and much across; ``p0_3=10`` says otherwise of a pair."""
    size = sum(map(len, circles))
    table = np.full((size, size), ACROSS)
    for circle in circles:
        table[np.ix_(circle, circle)] = 0
    for pair, cost in also.items():
        a, b = map(int, pair.strip("p").split("_"))
        table[a, b] = table[b, a] = cost
    return table


def test_takes_one_of_each_of_three_odd_circles() -> None:
    """Each circle of three has one who is third gladly, and these three know one another: 3 x 10 for the pairs of them.

    Until now one circle is the three: 10 for the pair of the two others, and 2 x 13 for those who are third again.
    """
    table = in_circles([[0, 1, 2], [3, 4, 5], [6, 7, 8]], p0_3=10, p0_6=10, p3_6=10)
    of = GivenCosts(table, [0.0 if n % 3 == 0 else 13.0 for n in range(9)])
    search = Watched(of, ([(0, 3), (1, 2), (4, 5), (6, 7, 8)], []))
    assert search.search() == 0
    assert sorted(search.best[0]) == [(0, 3, 6), (1, 2), (4, 5), (7, 8)]
    assert search.solved == 1


@pytest.mark.parametrize("other", [0, 3, 6])
def test_takes_all_of_the_odd_circle(other: int) -> None:
    """Three of the even circle would cost less, but then somebody of it is over, who goes with nobody else."""
    odd = [n for n in range(7) if other <= n < other + 3] if other < 6 else [4, 5, 6]
    even = [n for n in range(7) if n not in odd]
    of = GivenCosts(in_circles([odd, even]), [13.0 if n in odd else 5.0 for n in range(7)])
    three, pairs = tuple(odd), [(even[0], even[1]), (even[2], even[3])]
    search = Watched(of, ([three, *pairs], []))
    assert search.search() == 0
    assert search.best[0] == [three, *pairs]
    assert search.solved == 0


def two_couples(*merits: float) -> GivenCosts:
    """Five people: 0 and 1 go well together, and 2 and 3; everything else costs 10."""
    table = np.full((5, 5), 10.0)
    table[0, 1] = table[1, 0] = table[2, 3] = table[3, 2] = 0
    return GivenCosts(table, merits)


def test_solves_nothing_where_prices_show_that_nothing_is_better() -> None:
    """The fifth costs 10 with anybody, and as third 20; who parts the couples pays 30 for a three, or more."""
    search = Watched(two_couples(), ([(0, 1, 4), (2, 3)], []))
    assert search.search() == 0
    assert search.best[0] == [(0, 1, 4), (2, 3)]
    assert search.solved == 0


def test_tries_each_as_third_of_the_pair_that_it_costs_least_with() -> None:
    """Without 0 the others are (1, 4) and (2, 3). With 1 and 4 it costs 10 more; with 2 and 3 20 and their merits."""
    search = Watched(two_couples(0, 0, 20, 20, 0), ([(0, 4), (1, 2, 3)], []))
    assert search.search() == 0
    assert sorted(search.best[0]) == [(0, 1, 4), (2, 3)]
    assert search.solved == 1


def best_known(of: GivenCosts) -> Found:
    """Return the first of the best results that are found from nothing: there is nothing better to be found."""
    search = Watched(of, ([], [*range(of.nobody)]))
    search.search()
    return search.best


def with_the_best(size: int, seed: int) -> Watched:
    """Begin with the best result, in small programmes of whom prices alone don't prove it."""
    dice = random.Random(seed)  # noqa: S311 - made-up costs, not secrets
    table = drawn(dice, size, dice.choice([1, 3, 9]), apart=0.3)
    of = GivenCosts(table, [float(dice.choice([0, 0, 5])) for _ in range(size)])
    return Watched(of, best_known(of))


@pytest.mark.parametrize(
    ("size", "seed"), [(5, 3), (5, 10), (5, 16), (5, 22), (7, 0), (7, 5), (7, 12), (7, 41), (9, 28), (9, 76)]
)
def test_solves_no_matching_beside_a_three_that_assignment_shows_to_be_dear(size: int, seed: int) -> None:
    search = with_the_best(size, seed)
    assert search.search() == 0
    assert search.assigned > 0
    assert search.solved_with == 0


@pytest.mark.parametrize("most", [1, 2, 3, 4, 5])
def test_solves_no_more_matchings_than_it_may(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    search = with_the_best(9, 28)
    monkeypatch.setattr(group_of_three, "MOST_SOLVED", most)
    assert search.search() > 0
    assert search.solved == most


@pytest.mark.parametrize("most", [1, 2, 3])
def test_assigns_no_more_often_than_it_may(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    search = with_the_best(9, 28)
    monkeypatch.setattr(group_of_three, "MOST_ASSIGNED", most)
    assert search.search() > 0
    assert search.assigned == most


@pytest.mark.parametrize("odd", [(0, 1, 2), (2, 3, 4), (4, 5, 6)])
def test_takes_one_of_the_odd_circle_and_two_of_the_even_one(odd: Sequence[int]) -> None:
    """10 for each of the two who are joined, and 2 x 11: less than 21 and 22 for all of the odd circle."""
    one, *others = odd
    two, three, *rest = [n for n in range(7) if n not in odd]
    table = in_circles([odd, (two, three, *rest)], **{f"p{one}_{n}": 10 for n in (two, three)})
    merits = dict.fromkeys(range(7), 11.0) | {one: 0.0, others[0]: 21.0, others[1]: 22.0}
    of = GivenCosts(table, [merits[n] for n in range(7)])
    search = Watched(of, ([tuple(odd), (two, three), (rest[0], rest[1])], []))
    assert search.search() == 0
    groups = [sorted((one, two, three)), others, rest]
    assert sorted(map(list, search.best[0])) == sorted(groups)


def test_looks_at_no_three_that_leaves_an_odd_circle_odd() -> None:
    """Three odd circles of three give one each. One of the couple would cost less: 30, with one of two circles."""
    circles = [[0, 1], [2, 3, 4], [5, 6, 7], [8, 9, 10]]
    table = in_circles(circles, p2_5=10, p2_8=10, p5_8=10, p0_5=10, p0_8=10)
    merits = [0.0, 0.0, *(5.0, 13.0, 13.0), *(0.0, 13.0, 13.0), *(0.0, 13.0, 13.0)]
    search = Watched(GivenCosts(table, merits), ([(2, 5, 8), (0, 1), (3, 4), (6, 7), (9, 10)], []))
    assert search.search() == 0
    assert search.solved == 0


@pytest.mark.parametrize(("one", "thousandths"), [(0, 30_003), (1, 20_005), (2, 30_006)])
def test_knows_to_the_thousandth_what_somebody_costs_as_third(one: int, thousandths: int) -> None:
    """What they cost with the two others, and what all three do again: that is not more by the least."""
    table = in_circles([[0, 1, 2, 3, 4]], p0_1=10, p0_2=20.001, p1_2=10.003)
    search = Watched(GivenCosts(table, [0.0, 0.002, 0.0, 0.0, 0.0]), ([], []))
    assert search._as_third(np.array([[0, 1, 2]]), one).tolist() == [thousandths]
