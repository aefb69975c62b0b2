"""Working hours in people's own calendars, as Calendar gives them, and for whom they count."""

from __future__ import annotations

from typing import Any

import pytest

from by_value import people, person
from peerpact.google.hours import own_hours
from peerpact.programme.meetings.own_hours import MOST_ASKED, OwnHours, whom_to_ask, with_own_hours
from peerpact.programme.people import Person, WorkingHours

MONDAY = {"dayOfWeek": "monday", "periodStart": 600, "periodEnd": 900}
HOURS = WorkingHours(days=(((600, 900),), (), (), (), (), (), ()))
OWN = OwnHours(hours=HOURS, time_zone="Europe/Berlin")


def calendar(*times: dict[str, Any], enabled: object = True, zone: str = "Europe/Berlin") -> dict[str, Any]:
    return {"timeZone": zone, "workingHours": {"workingHoursEnabled": enabled, "availableTimes": list(times)}}


def test_reads_the_hours_of_a_calendar() -> None:
    assert own_hours(calendar(MONDAY)) == OWN


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"timeZone": "UTC"},
        {"workingHours": {}},
        {"timeZone": None},
        calendar(),
        calendar(MONDAY, enabled=False),
        calendar(MONDAY | {"dayOfWeek": "someday"}),
        calendar(MONDAY | {"periodStart": 900}),
        calendar(MONDAY | {"periodEnd": 1441}),
        calendar(MONDAY | {"periodEnd": "15:00"}),
        calendar({"dayOfWeek": "monday"}),
    ],
)
def test_takes_what_cannot_be_read_for_no_hours(told: dict[str, Any]) -> None:
    zone = told.get("timeZone")
    assert own_hours(told) == (OwnHours(time_zone=zone) if zone else None)


def hours_of(one: Person, own: OwnHours = OWN) -> WorkingHours:
    return with_own_hours({one.email: one}, {one.email: own})[one.email].working_hours


def test_lets_the_rosters_cell_win_and_looks_at_the_zone() -> None:
    usual = WorkingHours()
    assert hours_of(person("a", time_zone="Europe/Berlin")) == HOURS
    assert hours_of(person("a", time_zone="Europe/Berlin", has_hours=True)) == usual
    assert hours_of(person("a", time_zone="Asia/Tokyo")) == usual


@pytest.mark.parametrize(
    ("own", "zone", "hours"),
    [
        (OWN, "Europe/Berlin", HOURS),
        (OwnHours(time_zone="Asia/Tokyo"), "Asia/Tokyo", WorkingHours()),
        (OwnHours(hours=HOURS, time_zone="Mars/Olympus"), "UTC", WorkingHours()),
    ],
)
def test_takes_the_zone_of_a_calendar_where_nobody_can_read_the_roster_s(
    own: OwnHours, zone: str, hours: WorkingHours
) -> None:
    unread = person("a", is_zone_known=False)
    found = with_own_hours({unread.email: unread}, {unread.email: own})[unread.email]
    assert (found.time_zone, found.working_hours, found.is_zone_known) == (zone, hours, zone != "UTC")
    assert whom_to_ask([person("b", has_hours=True, is_zone_known=False)]) == ["b@example.com"]


def test_asks_only_of_whom_the_roster_has_no_hours_and_not_endlessly() -> None:
    assert whom_to_ask([*people("ba"), person("c", has_hours=True)]) == ["a@example.com", "b@example.com"]
    many = [Person(email=f"p{i:04}@example.com", name="P") for i in range(MOST_ASKED + 5)]
    assert len(whom_to_ask(many)) == MOST_ASKED
