"""What can be done about a first meeting, and what we note of it: the values of ``book_first_meetings``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from peerpact.config import Config
from peerpact.google.calendars import Busy
from peerpact.programme.correspondence import LetterRecord
from peerpact.programme.guidance import Guidance
from peerpact.programme.keys import event_id
from peerpact.programme.meetings import Slot
from peerpact.programme.pairings import Pairing
from peerpact.programme.people import Person
from peerpact.programme.plan import Action
from peerpact.programme.seen import ProgrammeSeen


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What meetings are decided by."""

    programme: ProgrammeSeen
    config: Config
    guidance: Guidance
    letters: dict[str, LetterRecord]
    events: dict[str, dict[str, Any]]
    busy: Mapping[str, Busy | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class BookMeeting(Action):
    """A first meeting to be put into the calendars, under an id made from the pairing."""

    pairing: Pairing
    people: tuple[Person, ...]
    slot: Slot
    generation: int

    @property
    def key(self) -> str:
        return meeting_id(self.pairing, self.generation)

    @property
    def summary(self) -> str:
        return f"Invite {names_of(self.people)} to {self.slot.start:%d %b %Y %H:%M} UTC ({self.slot.quality})"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveMeeting(Action):
    """Another slot for a meeting that was declined, as a change of the same event."""

    pairing: Pairing
    people: tuple[Person, ...]
    slot: Slot
    event: Mapping[str, Any]
    """As it was seen."""

    @property
    def key(self) -> str:
        return f"{self.event['id']}:move"

    @property
    def summary(self) -> str:
        return f"Move the meeting of {names_of(self.people)} to {self.slot.start:%d %b %Y %H:%M} UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddGuest(Action):
    """Somebody who joined a pairing and is to be a guest of its meeting."""

    pairing: Pairing
    event: Mapping[str, Any]
    """As it was seen."""
    guests: tuple[dict[str, Any], ...]
    """All guests with their answers, as the calendar has them, and the new ones."""

    @property
    def key(self) -> str:
        return f"{self.event['id']}:guests"

    @property
    def summary(self) -> str:
        return f"Update the guests of {self.pairing.id}'s meeting"


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelMeeting(Action):
    """The meeting of a pairing that ended before it."""

    pairing: Pairing
    event_id: str

    @property
    def key(self) -> str:
        return f"{self.event_id}:cancel"

    @property
    def summary(self) -> str:
        return f"Cancel the meeting of {self.pairing.id}, which has ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMeeting(Action):
    """News about a meeting for the tab Pairings: its state, start, answers and link."""

    pairing: Pairing

    @property
    def key(self) -> str:
        return self.pairing.id

    @property
    def summary(self) -> str:
        return f"Note on {self.pairing.id}: {self.pairing.meeting_state}; {self.pairing.answers}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendLetter(Action):
    """An introduction, a request to pick a time, or word that a partner left."""

    record: LetterRecord
    person: Person
    pairing: Pairing

    @property
    def key(self) -> str:
        return self.record.key

    @property
    def summary(self) -> str:
        return f"Write to {self.person.name}: {self.record.kind}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What the column *For Peerpact* holds about a pairing's meeting."""

    event: str = ""
    start: str = ""
    written: str = ""
    generation: int = 1
    minutes: int = 0
    moved: bool = False
    automatic: int = 0
    quality: str = ""
    tried: tuple[str, ...] = ()
    edge: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @classmethod
    def of(cls, pairing: Pairing) -> Notes:
        if not pairing.bookkeeping:
            return cls()
        raw: dict[str, Any] = json.loads(pairing.bookkeeping)
        known: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in raw.items()}
        return cls(**known)

    def text(self) -> str:
        defaults = Notes()
        names = Notes.__dataclass_fields__
        return json.dumps({n: getattr(self, n) for n in names if getattr(self, n) != getattr(defaults, n)})


def meeting_id(pairing: Pairing, generation: int = 1) -> str:
    """Return the event's id: from the pairing and the generation, never from the time."""
    return event_id("first meeting", pairing.id, str(generation))


def people_of(pairing: Pairing, programme: ProgrammeSeen) -> tuple[Person, ...]:
    return tuple(programme.people[e] for e in pairing.people if e in programme.people)


def names_of(people: tuple[Person, ...]) -> str:
    return " & ".join(p.name for p in people)
