"""What is done about first meetings at the edges: refused calls, rows that can't be read, second tries. By value."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from by_value import address, at, on, pairing, people, person, seen
from peerpact.programme.correspondence import LetterRecord, LetterState
from peerpact.programme.days_off import Absence, DaysOff
from peerpact.programme.meetings.actions import BookMeeting, CancelMeeting, MoveMeeting, SendLetter
from peerpact.programme.meetings.booking import Booking, meeting_id
from peerpact.programme.meetings.decision import decide
from peerpact.programme.meetings.event import EventSeen, Guest
from peerpact.programme.meetings.meeting import MeetingsSeen
from peerpact.programme.meetings.noted import as_refused, with_booking
from peerpact.programme.pairings import Pairing, PairingState
from peerpact.programme.people import Person
from peerpact.programme.plan import Plan
from peerpact.programme.requests import Request, Wish

APPROVED = at("2026-01-05T09:00")
START = at("2026-01-12T10:00")
PAIR = pairing("ab", approved_on=APPROVED)
NOTED = Booking(event=meeting_id(PAIR), start=START, written=APPROVED, minutes=45)
BOOKED = replace(with_booking(PAIR, NOTED), meeting_start=START, meeting_state="invited")


def plan(moment: str, *pairings: Pairing, who: list[Person] | None = None, **more: Any) -> Plan:
    them = who or people("ab")
    events = {e.id: e for e in more.pop("events", ())}
    letters = more.pop("letters", {})
    free = {p.email: () for p in them}
    programme = seen(moment, them, *pairings, **more)
    return decide(MeetingsSeen(programme=programme, events=events, busy=free, letters=letters))


def event(*answers: str, **more: Any) -> EventSeen:
    guests = tuple(Guest(email=address(p), answer=a) for p, a in zip("ab", answers, strict=False))
    end = START + timedelta(minutes=45)
    return EventSeen(
        **{"id": NOTED.event, "start": START, "end": end, "guests": guests, "updated": APPROVED, **more}
    )


def of_kind(found: Plan, kind: type) -> list[Any]:
    return [a for a in found.actions if isinstance(a, kind)]


def test_leaves_a_refused_meeting_alone_for_the_day_and_says_so() -> None:
    [action] = of_kind(plan("2026-01-05T10:00", PAIR), BookMeeting)
    refused = as_refused(PAIR, action, "Calendar usage limits exceeded.", on("2026-01-05"))
    same_day = plan("2026-01-05T12:00", refused)
    assert same_day.actions == ()
    assert len(same_day.problems or ()) == 1
    assert of_kind(plan("2026-01-06T10:00", refused), BookMeeting) != []


def test_books_nothing_while_somebody_s_time_zone_can_t_be_read() -> None:
    assert (
        of_kind(
            plan("2026-01-05T10:00", PAIR, who=[person("a"), person("b", is_zone_known=False)]), BookMeeting
        )
        == []
    )


def test_cancels_for_a_pairing_that_ended_though_a_row_of_it_can_t_be_read() -> None:
    over = replace(BOOKED, state=PairingState.ENDED)
    held = [person("a"), person("b", held="until its row can be read")]
    [action] = of_kind(
        plan("2026-01-06", over, who=held, events=[event("accepted", "accepted")]), CancelMeeting
    )
    assert action.event_id == NOTED.event


def asked(kind: Wish, day: str) -> Request:
    return Request(id=f"{kind}{day}", person=address("a"), kind=kind, asked_on=on(day))


def test_books_the_next_meeting_soon_where_they_did_not_meet() -> None:
    held = replace(BOOKED, meeting_state="held")
    wishes = (
        asked(Wish.QUESTION, "2026-01-14"),
        asked(Wish.NOT_MET, "2026-01-12"),
        asked(Wish.NOT_MET, "2026-01-02"),
    )
    met = event("accepted", "accepted")
    [action] = of_kind(plan("2026-01-14", held, events=[met], requests=wishes), BookMeeting)
    assert (action.booking.number, action.event_id) == (2, meeting_id(PAIR, number=2))
    assert action.slot.start - START < timedelta(days=14)
    [action] = of_kind(plan("2026-01-14", held, events=[met], requests=wishes[::2]), BookMeeting)
    assert action.slot.start - START >= timedelta(weeks=4)


def test_counts_the_declines_that_came_by_themselves() -> None:
    declined = event("declined", "needsAction", updated=APPROVED + timedelta(seconds=30))
    once = with_booking(BOOKED, replace(NOTED, automatic=1))
    [action] = of_kind(plan("2026-01-05T10:00", once, events=[declined]), MoveMeeting)
    assert (action.booking.automatic, action.booking.moved, action.booking.tried) == (2, False, (START,))
    by_hand = replace(declined, updated=APPROVED + timedelta(hours=1))
    [action] = of_kind(plan("2026-01-05T12:00", once, events=[by_hand]), MoveMeeting)
    assert (action.booking.automatic, action.booking.moved) == (1, True)


LEAVE = DaysOff(leave=(Absence(first=on("2026-01-05"), last=on("2026-01-06")),))
CLOSED = DaysOff(company=(Absence(first=on("2026-01-05"), last=on("2026-01-06"), name="Closure"),))
ASKED = replace(PAIR, meeting_state="asked to pick")
DECLINED = replace(BOOKED, meeting_state="asked to pick")
ENDED = replace(BOOKED, state=PairingState.ENDED)
OWN_PLAN = Request(id="q", person=address("b"), kind=Wish.OWN_PLAN, asked_on=on("2026-01-05"))


def written(found: Plan) -> dict[str, LetterRecord]:
    letters = [a.record for a in found.actions if isinstance(a, SendLetter)]
    return {r.key: replace(r, state=LetterState.SENT) for r in letters}


@pytest.mark.parametrize("off", [LEAVE, CLOSED])
@pytest.mark.parametrize(
    ("row", "kinds"),
    [
        (BOOKED, {"introduction"}),
        (ASKED, {"introduction"}),
        (DECLINED, {"introduction", "pick-a-time"}),
        (ENDED, {"partner-left"}),
    ],
)
def test_writes_to_who_is_off_on_their_first_day_back_and_to_others_at_once(
    row: Pairing, kinds: set[str], off: DaysOff
) -> None:
    who = [person("a", days_off=off, time_zone="Asia/Tokyo"), person("b", time_zone="Asia/Tokyo")]
    more: dict[str, Any] = {"requests": (OWN_PLAN,)} if row in {ASKED, DECLINED} else {"events": [event()]}
    letters: dict[str, LetterRecord] = {}
    got = []
    for moment in ("2026-01-05T10:00", "2026-01-06T14:30", "2026-01-06T15:30", "2026-01-07T10:00"):
        new = written(plan(moment, row, who=who, letters=letters, **more))
        letters |= new
        got.append({(r.person, r.kind) for r in new.values()})
    back = {(address("a"), kind) for kind in kinds}  # it is the 7th in Tokyo from 15:00 on
    assert got == [{(address("b"), kind) for kind in kinds}, set(), back, set()]


def test_asks_to_pick_a_time_whoever_a_dead_run_has_not_asked() -> None:
    first = written(plan("2026-01-05T10:00", DECLINED, requests=(OWN_PLAN,)))
    lost = f"pick-a-time:{PAIR.id}:{address('b')}"
    left = {key: first[key] for key in first.keys() - {lost}}
    assert set(written(plan("2026-01-05T10:30", DECLINED, requests=(OWN_PLAN,), letters=left))) == {lost}


@pytest.mark.parametrize(("off", "is_invited"), [(LEAVE, True), (CLOSED, False)])
def test_invites_on_nobody_s_holiday_but_on_leave_of_one_for_later(off: DaysOff, is_invited: bool) -> None:
    who = [person("a", days_off=off), person("b")]
    pair = replace(PAIR, proposed_on=None)  # everybody has heard of the round
    found = plan("2026-01-05T10:00", pair, who=who)
    booked = [a for a in found.actions if isinstance(a, BookMeeting)]
    assert bool(booked) is is_invited
    assert all(a.slot.start.date() not in off for a in booked)
    later = plan("2026-01-07T10:00", pair, who=who)
    assert any(isinstance(a, BookMeeting) for a in later.actions)
