"""Which meetings need a slot: a pairing's first, its next one, another one instead of one that was declined."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from peerpact.programme.announcements.told import have_heard
from peerpact.programme.correspondence import LetterState
from peerpact.programme.days_off import works_for_all
from peerpact.programme.meetings.answers import MeetingState, NextStep, may_touch
from peerpact.programme.meetings.booking import Booking, booking_after
from peerpact.programme.meetings.event import EventSeen
from peerpact.programme.meetings.history import MEETING_NEVER_WAS, as_next, past_meetings
from peerpact.programme.meetings.meeting import Meeting, MeetingsSeen
from peerpact.programme.meetings.rhythm import (
    A_FEW_DAYS,
    Span,
    end_of_round,
    span_after,
    span_soon,
    weeks_between,
)
from peerpact.programme.meetings.rules import rules_of
from peerpact.programme.pairings import Pairing, PairingState

if TYPE_CHECKING:
    from peerpact.programme.meetings.slots import MeetingWish

SOONEST = timedelta(hours=20)
"""Nobody is invited to a meeting that begins sooner."""
SOONER = timedelta(days=15)
"""A meeting that is further off comes sooner where the one before was not held."""
TO_CORRECT = timedelta(days=2)
"""So long after approval a first meeting waits for a time zone that can be read; then the calendar's or that of
Settings counts."""
_UNSENT = {LetterState.PLANNED, LetterState.DRAFTED}


class How(StrEnum):
    """What is done with the slot."""

    BOOK = "book"
    MOVE = "move"
    SOONER = "sooner"
    """As ``move``; but where there is no slot, all stays as it is."""
    AFTER_SKIPPED = "after skipped"
    """As ``book``, while the time of the one before is yet to come; but where there is no slot, all stays as it is."""

    @property
    def is_patient(self) -> bool:
        """Tell whether nobody is asked to pick a time where there is no slot."""
        return self in {How.SOONER, How.AFTER_SKIPPED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A meeting that needs a slot, and the wish for one. ``pairing`` and ``booking`` are as they were before it."""

    meeting: Meeting
    wish: MeetingWish
    how: How
    pairing: Pairing
    booking: Booking


def wishes(seen: MeetingsSeen) -> list[MeetingWish]:
    """Return the wishes for a slot of all meetings that need one."""
    return [w.wish for w in wanted(seen)]


def wanted(seen: MeetingsSeen) -> list[Wanted]:
    """Return the meetings that need a slot. A pairing has at most one: never are there two meetings ahead."""
    found = (_wanted(meeting, seen) for meeting in seen.meetings[PairingState.APPROVED])
    now = seen.programme.now
    wants = [want for want in found if want and not _is_holiday(want.meeting, now)]
    return wants if seen.room is None else _with_room(wants, seen, seen.room)


def _with_room(wants: list[Wanted], seen: MeetingsSeen, room: int) -> list[Wanted]:
    """Leave first meetings for another day whose introductions have no room in this one.

    Calendar invites at once: nobody is to hear of a meeting with somebody before they are introduced.
    """
    room -= _yet_to_introduce(seen)
    kept: list[Wanted] = []
    for want in wants:
        is_first = not want.meeting.booking.event and not want.meeting.pairing.meeting_state
        needs = len(want.meeting.people) if is_first else 0
        if needs <= max(room, 0):
            room -= needs
            kept.append(want)
    return kept


def _yet_to_introduce(seen: MeetingsSeen) -> int:
    """Return how many introductions are to leave to people whose meeting is booked already."""
    booked = [p for p in seen.programme.pairings if p.is_approved and p.meeting_state]
    keys = (f"introduction:{p.id}:{e}" for p in booked for e in p.people)
    return sum((letter := seen.letters.get(key)) is None or letter.state in _UNSENT for key in keys)


def _is_holiday(meeting: Meeting, now: datetime) -> bool:
    """Tell whether it is a holiday, or a day off of the company's, for one of them: nobody is invited on one.

    On leave of one of them the others are; the slot is after it.
    """
    return any(p.days_off.name_on(p.local_day(now)) for p in meeting.people)


def _wanted(meeting: Meeting, seen: MeetingsSeen) -> Wanted | None:
    if len(meeting.people) < 2 or not meeting.pairing.approved_on or meeting.covered_by_theirs(seen):
        return None
    if is_to_begin(meeting):
        may_begin = _may_begin(meeting, meeting.pairing.approved_on, seen) and not meeting.is_theirs(seen)
        return _first(meeting, meeting.pairing.approved_on, seen) if may_begin else None
    if meeting.is_series_theirs(seen):
        return None
    return _next(meeting, seen) or _elsewhere(meeting, seen) or _sooner(meeting, seen)


def is_to_begin(meeting: Meeting) -> bool:
    """Tell whether nothing was done about a pairing's first meeting yet."""
    return not meeting.booking.event and not meeting.pairing.meeting_state


def is_left_to_them(meeting: Meeting, seen: MeetingsSeen) -> bool:
    """Tell whether two about to begin have a meeting, or a series, of their own ahead, as who stayed together may."""
    if len(meeting.people) < 2 or not meeting.pairing.approved_on or not is_to_begin(meeting):
        return False
    return _may_begin(meeting, meeting.pairing.approved_on, seen) and meeting.is_theirs(seen)


def _may_begin(meeting: Meeting, approved_on: datetime, seen: MeetingsSeen) -> bool:
    heard = have_heard(meeting.pairing, meeting.people, seen.programme)
    return heard and not _waits_for_a_zone(meeting, approved_on, seen.programme.now)


