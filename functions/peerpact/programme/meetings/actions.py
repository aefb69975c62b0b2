"""What can be done about a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from peerpact.programme.correspondence import LetterRecord
from peerpact.programme.keys import short_key
from peerpact.programme.meetings.booking import Booking
from peerpact.programme.meetings.event import EventSeen
from peerpact.programme.meetings.left_out import left_out
from peerpact.programme.pairings import Pairing
from peerpact.programme.people import Person
from peerpact.programme.plan import Action
from peerpact.programme.sentences import Sentence, counted

if TYPE_CHECKING:
    from peerpact.programme.meetings.slots import Slot

LOOK_BACK = timedelta(days=14)
"""So many days before a meeting it is said which were left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookMeeting(Action):
    """A meeting to be put into the calendars, under an id made from the pairing and the meeting's number."""

    pairing: Pairing
    booking: Booking
    people: tuple[Person, ...]
    slot: Slot
    generation: int
    event_id: str
    instead_of: str = ""
    """The id of the event of a meeting before it that was declined for good: it is called off first."""

    @property
    def key(self) -> str:
        return self.event_id

    @staticmethod
    def in_number(many: int) -> Sentence:
        return counted(many, "1 meeting booked", "{many} meetings booked")

    @property
    def summary(self) -> str:
        which = f"their meeting {self.booking.number} at " if self.booking.number > 1 else ""
        at, start = self.pairing.approved_on or self.slot.start, self.slot.start
        since = max(at.date(), start.date() - LOOK_BACK)
        free = left_out((p.days_off for p in self.people), since, start.date())
        without = f"; left out: {free}" if free else ""
        return f"Invite {names_of(self.people)} to {which}{start:%d %b %Y %H:%M} UTC ({self.slot.quality}{without})"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveMeeting(Action):
    """Another slot for a meeting that was declined, as a change of the same event."""

    pairing: Pairing
    booking: Booking
    """With the starts that were tried before, and whether this uses up the one move."""
    people: tuple[Person, ...]
    slot: Slot
    event: EventSeen
    """As it was seen."""

    @property
    def key(self) -> str:
        return f"{self.event.id}:move"

    @staticmethod
    def in_number(many: int) -> Sentence:
        return counted(many, "1 meeting moved", "{many} meetings moved")

    @property
    def summary(self) -> str:
        return f"Move the meeting of {names_of(self.people)} to {self.slot.start:%d %b %Y %H:%M} UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGuests(Action):
    """The guests of a pairing's meeting follow its people: who joined is to be one, who left is one no more."""

    pairing: Pairing
    booking: Booking
    event: EventSeen
    """As it was seen."""
    new: tuple[str, ...]
    """Addresses."""
    gone: tuple[str, ...] = ()
    """Addresses, their former ones too."""
    people: tuple[Person, ...] = ()
    """All of the pairing, whom its title names."""

    @property
    def key(self) -> str:
        return f"{self.event.id}:guests"

    @staticmethod
    def in_number(many: int) -> Sentence:
        return counted(many, "the guests of 1 meeting changed", "the guests of {many} meetings changed")

    @property
    def summary(self) -> str:
        return f"Update the guests of {self.pairing.id}'s meeting"


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelMeeting(Action):
    """The meeting of a pairing that ended before it, or that needs it no more."""

    pairing: Pairing
    booking: Booking
    event_id: str
    why: str = "which has ended"

    @property
    def key(self) -> str:
        return f"{self.event_id}:cancel"

    @staticmethod
    def in_number(many: int) -> Sentence:
        return counted(many, "1 meeting cancelled", "{many} meetings cancelled")

    @property
    def summary(self) -> str:
        return f"Cancel the meeting of {self.pairing.id}, {self.why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMeeting(Action):
    """News about a meeting for the tab Pairings: its state, start, answers and link."""

    pairing: Pairing

    @property
    def key(self) -> str:
        return self.pairing.id

    @staticmethod
    def in_number(many: int) -> Sentence:
        return counted(many, "news of 1 meeting noted", "news of {many} meetings noted")

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

    @staticmethod
    def in_number(many: int) -> Sentence:
        return counted(many, "1 mail", "{many} mails")

    @property
    def summary(self) -> str:
        return f"Write to {self.person.name}: {self.record.kind}"


def refusal_key(action: CalendarAction, today: date) -> str:
    """Return under which name a refusal of the action is noted: it holds today, as long as nothing about it changes."""
    event = action.event.etag if isinstance(action, MoveMeeting | ChangeGuests) else ""
    return short_key(type(action).__name__, str(today), *action.pairing.people, event)


CalendarAction = BookMeeting | MoveMeeting | ChangeGuests | CancelMeeting | NoteMeeting


def names_of(people: tuple[Person, ...]) -> str:
    return " & ".join(p.name for p in people)
