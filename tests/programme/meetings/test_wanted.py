"""Which meetings need a slot, and where it is looked for: by value."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from by_value import address, at, on, pairing, people, person, seen
from peerpact.programme.meetings.actions import BookMeeting, MoveMeeting, NoteMeeting, SendLetter
from peerpact.programme.meetings.booking import Booking, booking_of
from peerpact.programme.meetings.decision import decide
from peerpact.programme.meetings.event import EventSeen, Guest
from peerpact.programme.meetings.meeting import MeetingsSeen
from peerpact.programme.meetings.noted import with_booking
from peerpact.programme.meetings.wanted import How, Wanted, wanted, wishes
from peerpact.programme.pairings import Pairing
from peerpact.programme.people import WorkingHours
from peerpact.programme.requests import Request, Wish

NOW = "2026-02-02T10:00"
FAR = at("2026-02-17T10:00")
"""Fifteen days off, to the second."""
A_SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
PAIR = pairing("ab")
NOT_MET = "2026-01-12 10:00 not met"
OWN_PLAN = Request(id="q", person=address("b"), kind=Wish.OWN_PLAN, asked_on=on("2026-01-05"))


def event(start: datetime = FAR, answers: tuple[str, str] = ("needsAction",) * 2, **more: Any) -> EventSeen:
    guests = tuple(Guest(email=address(x), answer=answer) for x, answer in zip("ab", answers, strict=True))
    end = start + timedelta(minutes=45)
    return EventSeen(**{"id": "e2", "number": 2, "start": start, "end": end, "guests": guests, **more})


def second(meetings: str = NOT_MET, state: str = "invited", row: Pairing = PAIR, **noted: Any) -> Pairing:
    """Return a pairing whose second meeting is booked."""
    booking = Booking(**{"event": "e2", "number": 2, "start": FAR, **noted})
    return replace(with_booking(row, booking), meetings=meetings, meeting_state=state, meeting_start=FAR)


def told(row: Pairing, *events: EventSeen, moment: str = NOW, **more: Any) -> MeetingsSeen:
    programme = seen(moment, more.pop("who", people("ab")), row, **more)
    return MeetingsSeen(programme=programme, events={e.id: e for e in events}, busy={})


def wants(row: Pairing, *events: EventSeen, **more: Any) -> list[How]:
    return [want.how for want in wanted(told(row, *events, **more))]


def one(row: Pairing, *events: EventSeen, **more: Any) -> Wanted:
    [want] = wanted(told(row, *events, **more))
    return want


def test_comes_sooner_where_they_did_not_meet_the_last_time_as_the_one_move() -> None:
    want = one(second(), event())
    assert (want.how, want.wish.approved_at, want.wish.tried) == (How.SOONER, at(NOW), ())
    assert want.wish.before == at("2026-04-01T00:00")
    assert (want.booking.moved, want.booking.event) == (True, "e2")


@pytest.mark.parametrize(
    ("row", "seen_now"),
    [
        (second("2026-01-12 10:00 held"), event()),
        (second("2025-12-12 10:00 not met; 2026-01-12 10:00 held"), event()),
        (second(""), event()),
        (second(moved=True), event()),
        (second(), event(FAR - A_SECOND)),
        (second(start=FAR + DAY), event()),
        (second(), event(answers=("needsAction", "accepted"))),
        (second(), event(oddity="it has no day")),
        (second(), event(is_series=True)),
    ],
)
def test_stays_where_it_is_otherwise(row: Pairing, seen_now: EventSeen) -> None:
    assert wants(row, seen_now) == []


def test_brings_nothing_back_that_was_cancelled() -> None:
    assert wants(second(), event(is_cancelled=True)) == [How.AFTER_SKIPPED]
    assert wants(second(), event(is_cancelled=True), requests=(OWN_PLAN,)) == []


def test_comes_no_sooner_in_the_last_days_of_a_round() -> None:
    start = at("2026-04-20T10:00")
    row = second(start=start)
    assert wants(row, event(start), moment="2026-03-28T23:59") == [How.SOONER]
    assert wants(row, event(start), moment="2026-03-29T00:00") == []


def test_books_nothing_for_somebody_alone() -> None:
    of = told(PAIR, who=people("a"), moment="2026-01-05T10:00")
    gone = replace(of, programme=replace(of.programme, closed=frozenset({address("b")})))
    assert wanted(gone) == []
    both = told(PAIR, moment="2026-01-05T10:00")
    assert [w.people for w in wishes(both)] == [tuple(people("ab"))]


@pytest.mark.parametrize(("seconds", "how"), [(0, How.BOOK), (-1, How.AFTER_SKIPPED)])
def test_is_patient_until_those_who_pick_would_have_met(seconds: int, how: How) -> None:
    asked = at("2026-01-10")
    row = replace(with_booking(PAIR, Booking(written=asked)), meeting_state="asked to pick")
    moment = (asked + 14 * DAY + timedelta(seconds=seconds)).isoformat()[:19]
    want = one(row, moment=moment)
    assert (want.how, want.how.is_patient) == (how, how is How.AFTER_SKIPPED)
    assert (want.booking.number, want.pairing.meetings) == (2, "no time asked to pick")


def declined(start: datetime, number: int, **more: Any) -> tuple[Pairing, EventSeen]:
    row = second("2026-01-12 10:00 held" if number == 2 else "", number=number, start=start)
    return row, event(start, ("declined", "needsAction"), number=number, **more)


def test_looks_for_another_slot_soon_for_a_first_meeting_and_about_then_for_a_later_one() -> None:
    start = at("2026-03-03T10:00")
    first, later = one(*declined(start, 1)), one(*declined(start, 2))
    assert (first.how, first.wish.approved_at, first.wish.before) == (How.MOVE, at(NOW), None)
    assert (later.wish.approved_at, later.wish.before) == (start - 4 * DAY, at("2026-04-01T00:00"))
    assert first.wish.tried == later.wish.tried == (start,)
    near = at("2026-02-04T10:00")
    assert one(*declined(near, 2)).wish.approved_at == at(NOW)


@pytest.mark.parametrize(
    ("moment", "is_booked"),
    [("2026-01-05T10:00", False), ("2026-01-06T08:00", True), ("2026-01-20T10:00", True)],
)
def test_waits_some_days_for_a_time_zone_that_can_be_read_and_books_then(
    moment: str, is_booked: bool
) -> None:
    who = [person("a", is_zone_known=False), person("b")]
    row = replace(PAIR, proposed_on=None)
    free = {address(x): () for x in "ab"}
    found = decide(MeetingsSeen(programme=seen(moment, who, row), busy=free))
    kinds = [a.record.kind for a in found.actions if isinstance(a, SendLetter)]
    assert kinds == (["introduction", "introduction"] if is_booked else [])
    assert any(isinstance(a, BookMeeting) for a in found.actions) == is_booked


def test_lets_no_later_meeting_wait_for_a_time_zone() -> None:
    """Else they would be without one for days after each."""
    start = at("2026-02-02T10:00")
    row = second("2026-01-12 10:00 held", number=2, start=start)
    found = told(row, event(start, ("accepted", "accepted"), number=2), moment="2026-02-02T11:00")
    unread = {**found.programme.people, address("a"): person("a", is_zone_known=False)}
    assert len(wishes(replace(found, programme=replace(found.programme, people=unread)))) == 1


# Where there is no slot


def without_slots(row: Pairing, *events: EventSeen, moment: str = NOW) -> list[Pairing]:
    of = told(row, *events, moment=moment)
    always = ((at("2025-01-01"), at("2028-01-01")),)
    found = decide(replace(of, busy={address(x): always for x in "ab"}))
    return [a.pairing for a in found.actions if isinstance(a, NoteMeeting)]


def test_notes_which_starts_were_tried_and_which_meeting_it_is_that_they_are_to_pick() -> None:
    start = at("2026-03-03T10:00")
    [tried] = without_slots(*declined(start, 1))
    noted = booking_of(tried)
    assert noted
    assert (tried.meeting_state, noted.event, noted.tried, noted.written) == (
        "asked to pick",
        "e2",
        (start,),
        None,
    )
    asked = replace(with_booking(PAIR, Booking(written=at("2026-01-10"))), meeting_state="asked to pick")
    [again] = without_slots(asked)
    assert booking_of(again) == Booking(number=2, written=at(NOW))
    [first] = without_slots(PAIR, moment="2026-01-05T10:00")
    assert (first.meeting_state, first.booking) == ("asked to pick", "")


# Edges of the day


def test_counts_each_time_that_somebody_took_the_edge_of_their_day() -> None:
    early, late = (WorkingHours(days=(span,) * 5 + ((),) * 2) for span in (((480, 720),), ((780, 1020),)))
    who = [person("a", working_hours=early), person("b", working_hours=late)]
    free = {p.email: () for p in who}

    def cost(*earlier: Pairing) -> tuple[float, int]:
        programme = seen("2026-01-05T10:00", who, PAIR, *earlier)
        [action] = [
            a
            for a in decide(MeetingsSeen(programme=programme, busy=free)).actions
            if isinstance(a, BookMeeting)
        ]
        return action.slot.cost, len(action.slot.at_the_edge)

    def before(**noted: Any) -> Pairing:
        return with_booking(replace(pairing("ab", 0), state=PAIR.state.ENDED), Booking(**noted))

    both = (address("a"), address("b"))
    plain, at_the_edge = cost()
    assert at_the_edge > 0
    assert cost(before(edge=both)) == pytest.approx((plain + 5 * at_the_edge, at_the_edge))
    assert cost(before(edge=both, edge_before=both)) == pytest.approx((plain + 10 * at_the_edge, at_the_edge))


def test_moves_a_declined_meeting_and_books_a_next_one() -> None:
    start = at("2026-03-03T10:00")
    row, gone = declined(start, 2)
    of = told(row, gone)
    found = decide(replace(of, busy={address(x): () for x in "ab"})).actions
    [move] = [a for a in found if isinstance(a, MoveMeeting)]
    assert (move.event, move.booking.tried) == (gone, (start,))
    assert abs(move.slot.start - start) >= timedelta(hours=3)
