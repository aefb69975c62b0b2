"""Each situation of ``situations.toml``: who, where, when they work and are busy, and the slot or the reason."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from peerpact.programme.days_off import Absence, DaysOff
from peerpact.programme.meetings.rules import Availability, MeetingRules, read_avoided
from peerpact.programme.meetings.slots import MeetingWish, NoSlot, Slot, choose_slots
from peerpact.programme.people import Person, WorkingHours
from peerpact.tables.cells import read_cell

SITUATIONS = tomllib.loads((Path(__file__).parent / "situations.toml").read_text("utf-8"))["situation"]


def person(number: int, words: str) -> Person:
    """Read a zone and, behind a bar, working hours such as ``Europe/Berlin | Mon-Thu 8:00-16:30``."""
    zone, _, hours = (part.strip() for part in words.partition("|"))
    working = (
        WorkingHours(days=((),) * 7)
        if hours == "none"
        else read_cell(hours or "Mon-Fri 9-17", "working hours")
    )
    return Person(email=f"p{number}@example.com", name=f"P{number}", time_zone=zone, working_hours=working)


def off_on(person: Person, *spans: str) -> Person:
    """Let somebody be on leave on days such as ``2026-03-04`` or ``2026-03-04/2026-03-06``."""
    ends = [span.partition("/")[::2] for span in spans]
    leave = [
        Absence(first=date.fromisoformat(first), last=date.fromisoformat(last or first))
        for first, last in ends
    ]
    return replace(person, days_off=DaysOff(leave=tuple(leave)))


def availability(zone: str, spans: list[str] | str) -> Availability:
    """Read local spans such as ``2026-03-04 09:00/12:30``, ``2026-03-04`` (all day) or ``2026-03-04/2026-03-06``."""
    if isinstance(spans, str):
        assert spans == "unknown"
        return None
    return tuple(span_of(zone, words) for words in spans)


def span_of(zone: str, words: str) -> tuple[datetime, datetime]:
    start, _, end = words.partition("/")
    day = start[:10]
    if len(start) == 10:
        ends = datetime.fromisoformat(end or day) + timedelta(days=1)
        return local(start, zone), ends.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return local(start, zone), local(end if len(end) > 5 else f"{day} {end}", zone)


def local(words: str, zone: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def chosen_for(situation: dict[str, Any]) -> tuple[tuple[Person, ...], Slot | NoSlot]:
    people = tuple(person(n, words) for n, words in enumerate(situation["people"], start=1))
    off = situation.get("off", [])
    people = tuple(off_on(p, *off[i]) if i < len(off) else p for i, p in enumerate(people))
    busy = situation.get("busy", [])
    calendars = {
        p.email: availability(p.time_zone, busy[i] if i < len(busy) else []) for i, p in enumerate(people)
    }
    given = dict(situation.get("rules", {}))
    rules = MeetingRules(avoid=read_avoided(given.pop("avoid", "")), **given)
    approved = local(situation["approved"], "UTC")
    wish = MeetingWish(
        key="pair",
        people=people,
        approved_at=approved,
        after=local(situation["after"], "UTC") if "after" in situation else approved + timedelta(hours=20),
        tried=tuple(local(t, people[0].time_zone) for t in situation.get("tried", [])),
    )
    edges = {people[i].email: n for i, n in enumerate(situation.get("edges_taken", []))}
    return people, choose_slots([wish], availability=calendars, rules=rules, edges_taken=edges)["pair"]


@pytest.mark.parametrize("situation", SITUATIONS, ids=[s["name"] for s in SITUATIONS])
def test_chooses_the_slot(situation: dict[str, Any]) -> None:
    people, found = chosen_for(situation)

    if "no_slot" in situation:
        assert isinstance(found, NoSlot)
        assert situation["no_slot"] in found.reason
        return
    assert isinstance(found, Slot)
    assert f"{found.start.astimezone(ZoneInfo(people[0].time_zone)):%a %Y-%m-%d %H:%M}" == situation["slot"]
    assert found.quality == situation.get("quality", "in working hours")
    at_the_edge = [n for n, p in enumerate(people, start=1) if p.email in found.at_the_edge]
    assert at_the_edge == situation.get("edge", [])


def test_knows_sixty_situations_of_different_names() -> None:
    assert len({s["name"] for s in SITUATIONS}) == len(SITUATIONS) >= 60
