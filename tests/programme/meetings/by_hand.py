"""Slots found the slow way: every quarter hour of the window, judged with clocks on the wall. Shares no code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from peerpact.programme.meetings.rules import Availability, MeetingRules
from peerpact.programme.meetings.slots import MeetingWish
from peerpact.programme.people import Person

QUARTER = timedelta(minutes=15)


def best(
    wish: MeetingWish,
    availability: Mapping[str, Availability],
    rules: MeetingRules,
    edges_taken: Mapping[str, int],
) -> tuple[datetime, float] | None:
    """Return the cheapest start and its cost: inside everybody's hours if there is any such, else at the edge."""
    found = [
        (not all(works(p, q) for p in wish.people for q in quarters(start, rules)), cost, start)
        for start in possible(wish, availability, rules)
        for cost in [cost_of(start, wish, rules, edges_taken)]
    ]
    if not found:
        return None
    _, cost, start = min(found)
    return start, cost


def possible(
    wish: MeetingWish, availability: Mapping[str, Availability], rules: MeetingRules
) -> Iterator[datetime]:
    first, last = local_days(wish.approved_at, "UTC", rules)
    start = midnight(first) - timedelta(days=1)
    while start < midnight(last) + timedelta(days=2):
        far = all(abs(start - tried) >= timedelta(hours=3) for tried in wish.tried)
        if start >= wish.after and far and may_begin(start, wish, availability, rules):
            yield start
        start += QUARTER


def may_begin(
    start: datetime, wish: MeetingWish, availability: Mapping[str, Availability], rules: MeetingRules
) -> bool:
    return all(is_decent(p, q, wish, rules) for p in wish.people for q in quarters(start, rules)) and not any(
        is_busy(availability.get(p.email) or (), q, rules)
        for p in wish.people
        for q in quarters(start, rules)
    )


def quarters(start: datetime, rules: MeetingRules) -> list[datetime]:
    return [start + n * QUARTER for n in range(-(-rules.length // 15))]


def is_decent(person: Person, quarter: datetime, wish: MeetingWish, rules: MeetingRules) -> bool:
    day, weekday, minute = on_the_wall(quarter, person.time_zone)
    first, last = local_days(wish.approved_at, person.time_zone, rules)
    if not (first <= day <= last and rules.decent[0] <= minute and minute + 15 <= rules.decent[1]):
        return False
    works_on = [bool(spans) for spans in person.working_hours.days]
    if not (works_on[weekday] if any(works_on) else weekday < 5):
        return False
    return not any(start < minute + 15 and minute < end for start, end in rules.avoid[weekday])


def works(person: Person, quarter: datetime) -> bool:
    _, weekday, minute = on_the_wall(quarter, person.time_zone)
    days = person.working_hours.days
    today = any(start <= minute and minute + 15 <= end for start, end in days[weekday])
    return today or any(start <= minute + 1440 and minute + 1455 <= end for start, end in days[weekday - 1])


def is_busy(busy: tuple[tuple[datetime, datetime], ...], quarter: datetime, rules: MeetingRules) -> bool:
    around = timedelta(minutes=rules.buffer)
    return any(start - around < quarter + QUARTER and quarter < end + around for start, end in busy)


def cost_of(start: datetime, wish: MeetingWish, rules: MeetingRules, edges_taken: Mapping[str, int]) -> float:
    first, _ = local_days(wish.approved_at, "UTC", rules)
    cost = (start - midnight(first) + timedelta(days=1)) / timedelta(days=1)
    slots = quarters(start, rules)
    for person in wish.people:
        for quarter in slots:
            _, weekday, minute = on_the_wall(quarter, person.time_zone)
            cost += (8 if 720 <= minute < 780 else 0) / len(slots)
            is_edge = (weekday == 0 and minute < 720) or (weekday == 4 and minute >= 720)
            cost += (3 if is_edge else 0) / len(slots)
        outside = sum(not works(person, quarter) for quarter in slots)
        cost += 10 * outside + (5 * edges_taken.get(person.email, 0) if outside else 0)
    return cost


@lru_cache(maxsize=200_000)
def on_the_wall(moment: datetime, zone: str) -> tuple[date, int, int]:
    local = moment.astimezone(ZoneInfo(zone))
    return local.date(), local.weekday(), local.hour * 60 + local.minute


@lru_cache(maxsize=10_000)
def local_days(approved_at: datetime, zone: str, rules: MeetingRules) -> tuple[date, date]:
    days = []
    for count in (rules.earliest_working_day, rules.latest_working_day):
        day = approved_at.astimezone(ZoneInfo(zone)).date()
        for _ in range(count):
            day += timedelta(days=1)
            while day.weekday() > 4:
                day += timedelta(days=1)
        days.append(day)
    return days[0], max(days)


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
