"""The slots of a round together: whole teams are not in meetings at once, though each pair's slot is a good one."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest

from peerpact.programme.meetings.rules import MeetingRules
from peerpact.programme.meetings.slots import MeetingWish, NoSlot, Slot, choose_slots
from peerpact.programme.people import Person

APPROVED = datetime(2026, 3, 16, 6, tzinfo=UTC)
ZONES = ("Europe/Berlin", "Europe/London", "America/New_York", "Asia/Kolkata")
BUSY = 10
Chosen = Mapping[str, Slot | NoSlot]


def round_of(size: int, seed: int, zones: Sequence[str]) -> tuple[list[MeetingWish], Chosen]:
    """Choose the slots of so many people in teams of 10 to 25, who are paired by chance and have busy calendars."""
    dice = random.Random(seed)  # noqa: S311 - made-up people, not secrets
    teams: list[str] = []
    while len(teams) < size:
        teams += [f"T{len(teams)}"] * dice.randint(10, 25)
    teams = teams[:size]
    dice.shuffle(teams)
    people = [
        Person(email=f"p{n}@x.com", name="P", team=team, time_zone=zones[n % len(zones)])
        for n, team in enumerate(teams)
    ]
    busy = {p.email: tuple(_span(dice) for _ in range(BUSY)) for p in people}
    wishes = [
        MeetingWish(
            key=f"w{n}", people=tuple(people[2 * n : 2 * n + 2]), approved_at=APPROVED, after=APPROVED
        )
        for n in range(size // 2)
    ]
    return wishes, choose_slots(wishes, availability=busy, rules=MeetingRules())


def _span(dice: random.Random) -> tuple[datetime, datetime]:
    start = APPROVED + timedelta(minutes=15 * dice.randrange(15 * 96))
    return start, start + timedelta(minutes=dice.choice((30, 60, 120)))


def clashes(wishes: Sequence[MeetingWish], chosen: Chosen) -> int:
    """Count the pairs of meetings that two people of one team have at the same time."""
    meetings: dict[str, list[Slot]] = {}
    for wish in wishes:
        slot = chosen[wish.key]
        for team in {p.team for p in wish.people} if isinstance(slot, Slot) else ():
            meetings.setdefault(team, []).append(slot)  # type: ignore[arg-type]
    pairs = (pair for slots in meetings.values() for pair in combinations(slots, 2))
    return sum(a.start < b.end and b.start < a.end for a, b in pairs)


ONE_BY_ONE = {("one zone", 500, 0): 96, ("four zones", 500, 1): 247, ("four zones", 1000, 1): 548}
"""Clashes when each slot was chosen once, one after the other, by how many of the team meet in that hour."""


@pytest.mark.parametrize(("zones", "size", "seed"), ONE_BY_ONE)
def test_lets_at_least_thirty_percent_fewer_meet_at_once_than_one_by_one(
    zones: str, size: int, seed: int
) -> None:
    places = ZONES[:1] if zones == "one zone" else ZONES
    wishes, chosen = round_of(size, seed, places)
    assert clashes(wishes, chosen) <= 0.7 * ONE_BY_ONE[zones, size, seed]


def test_books_nobody_twice_at_a_time_when_meetings_are_chosen_again() -> None:
    people = [Person(email=f"p{n}@x.com", name="P", team="T") for n in range(5)]
    wishes = [
        MeetingWish(key=f"w{n}", people=pair, approved_at=APPROVED, after=APPROVED)
        for n, pair in enumerate(combinations(people, 2))
    ]
    rules = MeetingRules()
    chosen = choose_slots(wishes, availability={p.email: () for p in people}, rules=rules)
    slots = {wish.key: slot for wish in wishes if isinstance(slot := chosen[wish.key], Slot)}
    apart = timedelta(minutes=rules.buffer)
    for one, other in combinations(wishes, 2):
        if {p.email for p in one.people} & {p.email for p in other.people}:
            a, b = slots[one.key], slots[other.key]
            assert a.end + apart <= b.start or b.end + apart <= a.start
    assert Counter(len(w.people) for w in wishes) == {2: len(slots)}
