"""The latest meeting that a pair has had, and the letter after it where none came before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from peerpact.programme.days_off import first_working_day, working_days_before
from peerpact.programme.follow_ups.around_meetings import TOGETHER_AT_MOST, WORKING_DAYS_BEFORE
from peerpact.programme.meetings.history import MEETING_NEVER_WAS, all_meetings
from peerpact.programme.pairings import Pairing
from peerpact.programme.people import Person

LATEST_AFTER = timedelta(days=10)
"""So long after a meeting at the latest the letter comes for which there was no time, or no reason, before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingBehind:
    """The latest meeting that was, of those after the first. Days are the reader's own."""

    number: int
    day: date
    letters_since: date
    """A letter that left from this day on was the one before it, or comes after it."""
    due: date
    """When the letter after it is due."""
    last: date


def meeting_behind(pairing: Pairing, person: Person, now: datetime) -> MeetingBehind | None:
    """Return the meeting that two people have had last, as one of them sees it; None where that was their first."""
    meetings = all_meetings(pairing)
    were = [n for n, m in enumerate(meetings) if m.start and m.state not in MEETING_NEVER_WAS]
    past = [n for n in were if (start := meetings[n].start) and start <= now]
    if len(past) < 2 or (start := meetings[past[-1]].start) is None:
        return None
    day = person.local_day(start)
    due = first_working_day(day + timedelta(days=1), person.works_on)
    return MeetingBehind(
        number=past[-1] + 1,
        day=day,
        letters_since=max(
            working_days_before(day, WORKING_DAYS_BEFORE, person.works_on), day - TOGETHER_AT_MOST
        ),
        due=due,
        last=due + LATEST_AFTER,
    )
