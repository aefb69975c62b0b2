"""What a slot costs, to the quarter of an hour, and the window in which it is sought."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from peerpact.programme.days_off import Absence, DaysOff
from peerpact.programme.meetings.rules import MeetingRules
from peerpact.programme.meetings.slots import (
    MeetingWish,
    Slot,
    _options,
    _Together,
    choose_slots,
    days_of,
    window_of,
)
from peerpact.programme.people import Person

MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
RULES = MeetingRules(length=30, buffer=0)


def person(name: str, *, team: str = "", zone: str = "UTC") -> Person:
    return Person(email=f"{name}@example.com", name=name, team=team, time_zone=zone)


def free_only(day: int, start: str, end: str) -> tuple[tuple[datetime, datetime], ...]:
    """Return calendars that are full from the second to the end of March but for one span."""
    first, last = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 31, tzinfo=UTC)
    begins, ends = (datetime.fromisoformat(f"2026-03-{day:02} {t}+00:00") for t in (start, end))
    return (first, begins), (ends, last)


def only_slot(day: int, start: str, end: str, *people: Person, edges: int = 0) -> Slot:
    wish = MeetingWish(key="w", people=people or (person("a"), person("b")), approved_at=MONDAY, after=MONDAY)
    found = choose_slots(
        [wish],
        availability={p.email: free_only(day, start, end) for p in wish.people},
        rules=RULES,
        edges_taken={p.email: edges for p in wish.people},
    )["w"]
    assert isinstance(found, Slot)
    return found


@pytest.mark.parametrize(
    ("day", "start", "end", "cost"),
    [
        (4, "10:00", "10:30", 1 + 10 / 24),  # the window begins on the third: a day of wait is 1
        (4, "12:00", "12:30", 1 + 12 / 24 + 2 * 8),  # lunch of two
        (4, "11:45", "12:15", 1 + 11.75 / 24 + 2 * 4),  # half of it
        (6, "10:00", "10:30", 3 + 10 / 24),
        (6, "13:00", "13:30", 3 + 13 / 24 + 2 * 3),  # the week's end
        (9, "11:00", "11:30", 6 + 11 / 24 + 2 * 3),  # and its beginning
        (9, "12:00", "12:30", 6 + 12 / 24 + 2 * 8),  # Monday's lunch is its morning's no more
        (9, "13:00", "13:30", 6 + 13 / 24),
    ],
)
def test_costs_the_wait_the_lunch_and_the_edges_of_the_week(
    day: int, start: str, end: str, cost: float
) -> None:
    assert only_slot(day, start, end).cost == pytest.approx(cost)


@pytest.mark.parametrize(
    ("start", "end", "edges", "cost"),
    [
        ("08:00", "08:30", 0, 2 * 2 * 10),
        ("08:00", "08:30", 2, 2 * (2 * 10 + 2 * 5)),
        ("08:45", "09:15", 0, 2 * 10),  # half of it within working hours
        ("08:45", "09:15", 1, 2 * (10 + 5)),
        ("09:00", "09:30", 3, 0),
    ],
)
def test_costs_each_quarter_outside_working_hours_and_each_time_before(
    start: str, end: str, edges: int, cost: float
) -> None:
    hour, minute = map(int, start.split(":"))
    wait = 1 + (hour + minute / 60) / 24
    assert only_slot(4, start, end, edges=edges).cost == pytest.approx(wait + cost)


@pytest.mark.parametrize(("start", "end"), [("10:00", "10:30"), ("08:00", "08:30")])
def test_costs_as_much_when_it_is_taken_out_as_when_it_was_put(start: str, end: str) -> None:
    """In working hours and at the edge of the day, with and without another of the team at that time."""
    both = (person("a", team="T"), person("b", team="T")), (person("c", team="T"), person("d", team="U"))
    busy = {p.email: free_only(4, start, end) for people in both for p in people}
    wishes = [
        MeetingWish(key=f"w{n}", people=people, approved_at=MONDAY, after=MONDAY)
        for n, people in enumerate(both)
    ]
    options = [_options(wish, busy, RULES) for wish in wishes]
    together = _Together(rules=RULES, edges_taken={}, sizes=Counter(T=3, U=1))
    alone = together.put(options[0])
    beside = together.put(options[1])
    assert together.take_out(options[1]) == pytest.approx(beside)
    assert together.take_out(options[0]) == pytest.approx(alone)
    assert beside - alone == pytest.approx(25 * 2 / 3)
    assert (alone > 1e6) == (start == "08:00")


OFF = DaysOff(leave=(Absence(first=date(2026, 3, 20), last=date(2026, 3, 20)),))


@pytest.mark.parametrize(
    ("approved", "off", "first", "last"),
    [
        ("2026-03-02", (), "2026-03-03", "2026-03-18"),
        ("2026-03-02", (OFF,), "2026-03-02", "2026-03-19"),  # Sunday's first and Tuesday's last day are in it
        ("2026-03-04", (OFF,), "2026-03-04", "2026-03-21"),
        ("2026-03-06", (OFF,), "2026-03-08", "2026-03-25"),
    ],
)
def test_seeks_in_the_days_of_everybody_wherever_they_live(
    approved: str, off: tuple[DaysOff, ...], first: str, last: str
) -> None:
    at = datetime.fromisoformat(f"{approved} 12:00+00:00")
    begins, ends = window_of(at, MeetingRules(), off)
    assert (f"{begins:%Y-%m-%d %H}", f"{ends:%Y-%m-%d %H}") == (f"{first} 00", f"{last} 00")
    for zone in ("Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago"):
        days = days_of(at, zone, MeetingRules(), off)
        assert begins.date() < days[0] <= days[1] < ends.date()


def test_puts_two_meetings_of_one_person_side_by_side() -> None:
    """In whatever order they are chosen, and chosen again beside each other."""
    one, *others = (person(x) for x in "abc")
    wishes = [MeetingWish(key=p.name, people=(one, p), approved_at=MONDAY, after=MONDAY) for p in others]
    busy = {p.email: free_only(4, "10:00", "11:00") for p in (one, *others)}
    found = choose_slots(wishes, availability=busy, rules=RULES)
    starts = [f"{slot.start:%H:%M}" if isinstance(slot, Slot) else slot.reason for slot in found.values()]
    assert sorted(map(str, starts)) == ["10:00", "10:30"]


@pytest.mark.parametrize(("before", "is_there"), [("10:00", False), ("10:01", False), ("10:15", True)])
def test_begins_before_what_comes_next(before: str, is_there: bool) -> None:
    both = person("a"), person("b")
    until = datetime.fromisoformat(f"2026-03-04 {before}+00:00")
    wish = MeetingWish(key="w", people=both, approved_at=MONDAY, after=MONDAY, before=until)
    busy = {p.email: free_only(4, "10:00", "11:00") for p in both}
    found = choose_slots([wish], availability=busy, rules=RULES)["w"]
    assert isinstance(found, Slot) == is_there
