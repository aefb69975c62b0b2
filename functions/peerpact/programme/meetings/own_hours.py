"""Working hours, and the time zone, of people's own calendars: they count where the roster says nothing of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from zoneinfo import available_timezones

from peerpact.programme.people import Person, WorkingHours

MOST_ASKED = 300
"""People whose calendars are asked in one run; in a larger round, the others' hours are the roster's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnHours:
    """What somebody's calendar says, and the zone in which it says so; of either, it may say nothing."""

    hours: WorkingHours | None = None
    time_zone: str = ""


def whom_to_ask(people: Iterable[Person]) -> list[str]:
    """Return whose calendar is to be asked: of those of whom the roster has no hours, or no time zone to be read."""
    wanted = {p.email: p.is_zone_known for p in people if not (p.has_hours and p.is_zone_known)}
    return sorted(sorted(wanted, key=lambda e: (wanted[e], e))[:MOST_ASKED])


def with_own_hours(people: Mapping[str, Person], found: Mapping[str, OwnHours]) -> dict[str, Person]:
    """Return the people with the hours of their calendars, where those are in the zone that we book them by.

    Where nobody can read that on the roster, it is the calendar's.
    """
    return {e: _with_own(p, found[e]) if e in found else p for e, p in people.items()}


def _with_own(person: Person, own: OwnHours) -> Person:
    if not person.is_zone_known and own.time_zone in available_timezones():
        person = replace(person, time_zone=own.time_zone, is_zone_known=True)
    if own.hours is None or person.has_hours or own.time_zone != person.time_zone:
        return person
    return replace(person, working_hours=own.hours)
