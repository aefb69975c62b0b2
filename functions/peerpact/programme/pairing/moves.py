"""What a plan for a round costs in price: who is left over, who is moved, threes, repeats. Points come after.

| | price |
|---|---|
| somebody without a partner | more than all else together |
| somebody in another group than before: that was only proposed / introduced / that has met | 4 / 400 / 1,200 |
| somebody who keeps a partner and gets another one, or loses one of two | a quarter of that |
| a new group of three | 600, and 1½ of the dearest of its people moved |
| two together who were so in the last rounds, this one included | 20 |

So a proposal is taken back rather than a pair repeated, two introduced people are parted rather than two threes made,
and one three is made rather than anybody left over; nobody is moved who need not be. Locked groups are no part of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from peerpact.programme.pairing.groups import Progress
from peerpact.programme.pairing.pair_table import Costs, Numbers
from peerpact.programme.pairing.participants import FORBIDDEN, RECENT, Numbered, Participants
from peerpact.programme.pairing.partition import Charge, PartitionSearch

LEFT_OVER = 1e7
MOVED = {Progress.PROPOSED: 4.0, Progress.INTRODUCED: 400.0, Progress.MET: 1200.0}
STAYING = 0.25
"""Of being moved, for whoever keeps one partner."""
THREE, DEAREST = 600.0, 1.5
REPEAT = 20.0
POINT = 1000
"""Points are whole thousandths, so that sums of them are exact."""

Placed = tuple[Numbered, Progress]
"""A group that is there, by the places of its people, and how far it is."""


class Moves:
    """The prices of all groups that some people could be in, given which they are in."""

    def __init__(
        self,
        participants: Participants,
        people: Numbers,
        groups: Sequence[Placed],
        chance: np.random.Generator,
    ) -> None:
        self._participants, self._people, self._groups = participants, people, groups
        self._dice = self._diced(chance)
        self._moved = np.zeros(len(people))
        self._of = np.full(len(people), -1)
        for number, (group, progress) in enumerate(groups):
            self._moved[list(group)] = MOVED[progress]
            self._of[list(group)] = number
        self._together = (self._of[:, None] == self._of[None, :]) & (self._of >= 0)[:, None]
        costs = participants.costs(people, people)
        self._is_allowed = (costs < FORBIDDEN) | self._may_stay(costs)
        rest = np.fmod(costs, FORBIDDEN)
        self._is_repeat = (rest >= RECENT) & ~self._together
        self._points = np.rint(np.fmod(rest, RECENT) * POINT)

    def search(self, *, threes: bool = True) -> PartitionSearch:
        """Return the search for the cheapest plan; without ``threes``, for pairs only."""
        possible = self._possible_threes() if threes else np.empty((0, 3), dtype=np.int64)
        merits = np.rint(self._participants.merits()[self._people] * POINT)
        price = Charge(
            pairs=np.where(self._is_allowed, self._price_of_pairs(), np.inf),
            alone=LEFT_OVER + self._moved,
            threes=self._price_of(possible),
        )
        one, two, third = possible.T
        points = self._points[one, two] + self._points[one, third] + self._points[two, third]
        points = Charge(
            pairs=np.where(self._is_allowed, self._points, np.inf),
            alone=merits,
            threes=points + merits[possible].sum(axis=1),
        )
        kept = np.flatnonzero(self._is_there(possible)).tolist()
        return PartitionSearch(possible, price=price, points=points, kept=kept, dice=self._dice)

    def _diced(self, chance: np.random.Generator) -> Costs:
        size = len(self._people)
        dice = np.triu(chance.random((size, size)) / 2, 1)
        one, other = np.triu_indices(size, 1)
        turn = self._participants.is_their_turn(self._people[one], self._people[other])
        dice[one[turn], other[turn]] = 1.0
        return np.asarray(dice + dice.T)

    def _may_stay(self, costs: Costs) -> NDArray[np.bool_]:
        """Tell of which two of one group, whose line is not known, it is not certain that a rule forbids them."""
        stay = np.zeros(costs.shape, dtype=bool)
        for group, _ in self._groups:
            for a, b in combinations(group, 2):
                stay[a, b] = stay[b, a] = costs[a, b] >= FORBIDDEN and not self._is_broken(a, b)
        return stay

    def _is_broken(self, one: int, other: int) -> bool:
        a, b = (self._participants.people[self._people[i]].email for i in (one, other))
        known = self._participants
        return (
            known.in_one_line(a, b)
            or known.is_never(a, b)
            or known.is_rejected(a, b)
            or known.is_private(a, b)
        )

    def _price_of_pairs(self) -> Costs:
        moved = self._moved[:, None] + self._moved[None, :]
        sizes = np.bincount(self._of[self._of >= 0], minlength=1)[np.maximum(self._of, 0)]
        kept = np.where(sizes[:, None] == 2, 0.0, STAYING * moved)
        return np.asarray(np.where(self._together, kept, moved + REPEAT * self._is_repeat))

    def _possible_threes(self) -> Numbers:
        found = [np.empty((0, 3), dtype=np.int64)]
        for third in range(2, len(self._people)):
            joins = self._is_allowed[third, :third]
            one, two = np.nonzero(np.triu(self._is_allowed[:third, :third], 1) & joins[:, None] & joins)
            found.append(np.stack([one, two, np.full(len(one), third)], axis=1))
        return np.concatenate(found)

    def _is_there(self, threes: Numbers) -> NDArray[np.bool_]:
        of = self._of[threes]
        return np.asarray((of[:, 0] >= 0) & (of[:, 0] == of[:, 1]) & (of[:, 1] == of[:, 2]))

    def _price_of(self, threes: Numbers) -> Costs:
        moved = self._moved[threes]
        price = np.maximum(THREE, DEAREST * moved.max(axis=1, initial=0))
        for me, others in ((0, (1, 2)), (1, (0, 2)), (2, (0, 1))):
            keeps = self._together[threes[:, me], threes[:, others[0]]]
            keeps = keeps | self._together[threes[:, me], threes[:, others[1]]]
            price = price + np.where(keeps, STAYING, 1.0) * moved[:, me]
        for a, b in combinations(range(3), 2):
            price = price + REPEAT * self._is_repeat[threes[:, a], threes[:, b]]
        return np.asarray(np.where(self._is_there(threes), 0.0, price))
