"""What an admin reads about meetings that are refused, can't be followed or found no slot. By value."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from by_value import address, at, ended, on, pairing, person, seen
from peerpact.programme.days_off import Absence, DaysOff
from peerpact.programme.meetings.actions import CancelMeeting, NoteMeeting, refusal_key
from peerpact.programme.meetings.booking import Booking
from peerpact.programme.meetings.event import EventSeen
from peerpact.programme.meetings.meeting import MeetingsSeen
from peerpact.programme.meetings.noted import with_booking
from peerpact.programme.meetings.slots import NoSlot
from peerpact.programme.meetings.troubles import (
    asked_on,
    has_booking,
    odd_meetings,
    refusal_of,
    refusal_problem,
    still_without,
    without_slot,
)
from peerpact.programme.pairings import Pairing

PAIR = pairing("ab")
APPROVED = at("2026-01-04")
TODAY = on("2026-01-05")
CANCEL = CancelMeeting(pairing=PAIR, booking=Booking(), event_id="e1")
FULL = NoSlot("all are full")
CLOSED = DaysOff(company=(Absence(first=on("2026-01-06"), last=on("2026-01-06"), name="Epiphany"),))


def refused(why: str = "quota", **more: object) -> Pairing:
    return with_booking(PAIR, Booking(refused=refusal_key(CANCEL, TODAY), refusal=why, **more))  # type: ignore[arg-type]


def asked(row: Pairing = PAIR, **noted: object) -> Pairing:
    return replace(with_booking(row, Booking(**noted)), meeting_state="asked to pick")  # type: ignore[arg-type]


def test_knows_why_the_same_was_refused_today() -> None:
    assert refusal_of(CANCEL, refused(), TODAY) == "quota"
    assert refusal_of(CANCEL, refused(""), TODAY) == "it gave no reason"
    assert refusal_of(CANCEL, refused(), TODAY + timedelta(days=1)) == ""
    assert refusal_of(CANCEL, PAIR, TODAY) == ""
    assert refusal_of(CANCEL, replace(PAIR, booking="edited by hand"), TODAY) == ""
    assert refusal_of(NoteMeeting(pairing=PAIR), refused(), TODAY) == ""


def test_shows_refused_and_odd_meetings_where_they_are() -> None:
    programme = seen("2026-01-05", [person("a"), person("b")], PAIR)
    problem = refusal_problem(PAIR, programme, "quota")
    assert (problem.tab, problem.row_key, problem.column) == ("Pairings", PAIR.id, "First meeting")
    assert problem.what == "Calendar refuses the meeting of A & B: quota"
    odd = EventSeen(id="e1", pairing=PAIR.id, oddity="it has no day")
    rows = (
        with_booking(PAIR, Booking(event="e1")),
        replace(pairing("cd"), booking="?"),
        with_booking(ended("ab"), Booking(event="e1")),
    )
    found = odd_meetings(MeetingsSeen(programme=seen("2026-01-05", [person("a")], *rows), events={"e1": odd}))
    assert [(p.tab, p.row_key, p.column) for p in found] == [
        ("Pairings", PAIR.id, "First meeting"),
        ("Pairings", rows[1].id, "For Peerpact"),
    ]
    assert found[0].what == "The meeting of A & b@example.com can't be followed: it has no day."
    assert f"meeting of {address('c')} & {address('d')} can't be read" in found[1].what


def test_says_why_there_is_no_slot_and_which_days_were_left_out() -> None:
    there = [person("a", days_off=CLOSED), person("b")]
    programme = seen("2026-03-02", there, PAIR)
    told = without_slot(PAIR, programme, FULL)
    assert (told.tab, told.row_key, told.column) == ("Pairings", PAIR.id, "First meeting")
    assert told.what == "No slot for A & B: all are full; left out: 6 January (Epiphany)."
    assert (
        without_slot(asked(written=at("2026-02-02")), programme, FULL).what
        == "No slot for A & B: all are full."
    )
    alone = seen("2026-01-05", there[1:], PAIR)
    assert without_slot(PAIR, alone, FULL).what == "No slot for a@example.com & B: all are full."
    never = seen("2026-01-05", there, PAIR)
    assert "Epiphany" in without_slot(replace(PAIR, approved_on=None), never, FULL).what


def test_tells_when_they_were_asked_by_what_is_noted_and_else_by_the_approval() -> None:
    assert asked_on(asked(written=at("2026-02-02"))) == at("2026-02-02")
    assert asked_on(PAIR) == APPROVED
    assert asked_on(replace(PAIR, booking="edited by hand")) == APPROVED


def test_takes_notes_that_nobody_can_read_for_a_booking() -> None:
    rows = (
        PAIR,
        with_booking(PAIR, Booking(written=APPROVED)),
        with_booking(PAIR, Booking(event="e1")),
        replace(PAIR, booking="?"),
    )
    assert [has_booking(row) for row in rows] == [False, False, True, True]


@pytest.mark.parametrize(
    ("moment", "row", "is_told"),
    [
        ("2026-01-05", asked(), True),
        (
            "2026-01-17T23:59",
            asked(),
            True,
        ),  # ten working days after the Sunday of its approval, and two days
        ("2026-01-18T00:00", asked(), False),
        ("2026-01-18T00:00", asked(written=at("2026-01-06")), True),
        ("2026-01-05", asked(event="e1"), False),
        ("2026-01-05", replace(asked(), meeting_state="declined"), False),
        ("2026-01-05", asked(ended("ab")), False),
        ("2026-01-05", replace(asked(), approved_on=None), False),
        ("2026-01-05", asked(replace(PAIR, approved_on=None), written=at("2026-01-05")), True),
    ],
)
def test_says_so_until_their_days_are_over(moment: str, row: Pairing, is_told: bool) -> None:
    found = still_without(MeetingsSeen(programme=seen(moment, [person("a"), person("b")], row)))
    assert [p.row_key for p in found] == ([row.id] if is_told else [])
