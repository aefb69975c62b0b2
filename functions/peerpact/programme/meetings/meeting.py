"""A pairing's meeting as notes and calendar together tell it, whatever a run that died left behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property

from peerpact.programme.correspondence import LetterRecord
from peerpact.programme.meetings.answers import HANDS_OFF, Followed, MeetingState, follow, may_touch
from peerpact.programme.meetings.booking import Booking, as_taken_up, booking_of, meeting_id
from peerpact.programme.meetings.event import EventSeen, is_their_own
from peerpact.programme.meetings.history import as_next, as_said, past_meetings
from peerpact.programme.meetings.noted import as_followed, with_booking
from peerpact.programme.meetings.rhythm import DAYS_TO_PICK
from peerpact.programme.meetings.rules import Availability
from peerpact.programme.pairings import Pairing, PairingState
from peerpact.programme.people import Person
from peerpact.programme.requests import Request, Wish
from peerpact.programme.seen import ProgrammeSeen

A_WEEK = timedelta(days=7)
ABOUT_MEETINGS = {Wish.MET, Wish.NOT_MET, Wish.EVERY_WEEKS, Wish.OWN_PLAN}


@dataclass(frozen=True, kw_only=True)
class MeetingsSeen:
    """What meetings are decided by."""

    programme: ProgrammeSeen
    id_secret: bytes = field(default=b"", repr=False)
    """The installation's secret, by which the ids of its events can't be guessed."""
    former_id_secret: bytes = field(default=b"", repr=False)
    """That of reply addresses, with which ids were made before they had one of their own."""
    letters: Mapping[str, LetterRecord] = field(default_factory=dict)
    events: Mapping[str, EventSeen] = field(default_factory=dict)
    """Our meetings as they are now, by the id under which each was made."""
    theirs: tuple[EventSeen, ...] = ()
    """Events of others to which the mentoring mailbox is invited."""
    busy: Mapping[str, Availability] = field(default_factory=dict)
    """Busy spans (aware) by person, as ``slots`` reads them; None where the calendar can't be read."""
    room: int | None = None
    """How many letters the mailbox may still begin today; None: as many as there are."""

    @cached_property
    def said_by(self) -> Mapping[str, list[Request]]:
        """What each has said of meetings: whether they met, and how often they want to."""
        found: dict[str, list[Request]] = {}
        for request in self.programme.requests:
            if request.kind in ABOUT_MEETINGS and request.decision != "ignore":
                found.setdefault(request.person, []).append(request)
        return found

    @cached_property
    def meetings(self) -> Mapping[PairingState, list[Meeting]]:
        """The latest meetings of all pairings of which it can be told, by the pairings' state."""
        found: dict[PairingState, list[Meeting]] = {state: [] for state in PairingState}
        for pairing in self.programme.pairings:
            if not waits(pairing, self.programme) and (meeting := meeting_of(pairing, self)):
                found[pairing.state].append(meeting)
        return found

    @cached_property
    def events_of(self) -> Mapping[str, list[EventSeen]]:
        """Our events by the pairing that each was made for."""
        found: dict[str, list[EventSeen]] = {}
        for event in self.events.values():
            found.setdefault(event.pairing, []).append(event)
        return found


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A pairing, what we noted of its latest meeting (as a run that died left it), and the event, if there is one."""

    row: Pairing
    """As it is on the tab."""
    pairing: Pairing
    booking: Booking
    event: EventSeen | None
    people: tuple[Person, ...]
    names: Mapping[str, str]
    now: datetime
    said: tuple[Request, ...] = ()
    """What the people of the pairing have said of their meetings, in order."""

    @cached_property
    def followed(self) -> Followed | None:
        """What has become of it; None when there is no event, or none that can be followed."""
        if self.event is None or self.event.oddity:
            return None
        return follow(self.booking, self.event, self.pairing.meeting_state, names=self.names, now=self.now)

    @cached_property
    def noted(self) -> Pairing:
        """The row as it is after a look at the calendar, and at what the two say of it."""
        row, followed = self.pairing, self.followed
        if followed and self.event:
            row = as_followed(with_booking(row, self.booking), followed, self.event)
        return as_said(row, self.said, self.now)

    def over_since(self, now: datetime) -> datetime | None:
        """Return when the meeting was, once its time has passed, it was held or not; None while it is ahead.

        One that is certain not to be is over before its time.
        """
        start = self._last_start(now)
        if start is None or start > now:
            return start if self.is_skipped(now) else None
        followed = self.followed
        is_running = self.event and self.event.end and self.event.end > now and not self.event.is_cancelled
        return None if followed and is_running else start

    def is_skipped(self, now: datetime) -> bool:
        """Tell whether it is certain before its time that there is no meeting: the next one need not wait for that.

        There was no slot, somebody cancelled it, or both were asked to pick a time and it is ours to call off. Whoever
        cancels two in a row is left alone until the second one's time has passed.
        """
        if self.event is None:
            return not self.booking.event and self.pairing.meeting_state == MeetingState.ASKED_TO_PICK
        if self.event.is_cancelled:
            before = past_meetings(self.pairing)[-1:]
            return not any(m.state == MeetingState.CANCELLED for m in before)
        return self.to_call_off(now) is not None

    def to_call_off(self, now: datetime) -> EventSeen | None:
        """Return the event that still waits though they were asked to pick a time instead, if it is ours to call off.

        Even shortly before, and where one of them had moved it, since it spares that one a wait alone. Where one of
        three declined, the other two may meet; what was made a day or a series is theirs.
        """
        event, followed = self.event, self.followed
        was_asked = self.pairing.meeting_state == MeetingState.ASKED_TO_PICK
        if event is None or followed is None or not was_asked or followed.state != MeetingState.ASKED_TO_PICK:
            return None
        is_other = event.is_all_day or event.is_series or bool(event.part_of)
        if event.start is None or event.start <= now or is_other:
            return None
        coming = [g for g in event.guests if g.email in self.names and g.answer != "declined"]
        return event if len(coming) <= 1 else None

    def covered_by_theirs(self, seen: MeetingsSeen) -> EventSeen | None:
        """Return the event of ours ahead that a series of their own makes superfluous, unless somebody changed it.

        Even shortly before: else there would be two of their meetings ahead.
        """
        event = self.event
        if event is None or event.start is None or event.is_cancelled or event.oddity:
            return None
        series = [e for e in self._of_their_own(seen) if e.goes_on_after(event.start - A_WEEK)]
        has_begun = any(e.start and e.start <= event.start + A_WEEK for e in series)
        is_ahead = event.start > seen.programme.now
        is_ours = may_touch(self.booking, event, now=event.start - HANDS_OFF)
        return event if has_begun and is_ahead and is_ours else None

    def is_series_theirs(self, seen: MeetingsSeen) -> bool:
        """Tell whether the two have made a series of their own that has an occurrence ahead."""
        return any(e.goes_on_after(seen.programme.now) for e in self._of_their_own(seen))

    def apart_from_theirs(self, seen: MeetingsSeen) -> datetime:
        """Return from when on no series of their own that is over would cover a meeting: now at the soonest."""
        now = seen.programme.now
        series = (e for e in self._of_their_own(seen) if e.is_series and not e.goes_on_after(now))
        return max([now, *(e.ends_for_good + A_WEEK for e in series)])

    def _last_start(self, now: datetime) -> datetime | None:
        event, row = self.event, self.pairing
        if event and event.oddity:
            return None
        if self.booking.event:
            return (event.last_start(now) if event else None) or row.meeting_start or self.booking.start
        asked = self.booking.written or row.approved_on
        return asked + DAYS_TO_PICK if asked and row.meeting_state == MeetingState.ASKED_TO_PICK else None

    def is_theirs(self, seen: MeetingsSeen) -> bool:
        """Tell whether the two have made a series of it, or a meeting of their own: then we book none."""
        now = seen.programme.now
        has_series = self.event is not None and self.event.goes_on_after(now)
        return has_series or any(e.is_ahead(now) for e in self._of_their_own(seen))

    def together_since(self, over: datetime, seen: MeetingsSeen) -> datetime:
        """Return when they met last, at the latest of our meeting that is over and of those that they made."""
        now = seen.programme.now
        theirs = [start for e in self._of_their_own(seen) if (start := e.last_start(now)) and start <= now]
        return max([over, *theirs])

    def _of_their_own(self, seen: MeetingsSeen) -> list[EventSeen]:
        return [e for e in seen.theirs if is_their_own(e, self.pairing.people, seen.programme.people)]


def waits(pairing: Pairing, programme: ProgrammeSeen) -> bool:
    """Tell whether a row that can't be read keeps a pairing as it is; one that ended has nobody to wait for."""
    return pairing.state is PairingState.APPROVED and programme.waits(pairing)


