"""The cheapest way to put some tens of people into pairs and threes, leaving as few as possible to nobody.

Every group has two costs: a price, which comes first and counts who is left over, who is moved and which groups are of
three; and points, which choose among plans of one price. With the threes given, the pairs are an exact matching
(rustworkx). Which threes is a search: people get prices such that those of no two come to more than their pair does
(see ``fair_prices``), so whatever three is made costs at least what it costs beyond its people's prices. Threes by
which nothing can become cheaper are not tried; where none is left, the best plan found is proven.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import rustworkx as rx
from scipy.optimize import linear_sum_assignment

from peerpact.programme.pairing.pair_table import Costs, Numbers
from peerpact.programme.pairing.participants import Numbered

POINTS = 1 << 44
"""More than the points of all groups together, in thousandths: what one unit of price is worth to the matching."""
CHANCE = 1 << 20
MOST_VISITED = 400
"""Sets of threes that one search looks at."""
NEARLY = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """What every group costs, in one kind of cost; people are at their places."""

    pairs: Costs
    """A row and a column a person; infinite where two may not be together."""
    alone: Costs
    threes: Costs
    """In the order of the threes that are possible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """A plan: groups by places, who is alone, its price and points, and below what price and points none can be."""

    groups: tuple[Numbered, ...]
    alone: tuple[int, ...]
    price: float
    points: float
    is_proven: bool


