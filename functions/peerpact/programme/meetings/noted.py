"""A pairing's row after its meeting's event was written, moved or looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from peerpact.programme.meetings.actions import CalendarAction, refusal_key
from peerpact.programme.meetings.answers import Followed, MeetingState, follow
from peerpact.programme.meetings.booking import Booking, booking_of
from peerpact.programme.meetings.event import EventSeen
from peerpact.programme.pairings import Pairing

if TYPE_CHECKING:
    from peerpact.programme.meetings.slots import Slot


def with_booking(pairing: Pairing, booking: Booking) -> Pairing:
    return replace(pairing, booking=booking.text())


def as_written(
    pairing: Pairing,
    booking: Booking,
    slot: Slot,
    event: EventSeen,
    *,
    names: Mapping[str, str],
    now: datetime,
) -> Pairing:
    """Return the pairing with its meeting as the calendar has it, which may be an earlier run's.

    ``booking`` is what was noted before, with the generation that was booked now.
    """
    quality = str(slot.quality) if event.start == slot.start else ""
    noted = replace(
        booking,
        event=event.key or event.id,
        start=event.start,
        written=now,
        minutes=event.minutes,
        quality=quality,
        edge=slot.at_the_edge if quality else (),
        unknown=slot.unknown if quality else (),
        refused="",
        refusal="",
    )
    state = MeetingState.CANCELLED if event.is_cancelled else MeetingState.INVITED
    row = replace(
        with_booking(pairing, noted),
        meeting_start=event.start,
        meeting_state=str(state),
        answers="",
        link=event.link,
    )
    return row if event.is_cancelled else as_answered(row, noted, event, names=names, now=now)


def with_guests(
    pairing: Pairing, booking: Booking, event: EventSeen, *, names: Mapping[str, str], now: datetime
) -> Pairing:
    """Return the pairing after people were added to its event's guests."""
    noted = replace(booking, written=now, refused="", refusal="")
    return as_answered(with_booking(pairing, noted), noted, event, names=names, now=now)


def as_refused(pairing: Pairing, action: CalendarAction, why: str, today: date) -> Pairing:
    """Return the pairing with a note of what Calendar refused: it is left alone for today, or until it changes."""
    booking = booking_of(pairing) or Booking()
    return with_booking(pairing, replace(booking, refused=refusal_key(action, today), refusal=why))


def as_answered(
    pairing: Pairing, booking: Booking, event: EventSeen, *, names: Mapping[str, str], now: datetime
) -> Pairing:
    """Return the pairing with what the calendar answered to our own call, so that the next run finds no news."""
    if event.is_cancelled or event.oddity:
        return pairing
    followed = follow(booking, event, pairing.meeting_state, names=names, now=now)
    return replace(pairing, meeting_state=str(followed.state), answers=followed.answers)


def as_followed(pairing: Pairing, followed: Followed, event: EventSeen) -> Pairing:
    return replace(
        pairing,
        meeting_start=followed.start or pairing.meeting_start,
        meeting_state=str(followed.state),
        answers=followed.answers,
        link=event.link or pairing.link,
    )


def as_cancelled(pairing: Pairing) -> Pairing:
    return replace(pairing, meeting_state=str(MeetingState.CANCELLED))
