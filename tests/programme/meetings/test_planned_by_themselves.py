"""What two plan themselves, by value: it is theirs alone, and a round begun with it has no other first meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from by_value import address, at, on, pairing, people, seen
from peerpact.programme.meetings.actions import BookMeeting, CancelMeeting, NoteMeeting, SendLetter
from peerpact.programme.meetings.booking import Booking, meeting_id
from peerpact.programme.meetings.decision import decide
from peerpact.programme.meetings.event import EventSeen, Guest
from peerpact.programme.meetings.meeting import MeetingsSeen
from peerpact.programme.meetings.noted import with_booking
from peerpact.programme.pairings import Pairing
from peerpact.programme.plan import Plan

APPROVED = "2026-04-03T09:00"
PAIR = pairing("ab", 2, approved_on=at(APPROVED))
MAILBOX = Guest(email="mentoring@example.com", answer="needsAction")
FIRST = at("2026-04-14T10:00")
BEGUN = replace(
    with_booking(PAIR, Booking(event=meeting_id(PAIR), start=FIRST, written=at(APPROVED), minutes=45)),
    meeting_start=FIRST,
    meeting_state="invited",
)


def event(start: datetime, *who: str, **more: Any) -> EventSeen:
    guests = tuple(Guest(email=address(x), answer="accepted") for x in who)
    return EventSeen(start=start, end=start + timedelta(minutes=45), **{"id": "e", "guests": guests, **more})


def series(*others: str, begins: str = "2026-02-03T14:00", **more: Any) -> EventSeen:
    made = event(at(begins), "b", *others, id="own", is_ours=False, is_series=True, organiser=address("a"))
    return replace(made, guests=(*made.guests, MAILBOX), **more)


def plan(theirs: EventSeen, *ours: EventSeen, moment: str = APPROVED, row: Pairing = PAIR) -> Plan:
    programme = seen(moment, people("abc"), row)
    free = {p.email: () for p in people("abc")}
    return decide(
        MeetingsSeen(programme=programme, events={e.id: e for e in ours}, theirs=(theirs,), busy=free)
    )


@pytest.mark.parametrize(
    ("theirs", "is_left"),
    [
        (series(), True),
        (series(series_until=at("2026-04-07T14:00")), True),
        (series(begins="2026-04-09T14:00", is_series=False), True),
        (series(series_until=at("2026-03-10T14:00")), False),
        (series(begins="2026-03-10T14:00", is_series=False), False),
        (series("c"), False),
        (replace(series(), guests=(*series().guests, Guest(email=address("c"), answer="declined"))), True),
    ],
    ids=[
        "a series",
        "one that ends",
        "a meeting",
        "one that is over",
        "a past meeting",
        "others",
        "none comes",
    ],
)
def test_books_no_first_meeting_beside_what_two_who_stay_together_have_planned(
    theirs: EventSeen, is_left: bool
) -> None:
    found = plan(theirs)
    assert [isinstance(a, NoteMeeting) for a in found.actions if not isinstance(a, SendLetter)] == [is_left]
    introduced = {a.record.person for a in found.actions if isinstance(a, SendLetter)}
    assert (introduced, found.problems) == ({address("a"), address("b")}, ())
    if is_left:
        [noted] = [a.pairing for a in found.actions if isinstance(a, NoteMeeting)]
        later = plan(theirs, moment="2026-04-03T09:15", row=noted)
        assert [a for a in later.actions if not isinstance(a, SendLetter)] == []
        assert later.problems == ()


def test_books_the_next_one_when_their_own_are_over() -> None:
    noted = replace(PAIR, meeting_state="asked to pick")
    theirs = series(series_until=at("2026-04-21T14:00"))
    assert [
        a for a in plan(theirs, moment="2026-04-21T15:30", row=noted).actions if isinstance(a, BookMeeting)
    ] == []
    found = plan(theirs, moment="2026-04-22T09:00", row=noted)
    [action] = [a for a in found.actions if isinstance(a, BookMeeting)]
    assert action.booking.number == 2
    assert action.slot.start.date() == on("2026-05-19")


@pytest.mark.parametrize(("others", "steps_back"), [((), True), (("x",), True), (("c",), False)])
def test_steps_back_from_its_own_for_no_series_to_which_others_of_the_programme_are_invited(
    others: tuple[str, ...], steps_back: bool
) -> None:
    ours = event(FIRST, "a", "b", id=meeting_id(PAIR), pairing=PAIR.id)
    found = plan(series(*others), ours, row=BEGUN)
    assert [isinstance(a, CancelMeeting) for a in found.actions if not isinstance(a, SendLetter)][:1] == [
        steps_back
    ]