def meeting_of(pairing: Pairing, seen: MeetingsSeen) -> Meeting | None:
    """Return a pairing's latest meeting; None when neither our notes nor the calendar tell what it is."""
    noted = booking_of(pairing)
    event = seen.events.get(noted.event) if noted and noted.event else unnoted_event(pairing, seen)
    if noted and event and event.number > noted.number:  # 0.1 noted no number
        noted = replace(noted, number=event.number)
    later = _later_event(pairing, noted.number if noted else 0, seen)
    if noted is None and event is None and later is None:
        return None
    booking = noted or Booking()
    meeting = Meeting(
        row=pairing,
        pairing=pairing,
        booking=as_taken_up(booking, event) if event and not event.oddity else booking,
        event=event,
        people=tuple(seen.programme.people[e] for e in pairing.people if e in seen.programme.people),
        names={e: seen.programme.name(e) for e in pairing.people},
        now=seen.programme.now,
        said=tuple(r for e in pairing.people for r in seen.said_by.get(e, ())),
    )
    return _taken_up(meeting, later) if later else meeting


def _taken_up(meeting: Meeting, later: EventSeen) -> Meeting:
    """Return the meeting that a run booked which died before it could say so."""
    row = meeting.noted if meeting.pairing.meeting_state else meeting.pairing
    booking = as_taken_up(Booking(number=later.number, weeks=meeting.booking.weeks), later)
    return replace(meeting, pairing=as_next(row) if row.meeting_state else row, booking=booking, event=later)


def unnoted_event(pairing: Pairing, seen: MeetingsSeen) -> EventSeen | None:
    """Return the event that a run made which died before it could say so; an earlier version's has another id."""
    secrets = (seen.id_secret, seen.former_id_secret, b"")
    ids = [meeting_id(pairing, secret=secret) for secret in secrets]
    return next((seen.events[i] for i in ids if i in seen.events), None)


def _later_event(pairing: Pairing, number: int, seen: MeetingsSeen) -> EventSeen | None:
    """Return the event of a later meeting than the one noted, as there is where a run died or a sheet was restored."""
    later = [e for e in seen.events_of.get(pairing.id, ()) if e.number > max(number, 1)]
    return max(later, key=lambda e: (e.number, not e.is_cancelled), default=None)
