"""Two people in two time zones, over the weeks in which one clock has changed and the other not. By value.

In 2026 New York changes on 8 March and 1 November, Berlin and London on 29 March and 25 October, Sydney on 5 April and
4 October. So Berlin is six hours ahead of New York but five from 8 to 29 March, and Sydney is eleven hours ahead of
London, ten for the week from 29 March, and nine until October.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from by_value import address, at, pairing, person, seen
from peerpact.google.seen import event_seen
from peerpact.letters.rendering import _when
from peerpact.programme.meetings.actions import BookMeeting, NoteMeeting
from peerpact.programme.meetings.booking import Booking, meeting_id
from peerpact.programme.meetings.decision import decide
from peerpact.programme.meetings.event import EventSeen, Guest, our_meetings
from peerpact.programme.meetings.meeting import MeetingsSeen
from peerpact.programme.meetings.noted import with_booking
from peerpact.programme.pairings import Pairing
from peerpact.programme.plan import Plan

ATLANTIC = ("Europe/Berlin", "America/New_York")
PACIFIC = ("Europe/London", "Australia/Sydney")
Zones = tuple[str, str]


def _plan(zones: Zones, moment: str, row: Pairing, *events: EventSeen) -> Plan:
    people = [person(p, time_zone=zone) for p, zone in zip("ab", zones, strict=True)]
    programme = seen(moment, people, row, first_round=row.approved_on and row.approved_on.date())
    free = {address(p): () for p in "ab"}
    return decide(MeetingsSeen(programme=programme, events=our_meetings(events), theirs=(), busy=free))


def _read_there(start: datetime, zones: Zones) -> list[str]:
    return [f"{start.astimezone(ZoneInfo(zone)):%d %b %H:%M}" for zone in zones]


def _row(approved: str, start: datetime) -> Pairing:
    row = pairing("ab", approved_on=at(approved))
    noted = Booking(event=meeting_id(row), start=start, written=at(approved), minutes=45)
    return replace(with_booking(row, noted), meeting_start=start, meeting_state="accepted")


def _event(row: Pairing, start: datetime) -> EventSeen:
    guests = tuple(Guest(email=address(p), answer="accepted") for p in "ab")
    key, end = meeting_id(row), start + timedelta(minutes=45)
    times = {"start": start, "end": end, "updated": row.approved_on}
    return EventSeen(id=key, key=key, pairing=row.id, number=1, guests=guests, **times)


@pytest.mark.parametrize(
    ("zones", "approved", "one", "other"),
    [
        (ATLANTIC, "2026-02-27", "03 Mar 15:00", "03 Mar 09:00"),
        (ATLANTIC, "2026-03-05", "10 Mar 14:00", "10 Mar 09:00"),
        (ATLANTIC, "2026-03-20", "24 Mar 14:00", "24 Mar 09:00"),
        (ATLANTIC, "2026-03-27", "31 Mar 15:00", "31 Mar 09:00"),
        (ATLANTIC, "2026-10-22", "27 Oct 14:00", "27 Oct 09:00"),
        (ATLANTIC, "2026-10-29", "03 Nov 15:00", "03 Nov 09:00"),
        (PACIFIC, "2026-03-20", "24 Mar 09:00", "24 Mar 20:00"),
        (PACIFIC, "2026-03-27", "31 Mar 09:00", "31 Mar 19:00"),
        (PACIFIC, "2026-04-02", "07 Apr 07:00", "07 Apr 16:00"),
        (PACIFIC, "2026-10-01", "06 Oct 09:00", "06 Oct 19:00"),
        (PACIFIC, "2026-10-22", "27 Oct 09:00", "27 Oct 20:00"),
    ],
)
def test_books_inside_both_days_by_the_clocks_of_that_week(
    zones: Zones, approved: str, one: str, other: str
) -> None:
    found = _plan(zones, f"{approved}T09:00", pairing("ab", approved_on=at(approved)))
    [booked] = [a for a in found.actions if isinstance(a, BookMeeting)]
    assert _read_there(booked.slot.start, zones) == [one, other]


@pytest.mark.parametrize(
    ("zones", "last", "one", "other"),
    [
        (ATLANTIC, "2026-02-10T14:00", "10 Mar 14:00", "10 Mar 09:00"),
        (ATLANTIC, "2026-03-03T14:00", "31 Mar 15:00", "31 Mar 09:00"),
        (ATLANTIC, "2026-03-10T13:00", "07 Apr 15:00", "07 Apr 09:00"),
        (PACIFIC, "2026-03-03T09:00", "31 Mar 09:00", "31 Mar 19:00"),
        (PACIFIC, "2026-03-10T09:00", "07 Apr 07:00", "07 Apr 16:00"),
    ],
)
def test_books_the_next_one_four_weeks_on_by_the_clocks_of_then(
    zones: Zones, last: str, one: str, other: str
) -> None:
    start = at(last)
    row = _row(str(start.date() - timedelta(days=5)), start)
    found = _plan(zones, f"{start + timedelta(hours=1):%Y-%m-%dT%H:%M}", row, _event(row, start))
    [booked] = [a for a in found.actions if isinstance(a, BookMeeting)]
    assert booked.booking.number == 2
    assert _read_there(booked.slot.start, zones) == [one, other]


@pytest.mark.parametrize(
    ("zones", "moved_to", "zone", "told"),
    [
        (
            ATLANTIC,
            "2026-03-24T10:00:00-04:00",
            "America/New_York",
            [
                "Tuesday, 24 March 2026, 15:00 (Berlin)",
                "Tuesday, 24 March 2026, 10:00 (New York)",
            ],
        ),
        (
            ATLANTIC,
            "2026-03-31T16:00:00",
            "Europe/Berlin",
            ["Tuesday, 31 March 2026, 16:00 (Berlin)", "Tuesday, 31 March 2026, 10:00 (New York)"],
        ),
        (
            PACIFIC,
            "2026-04-06T17:00:00",
            "Australia/Sydney",
            ["Monday, 6 April 2026, 08:00 (London)", "Monday, 6 April 2026, 17:00 (Sydney)"],
        ),
    ],
)
def test_follows_a_move_over_the_change_and_tells_each_their_own_hour(
    zones: Zones, moved_to: str, zone: str, told: list[str]
) -> None:
    start = at("2026-03-03T14:00")
    row = _row("2026-02-27", start)
    ends = (datetime.fromisoformat(moved_to) + timedelta(minutes=45)).isoformat()
    times = {
        side: {"dateTime": moment, "timeZone": zone} for side, moment in (("start", moved_to), ("end", ends))
    }
    moved = event_seen({"id": meeting_id(row), **times})
    event = replace(_event(row, start), start=moved.start, end=moved.end, updated=at("2026-02-28"))
    found = _plan(zones, "2026-03-01T09:00", row, event)
    [noted] = [a for a in found.actions if isinstance(a, NoteMeeting)]
    assert noted.pairing.meeting_start is not None
    assert [_when(noted.pairing.meeting_start, zone, "en") for zone in zones] == told
