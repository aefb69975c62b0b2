"""Values that only some pairs of people have: when they met, what forbids them. All other pairs have 0."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Costs = NDArray[np.float64]
Numbers = NDArray[np.int64]


class PairTable:
    """Pairs of numbers below ``many`` and a value each; where a pair has several, the largest counts."""

    def __init__(self, left: Numbers, right: Numbers, values: Costs, many: int) -> None:
        keys = np.minimum(left, right) * many + np.maximum(left, right)
        order = np.argsort(keys)
        keys = keys[order]
        starts = np.flatnonzero(np.diff(keys, prepend=-1))
        self._many = many
        self._keys = keys[starts]
        self._values = np.maximum.reduceat(values[order], starts) if len(keys) else values
        self._place = np.full(many, -1, dtype=np.int64)

    def of(self, left: Numbers, right: Numbers) -> Costs:
        """Return the value of each pair of a list, given as two lists of numbers."""
        found = np.zeros(len(left))
        if len(self._keys):
            wanted = np.minimum(left, right) * self._many + np.maximum(left, right)
            place = np.searchsorted(self._keys, wanted)
            place[place == len(self._keys)] = 0
            hit = self._keys[place] == wanted
            found[hit] = self._values[place[hit]]
        return found

    def listed(self) -> tuple[Numbers, Numbers, Costs]:
        """Return all pairs once, as two lists of numbers, and their values."""
        one, other = np.divmod(self._keys, self._many)
        return one, other, self._values

    def add_to(self, block: Costs, rows: Numbers, columns: Numbers) -> None:
        """Add to a table of ``rows`` by ``columns`` the values of the pairs that are in it."""
        starts, others, values = self._by_person
        self._place[columns] = np.arange(len(columns))
        counts = starts[rows + 1] - starts[rows]
        first = np.cumsum(counts) - counts
        taken = np.arange(counts.sum()) + np.repeat(starts[rows] - first, counts)
        place = self._place[others[taken]]
        there = place >= 0
        block[np.repeat(np.arange(len(rows)), counts)[there], place[there]] += values[taken[there]]
        self._place[columns] = -1

    @cached_property
    def _by_person(self) -> tuple[Numbers, Numbers, Costs]:
        """Return the pairs both ways round, by the first of the two: where each one's start, the others, the values."""
        one, other, values = self.listed()
        order = np.argsort(np.concatenate([self._keys, other * self._many + one]))
        first, second = np.concatenate([one, other])[order], np.concatenate([other, one])[order]
        starts = np.searchsorted(first, np.arange(self._many + 1))
        return starts, second, np.concatenate([values, values])[order]
