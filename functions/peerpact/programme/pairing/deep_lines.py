"""Which participants are in one line where lines are so long that a list of all pairs in them would grow without end.

Of everybody else the pairs are listed (see ``participants``); here the trees of the reporting lines tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from peerpact.programme.pairing.pair_table import Numbers
from peerpact.programme.reporting_lines import Place

_Number = TypeVar("_Number", np.int64, np.uint64)

DEEP = 100
"""So many people above somebody in one tree are still listed; the direct manager always is."""


class DeepLines:
    """Knows who is above whom in a tree, of those below who are deep in it. Nobody, who comes last, is in none."""

    def __init__(self, places: Sequence[Place | None], tops: Sequence[bool]) -> None:
        """``tops`` tells of whom only the direct reports are in their line."""
        many = len(places) + 1
        self._number, self._last = np.full(many, -1), np.full(many, -1)
        self._below = np.full(many, -1)
        for i, (place, is_top) in enumerate(zip(places, tops, strict=True)):
            if place:
                self._number[i], self._last[i] = place.number, -1 if is_top else place.last
                self._below[i] = place.number if is_deep(place) else -1
        self.are_there = bool((self._below >= 0).any())

    def hold(self, one: Numbers, other: Numbers) -> NDArray[np.bool_]:
        """Tell of which pairs one is above the other; the two lists may be a column and a row."""
        return np.asarray(self._is_above(one, other) | self._is_above(other, one))

    def sums(self, values: NDArray[_Number]) -> NDArray[_Number]:
        """Return for everybody the sum of the values of all with whom they are in one line."""
        found = np.zeros_like(values)
        if not self.are_there:
            return found
        deep, boss = self._below >= 0, self._last > self._number
        size = int(self._last.max()) + 2
        below, above = np.zeros((2, size + 1), dtype=values.dtype)
        below[self._below[deep] + 1] = values[deep]
        np.add.at(above, self._number[boss] + 1, values[boss])
        np.subtract.at(above, self._last[boss] + 1, values[boss])
        below, above = np.cumsum(below, dtype=values.dtype), np.cumsum(above, dtype=values.dtype)
        found[deep] = above[self._below[deep]]
        found[boss] += below[self._last[boss] + 1] - below[self._number[boss] + 1]
        return found

    def _is_above(self, boss: Numbers, person: Numbers) -> NDArray[np.bool_]:
        below = self._below[person]
        return np.asarray((self._number[boss] < below) & (below <= self._last[boss]))


def is_deep(place: Place | None) -> bool:
    return place is not None and place.depth > DEEP
