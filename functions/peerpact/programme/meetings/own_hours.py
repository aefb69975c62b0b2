"""Working hours that people keep in their own calendars: they count where the roster says nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from peerpact.programme.people import Person, WorkingHours

MOST_ASKED = 300
"""People whose calendars are asked in one run; in a larger round, the others' hours are the roster's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnHours:
    """What somebody's calendar says, and the zone in which it says so."""

    hours: WorkingHours
    time_zone: str


def whom_to_ask(people: Iterable[Person]) -> list[str]:
    """Return whose calendar is to be asked: of those of whom the roster has no hours."""
    return sorted({p.email for p in people if not p.has_hours})[:MOST_ASKED]


def with_own_hours(people: Mapping[str, Person], found: Mapping[str, OwnHours]) -> dict[str, Person]:
    """Return the people with the hours of their calendars, where those are in the zone that we book them by."""
    return {
        e: replace(p, working_hours=found[e].hours)
        if e in found and not p.has_hours and found[e].time_zone == p.time_zone
        else p
        for e, p in people.items()
    }
