"""Pairings that only the calendar knows."""

from __future__ import annotations

from datetime import datetime

from peerpact.programme.meetings.answers import MeetingState
from peerpact.programme.meetings.booking import Booking
from peerpact.programme.meetings.event import EventSeen
from peerpact.programme.meetings.history import NO_TIME
from peerpact.programme.meetings.meeting import MeetingsSeen
from peerpact.programme.meetings.noted import with_booking
from peerpact.programme.pairings import Pairing, PairingState, pairing_id, round_of


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


def _pairing_of(event: EventSeen) -> Pairing | None:
    """Return the pairing that an event was made for, if its guests are still the people whom it was made for."""
    number, people = round_of(event.pairing), tuple(sorted(g.email for g in event.guests))
    if number is None or pairing_id(number, people) != event.pairing:
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
