"""What a warm instance keeps from one run to the next: all of it is here.

Most rows, people, pairings and events say in a run what they said in the one before. What was made of them then is
taken again, and only the rest is made anew. What was made of a place, such as a tab or the calendar, when it was read
last is kept until it is read again, or the process ends. Tabs that are read in stretches are too large for that.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

Made = TypeVar("Made")

MOST = 64 * 2**20
"""Bytes that all places may weigh together, as they are estimated: over that, those go that were read longest ago."""
VALUE = 1_200
"""Bytes that one value weighs beside what it says, about: a row of many cells, a person, an event with its guests."""


class Kept:
    """What was made of the things in each place when they were read last, by what they said."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._places: dict[Hashable, tuple[object, Mapping[Any, Any], int]] = {}
        """Of each place: how it was read, what was made, and what that weighs; read longest ago comes first."""

    def of(self, place: Hashable, way: object) -> Mapping[Any, Any]:
        """Return what was made of a place's things; nothing where it was read in another way, and then nothing is kept.

        There is never the old beside the new of all of them.
        """
        known, made, _ = self._places.get(place, (None, {}, 0))
        if known == way:
            return made
        self._places.pop(place, None)
        return {}

    def keep(self, place: Hashable, way: object, made: Mapping[Any, Any], letters: int = 0) -> None:
        """Keep what was made of a place's things, and nothing older; ``letters``: how long all is that they said."""
        self._keep(place, way, made, letters + VALUE * len(made))

    def whole(self, place: Hashable, of: Sequence[Any], make: Callable[[], Made]) -> Made:
        """Return what is made of rows, which come first, and what else counts: as last time where these say the same.

        For each row it weighs what a value does.
        """
        if not (made := self.of(place, of)):
            self._keep(place, of, made := {"": make()}, VALUE * len(of[0]))
        whole: Made = made[""]
        return whole

    def _keep(self, place: Hashable, way: object, made: Mapping[Any, Any], weight: int) -> None:
        self._places.pop(place, None)
        self._places[place] = way, made, weight
        for longest_ago in [*self._places]:
            if self.weight > self._most:
                self._places.pop(longest_ago, None)

    @property
    def weight(self) -> int:
        """Return what all places weigh, about."""
        return sum(weight for _, _, weight in [*self._places.values()])


@cache
def kept() -> Kept:
    """Return what this process keeps."""
    return Kept()
