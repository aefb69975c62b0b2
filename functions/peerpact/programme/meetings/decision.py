"""What to do about first meetings: whom to invite and when, what to move, note or cancel, and whom to write to.

The calendar is the truth about a meeting: every run reads it back and follows what people did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from peerpact.programme.correspondence import LetterRecord, LetterState, planned
from peerpact.programme.meetings.actions import (
    AddGuests,
    BookMeeting,
    CalendarAction,
    CancelMeeting,
    MoveMeeting,
    NoteMeeting,
    SendLetter,
    refusal_key,
)
from peerpact.programme.meetings.answers import Followed, MeetingState, NextStep, follow, may_touch
from peerpact.programme.meetings.booking import Booking, as_taken_up, booking_of, meeting_id
from peerpact.programme.meetings.event import EventSeen
from peerpact.programme.meetings.noted import as_cancelled, as_followed, with_booking
from peerpact.programme.meetings.rules import rule_problems, rules_of
from peerpact.programme.meetings.slots import (
    Availability,
    MeetingWish,
    NoSlot,
    Slot,
    choose_slots,
    no_slot,
    window_of,
)
from peerpact.programme.pairings import Pairing, PairingState, pairing_id
from peerpact.programme.people import Person
from peerpact.programme.plan import Plan
from peerpact.programme.problems import Problem
from peerpact.programme.requests import Wish
from peerpact.programme.seen import ProgrammeSeen

SOONEST = timedelta(hours=20)
"""Nobody is invited to a meeting that begins sooner."""
TOO_LATE_TO_JOIN = timedelta(hours=24)
"""So long before a meeting nobody is added to its guests any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingsSeen:
    """What meetings are decided by."""

    programme: ProgrammeSeen
    id_secret: bytes = field(default=b"", repr=False)
    """The installation's secret, by which the ids of its events can't be guessed."""
    former_id_secret: bytes = field(default=b"", repr=False)
    """That of reply addresses, with which ids were made before they had one of their own."""
    letters: Mapping[str, LetterRecord] = field(default_factory=dict)
    events: Mapping[str, EventSeen] = field(default_factory=dict)
    """First meetings as they are now, by the id under which each was made."""
    busy: Mapping[str, Availability] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meeting:
    """A pairing, what we noted of its meeting (as a run that died left it), and the event, if there is one."""

    pairing: Pairing
    booking: Booking
    event: EventSeen | None
    people: tuple[Person, ...]
    names: Mapping[str, str]

    def followed(self, now: datetime) -> Followed | None:
        """Return what has become of it; None when there is no event, or none that can be followed."""
        if self.event is None or self.event.oddity:
            return None
        return follow(self.booking, self.event, self.pairing.meeting_state, names=self.names, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """A meeting that needs a slot, and the wish for one."""

    meeting: _Meeting
    wish: MeetingWish


def decide(seen: MeetingsSeen) -> Plan:
    programme = seen.programme
    wanted = _wanted(seen)
    slots = choose_slots(
        [w.wish for w in wanted],
        availability=seen.busy,
        rules=rules_of(programme.settings),
        edges_taken=_edges_taken(programme),
    )
    problems = [*rule_problems(programme.settings), *_odd(seen)]
    calendar: list[CalendarAction] = []
    letters: list[SendLetter] = []
    for want in wanted:
        slot = slots[want.wish.key]
        if isinstance(slot, Slot):
            calendar.append(_booking(want, slot, seen))
        else:
            noted = _asked_to_pick(want.meeting)
            problems.append(_without_slot(noted, programme, slot))
            calendar.append(NoteMeeting(pairing=noted))
            letters += _letters("pick-a-time", noted, seen)
    problems += _still_without(programme)
    calendar += [NoteMeeting(pairing=p) for p in forgotten(seen)]
    for part in (_followed(seen, {w.wish.key for w in wanted}), _endings(seen)):
        calendar += part[0]
        letters += part[1]
    letters += _introductions(seen, calendar)
    letters += _begun(seen, {letter.key for letter in letters})
    refused = [a for a in calendar if _was_refused(a, programme.today)]
    problems += [refusal_problem(a.pairing, programme, _refusal(a.pairing)) for a in refused]
    held = {a.pairing.id for a in refused}
    calendar = [a for a in calendar if a not in refused]
    letters = [letter for letter in letters if letter.pairing.id not in held]
    return Plan(
        actions=(*calendar, *letters),
        problems=tuple(dict.fromkeys(problems)),
        writes_to=frozenset(_written_to(calendar, letters)),
        most_letters=programme.settings.most_letters,
    )


def forgotten(seen: MeetingsSeen) -> list[Pairing]:
    """Return the pairings that only the calendar knows: somebody restored an older spreadsheet.

    Certain they are by their id, which is made from round and people; whoever has another partner by now keeps them.
    """
    known = {p.id for p in seen.programme.pairings}
    taken = {(p.round, e) for p in seen.programme.pairings if p.is_standing for e in p.people}
    ahead = [e for e in seen.events.values() if e.pairing not in known and _is_ahead(e, seen.programme.now)]
    found = (_pairing_of(event) for event in ahead)
    return [p for p in found if p and not any((p.round, e) in taken for e in p.people)]


def _is_ahead(event: EventSeen, now: datetime) -> bool:
    return event.pairing != "" and not event.is_cancelled and event.end is not None and event.end > now


def _pairing_of(event: EventSeen) -> Pairing | None:
    """Return the pairing that an event was made for, if its guests are still the people whom it was made for."""
    number = event.pairing.partition("-")[0].removeprefix("r")
    people = tuple(sorted(g.email for g in event.guests))
    if not number.isdecimal() or pairing_id(int(number), people) != event.pairing:
        return None
    booking = Booking(
        event=event.key or event.id, start=event.put, written=event.updated, minutes=event.minutes
    )
    row = Pairing(
        id=event.pairing,
        round=int(number),
        people=people,
        why="found in the calendar again",
        state=PairingState.APPROVED,
        proposed_on=event.created.date() if event.created else None,
        approved_on=event.created,
        meeting_start=event.start,
        meeting_state=str(MeetingState.INVITED),
        link=event.link,
    )
    return with_booking(row, booking)


def wishes(seen: MeetingsSeen) -> list[MeetingWish]:
    """Return which pairings need a slot: never booked, declined and to be tried again, or not met after all."""
    return [w.wish for w in _wanted(seen)]


def _meetings(seen: MeetingsSeen, state: PairingState) -> list[_Meeting]:
    """Return the pairings in a state whose meeting can be told; what was noted of it is taken up where a run died."""
    pairings = (p for p in seen.programme.pairings if p.state is state and not _waits(p, seen.programme))
    return [m for p in pairings if (m := _meeting(p, seen)) is not None]


def _waits(pairing: Pairing, programme: ProgrammeSeen) -> bool:
    """Tell whether a row that can't be read keeps a pairing as it is; one that ended has nobody to wait for."""
    return pairing.state is PairingState.APPROVED and programme.waits(pairing)


def _meeting(pairing: Pairing, seen: MeetingsSeen) -> _Meeting | None:
    """Return a pairing's meeting; None when neither our notes nor the calendar tell what it is."""
    noted = booking_of(pairing)
    event = seen.events.get(noted.event) if noted and noted.event else _unnoted_event(pairing, seen)
    if noted is None and event is None:
        return None
    booking = noted or Booking()
    return _Meeting(
        pairing=pairing,
        booking=as_taken_up(booking, event) if event and not event.oddity else booking,
        event=event,
        people=tuple(seen.programme.people[e] for e in pairing.people if e in seen.programme.people),
        names={e: seen.programme.name(e) for e in pairing.people},
    )


def _unnoted_event(pairing: Pairing, seen: MeetingsSeen) -> EventSeen | None:
    """Return the event that a run made which died before it could say so; an earlier version's has another id."""
    secrets = (seen.id_secret, seen.former_id_secret, b"")
    ids = [meeting_id(pairing, secret=secret) for secret in secrets]
    return next((seen.events[i] for i in ids if i in seen.events), None)


def _wanted(seen: MeetingsSeen) -> list[_Wanted]:
    now, wanted = seen.programme.now, []
    for meeting in _meetings(seen, PairingState.APPROVED):
        approved = meeting.pairing.approved_on
        can_be_booked = len(meeting.people) > 1 and all(p.is_zone_known for p in meeting.people)
        tried = _tried(meeting, seen) if can_be_booked and approved else None
        if approved and tried is not None:
            wish = MeetingWish(
                key=meeting.pairing.id,
                people=meeting.people,
                approved_at=max(approved, now) if tried else approved,
                after=now + SOONEST,
                tried=tried,
            )
            wanted.append(_Wanted(meeting=meeting, wish=wish))
    return wanted


def _tried(meeting: _Meeting, seen: MeetingsSeen) -> tuple[datetime, ...] | None:
    """Return the starts that were tried before, or None when no slot is needed."""
    pairing, event = meeting.pairing, meeting.event
    if pairing.meeting_state == MeetingState.ASKED_TO_PICK:
        return None
    if event is None:
        return () if not meeting.booking.event else None
    if event.start and _says_not_met(pairing, seen.programme) and meeting.booking.generation == 1:
        return (event.start,)
    followed = meeting.followed(seen.programme.now)
    if followed is None or followed.start is None or followed.step is not NextStep.ANOTHER_SLOT:
        return None
    return (*meeting.booking.tried, followed.start)


def _says_not_met(pairing: Pairing, programme: ProgrammeSeen) -> bool:
    """Tell whether one of them wrote, after the meeting's time, that they have not met."""
    if pairing.meeting_state != MeetingState.HELD or pairing.meeting_start is None:
        return False
    return any(
        r.kind is Wish.NOT_MET and r.person in pairing.people and r.asked_on >= pairing.meeting_start.date()
        for r in programme.requests
    )


def _booking(want: _Wanted, slot: Slot, seen: MeetingsSeen) -> BookMeeting | MoveMeeting:
    meeting, tried = want.meeting, want.wish.tried
    booking, event = meeting.booking, meeting.event
    again = bool(tried) and meeting.pairing.meeting_state == MeetingState.HELD
    if tried and not again and event is not None:
        return MoveMeeting(
            pairing=meeting.pairing,
            booking=_as_moved(meeting, tried, seen.programme.now),
            people=meeting.people,
            slot=slot,
            event=event,
        )
    return BookMeeting(
        pairing=meeting.pairing,
        booking=booking,
        people=meeting.people,
        slot=slot,
        generation=booking.generation + again,
        event_id=meeting_id(meeting.pairing, booking.generation + again, secret=seen.id_secret),
    )


def _as_moved(meeting: _Meeting, tried: tuple[datetime, ...], now: datetime) -> Booking:
    """Note the starts that were tried, and whether this uses up the one move or was a calendar's own decline."""
    followed = meeting.followed(now)
    automatic = bool(followed and followed.automatic)
    return replace(
        meeting.booking,
        moved=meeting.booking.moved or not automatic,
        automatic=meeting.booking.automatic + automatic,
        tried=tried,
    )


def _asked_to_pick(meeting: _Meeting) -> Pairing:
    known = with_booking(meeting.pairing, meeting.booking) if meeting.event else meeting.pairing
    return replace(known, meeting_state=str(MeetingState.ASKED_TO_PICK), meeting_start=None)


def _followed(seen: MeetingsSeen, wanting: set[str]) -> tuple[list[CalendarAction], list[SendLetter]]:
    """Return what the calendar has to say about the meetings of approved pairings."""
    actions: list[CalendarAction] = []
    letters: list[SendLetter] = []
    for meeting in _meetings(seen, PairingState.APPROVED):
        followed = meeting.followed(seen.programme.now)
        if followed is None or meeting.event is None or meeting.pairing.id in wanting:
            continue
        noted = as_followed(with_booking(meeting.pairing, meeting.booking), followed, meeting.event)
        if followed.step is NextStep.ASK_TO_PICK:
            noted = replace(noted, meeting_state=str(MeetingState.ASKED_TO_PICK))
            letters += _letters("pick-a-time", noted, seen)
        actions += [NoteMeeting(pairing=noted)] if noted != meeting.pairing else []
        actions += _missing_guests(replace(meeting, pairing=noted), seen)
    return actions, letters


def _missing_guests(meeting: _Meeting, seen: MeetingsSeen) -> list[AddGuests]:
    """Invite somebody who joined the pairing after its meeting was booked, if there is still time."""
    event = meeting.event
    if event is None or event.start is None or event.is_cancelled or event.hides_guests:
        return []
    if event.start - seen.programme.now < TOO_LATE_TO_JOIN:
        return []
    there = {g.email for g in event.guests}
    new = [e for e in meeting.pairing.people if e not in there and _joined_later(e, meeting.pairing, seen)]
    if not new:
        return []
    return [AddGuests(pairing=meeting.pairing, booking=meeting.booking, event=event, new=tuple(new))]


def _joined_later(email: str, pairing: Pairing, seen: MeetingsSeen) -> bool:
    """Somebody who was never introduced in this pairing has joined; others took themselves off the event."""
    return f"introduction:{pairing.id}:{email}" not in seen.letters


def _endings(seen: MeetingsSeen) -> tuple[list[CalendarAction], list[SendLetter]]:
    """Return what pairings that ended leave to do: cancel the meeting ahead, once, and tell who is left.

    A meeting that is near, or that somebody changed after us, is theirs: it is not touched, only spoken of.
    """
    actions: list[CalendarAction] = []
    letters: list[SendLetter] = []
    for meeting in _meetings(seen, PairingState.ENDED):
        event, noted = meeting.event, with_booking(meeting.pairing, meeting.booking)
        if event is None or event.start is None or _was_over(meeting.pairing, event, seen.programme.now):
            continue
        if event.is_cancelled:
            # by a run that died before it could say so
            gone = as_cancelled(noted)
            actions += [NoteMeeting(pairing=gone)] if gone != meeting.pairing else []
        elif may_touch(meeting.booking, event, now=seen.programme.now):
            actions.append(CancelMeeting(pairing=noted, booking=meeting.booking, event_id=event.id))
        letters += _letters("partner-left", noted, seen)
    return actions, letters


def _was_over(pairing: Pairing, event: EventSeen, now: datetime) -> bool:
    """Tell whether the meeting had begun, by what was noted last or, where a run died before, by the calendar."""
    start = pairing.meeting_start or event.start
    return start is None or start <= now


def _introductions(seen: MeetingsSeen, actions: Sequence[CalendarAction]) -> list[SendLetter]:
    """Introduce partners once their meeting is booked, or once it is clear that they pick their own time."""
    booked = {a.pairing.id for a in actions if isinstance(a, BookMeeting)}
    to_pick = {a.pairing.id for a in actions if isinstance(a, NoteMeeting) and not _has_booking(a.pairing)}
    return [
        letter
        for pairing in seen.programme.pairings
        if pairing.state is PairingState.APPROVED
        and not seen.programme.waits(pairing)
        and (pairing.id in booked | to_pick or pairing.meeting_state or _unnoted_event(pairing, seen))
        for letter in _letters("introduction", pairing, seen)
    ]


def _has_booking(pairing: Pairing) -> bool:
    noted = booking_of(pairing)
    return noted is None or bool(noted.event)


def _letters(kind: str, pairing: Pairing, seen: MeetingsSeen) -> list[SendLetter]:
    """Return a letter of a kind to each of a pairing who has not had it."""
    programme = seen.programme
    letters = []
    for person in (programme.people[e] for e in pairing.people if e in programme.people):
        key = f"{kind}:{pairing.id}:{person.email}"
        if key not in seen.letters and person.is_taking_part(programme.today) and not person.held:
            record = planned(kind, key, person.email, pairing=pairing.id, at=programme.now)
            letters.append(SendLetter(record=record, person=person, pairing=pairing))
    return letters


def _begun(seen: MeetingsSeen, decided: set[str]) -> list[SendLetter]:
    """Return the letters that a run that died had begun."""
    states = {LetterState.PLANNED, LetterState.DRAFTED}
    pairings, people = {p.id: p for p in seen.programme.pairings}, seen.programme.people
    return [
        SendLetter(record=r, person=people[r.person], pairing=pairings[r.pairing])
        for r in seen.letters.values()
        if r.state in states and r.key not in decided and r.pairing in pairings and r.person in people
    ]


def _odd(seen: MeetingsSeen) -> list[Problem]:
    """Return the meetings that can't be followed: neither guessed at nor in anybody else's way."""
    found = []
    for pairing in seen.programme.pairings:
        if pairing.state is PairingState.APPROVED:
            meeting = _meeting(pairing, seen)
            names = " & ".join(seen.programme.name(e) for e in pairing.people)
            found += [_unreadable(pairing, names)] if meeting is None else []
            if meeting and meeting.event and meeting.event.oddity:
                found.append(_not_followed(pairing, names, meeting.event.oddity))
    return found


def _was_refused(action: CalendarAction, today: date) -> bool:
    """Tell whether Calendar refused this today already; a note of ours it never refuses."""
    booking = booking_of(action.pairing)
    if booking is None or isinstance(action, NoteMeeting):
        return False
    return booking.refused == refusal_key(action, today)


def _refusal(pairing: Pairing) -> str:
    booking = booking_of(pairing)
    return booking.refusal if booking else ""


def refusal_problem(pairing: Pairing, programme: ProgrammeSeen, why: str) -> Problem:
    """Return what to look at where Calendar refuses a pairing's meeting for good."""
    names = " & ".join(programme.name(e) for e in pairing.people)
    return Problem(
        tab="Pairings",
        row_key=pairing.id,
        column="First meeting",
        what=f"Calendar refuses the first meeting of {names}: {why}",
        remedy="Check both addresses on Roster, and the event in the mentoring mailbox's calendar if there is one. It "
        "is tried again tomorrow, or as soon as something about it changes; nobody else has to wait for it.",
    )


def _unreadable(pairing: Pairing, names: str) -> Problem:
    return Problem(
        tab="Pairings",
        row_key=pairing.id,
        column="For Peerpact",
        what=f"What Peerpact noted about the first meeting of {names} can't be read any more, and their event is not "
        "in the calendar. Nothing is booked or changed for them until then.",
        remedy="Unhide the column “For Peerpact” and empty that cell; then a meeting is looked for and, if there is "
        "none, booked.",
    )


def _not_followed(pairing: Pairing, names: str, oddity: str) -> Problem:
    return Problem(
        tab="Pairings",
        row_key=pairing.id,
        column="First meeting",
        what=f"The first meeting of {names} can't be followed: {oddity}.",
        remedy="Open the event in the mentoring mailbox's calendar and give it a day and an hour, or delete it.",
    )


def _without_slot(pairing: Pairing, programme: ProgrammeSeen, slot: NoSlot | Slot) -> Problem:
    assert isinstance(slot, NoSlot)
    return Problem(
        tab="Pairings",
        row_key=pairing.id,
        column="First meeting",
        what=f"No slot for {' & '.join(programme.name(e) for e in pairing.people)}: {slot.reason}.",
        remedy="They were asked to pick a time themselves. More days or fewer hours to avoid in Settings would help.",
    )


def _still_without(programme: ProgrammeSeen) -> list[Problem]:
    """Return the pairings that found no slot before, until the days have passed on which they might have met."""
    rules = rules_of(programme.settings)
    return [
        _without_slot(pairing, programme, no_slot(rules))
        for pairing in programme.pairings
        if pairing.state is PairingState.APPROVED
        and pairing.meeting_state == MeetingState.ASKED_TO_PICK
        and not _has_booking(pairing)
        and pairing.approved_on is not None
        and programme.now < window_of(pairing.approved_on, rules)[1]
    ]


def _edges_taken(programme: ProgrammeSeen) -> dict[str, int]:
    """Return how often each person has taken the edge of the day in earlier meetings."""
    taken: dict[str, int] = {}
    for pairing in programme.pairings:
        booking = booking_of(pairing)
        for email in booking.edge if booking else ():
            taken[email] = taken.get(email, 0) + 1
    return taken


def _written_to(calendar: Sequence[CalendarAction], letters: Sequence[SendLetter]) -> set[str]:
    invited = {p.email for a in calendar if isinstance(a, BookMeeting | MoveMeeting) for p in a.people}
    return invited | {letter.person.email for letter in letters}
