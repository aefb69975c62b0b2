"""What notes and calendar together tell of a pairing's meeting, by value: skipped, over, superfluous, found again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from by_value import address, at, on, pairing, people, seen
from peerpact.programme.meetings.booking import Booking
from peerpact.programme.meetings.event import EventSeen, Guest
from peerpact.programme.meetings.meeting import Meeting, MeetingsSeen, meeting_of
from peerpact.programme.meetings.noted import with_booking
from peerpact.programme.requests import Request, Wish

NOW = at("2026-01-20T10:00")
START = at("2026-02-03T10:00")
ASKED = at("2026-01-12T09:00")
PAIR = pairing("ab")
A_SECOND = timedelta(seconds=1)
A_WEEK = timedelta(days=7)


def event(start: datetime = START, **more: Any) -> EventSeen:
    guests = tuple(Guest(email=address(x), answer="needsAction") for x in "ab")
    usual = {"id": "e1", "pairing": PAIR.id, "end": start + timedelta(minutes=45), "guests": guests}
    return EventSeen(**{**usual, "start": start, "put": start, **more})


def theirs(start: datetime, **more: Any) -> EventSeen:
    """Return an event to which they invited us."""
    return event(start, id="own", is_ours=False, **{"organiser": address("a"), **more})


def told(*events: EventSeen, own: EventSeen | None = None, now: datetime = NOW, **more: Any) -> MeetingsSeen:
    programme = replace(seen("2026-01-20T10:00", people("ab"), PAIR, **more), now=now)
    return MeetingsSeen(programme=programme, events={e.id: e for e in events}, theirs=(own,) if own else ())


def meeting(state: str = "", *, row: Any = PAIR, of: MeetingsSeen | None = None, **noted: Any) -> Meeting:
    found = meeting_of(replace(with_booking(row, Booking(**noted)), meeting_state=state), of or told())
    assert found
    return found


def said(kind: Wish, decision: str | None = None, who: str = "a") -> Request:
    return Request(
        id=f"{kind}{decision}", person=address(who), kind=kind, asked_on=on("2026-01-13"), decision=decision
    )


def test_hears_of_meetings_only_what_is_about_them_and_was_not_set_aside() -> None:
    requests = (
        said(Wish.PAUSE),
        said(Wish.MET, "ignore"),
        said(Wish.NOT_MET, "done"),
        said(Wish.OWN_PLAN),
        said(Wish.MET, who="b"),
    )
    heard = {who: [r.kind for r in some] for who, some in told(requests=requests).said_by.items()}
    assert heard == {address("a"): [Wish.NOT_MET, Wish.OWN_PLAN], address("b"): [Wish.MET]}


@pytest.mark.parametrize(
    ("state", "booked", "is_skipped"),
    [("asked to pick", "", True), ("asked to pick", "e1", False), ("invited", "", False), ("", "", False)],
)
def test_knows_that_there_is_none_where_nothing_is_booked_and_they_were_asked_to_pick(
    state: str, booked: str, is_skipped: bool
) -> None:
    assert meeting(state, event=booked).is_skipped(NOW) is is_skipped


def test_takes_those_who_pick_for_having_met_two_weeks_after_they_were_asked() -> None:
    assert meeting("asked to pick", written=ASKED).over_since(NOW) == ASKED + 2 * A_WEEK
    assert meeting("invited", written=ASKED).over_since(ASKED + 3 * A_WEEK) is None
    approved = meeting("asked to pick").over_since(ASKED)
    assert approved == at("2026-01-04") + 2 * A_WEEK


def covered(own: EventSeen, ours: EventSeen | None = None, *, now: datetime = NOW, **noted: Any) -> bool:
    ours = ours or event()
    of = told(ours, own=own, now=now)
    return (
        meeting("invited", of=of, **{"event": "e1", "start": START, **noted}).covered_by_theirs(of)
        is not None
    )


@pytest.mark.parametrize(
    ("begins", "until", "is_covered"),
    [
        (START, None, True),
        (START + A_WEEK, None, True),
        (START + A_WEEK + A_SECOND, None, False),
        (START - 8 * A_WEEK, START, True),
        (START - 8 * A_WEEK, START - A_WEEK, True),
        (START - 8 * A_WEEK, START - 2 * A_WEEK, False),
    ],
)
def test_steps_back_for_a_series_that_goes_on_about_then(
    begins: datetime, until: datetime | None, is_covered: bool
) -> None:
    assert covered(theirs(begins, is_series=True, series_until=until)) is is_covered


A_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("begins", "now", "is_covered"),
    [
        (START + A_DAY - A_SECOND, START - A_SECOND, True),
        (START + A_WEEK, START - A_SECOND, True),
        (START + A_WEEK + A_SECOND, START - A_SECOND, False),
        (START + A_DAY, START - A_DAY, True),
        (START, START, False),
    ],
)
def test_steps_back_until_ours_begins(begins: datetime, now: datetime, is_covered: bool) -> None:
    assert covered(theirs(begins, is_series=True), now=now) is is_covered


def test_steps_back_for_nothing_else() -> None:
    series = theirs(START, is_series=True)
    assert not covered(theirs(START))
    assert not covered(replace(series, is_cancelled=True))
    assert not covered(
        replace(series, organiser=address("x"), guests=(Guest(email=address("a"), answer="accepted"),))
    )
    assert not covered(series, replace(event(), is_cancelled=True))
    assert not covered(series, replace(event(), oddity="it has no day"))
    assert not covered(series, event(put=None), start=START - A_SECOND)  # somebody moved ours


@pytest.mark.parametrize(
    ("own", "since"),
    [(NOW - A_WEEK, NOW - A_WEEK), (NOW, NOW), (NOW + A_SECOND, ASKED), (ASKED - A_WEEK, ASKED)],
)
def test_counts_from_the_latest_time_they_met_by_now(own: datetime, since: datetime) -> None:
    of = told(own=theirs(own))
    assert meeting(of=of).together_since(ASKED, of) == since


def test_takes_up_the_meeting_that_is_there_of_two_made_for_the_same_turn() -> None:
    gone = event(START + A_WEEK, id="x", key="x", number=2, is_cancelled=True)
    there = event(START + 2 * A_WEEK, id="y", key="y", number=2)
    for both in ((gone, there), (there, gone)):
        found = meeting_of(PAIR, told(*both))
        assert found
        assert (found.event, found.booking.event, found.booking.number) == (there, "y", 2)


def test_takes_up_only_a_later_meeting_than_the_one_noted() -> None:
    second, third = (event(START + n * A_WEEK, id=f"e{n}", key=f"e{n}", number=n) for n in (2, 3))
    of = told(event(), second, third)
    row = with_booking(
        replace(PAIR, meeting_state="invited"), Booking(event="e2", number=2, start=second.start)
    )
    assert [(m.booking.event, m.pairing.meetings) for m in [meeting_of(row, of)] if m] == [
        ("e3", "2026-02-17 10:00 invited")
    ]
    assert [m.booking.event for m in [meeting_of(row, told(event(), second))] if m] == ["e2"]


def test_takes_from_the_event_which_meeting_it_is_where_the_note_does_not_say() -> None:
    """As after a while with Peerpact 0.1, which notes no number; the later meeting is taken up once, not twice."""
    third = event(START, id="e3", key="e3", number=3)
    row = replace(with_booking(PAIR, Booking(event="e3", start=START)), meetings="2026-01-12 12:00 held")
    found = meeting_of(row, told(third))
    assert found
    assert (found.booking.number, found.pairing.meetings) == (3, "2026-01-12 12:00 held")
    assert meeting(of=told(event()), event="e1", number=2).booking.number == 2
