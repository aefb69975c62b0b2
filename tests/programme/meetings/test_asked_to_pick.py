"""Who is asked to pick a time: under which key, and what is noted of the meeting that it is about. By value."""

from __future__ import annotations

from datetime import timedelta

import pytest

from by_value import address, at, pairing, person
from peerpact.programme.meetings.booking import Booking, booking_of
from peerpact.programme.meetings.decision import _asked_to_pick, _letter_key
from peerpact.programme.meetings.event import EventSeen
from peerpact.programme.meetings.meeting import Meeting
from peerpact.programme.meetings.noted import with_booking
from peerpact.programme.meetings.slots import MeetingWish
from peerpact.programme.meetings.wanted import How, Wanted

PAIR, NOW = pairing("ab"), at("2026-02-01T10:00")
EVENT = EventSeen(id="e1", pairing=PAIR.id, start=NOW, end=NOW + timedelta(minutes=45))
ADA = person("a")


@pytest.mark.parametrize(
    ("kind", "number", "ending"),
    [
        ("pick-a-time", 1, ""),
        ("pick-a-time", 2, ":2"),
        ("pick-a-time", 3, ":3"),
        ("introduction", 2, ""),
        ("partner-left", 3, ""),
    ],
)
def test_asks_for_each_meeting_once(kind: str, number: int, ending: str) -> None:
    noted = with_booking(PAIR, Booking(event="e1", number=number))
    assert _letter_key(kind, noted, ADA) == f"{kind}:{PAIR.id}:{address('a')}{ending}"


def test_asks_for_the_first_where_nothing_was_booked_yet() -> None:
    assert _letter_key("pick-a-time", PAIR, ADA) == f"pick-a-time:{PAIR.id}:{address('a')}"


@pytest.mark.parametrize(
    ("event", "number", "is_noted"),
    [(None, 1, False), (None, 2, True), (None, 3, True), (EVENT, 1, True), (EVENT, 2, True)],
)
def test_notes_which_meeting_it_is_where_there_was_one(
    event: EventSeen | None, number: int, *, is_noted: bool
) -> None:
    booking = Booking(number=number)
    meeting = Meeting(row=PAIR, pairing=PAIR, booking=booking, event=event, people=(ADA,), names={}, now=NOW)
    wish = MeetingWish(key=PAIR.id, people=(ADA,), approved_at=NOW, after=NOW)
    want = Wanted(meeting=meeting, wish=wish, how=How.BOOK, pairing=PAIR, booking=booking)
    asked = _asked_to_pick(want, NOW)
    assert (asked.meeting_state, asked.meeting_start) == ("asked to pick", None)
    kept = booking_of(asked)
    assert (kept.number, kept.written) == (number, NOW if is_noted else None) if kept else not is_noted
