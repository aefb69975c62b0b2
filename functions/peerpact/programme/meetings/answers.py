"""What people did with an invitation, and what follows from it. We follow the calendar; we never fight it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from peerpact.programme.meetings.booking import Booking
from peerpact.programme.meetings.event import EventSeen

AUTOMATIC = timedelta(minutes=1)
"""A decline within a minute of the invitation came from a calendar's setting, not from a person."""
HANDS_OFF = timedelta(hours=24)
"""So long before its start a meeting is left as it is, unless that leaves somebody to wait alone."""
MOST_AUTOMATIC_TRIES = 3
_LEAST = 2
ANSWERS = {"accepted": "accepted", "declined": "declined", "tentative": "maybe", "needsAction": "no answer"}


class MeetingState(StrEnum):
    """As the column *Meeting state* shows it."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    MOVED = "moved"
    CANCELLED = "cancelled"
    HELD = "held"
    """Its time has passed, and one of them said that they met, or all had accepted and nobody says otherwise."""
    NOT_MET = "not met"
    NOT_KNOWN = "not known"
    """Its time has passed; not all had accepted, and nobody has said whether they met."""
    ASKED_TO_PICK = "asked to pick"


class NextStep(StrEnum):
    """What we do about it."""

    NOTHING = "nothing"
    ANOTHER_SLOT = "another slot"
    ASK_TO_PICK = "ask to pick"


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What has become of a meeting: state, start, answers in words, and the step to take."""

    state: MeetingState
    start: datetime | None
    answers: str
    step: NextStep = NextStep.NOTHING
    automatic: bool = False


def follow(
    booking: Booking, seen: EventSeen, state: str, *, names: Mapping[str, str], now: datetime
) -> Followed:
    """Decide about one meeting, whose state was noted last. ``names`` are the pairing's people by address.

    Cancelled by a person stays cancelled; moved by a person stays where it is.
    """
    answers, start = _in_words(seen, names), seen.start
    if seen.is_cancelled or start is None or seen.end is None:
        return Followed(state=MeetingState.CANCELLED, start=start, answers=answers)
    declined = [g for g in seen.guests if g.email in names and g.answer == "declined"]
    accepted = [g for g in seen.guests if g.email in names and g.answer == "accepted"]
    if seen.end <= now:
        return Followed(state=_passed(seen, names), start=start, answers=answers)
    if declined or _have_all_left(seen, names):
        coming = [g for g in seen.guests if g.email in names and g.answer != "declined"]
        is_alone = len(coming) < _LEAST
        step, automatic = _after_a_decline(booking, seen, state, is_alone=is_alone, now=now)
        asked = MeetingState.ASKED_TO_PICK if state == MeetingState.ASKED_TO_PICK else MeetingState.DECLINED
        return Followed(state=asked, start=start, answers=answers, step=step, automatic=automatic)
    if booking.start not in {None, start}:
        return Followed(state=MeetingState.MOVED, start=start, answers=answers)
    everybody = len(accepted) == len(names)
    return Followed(
        state=MeetingState.ACCEPTED if everybody else MeetingState.INVITED, start=start, answers=answers
    )


def _passed(seen: EventSeen, names: Mapping[str, str]) -> MeetingState:
    """Return what is taken for true of a meeting whose time has passed: two of three may have met without the other."""
    coming = [g.answer for g in seen.guests if g.email in names and g.answer != "declined"]
    has_declined = any(g.email in names and g.answer == "declined" for g in seen.guests)
    if has_declined and len(coming) < _LEAST:
        return MeetingState.DECLINED
    are_certain = len(coming) >= _LEAST and all(answer == "accepted" for answer in coming)
    return MeetingState.HELD if are_certain else MeetingState.NOT_KNOWN


def _after_a_decline(
    booking: Booking, seen: EventSeen, state: str, *, is_alone: bool, now: datetime
) -> tuple[NextStep, bool]:
    """One new slot, once, whoever had accepted, unless somebody moved it; then ask them.

    So shortly before it, too, unless two of three still come.
    """
    if state == MeetingState.ASKED_TO_PICK:
        return NextStep.NOTHING, False
    automatic = _came_by_itself(booking, seen)
    is_left = seen.start is not None and seen.start - now < HANDS_OFF and not is_alone
    may_move = (automatic or not booking.moved) and not is_left and not _was_edited(booking, seen)
    return (NextStep.ANOTHER_SLOT if may_move else NextStep.ASK_TO_PICK), automatic


def _came_by_itself(booking: Booking, seen: EventSeen) -> bool:
    """Tell whether a calendar declined, and no person: at once after we wrote, and not time and again."""
    written = booking.written or seen.created
    at_once = bool(written and seen.updated and seen.updated - written <= AUTOMATIC)
    return at_once and booking.automatic < MOST_AUTOMATIC_TRIES


def _have_all_left(seen: EventSeen, names: Mapping[str, str]) -> bool:
    """Tell whether all of them took themselves off the guests, which says as much as declining."""
    return not seen.hides_guests and not any(g.email in names for g in seen.guests)


def may_touch(booking: Booking, seen: EventSeen, *, now: datetime) -> bool:
    """Tell whether we may still change or cancel it: not when it is near, nor when somebody changed it after us."""
    return seen.start is not None and seen.start - now >= HANDS_OFF and not _was_edited(booking, seen)


def _was_edited(booking: Booking, seen: EventSeen) -> bool:
    """Tell whether somebody changed the meeting's time or length after us, or made something else of it."""
    is_other = seen.is_all_day or seen.is_series or bool(seen.part_of)
    return is_other or booking.start not in {None, seen.start} or booking.minutes not in {0, seen.minutes}


def _in_words(seen: EventSeen, names: Mapping[str, str]) -> str:
    """Return who answered what, and what people made of the meeting's time where the start alone would mislead."""
    there = {g.email: g for g in seen.guests}
    parts = ["all day, the hour is not known"] if seen.is_all_day else []
    parts += ["made a series by them"] if seen.is_series else []
    if seen.hides_guests:
        return "; ".join([*parts, "the calendar shows no guests"])
    for email, name in sorted(names.items(), key=lambda item: item[1]):
        guest = there.get(email)
        answer = ANSWERS.get(guest.answer, guest.answer) if guest else "no longer a guest"
        parts.append(f"{name}: {answer}{' (has a comment)' if guest and guest.commented else ''}")
    return "; ".join(parts)
