"""What people did with an invitation, and what follows from it. We follow the calendar; we never fight it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

AUTOMATIC = timedelta(minutes=1)
"""A decline within a minute of the invitation came from a calendar's setting, not from a person."""
HANDS_OFF = timedelta(hours=24)
"""So long before its start a meeting is left as it is."""
MOST_AUTOMATIC_TRIES = 3
ANSWERS = {"accepted": "accepted", "declined": "declined", "tentative": "maybe", "needsAction": "no answer"}


class MeetingState(StrEnum):
    """As the column *Meeting state* shows it."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    MOVED = "moved"
    CANCELLED = "cancelled"
    HELD = "held"
    ASKED_TO_PICK = "asked to pick"


class NextStep(StrEnum):
    """What we do about it."""

    NOTHING = "nothing"
    ANOTHER_SLOT = "another slot"
    ASK_TO_PICK = "ask to pick"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRecord:
    """What we noted about our own event."""

    event_id: str
    start: datetime
    """Where we put it last."""
    written_at: datetime
    """When we last wrote to it; what changed later, somebody else changed."""
    minutes: int = 0
    """How long we made it; 0 when that was not noted."""
    moved_by_us: bool = False
    """One decline was answered with another slot already."""
    automatic_tries: int = 0
    state: MeetingState = MeetingState.INVITED


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """A guest as the calendar has them; ``commented`` tells that there is a comment, never what it says."""

    email: str
    answer: str
    commented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSeen:
    """The event as the calendar shows it now."""

    is_cancelled: bool
    start: datetime
    end: datetime
    updated: datetime
    guests: tuple[Guest, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What has become of a meeting: state, start, answers in words, and the step to take."""

    state: MeetingState
    start: datetime
    answers: str
    step: NextStep = NextStep.NOTHING
    automatic: bool = False


def follow(record: MeetingRecord, seen: EventSeen, *, names: Mapping[str, str], now: datetime) -> Followed:
    """Decide about one meeting. Cancelled by a person stays cancelled; moved by a person stays where it is."""
    answers = _in_words(seen, names)
    if seen.is_cancelled:
        return Followed(state=MeetingState.CANCELLED, start=seen.start, answers=answers)
    declined = [g for g in seen.guests if g.email in names and g.answer == "declined"]
    accepted = [g for g in seen.guests if g.email in names and g.answer == "accepted"]
    if seen.end <= now:
        state = MeetingState.DECLINED if declined else MeetingState.HELD
        return Followed(state=state, start=seen.start, answers=answers)
    if declined:
        return _after_a_decline(record, seen, answers, anybody_accepted=bool(accepted), now=now)
    if seen.start != record.start:
        return Followed(state=MeetingState.MOVED, start=seen.start, answers=answers)
    everybody = len(accepted) == len(names)
    state = MeetingState.ACCEPTED if everybody else MeetingState.INVITED
    return Followed(state=state, start=seen.start, answers=answers)


def _after_a_decline(
    record: MeetingRecord, seen: EventSeen, answers: str, *, anybody_accepted: bool, now: datetime
) -> Followed:
    """One new slot, once, unless the other has accepted, somebody moved it, or it is nearly time; then ask them."""
    if record.state is MeetingState.ASKED_TO_PICK:
        return Followed(state=MeetingState.ASKED_TO_PICK, start=seen.start, answers=answers)
    automatic = (
        seen.updated - record.written_at <= AUTOMATIC and record.automatic_tries < MOST_AUTOMATIC_TRIES
    )
    may_try = automatic or (not record.moved_by_us and not anybody_accepted)
    may_move = may_try and may_touch(record, seen, now=now)
    step = NextStep.ANOTHER_SLOT if may_move else NextStep.ASK_TO_PICK
    return Followed(
        state=MeetingState.DECLINED, start=seen.start, answers=answers, step=step, automatic=automatic
    )


def may_touch(record: MeetingRecord, seen: EventSeen, *, now: datetime) -> bool:
    """Tell whether we may still change or cancel it: not when it is near, nor when somebody changed it after us."""
    return seen.start - now >= HANDS_OFF and not _was_edited(record, seen)


def _was_edited(record: MeetingRecord, seen: EventSeen) -> bool:
    """Tell whether somebody changed the meeting's time or length after us."""
    minutes = (seen.end - seen.start) // timedelta(minutes=1)
    return seen.start != record.start or (record.minutes not in {0, minutes})


def _in_words(seen: EventSeen, names: Mapping[str, str]) -> str:
    there = {g.email: g for g in seen.guests}
    parts = []
    for email, name in sorted(names.items(), key=lambda item: item[1]):
        guest = there.get(email)
        answer = ANSWERS.get(guest.answer, guest.answer) if guest else "no longer a guest"
        parts.append(f"{name}: {answer}{' (has a comment)' if guest and guest.commented else ''}")
    return "; ".join(parts)
