"""The programme as its spreadsheet tells it at one moment: what every decision starts from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from peerpact.programme.pairings import Pairing
from peerpact.programme.people import Person
from peerpact.programme.problems import Problem
from peerpact.programme.requests import Request
from peerpact.programme.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeSeen:
    """Settings, people, pairings and requests, with what is wrong in their rows."""

    now: datetime
    settings: Settings = field(default_factory=Settings)
    people: Mapping[str, Person] = field(default_factory=dict)
    """Everybody on the roster by address, as the roster and their own requests make them."""
    pairings: tuple[Pairing, ...] = ()
    requests: tuple[Request, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Of Settings and Roster."""
    shown: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)
    """What the tab Problems shows, by the job that found it."""

    @property
    def today(self) -> date:
        return self.now.date()

    def name(self, address: str) -> str:
        return self.people[address].name if address in self.people else address
