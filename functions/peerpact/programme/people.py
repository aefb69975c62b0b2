"""A person of the roster and the small values that describe them. Who may be paired with whom is pairing's."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class TakingPart(StrEnum):
    """What the roster's column *Taking part* says."""

    YES = "yes"
    PAUSED = "paused"
    NO = "no"


Span = tuple[int, int]
"""Minutes after local midnight, start and end; an end above 1440 runs into the next day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingHours:
    """Weekly working hours in local time: for each weekday, Monday first, spans of minutes."""

    days: tuple[tuple[Span, ...], ...] = (((540, 1020),),) * 5 + ((), ())

    def __post_init__(self) -> None:
        assert len(self.days) == 7, "one entry a weekday, Monday first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody on the roster. ``email`` is lower-case and is the key by which everything refers to them."""

    email: str
    name: str
    team: str = ""
    department: str = ""
    managers: tuple[str, ...] = ()
    """Addresses of direct managers; almost always none or one. May name people who are not on the roster."""
    time_zone: str = "UTC"
    """IANA name, already checked."""
    working_hours: WorkingHours = field(default_factory=WorkingHours)
    languages: tuple[str, ...] = ()
    """ISO 639-1 codes, most preferred first."""
    interests: tuple[str, ...] = ()
    taking_part: TakingPart = TakingPart.YES
    paused_until: date | None = None
    """The first day on which they take part again; None with PAUSED means until told otherwise."""
    joined: date | None = None

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name.split() else self.email

    def is_taking_part(self, on: date) -> bool:
        """Tell whether they take part on that day: yes, joined by then, and not in a pause."""
        if self.taking_part is TakingPart.NO or (self.joined and self.joined > on):
            return False
        if self.paused_until:
            return self.paused_until <= on
        return self.taking_part is TakingPart.YES
