"""Values that only some pairs of people have: when they met, what forbids them. All other pairs have 0."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Costs = NDArray[np.float64]
Numbers = NDArray[np.int64]


class SomePairs:
    """Pairs of numbers below ``many`` and a value each; where a pair has several, the largest counts."""

    def __init__(self, left: Numbers, right: Numbers, values: Costs, many: int) -> None:
        keys = np.minimum(left, right) * many + np.maximum(left, right)
        order = np.lexsort((-values, keys))
        keys, first = np.unique(keys[order], return_index=True)
        values = values[order][first]
        both = np.concatenate([keys, keys % many * many + keys // many])
        order = np.argsort(both, kind="stable")
        self._many = many
        self._keys, self._values = both[order], np.concatenate([values, values])[order]
        self._columns = self._keys % many
        self._starts = np.searchsorted(self._keys // many, np.arange(many + 1))
        self._place = np.full(many, -1, dtype=np.int64)

    def of(self, left: Numbers, right: Numbers) -> Costs:
        """Return the value of each pair of a list, given as two lists of numbers."""
        found = np.zeros(len(left))
        if len(self._keys):
            wanted = left * self._many + right
            place = np.searchsorted(self._keys, wanted)
            place[place == len(self._keys)] = 0
            hit = self._keys[place] == wanted
            found[hit] = self._values[place[hit]]
        return found

    def add_to(self, block: Costs, rows: Numbers, columns: Numbers) -> None:
        """Add to a table of ``rows`` by ``columns`` the values of the pairs that stand in it."""
        self._place[columns] = np.arange(len(columns))
        counts = self._starts[rows + 1] - self._starts[rows]
        first = np.cumsum(counts) - counts
        taken = np.arange(counts.sum()) + np.repeat(self._starts[rows] - first, counts)
        place = self._place[self._columns[taken]]
        there = place >= 0
        block[np.repeat(np.arange(len(rows)), counts)[there], place[there]] += self._values[taken[there]]
        self._place[columns] = -1
