"""What to do about meetings: whom to invite and when, what to move, note or cancel, and whom to write to.

The calendar is the truth about a meeting: every run reads it back and follows what people did.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from peerpact.programme.announcements.told import have_heard
from peerpact.programme.correspondence import planned
from peerpact.programme.meetings.actions import (
    BookMeeting,
    CalendarAction,
    CancelMeeting,
    ChangeGuests,
    MoveMeeting,
    NoteMeeting,
    SendLetter,
)
from peerpact.programme.meetings.answers import MeetingState, NextStep, may_touch
from peerpact.programme.meetings.booking import booking_of, meeting_id
from peerpact.programme.meetings.event import EventSeen
from peerpact.programme.meetings.examples import examples_asked
from peerpact.programme.meetings.forgotten import forgotten
from peerpact.programme.meetings.meeting import Meeting, MeetingsSeen, unnoted_event
from peerpact.programme.meetings.noted import as_cancelled, with_booking
from peerpact.programme.meetings.rhythm import end_of_round
from peerpact.programme.meetings.rules import rule_problems, rules_of
from peerpact.programme.meetings.troubles import (
    odd_meetings,
    refusal_of,
    refusal_problem,
    still_without,
    without_slot,
)
from peerpact.programme.meetings.wanted import How, Wanted, is_left_to_them, wanted
from peerpact.programme.pairings import Pairing, PairingState
from peerpact.programme.people import Person
from peerpact.programme.plan import Plan
from peerpact.programme.problems import Problem
from peerpact.programme.removed_drafts import removed_drafts
from peerpact.programme.seen import ProgrammeSeen

if TYPE_CHECKING:
    from peerpact.programme.meetings.slots import Slot

TOO_LATE_TO_JOIN = timedelta(hours=24)
"""So long before a meeting nobody is added to its guests any more."""


@dataclass(frozen=True, slots=True)
class _Decided:
    """What is done in the calendar, which letters go with it, and what an admin has to look at."""

    calendar: list[CalendarAction] = field(default_factory=list)
    letters: list[SendLetter] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, more: _Decided) -> None:
        self.calendar.extend(more.calendar)
        self.letters.extend(more.letters)
        self.problems.extend(more.problems)

    @property
    def pairings(self) -> set[str]:
        return {a.pairing.id for a in self.calendar}


def decide(seen: MeetingsSeen) -> Plan:
    programme = seen.programme
    decided = _Decided(problems=[*rule_problems(programme.settings), *odd_meetings(seen)])
    decided.add(_slots_given(seen))
    decided.calendar.extend(_superfluous(seen))
    decided.problems.extend(still_without(seen))
    wanting = decided.pairings
    decided.calendar.extend(NoteMeeting(pairing=p) for p in forgotten(seen))
    decided.add(_followed(seen, wanting))
    decided.add(_endings(seen))
    decided.letters.extend(_goodbyes(seen, {letter.pairing.id for letter in decided.letters}))
    decided.letters.extend(_introductions(seen, decided.calendar))
    decided.letters.extend(_asked_to_pick_a_time(seen, decided.calendar))
    decided.letters.extend(_begun(seen, {letter.key for letter in decided.letters}))
    calendar, letters, refused = _without_refused(decided, programme)
    examples = examples_asked(seen.letters.values())
    decided.problems.extend(removed_drafts(seen.letters.values(), programme.now))
    return Plan(
        actions=(*calendar, *letters, *examples),
        problems=tuple(dict.fromkeys([*decided.problems, *refused])),
        writes_to=frozenset([*_written_to(calendar, letters), *(e.record.person for e in examples)]),
        most_letters=programme.settings.most_letters,
    )


def _without_refused(
    decided: _Decided, programme: ProgrammeSeen
) -> tuple[list[CalendarAction], list[SendLetter], list[Problem]]:
    """Return what is left without what Calendar refused today already, and the problems that say so."""
    before = {p.id: p for p in programme.pairings}
    why = {
        a.key: refusal_of(a, before.get(a.pairing.id, a.pairing), programme.today) for a in decided.calendar
    }
    refused = [a for a in decided.calendar if why[a.key]]
    held = {a.pairing.id for a in refused}
    return (
        [a for a in decided.calendar if not why[a.key]],
        [letter for letter in decided.letters if letter.pairing.id not in held],
        [refusal_problem(a.pairing, programme, why[a.key]) for a in refused],
    )


def _slots_given(seen: MeetingsSeen) -> _Decided:
    """Return what is done about the meetings that need a slot: booked, moved, or they are asked to pick one."""
    programme, given, wants = seen.programme, _Decided(), wanted(seen)
    if not wants:
        return given
    from peerpact.programme.meetings.slots import Slot, choose_slots  # noqa: PLC0415 - most ticks look for no slot

    slots = choose_slots(
        [w.wish for w in wants],
        availability=seen.busy,
        rules=rules_of(programme.settings),
        edges_taken=_edges_taken(programme),
    )
    for want in wants:
        slot = slots[want.wish.key]
        if isinstance(slot, Slot):
            given.calendar.append(_booking(want, slot, seen))
        elif not want.how.is_patient:
            noted = _asked_to_pick(want, programme.now)
            given.problems.append(without_slot(noted, programme, slot))
            given.calendar.append(NoteMeeting(pairing=noted))
    return given


def _booking(want: Wanted, slot: Slot, seen: MeetingsSeen) -> BookMeeting | MoveMeeting:
    meeting, booking = want.meeting, want.booking
    if want.how in {How.MOVE, How.SOONER} and meeting.event is not None:
        return MoveMeeting(
            pairing=want.pairing, booking=booking, people=meeting.people, slot=slot, event=meeting.event
        )
    key = meeting_id(want.pairing, booking.generation, number=booking.number, secret=seen.id_secret)
    called_off = meeting.to_call_off(seen.programme.now)
    return BookMeeting(
        pairing=want.pairing,
        booking=booking,
        people=meeting.people,
        slot=slot,
        generation=booking.generation,
        event_id=key,
        instead_of=called_off.id if called_off else "",
    )


def _asked_to_pick(want: Wanted, now: datetime) -> Pairing:
    is_noted = want.meeting.event is not None or want.booking.number > 1
    booking = want.booking if want.booking.event else replace(want.booking, written=now)
    known = with_booking(want.pairing, booking) if is_noted else want.pairing
    return replace(known, meeting_state=str(MeetingState.ASKED_TO_PICK), meeting_start=None)


def _superfluous(seen: MeetingsSeen) -> list[CancelMeeting]:
    """Step back from a meeting where the two have made a series of their own, since there would be two at once."""
    found = ((m, m.covered_by_theirs(seen)) for m in seen.meetings[PairingState.APPROVED])
    return [
        CancelMeeting(
            pairing=with_booking(m.noted, m.booking),
            booking=m.booking,
            event_id=event.id,
            why="whose people have a series of their own",
        )
        for m, event in found
        if event
    ]


def _followed(seen: MeetingsSeen, wanting: set[str]) -> _Decided:
    """Return what the calendar, and the two themselves, have to say about the meetings of approved pairings."""
    found = _Decided()
    for meeting in seen.meetings[PairingState.APPROVED]:
        if meeting.pairing.id in wanting:
            continue
        noted, followed = meeting.noted, meeting.followed
        if (followed and followed.step is NextStep.ASK_TO_PICK) or is_left_to_them(meeting, seen):
            noted = replace(noted, meeting_state=str(MeetingState.ASKED_TO_PICK))
        found.calendar.extend([NoteMeeting(pairing=noted)] if noted != meeting.row else [])
        found.calendar.extend(_changed_guests(replace(meeting, pairing=noted), seen) if followed else [])
    return found


def _changed_guests(meeting: Meeting, seen: MeetingsSeen) -> list[ChangeGuests]:
    """Have the guests of a meeting ahead follow its pairing: who joined while there is time, who left at any time.

    Only whom we invited is taken off: whoever people put on the event themselves stays, and so does who took
    themselves off it.
    """
    event, people, now = meeting.event, meeting.pairing.people, seen.programme.now
    if event is None or event.start is None or event.is_cancelled or event.hides_guests or event.start <= now:
        return []
    there = {g.email for g in event.guests}
    invited = event.invited or _introduced([*there, *people], meeting.pairing, seen)
    is_in_time = event.start - now >= TOO_LATE_TO_JOIN
    known = {*there, *invited, *event.taken_off}
    new = tuple(e for e in people if e not in known and is_in_time and _may_know(e, meeting.pairing, seen))
    gone = [e for e in invited if e in there and e not in people]
    if not new and not gone:
        return []
    former = [old for old, present in seen.programme.renamed.items() if present in gone]
    return [
        ChangeGuests(
            pairing=meeting.pairing,
            booking=meeting.booking,
            event=event,
            new=new,
            gone=(*gone, *former),
            people=meeting.people,
        )
    ]


def _introduced(emails: Iterable[str], pairing: Pairing, seen: MeetingsSeen) -> list[str]:
    """Return who was introduced in a pairing: an event of an earlier version was for these."""
    return [e for e in emails if f"introduction:{pairing.id}:{e}" in seen.letters]


def _endings(seen: MeetingsSeen) -> _Decided:
    """Return what pairings that ended leave to do: cancel the meeting ahead, once, and tell who is left.

    A meeting that is near, or that somebody changed after us, is theirs: it is not touched, only spoken of. So is one
    that they moved beyond the end of their round.
    """
    found = _Decided()
    for meeting in seen.meetings[PairingState.ENDED]:
        ends = end_of_round(meeting.pairing, seen.programme.settings)
        if ends and ends <= seen.programme.now:
            continue
        event, noted = meeting.event, with_booking(meeting.pairing, meeting.booking)
        if event is None or event.start is None or _was_over(meeting.pairing, event, seen.programme.now):
            continue
        if event.is_cancelled:
            # by a run that died before it could say so
            gone = as_cancelled(noted)
            found.calendar.extend([NoteMeeting(pairing=gone)] if gone != meeting.pairing else [])
        elif may_touch(meeting.booking, event, now=seen.programme.now):
            found.calendar.append(CancelMeeting(pairing=noted, booking=meeting.booking, event_id=event.id))
        found.letters.extend(_letters("partner-left", noted, seen))
    return found


def _goodbyes(seen: MeetingsSeen, told: Collection[str]) -> list[SendLetter]:
    """Tell also those of whom no meeting was ahead when their pairing ended, unless they know their new partner."""
    programme, settings = seen.programme, seen.programme.settings
    standing = [p for p in programme.pairings if p.is_approved]
    ended = [p for p in programme.pairings if p.state is PairingState.ENDED and p.approved_on]
    return [
        letter
        for pairing in ended
        if pairing.id not in told
        and not pairing.has_lasted
        and ((ends := end_of_round(pairing, settings)) is None or ends > programme.now)
        for letter in _letters("partner-left", pairing, seen)
        if _letter_key("introduction", pairing, letter.person) in seen.letters
        and not any(_letter_key("introduction", p, letter.person) in seen.letters for p in standing)
    ]


def _was_over(pairing: Pairing, event: EventSeen, now: datetime) -> bool:
    """Tell whether the meeting had begun, by what was noted last or, where a run died before, by the calendar."""
    start = pairing.meeting_start or event.start
    return start is None or start <= now


def _introductions(seen: MeetingsSeen, actions: Sequence[CalendarAction]) -> list[SendLetter]:
    """Introduce partners once their meeting is booked, or once it is clear that they pick their own time."""
    decided = {a.pairing.id for a in actions}
    return [
        letter
        for pairing in seen.programme.pairings
        if pairing.state is PairingState.APPROVED
        and not seen.programme.waits(pairing)
        and (pairing.id in decided or pairing.meeting_state or unnoted_event(pairing, seen))
        for letter in _letters("introduction", pairing, seen)
        if _may_know(letter.person.email, pairing, seen)
    ]


def _may_know(email: str, pairing: Pairing, seen: MeetingsSeen) -> bool:
    """Tell whether somebody may hear of their partners: who joins a pairing hears of the round before."""
    person = seen.programme.people.get(email)
    return not pairing.has_changed or (person is not None and have_heard(pairing, [person], seen.programme))


def _asked_to_pick_a_time(seen: MeetingsSeen, actions: Sequence[CalendarAction]) -> list[SendLetter]:
    """Ask for a time of their own whoever was not asked yet, for as long as the pairing is to pick one.

    For a later meeting not in the run that notes it: where the next one books the meeting after it, they have that.
    Where there was no slot for a first meeting, the introduction asks for it.
    """
    after = {a.pairing.id: a.pairing for a in actions}
    approved = (p for p in seen.programme.pairings if p.is_approved and not seen.programme.waits(p))
    rows = ((p, after.get(p.id, p)) for p in approved)
    to_pick = (row for p, row in rows if _is_to_pick(row) and (_is_first(row) or _is_to_pick(p)))
    return [letter for row in to_pick for letter in _letters("pick-a-time", row, seen)]


def _is_to_pick(row: Pairing) -> bool:
    booking = booking_of(row)
    return row.meeting_state == MeetingState.ASKED_TO_PICK and bool(
        booking is None or booking.event or booking.number > 1
    )


def _is_first(row: Pairing) -> bool:
    booking = booking_of(row)
    return booking is not None and booking.number == 1


def _letters(kind: str, pairing: Pairing, seen: MeetingsSeen) -> list[SendLetter]:
    """Return a letter of a kind to each of a pairing who has not had it; on holidays and leave it waits."""
    programme = seen.programme
    return [
        SendLetter(
            record=planned(kind, key, person.email, pairing=pairing.id, at=programme.now),
            person=person,
            pairing=pairing,
        )
        for person in (programme.people[e] for e in pairing.people if e in programme.people)
        if (key := _letter_key(kind, pairing, person)) not in seen.letters
        and _may_get_letters(person, programme)
    ]


def _may_get_letters(person: Person, programme: ProgrammeSeen) -> bool:
    is_here = person.is_taking_part(programme.today) and not person.held
    return is_here and person.local_day(programme.now) not in person.days_off


def _letter_key(kind: str, pairing: Pairing, person: Person) -> str:
    """Return the key of a letter: each may be asked to pick a time for each meeting, once."""
    booking = booking_of(pairing)
    number = booking.number if booking and kind == "pick-a-time" else 1
    return f"{kind}:{pairing.id}:{person.email}{f':{number}' if number > 1 else ''}"


def _begun(seen: MeetingsSeen, decided: set[str]) -> list[SendLetter]:
    """Return the letters that a run that died had begun."""
    pairings, people = {p.id: p for p in seen.programme.pairings}, seen.programme.people
    return [
        SendLetter(record=r, person=people[r.person], pairing=pairings[r.pairing])
        for r in seen.letters.values()
        if r.is_begun and r.key not in decided and r.pairing in pairings and r.person in people
    ]


def _edges_taken(programme: ProgrammeSeen) -> dict[str, int]:
    """Return how often each person has taken the edge of the day in earlier meetings."""
    taken: dict[str, int] = {}
    for pairing in programme.pairings:
        booking = booking_of(pairing)
        for email in (*booking.edge, *booking.edge_before) if booking else ():
            taken[email] = taken.get(email, 0) + 1
    return taken


def _written_to(calendar: Sequence[CalendarAction], letters: Sequence[SendLetter]) -> set[str]:
    invited = {p.email for a in calendar if isinstance(a, BookMeeting | MoveMeeting) for p in a.people}
    return invited | {letter.person.email for letter in letters}