def _waits_for_a_zone(meeting: Meeting, approved_on: datetime, now: datetime) -> bool:
    """Tell whether a time zone can't be read, and there was little time yet to correct it."""
    return now < approved_on + TO_CORRECT and not all(p.is_zone_known for p in meeting.people)


def _first(meeting: Meeting, approved_on: datetime, seen: MeetingsSeen) -> Wanted:
    return _want(meeting, How.BOOK, Span(counted_from=approved_on, before=None), seen)


def _next(meeting: Meeting, seen: MeetingsSeen) -> Wanted | None:
    """Return the next meeting, when the latest one has passed or was skipped and they plan none themselves.

    It is counted from when that one was, or would have been.
    """
    programme, now = seen.programme, seen.programme.now
    over = meeting.over_since(now)
    weeks = weeks_between(meeting.pairing, meeting.said, programme.settings)
    if over is None or not weeks or meeting.is_theirs(seen):
        return None
    row, ends = meeting.noted, end_of_round(meeting.pairing, programme.settings)
    last = meeting.together_since(over, seen)
    is_instead = _takes_its_place(meeting, row) and last == over
    if is_instead or (row.meeting_state == MeetingState.NOT_MET and last == over):
        span = span_soon(ends=ends, now=meeting.apart_from_theirs(seen))
    else:
        works = works_for_all(p.days_off for p in meeting.people)
        span = span_after(
            last,
            weeks,
            rules=rules_of(programme.settings),
            ends=ends,
            now=meeting.apart_from_theirs(seen),
            works=works,
            was_held=row.meeting_state not in MEETING_NEVER_WAS,
        )
    if span is None:
        return None
    want = _want(meeting, How.BOOK if over <= now else How.AFTER_SKIPPED, span, seen)
    booking = replace(booking_after(meeting.booking), moved=is_instead)
    return replace(want, pairing=as_next(row), booking=booking)


def _takes_its_place(meeting: Meeting, row: Pairing) -> bool:
    """Tell of a meeting whose time has passed whether it was declined so late that nobody could move it.

    The next one is soon then, and counts as the one move; where they met since by themselves, it is as ever.
    """
    was_asked = meeting.pairing.meeting_state == MeetingState.ASKED_TO_PICK
    return row.meeting_state == MeetingState.DECLINED and not (was_asked or meeting.booking.moved)


def _elsewhere(meeting: Meeting, seen: MeetingsSeen) -> Wanted | None:
    """Return a meeting that was declined and may be moved once."""
    followed = meeting.followed
    if not followed or not followed.start or followed.step is not NextStep.ANOTHER_SLOT:
        return None
    tried = (*meeting.booking.tried, followed.start)
    booking = replace(
        meeting.booking,
        moved=meeting.booking.moved or not followed.automatic,
        automatic=meeting.booking.automatic + followed.automatic,
        tried=tried,
    )
    want = _want(meeting, How.MOVE, _span_around(followed.start, meeting, seen), seen, tried)
    return replace(want, booking=booking)


def _span_around(start: datetime, meeting: Meeting, seen: MeetingsSeen) -> Span:
    """Return where else a declined meeting may be: a first one soon, another about when it was to be."""
    now = meeting.apart_from_theirs(seen)
    if meeting.booking.number == 1:
        return Span(counted_from=now, before=None)
    ends = end_of_round(meeting.pairing, seen.programme.settings)
    return Span(counted_from=max(now, start - A_FEW_DAYS), before=ends)


def _sooner(meeting: Meeting, seen: MeetingsSeen) -> Wanted | None:
    """Return a next meeting that comes sooner, since they write that they did not meet the last time, nor since.

    It counts as the one move; a meeting that somebody accepted or moved stays where it is.
    """
    now, event = seen.programme.now, meeting.event
    if event is None or meeting.booking.moved or not _may_come_sooner(meeting, event, now):
        return None
    last = next(reversed(past_meetings(meeting.noted)), None)
    ends = end_of_round(meeting.pairing, seen.programme.settings)
    span = span_soon(ends=ends, now=meeting.apart_from_theirs(seen))
    if last is None or last.start is None or last.state != MeetingState.NOT_MET or span is None:
        return None
    if meeting.together_since(last.start, seen) > last.start:
        return None
    want = _want(meeting, How.SOONER, span, seen)
    return replace(want, booking=replace(meeting.booking, moved=True))


def _may_come_sooner(meeting: Meeting, event: EventSeen, now: datetime) -> bool:
    is_far_off = event.start is not None and event.start - now >= SOONER
    is_answered = any(g.answer == "accepted" for g in event.guests)
    is_whole = not event.oddity and not event.is_cancelled
    return is_far_off and is_whole and not is_answered and may_touch(meeting.booking, event, now=now)


def _want(
    meeting: Meeting, how: How, span: Span, seen: MeetingsSeen, tried: tuple[datetime, ...] = ()
) -> Wanted:
    from peerpact.programme.meetings.slots import MeetingWish  # noqa: PLC0415 - most ticks look for no slot

    wish = MeetingWish(
        key=meeting.pairing.id,
        people=meeting.people,
        approved_at=span.counted_from,
        after=seen.programme.now + SOONEST,
        before=span.before,
        tried=tried,
    )
    pairing = replace(meeting.pairing, meetings=meeting.noted.meetings)
    return Wanted(meeting=meeting, wish=wish, how=how, pairing=pairing, booking=meeting.booking)
