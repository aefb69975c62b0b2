"""The programme as its spreadsheet tells it at one moment: what every decision starts from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from peerpact.programme.memory import Memo, Memory, absent, says_no, since
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

    memory: Memory = field(default_factory=dict)
    """What was kept in mind before, by key."""
    remembered: tuple[Memo, ...] | None = None
    """What is to be kept in mind from now on; None: not looked at."""
    answered: frozenset[tuple[str, str]] = frozenset()
    """Problems that an admin answered with yes: who or what they are about, and what is wrong."""
    doubles: tuple[tuple[str, str], ...] = ()
    """People who may be one with two addresses."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """The new addresses of people who are known by old ones, by these."""
    is_all_known: bool = True
    """Every row of the tab Pairings that names people can be read."""

    @property
    def today(self) -> date:
        return self.now.date()

    def name(self, address: str) -> str:
        return self.people[address].name if address in self.people else address

    def is_gone(self, address: str) -> bool:
        """Tell whether somebody counts as gone: missing from the roster for the days in Settings."""
        is_there = address in self.people
        return not is_there and since(self.memory, absent(address), self.settings.held_days, self.today)

    def is_held(self, address: str) -> bool:
        """Tell whether nothing is begun or ended for somebody: their row can't be read, or is missing."""
        if address in self.people:
            return bool(self.people[address].held)
        return not self.is_gone(address)

    def waits(self, pairing: Pairing) -> bool:
        """Tell whether a pairing waits for a row that can be read."""
        return any(map(self.is_held, pairing.people))

    def has_left(self, address: str) -> bool:
        """Tell whether somebody has been out of the programme for the days of grace, so that words may be erased."""
        grace = self.settings.grace_days
        if address in self.people:
            return since(self.memory, says_no(address), grace, self.today)
        return since(self.memory, absent(address), max(grace, self.settings.held_days), self.today)
