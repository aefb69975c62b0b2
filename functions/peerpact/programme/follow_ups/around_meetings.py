"""What the meetings of a pair make of letters: one comes before each, and a word after it where that was left."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from peerpact.programme.commitments import Commitment, Step, events_of
from peerpact.programme.correspondence import LetterRecord
from peerpact.programme.days_off import is_weekday, working_days_after, working_days_before
from peerpact.programme.meetings.answers import MeetingState
from peerpact.programme.meetings.history import all_meetings, past_meetings
from peerpact.programme.pairings import Pairing
from peerpact.programme.people import Person

WORKING_DAYS_BEFORE = 2
SOON = timedelta(days=14)
"""A meeting that is no further off has its own letter before it; no monthly one comes in between."""
ENOUGH_APART = timedelta(days=16)
"""So long after a follow-up there is none before a meeting: whoever meets more often gets fewer than meetings."""
TOGETHER = 3
"""What falls so many working days apart goes into one letter: it asks about what is due by then, too."""
TOGETHER_AT_MOST = timedelta(days=7)
"""In no more days than these, whatever leave there is in between."""
IS_AHEAD = {MeetingState.INVITED, MeetingState.ACCEPTED, MeetingState.MOVED}


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingAhead:
    """A meeting after the first one. Days are the reader's own."""

    number: int
    start: datetime
    day: date
    letter_on: date
    """When the letter before it is due."""


def meeting_ahead(pairing: Pairing, person: Person, now: datetime) -> MeetingAhead | None:
    """Return the meeting that lies ahead of two people who have had one before, as one of them sees it."""
    start = pairing.meeting_start
    if not pairing.meetings or start is None or start <= now or pairing.meeting_state not in IS_AHEAD:
        return None
    day = person.local_day(start)
    return MeetingAhead(
        number=len(past_meetings(pairing)) + 1,
        start=start,
        day=day,
        letter_on=working_days_before(day, WORKING_DAYS_BEFORE, person.works_on),
    )


def day_after_meeting(pairing: Pairing, person: Person, letter: LetterRecord) -> date | None:
    """Return the day after the meeting that a letter came shortly before; None where it came before none."""
    if letter.sent is None:
        return None
    days = [
        person.local_day(m.start)
        for m in all_meetings(pairing)[1:]
        if m.start
        and m.state != MeetingState.CANCELLED
        and letter.sent < m.start < letter.sent + timedelta(days=6)
    ]
    return days[0] + timedelta(days=1) if days else None


def asks_until(day: date, works: Callable[[date], bool] = is_weekday) -> date:
    """Return until which day what is due is asked about in a letter of a day."""
    return min(working_days_after(day, TOGETHER, works), day + TOGETHER_AT_MOST)


def first_unasked_promise(
    commitments: Iterable[Commitment], works: Callable[[date], bool] = is_weekday
) -> Commitment | None:
    """Return the promise with the earliest day among those that no letter has asked about yet."""
    waiting = (c for c in commitments if c.is_open and not c.is_erased and not _was_asked(c, works))
    return min(waiting, key=lambda c: (c.due, c.id), default=None)


def _was_asked(commitment: Commitment, works: Callable[[date], bool]) -> bool:
    """Tell whether it was asked about when it was due, or answered before."""
    if commitment.outcome is not None:
        return True
    asked = [e.on for e in events_of(commitment) if e.step is Step.ASKED]
    return any(asks_until(on, works) >= commitment.due for on in asked)
