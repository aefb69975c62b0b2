"""What we note of a pairing's meeting: which event is ours, where we put it, when we wrote it, what was tried.

It is kept in the column *For Peerpact* of Pairings, as a line of JSON. The calendar is the truth about a meeting; this
is what only we know. Should nobody be able to read it any more, most of it is found on the event again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from peerpact.programme.keys import event_id
from peerpact.programme.meetings.event import EventSeen
from peerpact.programme.pairings import MOST_REMEMBERED, Pairing


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """What we noted of our own event."""

    event: str = ""
    """Its id; empty: nothing is booked."""
    start: datetime | None = None
    """Where we put it last."""
    written: datetime | None = None
    """When we last wrote to it; what changed later, somebody else changed."""
    number: int = 1
    """Which of the pairing's meetings it is."""
    generation: int = 1
    """More than 1: another event was made for the same meeting, since somebody else's has the id."""
    minutes: int = 0
    """How long we made it; 0 when that was not noted."""
    moved: bool = False
    """One decline was answered with another slot already."""
    automatic: int = 0
    """How often a calendar declined by itself."""
    quality: str = ""
    tried: tuple[datetime, ...] = ()
    """Starts that were declined."""
    edge: tuple[str, ...] = ()
    """Who takes the edge of their day."""
    edge_before: tuple[str, ...] = ()
    """Who took it in earlier meetings, once for each."""
    unknown: tuple[str, ...] = ()
    """Whose calendar could not be read."""

    weeks: int | None = None
    """From one meeting to the next, as the two asked in the round before this one, after which they stay together."""
    refused: str = ""
    """What was refused last, and for whom; see ``refusal_key``."""
    refusal: str = ""
    """Why, in words."""

    def text(self) -> str:
        """Return it as the column holds it, without what says nothing."""
        return _text_of(self)


def as_read_before(noted: str) -> str:
    """Return a note as Peerpact 0.1 reads it, which stops at a name that it does not know.

    Which of a pairing's meetings it is, the event tells as well. One that nobody can read stays as it is.
    """
    try:
        raw = json.loads(noted) if noted else {}
    except (ValueError, RecursionError):
        return noted
    if not isinstance(raw, dict) or raw.keys() <= _KNOWN_TO_0_1:
        return noted
    return json.dumps({name: value for name, value in raw.items() if name in _KNOWN_TO_0_1})


def booking_of(pairing: Pairing) -> Booking | None:
    """Return what was noted of the pairing's meeting; None when it can't be read, as after an edit by hand."""
    return _booking_in(pairing.booking)


@lru_cache(maxsize=MOST_REMEMBERED)
def _text_of(booking: Booking) -> str:
    nothing = Booking()
    said = {n: value for n in _FIELDS if (value := getattr(booking, n)) != getattr(nothing, n)}
    return json.dumps(said, default=datetime.isoformat) if said else ""


@lru_cache(maxsize=MOST_REMEMBERED)
def _booking_in(noted: str) -> Booking | None:
    """Return what a note says; each run asks for that of most pairings several times."""
    if not noted:
        return Booking()
    try:
        raw: Mapping[str, Any] = json.loads(noted)
        return Booking(**{name: _FIELDS[name](value) for name, value in raw.items()})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def meeting_id(pairing: Pairing, generation: int = 1, *, number: int = 1, secret: bytes = b"") -> str:
    """Return the event's id: from the pairing, which of its meetings it is, and the generation, never from the time.

    Without the installation's secret it is the id that earlier versions gave.
    """
    which = ("first meeting", pairing.id) if number == 1 else ("meeting", pairing.id, str(number))
    return event_id(*which, str(generation), secret=secret)


def booking_after(booking: Booking) -> Booking:
    """Return the note for the meeting after this one, of which nothing is known yet."""
    return Booking(
        number=booking.number + 1, edge_before=(*booking.edge_before, *booking.edge), weeks=booking.weeks
    )


def as_taken_up(booking: Booking, event: EventSeen) -> Booking:
    """Return what was noted, with what a run that died did to the event: booked it, or moved it to where it is now."""
    if event.is_cancelled and booking.event:
        return booking
    if not booking.event:
        its = event.key or event.id
        return replace(booking, event=its, start=event.start, written=event.updated, moved=event.moved)
    if event.put is None or event.put != event.start or booking.start == event.start:
        return booking
    return replace(
        booking,
        start=event.start,
        written=event.updated,
        moved=event.moved,
        automatic=event.automatic,
        tried=(*booking.tried, *filter(None, [booking.start])),
        quality="",
        edge=(),
        unknown=(),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    if moment.year not in _YEARS:
        raise ValueError(value)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _number(value: Any) -> int:
    if not isinstance(value, int) or value not in _NUMBERS:
        raise TypeError(value)
    return int(value)


def _all(read: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    return lambda values: tuple(read(value) for value in values)


_YEARS, _NUMBERS = range(1950, 2100), range(10_000)
"""Others were never noted; with some there is no reckoning."""
_FIELDS: dict[str, Callable[[Any], Any]] = {
    "event": _text,
    "start": _moment,
    "written": _moment,
    "number": _number,
    "generation": _number,
    "minutes": _number,
    "moved": bool,
    "automatic": _number,
    "quality": _text,
    "tried": _all(_moment),
    "edge": _all(_text),
    "edge_before": _all(_text),
    "unknown": _all(_text),
    "weeks": _number,
    "refused": _text,
    "refusal": _text,
}
_KNOWN_TO_0_1 = frozenset(
    [
        "event",
        "start",
        "written",
        "generation",
        "minutes",
        "moved",
        "automatic",
        "quality",
        "tried",
        "edge",
        "unknown",
    ]
)
