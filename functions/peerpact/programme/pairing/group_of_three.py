"""Which three make the group of three, up to ``EXACT_UP_TO`` people: proven best, by bounds and exact solutions.

An odd number needs a group of three; in any number, one may place somebody who would be left over. What all costs if
certain three are together is bounded in two ways:

- Give people prices, such that those of no two come to more than a pair of them costs (from the linear assignment of
  everybody to everybody). Then whoever is not among the three costs at least their price.
- Without one of the three, the two others are a pair like any: everybody but that one costs no less than the best
  matching does, which is solved exactly, and that one costs what they cost as third.

The three with the lowest bound are looked at more closely, until nobody's is below the best result found: so that is
proven best. Where the work comes to its limit, the lowest bound that is left is what is proven. The limit was not met
once: of 96 made-up programmes of 17 to 200 people most needed 0 to 5 exact matchings (0.2 s), those whose pairs all
cost something else up to 66 (4 s at 199 people), and closed circles of which several leave somebody over up to 187 (2
to 6 s).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from peerpact.programme.pairing.matching import POINT, exactly
from peerpact.programme.pairing.pair_table import Costs, Numbers
from peerpact.programme.pairing.participants import FORBIDDEN, Numbered, Participants, pairs_of
from peerpact.programme.pairing.partition import fair_prices

MOST_SOLVED = 400
"""Exact matchings of one search."""
MOST_ASSIGNED = 10_000
"""Linear assignments of one search."""
ALONE = 1e13
"""What leaving somebody over costs, in thousandths of a point: more than all pairs of 200 people together. Sums of 200
of them are whole numbers that a float still holds exactly."""

Found = tuple[list[Numbered], list[int]]
"""Groups, and who is left over."""


class BestThree:
    """A search for the best group of three. Costs are whole thousandths of a point; people are at their places."""

    def __init__(
        self,
        participants: Participants,
        free: Numbers,
        chance: Callable[[], np.random.Generator],
        found: Found,
    ) -> None:
        self._participants, self._free, self._chance = participants, free, chance
        self._merits = np.rint(participants.merits()[free] * POINT)
        costs = participants.costs(free, free)
        self._costs = np.where(costs < FORBIDDEN, np.rint(costs * POINT), np.inf)
        self.best, self._least = found, self._cost(*found)
        self._solved = self._assigned = 0

    def search(self) -> float:
        """Improve on ``best``; return by how many points others might be better still: 0 if it is proven best."""
        threes, bounds = self._bounded()
        even = self._leaves_even(threes, bounds)
        threes, bounds = threes[even], bounds[even]
        is_solved = np.zeros(len(self._free), dtype=bool)
        while len(bounds) and self._solved < MOST_SOLVED and self._assigned < MOST_ASSIGNED:
            place = int(np.argmin(bounds))
            if bounds[place] >= self._least:
                break
            three = threes[place]
            if is_solved[three].all():
                bounds[place] = self._with(three)
            else:
                one = int(three[~is_solved[three]][0])
                is_solved[one] = True
                concerned = np.flatnonzero((threes == one).any(axis=1))
                least = self._without(one) + self._as_third(threes[concerned], one)
                bounds[concerned] = np.maximum(bounds[concerned], least)
        return max(0.0, self._least - float(bounds.min(initial=np.inf))) / POINT

    def _bounded(self) -> tuple[Numbers, Costs]:
        """Return the allowed threes of which prices don't show that they are no better, and what they cost at least."""
        prices = self._prices = fair_prices(self._costs, ALONE + self._merits)
        own = self._merits - prices
        pairs = np.where(np.tri(len(own), dtype=bool), np.inf, self._costs + own[:, None] + own[None, :])
        threes, bounds = [np.empty((0, 3), dtype=np.int64)], [np.empty(0)]
        for third in range(2, len(own)):
            join = self._costs[:third, third]
            bound = pairs[:third, :third] + join[:, None] + join[None, :] + own[third] + prices.sum()
            one, other = np.nonzero(bound < self._least)
            threes.append(np.stack([one, other, np.full(len(one), third)], axis=1))
            bounds.append(bound[one, other])
        return np.concatenate(threes), np.concatenate(bounds)

    def _leaves_even(self, threes: Numbers, bounds: Costs) -> NDArray[np.bool_]:
        """Tell of which threes the others can be in pairs that are cheap enough, by the parity of circles.

        Pairs that cost so much beyond their people's prices that all together can't be better than the best result are
        left out. Within each circle of the pairs that are left, an even number has to be over.
        """
        if self.best[1] or not len(threes):
            return np.ones(len(threes), dtype=bool)
        spare = self._least - float(bounds.min())
        cheap = self._costs - self._prices[:, None] - self._prices[None, :] < spare
        many, circle = connected_components(csr_array(cheap), directed=False)
        odd = np.flatnonzero(np.bincount(circle, minlength=many) % 2)
        first, second, third = np.sort(circle[threes], axis=1).T
        single = np.where(first == second, third, first)
        is_single = (first == second) | (second == third)
        if len(odd) == 1:
            return np.asarray(is_single & (single == odd[0]))
        if len(odd) == 3:
            return np.asarray(~is_single & (first == odd[0]) & (second == odd[1]) & (third == odd[2]))
        return np.zeros(len(threes), dtype=bool)

    def _with_alone(self, places: Numbers) -> Costs:
        """Return what pairs cost, on the diagonal twice what being left over does, as a pair is there twice."""
        costs = self._costs[np.ix_(places, places)]
        costs[np.isinf(costs)] = 10 * ALONE
        np.fill_diagonal(costs, 2 * (ALONE + self._merits[places]))
        return costs

    def _as_third(self, threes: Numbers, one: int) -> Costs:
        """Return what one of three costs that the pair of the two others doesn't: as third, and that they are three."""
        joins = np.where(threes == one, 0.0, self._costs[one][threes]).sum(axis=1)
        return np.asarray(joins + self._merits[threes].sum(axis=1))

    def _without(self, one: int) -> float:
        """Return what the others cost at least, in pairs; and try that one as third of one of these pairs."""
        pairs, left = self._solve(np.delete(self._free, one))
        if pairs:
            places = np.searchsorted(self._free, np.array(pairs))
            joins = self._costs[one][places].sum(axis=1) + self._merits[places].sum(axis=1)
            best = int(np.argmin(joins))
            if joins[best] < np.inf:
                three = (*pairs[best], int(self._free[one]))
                self._try([*pairs[:best], *pairs[best + 1 :], three], left)
        return self._cost(pairs, left)

    def _with(self, three: Numbers) -> float:
        """Return what all cost at least if certain three are together; try that if it may be better."""
        group = tuple(self._free[three].tolist())
        self._assigned += 1
        rest = np.delete(np.arange(len(self._free)), three)
        costs = self._with_alone(rest)
        least = self._cost([group], []) + float(costs[linear_sum_assignment(costs)].sum()) / 2
        if least >= self._least:
            return least
        pairs, left = self._solve(self._free[rest])
        self._try([group, *pairs], left)
        return self._cost([group, *pairs], left)

    def _solve(self, people: Numbers) -> Found:
        self._solved += 1
        pairs = exactly(self._participants, people, self._chance())
        left = np.setdiff1d(people, pairs.ravel())
        return [tuple(pair) for pair in pairs.tolist()], left.tolist()

    def _try(self, groups: list[Numbered], left: list[int]) -> None:
        cost = self._cost(groups, left)
        if cost < self._least:
            self.best, self._least = ([tuple(sorted(g)) for g in groups], left), cost

    def _cost(self, groups: Sequence[Numbered], left: Sequence[int]) -> float:
        alone = self._merits[np.searchsorted(self._free, np.array(left, dtype=np.int64))] + ALONE
        cost = float(alone.sum())
        if groups:
            one, other, _ = pairs_of(groups)
            cost += float(
                self._costs[np.searchsorted(self._free, one), np.searchsorted(self._free, other)].sum()
            )
        threes = [i for group in groups if len(group) > 2 for i in group]
        return cost + float(self._merits[np.searchsorted(self._free, np.array(threes, dtype=np.int64))].sum())
