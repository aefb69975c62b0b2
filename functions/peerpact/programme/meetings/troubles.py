"""What an admin has to look at about meetings: one that can't be followed, one without a slot, one that is refused."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from peerpact.programme.meetings.actions import CalendarAction, NoteMeeting, refusal_key
from peerpact.programme.meetings.answers import MeetingState
from peerpact.programme.meetings.booking import booking_of
from peerpact.programme.meetings.left_out import left_out
from peerpact.programme.meetings.meeting import MeetingsSeen, meeting_of
from peerpact.programme.meetings.rules import rules_of
from peerpact.programme.pairings import Pairing, PairingState
from peerpact.programme.problems import Problem
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.sentences import say

if TYPE_CHECKING:
    from peerpact.programme.meetings.slots import NoSlot, Slot


def odd_meetings(seen: MeetingsSeen) -> list[Problem]:
    """Return the meetings that can't be followed: neither guessed at nor in anybody else's way."""
    found = []
    for pairing in seen.programme.pairings:
        if pairing.state is PairingState.APPROVED:
            meeting = meeting_of(pairing, seen)
            names = " & ".join(seen.programme.name(e) for e in pairing.people)
            found += [_unreadable(pairing, names)] if meeting is None else []
            if meeting and meeting.event and meeting.event.oddity:
                found.append(_not_followed(pairing, names, meeting.event.oddity))
    return found


def refusal_of(action: CalendarAction, before: Pairing, today: date) -> str:
    """Return why Calendar refused this today already; empty when it did not. A note of ours it never refuses."""
    booking = booking_of(before)
    if booking is None or isinstance(action, NoteMeeting) or booking.refused != refusal_key(action, today):
        return ""
    return booking.refusal or say("it gave no reason")


def refusal_problem(pairing: Pairing, programme: ProgrammeSeen, why: str) -> Problem:
    """Return what to look at where Calendar refuses a pairing's meeting for good."""
    names = " & ".join(programme.name(e) for e in pairing.people)
    return Problem(
        tab="Pairings",
        row_key=pairing.id,
        column="First meeting",
        what=say("Calendar refuses the meeting of {names}: {why}", names=names, why=why),
        remedy=say(
            "Check both addresses on Roster, and the event in the mentoring mailbox's calendar if there "
            "is one. It is tried again tomorrow, or as soon as something about it changes; nobody else "
            "has to wait for it."
        ),
    )


def _unreadable(pairing: Pairing, names: str) -> Problem:
    return Problem(
        tab="Pairings",
        row_key=pairing.id,
        column="For Peerpact",
        what=say(
            "What Peerpact noted about the meeting of {names} can't be read any more, and their event is "
            "not in the calendar. Nothing is booked or changed for them until then.",
            names=names,
        ),
        remedy=say(
            "Unhide the column “For Peerpact” and empty that cell; then a meeting is looked for and, if "
            "there is none, booked."
        ),
    )


def _not_followed(pairing: Pairing, names: str, oddity: str) -> Problem:
    return Problem(
        tab="Pairings",
        row_key=pairing.id,
        column="First meeting",
        what=say("The meeting of {names} can't be followed: {oddity}.", names=names, oddity=oddity),
        remedy=say(
            "Open the event in the mentoring mailbox's calendar and give it a day and an hour, or delete it."
        ),
    )


def without_slot(pairing: Pairing, programme: ProgrammeSeen, slot: NoSlot | Slot) -> Problem:
    from peerpact.programme.meetings.slots import NoSlot, days_of  # noqa: PLC0415 - most ticks look for no slot

    assert isinstance(slot, NoSlot)
    people = [programme.people[e] for e in pairing.people if e in programme.people]
    asked, off = asked_on(pairing) or programme.now, [p.days_off for p in people]
    last = days_of(asked, "UTC", rules_of(programme.settings), tuple(off))[1]
    days = left_out(off, asked.date(), last)
    names = " & ".join(map(programme.name, pairing.people))
    what = say("No slot for {names}: {reason}.", names=names, reason=slot.reason)
    if days:
        what = say(
            "No slot for {names}: {reason}; left out: {days}.", names=names, reason=slot.reason, days=days
        )
    return Problem(
        tab="Pairings",
        row_key=pairing.id,
        column="First meeting",
        what=what,
        remedy=say(
            "They were asked to pick a time themselves. More days or fewer hours to avoid in Settings "
            "would help."
        ),
    )


def still_without(seen: MeetingsSeen) -> list[Problem]:
    """Return the pairings that found no slot before, until the days have passed on which they might have met.

    Whoever has planned a meeting of their own needs none.
    """
    programme = seen.programme
    asked = [
        (pairing, on)
        for pairing in programme.pairings
        if pairing.state is PairingState.APPROVED
        and pairing.meeting_state == MeetingState.ASKED_TO_PICK
        and not has_booking(pairing)
        and (on := asked_on(pairing)) is not None
        and not ((meeting := meeting_of(pairing, seen)) and meeting.is_theirs(seen))
    ]
    if not asked:
        return []
    from peerpact.programme.meetings.slots import no_slot, window_of  # noqa: PLC0415 - most ticks look for no slot

    rules = rules_of(programme.settings)
    return [
        without_slot(pairing, programme, no_slot(rules))
        for pairing, on in asked
        if programme.now < window_of(on, rules)[1]
    ]


def asked_on(pairing: Pairing) -> datetime | None:
    """Return when a pairing without a slot was asked to pick a time itself."""
    booking = booking_of(pairing)
    return (booking.written if booking else None) or pairing.approved_on


def has_booking(pairing: Pairing) -> bool:
    noted = booking_of(pairing)
    return noted is None or bool(noted.event)
