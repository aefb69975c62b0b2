"""Whatever two have made themselves: nothing is booked or moved from which the next run steps back. By property."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_rhythm import BOOKED, NOTED, START, event, plan, says

from by_value import address
from peerpact.programme.meetings.actions import BookMeeting, CancelMeeting, MoveMeeting
from peerpact.programme.meetings.event import EventSeen, Guest
from peerpact.programme.meetings.noted import with_booking
from peerpact.programme.pairings import Pairing
from peerpact.programme.requests import Request, Wish

DAY, LENGTH = timedelta(days=1), timedelta(minutes=45)
SAYS: dict[str, Request | None] = {
    "nothing": None,
    "not met": says(Wish.NOT_MET, "2026-01-13"),
    "every week": says(Wish.EVERY_WEEKS, "2026-01-06", weeks=1),
    "every two weeks": says(Wish.EVERY_WEEKS, "2026-01-06", weeks=2),
}


def series(first: float, often: int) -> EventSeen:
    """Return a series every week; its first occurrence is so many days after our meeting."""
    begins = START + first * DAY
    return EventSeen(
        id="own",
        is_ours=False,
        is_series=True,
        organiser=address("a"),
        start=begins,
        end=begins + LENGTH,
        series_until=begins + 7 * (often - 1) * DAY,
        guests=(Guest(email=address("b"), answer="accepted"),),
    )


def done(
    action: BookMeeting | MoveMeeting, ours: EventSeen, now: datetime
) -> tuple[Pairing, list[EventSeen]]:
    """Return the pairing and our events once a meeting is booked or moved."""
    start, is_new = action.slot.start, isinstance(action, BookMeeting)
    there = event(2, start) if is_new else replace(ours, start=start, end=start + LENGTH)
    there = replace(there, guests=event(answers="??").guests, updated=now)
    noted = replace(action.booking, event=there.id, start=start, written=now, minutes=45)
    row = replace(with_booking(action.pairing, noted), meeting_start=start, meeting_state="invited")
    return row, [ours, there] if is_new else [there]


@settings(max_examples=300)
@given(
    hours=st.integers(-200, 300),
    first=st.integers(-240, 240).map(lambda n: n / 8),
    often=st.integers(1, 9),
    answers=st.sampled_from(["++", "-?", "??", "--"]),
    said=st.sampled_from(sorted(SAYS)),
    moved=st.booleans(),
    comes_again=st.booleans(),
)
@example(hours=49, first=-19 + 1 / 6, often=3, answers="++", said="not met", moved=False, comes_again=True)
def test_steps_back_from_nothing_that_it_has_just_booked_or_moved(
    *, hours: int, first: float, often: int, answers: str, said: str, moved: bool, comes_again: bool
) -> None:
    now, theirs = START + timedelta(hours=hours), replace(series(first, often), is_series=comes_again)
    words = tuple(filter(None, [SAYS[said]]))
    ours, row = event(answers=answers), with_booking(BOOKED, replace(NOTED, moved=moved))
    found = plan(f"{now:%Y-%m-%dT%H:%M}", ours, row=row, theirs=(theirs,), requests=words)
    acted = [a for a in found.actions if isinstance(a, BookMeeting | MoveMeeting)]
    assert len(acted) <= 1
    for action in acted:
        after, events = done(action, ours, now)
        soon = now + timedelta(minutes=15)
        again = plan(f"{soon:%Y-%m-%dT%H:%M}", *events, row=after, theirs=(theirs,), requests=words)
        assert [a for a in again.actions if isinstance(a, BookMeeting | MoveMeeting | CancelMeeting)] == []
