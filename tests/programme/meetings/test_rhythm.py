"""The next meeting of a pair: when it is booked and when not, and what counts as held. By value."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from by_value import address, at, on, pairing, people, seen
from peerpact.programme.meetings.actions import (
    BookMeeting,
    CancelMeeting,
    MoveMeeting,
    NoteMeeting,
    SendLetter,
)
from peerpact.programme.meetings.booking import Booking, booking_of, meeting_id
from peerpact.programme.meetings.decision import decide
from peerpact.programme.meetings.event import EventSeen, Guest, our_meetings
from peerpact.programme.meetings.history import (
    PastMeeting,
    all_meetings,
    as_next,
    as_said,
    first_meeting,
    has_met,
    number_of_next,
    past_meetings,
)
from peerpact.programme.meetings.meeting import MeetingsSeen
from peerpact.programme.meetings.noted import with_booking
from peerpact.programme.meetings.rhythm import has_rhythm, next_time, span_after, weeks_between
from peerpact.programme.meetings.rules import MeetingRules
from peerpact.programme.pairings import Pairing
from peerpact.programme.plan import Plan
from peerpact.programme.requests import Request, Wish
from peerpact.programme.settings import Settings

APPROVED = at("2026-01-05T09:00")
START = at("2026-01-12T10:00")
PAIR = pairing("ab", approved_on=APPROVED)
NOTED = Booking(event=meeting_id(PAIR), start=START, written=APPROVED, minutes=45)
BOOKED = replace(with_booking(PAIR, NOTED), meeting_start=START, meeting_state="accepted")
AFTER = "2026-01-12T11:00"
QUARTER = Settings(first_round=date(2026, 1, 5))


def event(number: int = 1, start: datetime = START, *, answers: str = "++", **more: Any) -> EventSeen:
    words = {"+": "accepted", "-": "declined", "?": "needsAction"}
    key = meeting_id(PAIR, number=number)
    guests = (Guest(email=address(p), answer=words[a]) for p, a in zip("ab", answers, strict=True))
    known: dict[str, Any] = {
        "id": key,
        "key": key,
        "pairing": PAIR.id,
        "number": number,
        "start": start,
        "end": start + timedelta(minutes=45),
        "guests": tuple(guests),
        "updated": APPROVED + timedelta(hours=1),
    }
    return EventSeen(**{**known, **more})


def plan(
    moment: str,
    *events: EventSeen,
    row: Pairing = BOOKED,
    settings: Settings = QUARTER,
    theirs: tuple[EventSeen, ...] = (),
    **more: Any,
) -> Plan:
    programme = replace(seen(moment, people("ab"), row, **more), settings=settings)
    free = {address(p): () for p in "ab"}
    return decide(MeetingsSeen(programme=programme, events=our_meetings(events), theirs=theirs, busy=free))


def booked(found: Plan) -> list[BookMeeting]:
    return [a for a in found.actions if isinstance(a, BookMeeting)]


def says(kind: Wish, day: str, who: str = "a", **more: Any) -> Request:
    return Request(id=f"{kind}/{day}/{who}", person=address(who), kind=kind, asked_on=on(day), **more)


def second(start: datetime, state: str = "invited", meetings: str = "2026-01-12 10:00 held") -> Pairing:
    """Return the pairing with its second meeting ahead."""
    noted = Booking(
        event=meeting_id(PAIR, number=2),
        number=2,
        start=start,
        written=APPROVED + timedelta(days=8),
        minutes=45,
    )
    row = replace(with_booking(PAIR, noted), meeting_start=start, meeting_state=state)
    return replace(row, meetings=meetings)


@pytest.mark.parametrize(
    ("said", "weeks"),
    [
        ((), 4),
        ((says(Wish.EVERY_WEEKS, "2026-01-06", weeks=2),), 2),
        ((says(Wish.EVERY_WEEKS, "2026-01-06", "b", weeks=2),), 2),
        ((says(Wish.EVERY_WEEKS, "2026-01-06", weeks=2), says(Wish.OWN_PLAN, "2026-01-08", "b")), 0),
        ((says(Wish.OWN_PLAN, "2026-01-06"), says(Wish.EVERY_WEEKS, "2026-01-08", weeks=3)), 3),
        ((says(Wish.EVERY_WEEKS, "2026-01-06", weeks=99),), 13),
        ((says(Wish.EVERY_WEEKS, "2026-01-06", weeks=2, decision="ignore"),), 4),
        ((says(Wish.EVERY_WEEKS, "2026-01-04", weeks=2),), 4),
        ((says(Wish.EVERY_WEEKS, "2026-01-06", "c", weeks=2),), 4),
    ],
)
def test_keeps_the_rhythm_that_the_two_last_asked_for(said: tuple[Request, ...], weeks: int) -> None:
    assert weeks_between(PAIR, said, Settings()) == weeks


@pytest.mark.parametrize("left", [*range(25, 40)])
def test_finds_room_before_the_round_ends_wherever_three_quarters_of_a_rhythm_and_some_days_fit(
    left: int,
) -> None:
    span = span_after(START, 4, rules=MeetingRules(), ends=START + timedelta(days=left), now=START)
    assert span is not None


@pytest.mark.parametrize(
    ("moment", "said", "goes_on"),
    [
        ("2026-01-12", (), True),
        ("2026-03-05", (), True),
        ("2026-03-07", (), False),
        ("2026-03-07", (says(Wish.EVERY_WEEKS, "2026-01-06", weeks=2),), True),
        ("2026-01-12", (says(Wish.OWN_PLAN, "2026-01-06"),), False),
    ],
)
def test_says_that_meetings_go_on_where_another_one_comes_by_itself(
    moment: str, said: tuple[Request, ...], *, goes_on: bool
) -> None:
    assert has_rhythm(PAIR, said, QUARTER, at(moment)) is goes_on


@given(
    passed=st.integers(0, 9000),
    weeks=st.integers(1, 13),
    late=st.integers(0, 200),
    left=st.integers(-5, 300),
)
def test_looks_for_the_next_meeting_about_its_time_and_inside_the_round(
    passed: int, weeks: int, late: int, left: int
) -> None:
    last = START + timedelta(hours=passed)
    now, ends = last + timedelta(days=late), last + timedelta(days=left)
    span = span_after(last, weeks, rules=MeetingRules(), ends=ends, now=now)
    if span is None:
        assert left < 7 * weeks + 1 or late + 2 > left
        return
    assert now <= span.counted_from < ends == span.before
    assert span.counted_from >= min(last + timedelta(weeks=weeks) * 0.75 - timedelta(days=4), now)


def test_books_none_beside_a_series_that_they_made_of_it_until_that_is_over() -> None:
    series = event(is_series=True)
    assert booked(plan(AFTER, series)) == []
    until = replace(series, series_until=at("2026-02-02T10:00"))
    assert booked(plan("2026-02-01T11:00", until)) == []
    assert booked(plan("2026-02-02T10:30", until)) == []
    [action] = booked(plan("2026-02-02T12:00", until))
    assert action.booking.number == 2
    assert timedelta(weeks=4) <= action.slot.start - at("2026-02-02T10:00") < timedelta(weeks=5)


def test_knows_a_series_again_by_an_occurrence_of_it_that_was_changed_alone() -> None:
    series = event(is_series=True)
    alone = replace(event(start=START + timedelta(hours=1)), id="one", part_of=series.id, part_from=START)
    assert booked(plan("2026-01-12T13:00", series, alone)) == []


@pytest.mark.parametrize(
    ("changes", "count"),
    [
        ({}, 0),
        ({"is_cancelled": True}, 1),
        ({"guests": (Guest(email=address("c"), answer="accepted"),)}, 1),
        ({"guests": (Guest(email=address("b"), answer="declined"),)}, 1),
        ({"start": at("2026-01-01T10:00"), "end": at("2026-01-01T11:00")}, 1),
        ({"start": at("2026-01-01T10:00"), "end": at("2026-01-01T11:00"), "is_series": True}, 0),
        ({"is_ours": True}, 1),
    ],
)
def test_books_none_beside_a_meeting_that_the_two_planned_themselves(
    changes: dict[str, Any], count: int
) -> None:
    theirs = EventSeen(
        id="theirs",
        is_ours=False,
        organiser=address("a"),
        start=at("2026-01-30T10:00"),
        end=at("2026-01-30T11:00"),
        guests=(Guest(email=address("b"), answer="needsAction"),),
    )
    assert len(booked(plan(AFTER, event(), theirs=(replace(theirs, **changes),)))) == count


@pytest.mark.parametrize(
    ("moment", "begins", "state", "cancels"),
    [
        ("2026-01-20T11:00", "2026-01-22T10:00", "invited", True),
        ("2026-01-20T11:00", "2026-01-22T10:00", "asked to pick", True),
        ("2026-01-20T11:00", "2026-02-12T10:00", "invited", True),
        ("2026-01-20T11:00", "2026-03-12T10:00", "invited", False),
        ("2026-02-09T08:00", "2026-01-22T10:00", "invited", True),
        ("2026-02-09T08:00", "2026-02-12T10:00", "invited", True),
        ("2026-02-09T08:00", "2026-02-17T10:00", "invited", False),
        ("2026-02-09T10:00", "2026-02-12T10:00", "invited", False),
    ],
)
def test_steps_back_once_from_a_meeting_that_a_series_of_one_of_them_covers(
    moment: str, begins: str, state: str, cancels: bool
) -> None:
    start = at("2026-02-09T10:00")
    theirs = EventSeen(
        id="theirs",
        is_ours=False,
        is_series=True,
        organiser=address("b"),
        start=at(begins),
        end=at(begins) + timedelta(minutes=30),
        guests=(Guest(email=address("a"), answer="accepted"),),
    )
    answers = "-?" if state == "asked to pick" else "?+"
    ours, row = event(2, start, answers=answers), second(start, state)
    found = plan(moment, event(), ours, row=row, theirs=(theirs,))
    assert [a.event_id for a in found.actions if isinstance(a, CancelMeeting)] == [ours.id] * cancels
    assert booked(found) == []
    gone = plan(moment, event(), replace(ours, is_cancelled=True), row=row, theirs=(theirs,))
    assert [a for a in gone.actions if isinstance(a, CancelMeeting | BookMeeting)] == []


SERIES_OF_ADA = EventSeen(
    id="theirs",
    is_ours=False,
    is_series=True,
    organiser=address("a"),
    start=at("2025-12-30T14:00"),
    end=at("2025-12-30T14:30"),
    guests=(Guest(email=address("b"), answer="accepted"),),
)


@pytest.mark.parametrize(
    ("moment", "last", "said", "books"),
    [
        ("2026-01-14T11:00", "2026-01-13T14:00", Wish.NOT_MET, "2026-02-10"),
        ("2026-01-14T11:00", "2026-01-06T14:00", Wish.NOT_MET, "2026-01-16"),
        ("2026-01-13T11:00", "2026-01-09T14:00", Wish.NOT_MET, "2026-01-20"),
        ("2026-01-13T16:00", "2026-01-13T14:00", Wish.EVERY_WEEKS, "2026-01-22"),
    ],
    ids=["they met since", "long over", "just over", "at a rhythm of weeks"],
)
def test_books_none_so_soon_after_a_series_of_theirs_that_it_would_step_back_from_it(
    moment: str, last: str, said: Wish, books: str
) -> None:
    theirs, words = replace(SERIES_OF_ADA, series_until=at(last)), (says(said, "2026-01-13", weeks=1),)
    found = plan(moment, event(), theirs=(theirs,), requests=words)
    starts = [a.slot.start for a in booked(found)]
    assert [start.date() for start in starts] == [on(books)]
    ours, row = event(2, starts[0], answers="??"), second(starts[0])
    again = plan(moment, event(), ours, row=row, theirs=(theirs,), requests=words)
    assert [a for a in again.actions if isinstance(a, CancelMeeting)] == []


def test_counts_the_weeks_from_a_meeting_that_they_planned_themselves() -> None:
    theirs = EventSeen(
        id="theirs",
        is_ours=False,
        organiser=address("a"),
        start=at("2026-01-30T10:00"),
        end=at("2026-01-30T11:00"),
        guests=(Guest(email=address("b"), answer="accepted"),),
    )
    [action] = booked(plan("2026-01-30T12:00", event(), theirs=(theirs,)))
    assert action.slot.start.date() - on("2026-01-30") >= timedelta(weeks=4)


@pytest.mark.parametrize(
    ("moment", "event_", "count"),
    [
        ("2026-01-12T10:44", event(), 0),
        ("2026-01-12T10:45", event(), 1),
        ("2026-01-10T10:00", event(is_cancelled=True), 1),
        ("2026-01-12T10:00", event(is_cancelled=True), 1),
        ("2026-01-12T09:59", event(answers="-?"), 0),
        ("2026-01-12T12:00", event(answers="-?"), 1),
        ("2026-03-01T10:00", event(start=at("2026-03-02T10:00")), 0),
        (
            "2026-01-12T20:00",
            event(start=at("2026-01-12T12:00"), end=at("2026-01-13T12:00"), is_all_day=True),
            0,
        ),
        (
            "2026-01-13T12:00",
            event(start=at("2026-01-12T12:00"), end=at("2026-01-13T12:00"), is_all_day=True),
            1,
        ),
        ("2026-01-20T12:00", replace(event(), start=None, end=None, oddity="it has no start"), 0),
    ],
)
def test_books_the_next_one_when_one_has_passed_or_was_skipped(
    moment: str, event_: EventSeen, count: int
) -> None:
    assert len(booked(plan(moment, event_))) == count


def test_goes_on_where_the_first_meeting_is_so_old_that_nobody_lists_it() -> None:
    [action] = booked(plan("2026-03-04T09:00"))
    assert (action.booking.number, action.pairing.meetings) == (2, "2026-01-12 10:00 accepted")


def test_books_none_beyond_the_end_of_the_round_but_one_shortly_before_it() -> None:
    late = second(at("2026-03-10T10:00"), "accepted")
    [action] = booked(plan("2026-03-10T11:00", event(2, at("2026-03-10T10:00")), row=late))
    assert at("2026-03-30T00:00") < action.slot.start < at("2026-04-05T00:00")
    later = second(at("2026-03-11T10:00"), "accepted")
    assert booked(plan("2026-03-11T11:00", event(2, at("2026-03-11T10:00")), row=later)) == []


@pytest.mark.parametrize(
    ("weeks", "left", "then"),
    [
        (4, 70, 42),
        (4, 60, 32),
        (4, 59, 24),
        (4, 58, 23),
        (4, 57, 22),
        (4, 56, 21),
        (4, 50, 21),
        (4, 49, 21),
        (4, 48, 20),
        (4, 33, 5),
        (4, 30, 7),
        (4, 25, 4),
        (4, 24, None),
        (2, 30, 16),
        (2, 17, 6.5),
        (2, 14, None),
        (1, 10, 4.75),
        (1, 9, None),
        (8, 82, 21),
        (8, 95, 25),
        (8, 96, 40),
        (6, 82, 40),
        (6, 70, 21),
    ],
)
def test_has_the_last_meeting_of_a_round_in_its_last_weeks(weeks: int, left: int, then: float | None) -> None:
    """In days before its end, after one that was ``left`` days before it."""
    ends = at("2026-04-05T00:00")
    found = next_time(ends - timedelta(days=left), weeks, ends)
    assert (None if found is None else (ends - found) / timedelta(days=1)) == then


@pytest.mark.parametrize(
    ("start", "state", "then"),
    [
        ("2026-03-18T10:00", "asked to pick", "2026-03-29"),
        ("2026-03-18T10:00", "cancelled", "2026-03-29"),
        ("2026-03-22T00:00", "asked to pick", "2026-03-29"),
        ("2026-03-23T10:00", "asked to pick", None),
        ("2026-03-18T10:00", "accepted", None),
    ],
)
def test_has_another_one_a_week_before_the_end_where_the_last_one_of_a_round_was_skipped(
    start: str, state: str, then: str | None
) -> None:
    answers = "++" if state == "accepted" else "-?"
    third = event(2, at(start), answers=answers, is_cancelled=state == "cancelled")
    found = booked(plan("2026-02-17T12:00", event(), third, row=second(at(start), state)))
    slots = [a.slot.start for a in found]
    assert [s >= at(f"{then}T00:00") and s < at("2026-04-05T00:00") for s in slots] == [True] * bool(then)


def test_takes_up_the_next_meeting_that_a_dead_run_booked_and_books_no_second() -> None:
    """So does one that an older spreadsheet was restored under."""
    ahead = event(2, at("2026-02-09T10:00"), answers="+?")
    [action] = [a for a in plan("2026-01-12T12:00", event(), ahead).actions if not isinstance(a, SendLetter)]
    assert isinstance(action, NoteMeeting)
    row = action.pairing
    assert (row.meetings, row.meeting_state, row.meeting_start) == (
        "2026-01-12 10:00 held", "invited", at("2026-02-09T10:00"),
    )  # fmt: skip
    noted = booking_of(row)
    assert noted is not None
    assert (noted.number, noted.event) == (2, ahead.id)
    later = plan("2026-01-12T12:30", event(), ahead, row=row)
    assert [a for a in later.actions if not isinstance(a, SendLetter)] == []


def test_moves_a_declined_next_meeting_once_about_its_time() -> None:
    start = at("2026-02-09T10:00")
    declined = event(2, start, answers="-?", updated=at("2026-01-20T10:00"))
    found = plan("2026-01-20T11:00", event(), declined, row=second(start))
    [move] = [a for a in found.actions if isinstance(a, MoveMeeting)]
    assert abs(move.slot.start - start) < timedelta(days=10)
    assert move.booking.moved
    again = with_booking(second(start), replace(move.booking, moved=True))
    found = plan("2026-01-20T11:00", event(), declined, row=again)
    assert [a for a in found.actions if isinstance(a, MoveMeeting)] == []
    [noted] = [a.pairing for a in found.actions if isinstance(a, NoteMeeting)]
    assert noted.meeting_state == "asked to pick"
    own = Request(id="q", person=address("a"), kind=Wish.OWN_PLAN, asked_on=on("2026-01-20"))
    found = plan("2026-01-20T11:30", event(), declined, row=noted, requests=(own,))
    keys = [a.record.key for a in found.actions if isinstance(a, SendLetter)]
    asked = [key for key in keys if key.startswith("pick-a-time:")]
    assert asked == [f"pick-a-time:{PAIR.id}:{address(p)}:2" for p in "ab"]


@pytest.mark.parametrize("answers", ["+?", "++"])
def test_leaves_the_next_meeting_where_somebody_has_accepted_it(answers: str) -> None:
    row = second(at("2026-02-09T10:00"), meetings="2026-01-12 10:00 not known")
    found = plan(
        "2026-01-14T11:00",
        event(2, at("2026-02-09T10:00"), answers=answers),
        row=row,
        requests=(says(Wish.NOT_MET, "2026-01-13"),),
    )
    assert [a for a in found.actions if isinstance(a, MoveMeeting)] == []


@pytest.mark.parametrize(
    ("before", "said", "after"),
    [
        ("not known", (), "not known"),
        ("not known", (says(Wish.MET, "2026-01-12"),), "held"),
        ("held", (says(Wish.NOT_MET, "2026-01-13"),), "not met"),
        ("held", (says(Wish.NOT_MET, "2026-01-13"), says(Wish.MET, "2026-01-20", "b")), "held"),
        ("declined", (says(Wish.MET, "2026-01-13"),), "held"),
        ("held", (says(Wish.NOT_MET, "2026-01-11"),), "held"),
        ("held", (says(Wish.NOT_MET, "2026-02-09"),), "held"),
        ("held", (says(Wish.NOT_MET, "2026-01-13", "c"),), "held"),
    ],
)
def test_counts_a_meeting_as_held_by_what_the_two_say(
    before: str, said: tuple[Request, ...], after: str
) -> None:
    row = second(at("2026-02-09T10:00"), meetings=f"2026-01-12 10:00 {before}")
    assert as_said(row, said, at("2026-02-09T09:00")).meetings == f"2026-01-12 10:00 {after}"
    current = replace(BOOKED, meeting_state=before)
    if not any(r.asked_on >= on("2026-02-09") for r in said):
        assert as_said(current, said, at("2026-01-30T09:00")).meeting_state == after


@pytest.mark.parametrize(
    ("meetings", "number"),
    [
        ("", 1),
        ("2026-01-12 10:00 held", 2),
        ("2026-01-12 10:00 not known; 2026-02-09 10:00 held", 3),
        ("2026-01-12 10:00 declined", 1),
        ("2026-01-12 10:00 not met; no time asked to pick", 1),
        ("2026-01-12 10:00 cancelled; 2026-02-09 10:00 held", 2),
    ],
)
def test_begins_with_the_first_conversation_when_they_meet_first(meetings: str, number: int) -> None:
    """Ground rules, starters and the card on listening are in the invitation to the first."""
    assert number_of_next(replace(BOOKED, meetings=meetings)) == number


def test_reads_what_it_wrote_of_meetings_that_are_over() -> None:
    row = replace(BOOKED, meeting_state="held")
    skipped = replace(as_next(row), meeting_state="asked to pick")
    third = replace(as_next(skipped), meeting_start=at("2026-03-09T09:30"), meeting_state="invited")
    first = PastMeeting(start=START, state="held")
    assert past_meetings(third) == (first, PastMeeting(start=None, state="asked to pick"))
    assert all_meetings(third)[2:] == (PastMeeting(start=at("2026-03-09T09:30"), state="invited"),)
    assert (first_meeting(third), has_met(third)) == (first, True)
    assert first_meeting(PAIR) is None
    assert past_meetings(replace(PAIR, meetings="somebody typed here")) == ()