class PartitionSearch:
    """Finds the cheapest plan. ``kept`` tells of each three whether it is there already, so that it costs nothing."""

    def __init__(
        self, threes: Numbers, *, price: Charge, points: Charge, kept: Sequence[int] = (), dice: Costs
    ) -> None:
        self._threes, self._price, self._points = threes, price, points
        self._kept = set(kept)
        self._dice = dice
        self._visited = 0
        self._best: tuple[float, float] = (np.inf, np.inf)
        self._groups: tuple[Numbered, ...] = ()

    def search(self) -> Partition:
        everybody = np.arange(len(self._dice))
        self._visit((), everybody, np.arange(len(self._threes)))
        grouped = {i for group in self._groups for i in group}
        return Partition(
            groups=tuple(sorted(self._groups)),
            alone=tuple(i for i in everybody.tolist() if i not in grouped),
            price=self._best[0],
            points=self._best[1],
            is_proven=self._visited < MOST_VISITED,
        )

    def _visit(self, chosen: tuple[int, ...], people: Numbers, possible: Numbers) -> None:
        """Look at a set of threes: pair the others, and go on with one more three wherever that could be cheaper."""
        if self._visited >= MOST_VISITED:
            return
        self._visited += 1
        spent = self._price.threes[list(chosen)].sum(), self._points.threes[list(chosen)].sum()
        prices = self._fair(self._price, people, possible)
        if spent[0] + prices.sum() > self._best[0] + NEARLY:
            return
        self._pair(chosen, people, spent)
        least, beyond = self._beyond(self._price, prices, spent[0], possible)
        points = self._fair(self._points, people, possible)
        least_points, beyond_points = self._beyond(self._points, points, spent[1], possible)
        order = np.lexsort((beyond_points, np.rint(beyond * 2)))
        for place, at in enumerate(order.tolist()):
            if least + beyond[at] > self._best[0] + NEARLY:
                break
            is_tie = least + beyond[at] > self._best[0] - NEARLY
            if is_tie and least_points + beyond_points[at] > self._best[1] - NEARLY:
                continue
            three = self._threes[possible[at]]
            later = possible[order[place + 1 :]]
            apart = later[~np.isin(self._threes[later], three).any(axis=1)]
            self._visit((*chosen, int(possible[at])), np.setdiff1d(people, three), apart)

    def _fair(self, charge: Charge, people: Numbers, possible: Numbers) -> Costs:
        """Return a fair price for everybody, those of a three that is there already lowered to what it costs."""
        prices = np.zeros(len(self._dice))
        prices[people] = fair_prices(charge.pairs[np.ix_(people, people)], charge.alone[people])
        for three in possible.tolist():
            if three in self._kept:
                over = prices[self._threes[three]].sum() - charge.threes[three]
                prices[self._threes[three]] -= max(0.0, over) / 3
        return prices

    def _beyond(self, charge: Charge, prices: Costs, spent: float, possible: Numbers) -> tuple[float, Costs]:
        """Return what all cost at least, and what each three costs beyond its people's prices."""
        beyond = charge.threes[possible] - prices[self._threes[possible]].sum(axis=1)
        return spent + float(prices.sum()) + min(0.0, float(beyond.min(initial=0.0))), beyond

    def _pair(self, chosen: tuple[int, ...], people: Numbers, spent: tuple[float, float]) -> None:
        pairs = self._matched(people)
        alone = np.setdiff1d(people, pairs.ravel())
        found = tuple(
            float(given + charge.pairs[pairs[:, 0], pairs[:, 1]].sum() + charge.alone[alone].sum())
            for given, charge in zip(spent, (self._price, self._points), strict=True)
        )
        if found < (self._best[0] - NEARLY, np.inf) or (
            abs(found[0] - self._best[0]) <= NEARLY and found[1] < self._best[1] - NEARLY
        ):
            self._best = (found[0], found[1])
            threes = [tuple(self._threes[three].tolist()) for three in chosen]
            self._groups = (*threes, *(tuple(pair) for pair in pairs.tolist()))

    def _matched(self, people: Numbers) -> Numbers:
        """Return the best pairs of these people, exactly; a pair is worth what its two would cost alone."""
        price, points = self._price, self._points
        allowed = np.isfinite(price.pairs[np.ix_(people, people)])
        left, right = (people[side] for side in np.nonzero(np.triu(allowed, 1)))
        worth = price.alone[left] + price.alone[right] - price.pairs[left, right]
        gain = points.alone[left] + points.alone[right] - points.pairs[left, right]
        chance = (CHANCE // max(1, len(people)) * self._dice[left, right]).astype(np.int64)
        whole = zip(
            worth.astype(np.int64).tolist(), gain.astype(np.int64).tolist(), chance.tolist(), strict=True
        )
        weights = [(w * POINTS + g) * CHANCE + c for w, g, c in whole]
        return best_pairs(left, right, weights)


def best_pairs(left: Numbers, right: Numbers, weights: Sequence[int]) -> Numbers:
    """Return the pairs of most weight together, each person in one at most; a row a pair, sorted."""
    graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(int(max(left.max(initial=-1), right.max(initial=-1))) + 1))
    graph.add_edges_from(list(zip(left.tolist(), right.tolist(), weights, strict=True)))
    found = rx.max_weight_matching(graph, weight_fn=int)
    return np.array(sorted((min(p), max(p)) for p in found), dtype=np.int64).reshape(-1, 2)


def fair_prices(pairs: Costs, alone: Costs) -> Costs:
    """Return prices of which no two come to more than a pair costs, and none to more than being alone.

    They are the best such prices: the dual of the linear assignment, by shortest paths from its solution.
    """
    if not len(alone):
        return np.zeros(0)
    never = 4 * float(alone.max()) + 4 * float(np.where(np.isfinite(pairs), pairs, 0).max()) + 1
    costs = np.where(np.isfinite(pairs), pairs, never)
    np.fill_diagonal(costs, 2 * alone)
    partners = linear_sum_assignment(costs)[1]
    paths = costs - costs[np.arange(len(costs)), partners][:, None]
    second = np.zeros(len(costs))
    while True:
        shorter = np.minimum(second, (paths + second[partners][:, None]).min(axis=0))
        if (shorter == second).all():
            break
        second = shorter
    first = (costs - second).min(axis=1)
    return np.asarray((first + second) / 2)
