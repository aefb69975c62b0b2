"""Pairings that only the calendar knows."""

from __future__ import annotations

from datetime import datetime
from itertools import combinations

from peerpact.programme.meetings.answers import MeetingState
from peerpact.programme.meetings.booking import Booking
from peerpact.programme.meetings.event import EventSeen
from peerpact.programme.meetings.history import NO_TIME
from peerpact.programme.meetings.meeting import MeetingsSeen
from peerpact.programme.meetings.noted import with_booking
from peerpact.programme.pairings import Pairing, PairingState, pairing_id, round_of

MOST_GUESTS = 20


def forgotten(seen: MeetingsSeen) -> list[Pairing]:
    """Return the pairings that only the calendar knows: somebody restored an older spreadsheet.

    Certain they are by their id, which is made from round and people; whoever has another partner by now keeps them.
    While a row can't be read, none is forgotten: it may be that one.
    """
    if not seen.programme.is_all_known:
        return []
    known = {p.id for p in seen.programme.pairings}
    taken = {(p.round, e) for p in seen.programme.pairings if p.is_standing for e in p.people}
    ahead = [e for e in seen.events.values() if e.pairing not in known and _is_ahead(e, seen.programme.now)]
    found = (_pairing_of(event) for event in ahead)
    return [p for p in found if p and not any((p.round, e) in taken for e in p.people)]


def _is_ahead(event: EventSeen, now: datetime) -> bool:
    return event.pairing != "" and not event.is_cancelled and event.end is not None and event.end > now


def _made_for(event: EventSeen, number: int) -> tuple[str, ...]:
    """Return those guests of an event for whom its pairing was made, and who joined it since; nobody if unknown.

    People put a room or others on it, too.
    """
    guests = sorted({g.email for g in event.guests})
    some = (s for many in (2, 3) for s in combinations(guests[:MOST_GUESTS], many))
    people = next((s for s in some if pairing_id(number, s) == event.pairing), ())
    joined = people and {*people} < {*event.invited} <= {*guests}
    return tuple(sorted(event.invited)) if joined else people


def _pairing_of(event: EventSeen) -> Pairing | None:
    """Return the pairing that an event was made for, if the people whom it was made for are still its guests."""
    number = round_of(event.pairing)
    people = _made_for(event, number) if number is not None else ()
    if number is None or not people:
        return None
    booking = Booking(
        event=event.key or event.id,
        number=event.number,
        start=event.put,
        written=event.updated,
        minutes=event.minutes,
    )
    row = Pairing(
        id=event.pairing,
        round=number,
        people=people,
        why="found in the calendar again",
        state=PairingState.APPROVED,
        proposed_on=event.created.date() if event.created else None,
        approved_on=event.created,
        meeting_start=event.start,
        meeting_state=str(MeetingState.INVITED),
        link=event.link,
        meetings="; ".join(f"{NO_TIME} {MeetingState.NOT_KNOWN}" for _ in range(1, event.number)),
    )
    return with_booking(row, booking)
