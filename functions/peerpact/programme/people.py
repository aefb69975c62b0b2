"""A person of the roster and the small values that describe them. Who may be paired with whom is pairing's."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from peerpact.programme.days_off import NONE_OFF, DaysOff


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
    called: str = ""
    """The name by which to greet them, where that is certain."""
    team: str = ""
    department: str = ""
    country: str = ""
    """ISO 3166 code of a country, or of a part of one, such as DE-BY; empty where nobody can tell."""
    managers: tuple[str, ...] = ()
    """Addresses of direct managers; almost always none or one. May name people who are not on the roster, and what
    ``unreadable_manager`` gives where the roster names somebody who can't be told."""
    time_zone: str = "UTC"
    """IANA name, already checked."""
    is_zone_known: bool = True
    """Not where the roster's can't be read, and no calendar tells it: then ``time_zone`` is that of Settings."""
    working_hours: WorkingHours = field(default_factory=WorkingHours)
    has_hours: bool = False
    """The roster says when they work; else these are the usual hours."""
    days_off: DaysOff = NONE_OFF
    languages: tuple[str, ...] = ()
    """ISO 639-1 codes, most preferred first."""
    interests: tuple[str, ...] = ()
    taking_part: TakingPart = TakingPart.YES
    has_said_yes: bool = True
    """Where only who says yes is in: whether they did, or an admin did for them. Else nobody has to."""
    paused_until: date | None = None
    """The first day on which they take part again; None with PAUSED means until told otherwise."""
    joined: date | None = None
    former_addresses: tuple[str, ...] = ()
    topics: str = ""
    """What they would like to talk about, in their own words."""
    offers: str = ""
    """What they can offer others in a conversation, likewise."""
    held: str = ""
    """Why nothing new is done about them until their row can be used, as the end of a sentence; empty: it can."""

    @property
    def first_name(self) -> str:
        """How to greet them: their first name if it is certain, else the whole name."""
        return self.called or self.name or self.email

    def local_day(self, moment: datetime) -> date:
        """Return which day it is where they are."""
        return moment.astimezone(ZoneInfo(self.time_zone)).date()

    def works_on(self, day: date) -> bool:
        """Tell whether they work on a day at all: by their hours (Monday to Friday where there are none), not off."""
        days = self.working_hours.days if any(self.working_hours.days) else WorkingHours().days
        return bool(days[day.weekday()]) and day not in self.days_off

    def is_taking_part(self, on: date) -> bool:
        """Tell whether they take part on that day: yes, joined by then, and not in a pause."""
        if self.taking_part is TakingPart.NO or (self.joined and self.joined > on):
            return False
        if self.paused_until:
            return self.paused_until <= on
        return self.taking_part is TakingPart.YES


FEW_WITHOUT_MANAGER = 2
ONE_IN = 4


def lack_managers(without: int, everybody: int) -> bool:
    """Tell whether so many have no manager that a report may have named each manager once for a whole group."""
    return without > FEW_WITHOUT_MANAGER and without * ONE_IN > everybody


def topics_in(words: str) -> frozenset[str]:
    """Return the topics that somebody lists, separated by commas, semicolons or lines, as they are compared."""
    return frozenset(" ".join(t.casefold().split()) for t in re.split(r"[,;\n]", words) if t.strip())


def unreadable_manager(person: str) -> str:
    """Return what stands for a manager whom nobody can tell: for each person another, and nobody's address."""
    return f"?{person}"


def is_unreadable(manager: str) -> bool:
    return manager.startswith("?")


def whose(manager: str) -> str:
    """Return the address of a manager; of one whom nobody can tell, that of the person whose manager it is."""
    return manager.removeprefix("?")
