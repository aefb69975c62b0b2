"""What a warm instance keeps from one run to the next: all of it is here.

Most rows, people, pairings and events say in a run what they said in the one before. What was made of them then is
taken again, and only the rest is made anew. What was made of a place, such as a tab or the calendar, when it was read
last is kept until it is read again, or the process ends.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, TypeVar

Made = TypeVar("Made")

MOST = 160 * 2**20
"""Bytes that all places may weigh together, as they are estimated: nearly all of it is what a run holds anyway."""
ROUNDS = 2
"""Whoever reads all places so often reads none any more that was not read meanwhile."""
VALUE = 1_200
"""Bytes that one value weighs beside what it says, about: a row of many cells, a person, an event with its guests."""


@dataclass(frozen=True, slots=True)
class _Place:
    """How a place was read, what was made of what was there, what that weighs, and when it was."""

    way: object
    made: Mapping[Any, Any]
    weight: int
    read: int


class Kept:
    """What was made of the things in each place when they were read last, by what they said."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._times = most, 0
        """``_times``: how often anything was kept."""
        self._places: dict[Hashable, _Place] = {}
        """Read longest ago comes first."""

    def of(self, place: Hashable, way: object) -> Mapping[Any, Any]:
        """Return what was made of a place's things; nothing where it was read in another way, and then nothing is kept.

        There is never the old beside the new of all of them.
        """
        there = self._places.get(place)
        if there and there.way == way:
            return there.made
        self._places.pop(place, None)
        return {}

    def keep(self, place: Hashable, way: object, made: Mapping[Any, Any], letters: int = 0) -> None:
        """Keep what was made of a place's things, and nothing older; ``letters``: how long all is that they said.

        Where all is too much, places go that nobody reads any more, and then the last of these things: as places are
        read in turn, the one that was read longest ago is the next to be read.
        """
        each = VALUE + letters / max(len(made), 1)
        fit = int(self._room_for(place, each * len(made)) / each)
        if fit < len(made):
            made = dict(islice(made.items(), max(fit, 0)))
        self._places[place] = _Place(way, made, int(each * len(made)), self._times)

    def let_go(self, place: Hashable) -> None:
        """Keep nothing of a place: what was made of its things is about to be something else."""
        self._places.pop(place, None)

    def let_all_go(self) -> None:
        """Keep nothing: something needs the room."""
        self._places.clear()

    def whole(self, place: Hashable, of: Sequence[Any], make: Callable[[], Made]) -> Made:
        """Return what is made of rows, which come first, and what else counts: as last time where these say the same.

        For each row it weighs what a value does.
        """
        there = self._places.get(place)  # units that share a process may let go of the place meanwhile
        if there and there.way == of:
            whole: Made = there.made[""]
            weight = there.weight
        else:
            self._places.pop(place, None)
            whole, weight = make(), VALUE * len(of[0])
        if self._room_for(place, weight) >= weight:
            self._places[place] = _Place(of, {"": whole}, weight, self._times)
        return whole

    def _room_for(self, place: Hashable, weight: float) -> float:
        """Return how much there is room for, once what was in the place and, if need be, what nobody reads is gone."""
        self._places.pop(place, None)
        self._times += 1
        for other, there in [*self._places.items()]:
            if self.weight + weight > self._most and self._times - there.read > ROUNDS * len(self._places):
                self._places.pop(other, None)
        return self._most - self.weight

    @property
    def weight(self) -> int:
        """Return what all places weigh, about."""
        return sum(there.weight for there in [*self._places.values()])


@cache
def kept() -> Kept:
    """Return what this process keeps."""
    return Kept()
