"""The programme as its spreadsheet tells it at one moment: what every decision starts from."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from peerpact.programme.doubts import Doubt
from peerpact.programme.memory import PAUSED, Memo, Memory, absent, says_no, since
from peerpact.programme.pairings import Pairing, round_on, standing_in
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
    elsewhere: tuple[Pairing, ...] = ()
    """Pairings to which another mailbox writes, with people who hear of rounds from this one."""
    mailbox: str = ""
    """The address that writes, where that is one of several."""
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
    denied: frozenset[tuple[str, str]] = frozenset()
    """Those that were answered with no."""
    doubles: tuple[tuple[str, str], ...] = ()
    """People who may be one with two addresses."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """The new addresses of people who are known by old ones, by these."""
    asked_about: frozenset[str] = frozenset()
    """Missing addresses that may be somebody's old one; until admins have said, nothing is ended for them."""
    doubts: Mapping[str, Doubt] = field(default_factory=dict)
    """Standing pairings, by id, that would end by what the roster says now."""
    closed: frozenset[str] = frozenset()
    """Whose account the directory knows as suspended or deleted."""
    is_emptied: bool = False
    """A column that protects people was emptied, and no admin has said that it is meant so."""
    unread: frozenset[str] = frozenset()
    """Pairings on rows that can't be read: their ids; where only that of the round can be read, “r3”; else “”."""

    @property
    def is_all_known(self) -> bool:
        """Tell whether every row of the tab Pairings that names people can be read."""
        return not self.unread

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def paused_since(self) -> date | None:
        """The day on which the programme was paused; None while it goes on."""
        noted = self.memory.values() if self.remembered is None else self.remembered
        return next((memo.since for memo in noted if memo.key == PAUSED), None)

    @property
    def is_paused(self) -> bool:
        return self.paused_since is not None

    @property
    def placed(self) -> frozenset[str]:
        """Who is in a pairing of the round that is open."""
        current = round_on(self.today, self.settings)
        standing = standing_in(self.pairings, current.number) if current else []
        return frozenset(e for p in standing for e in p.people)

    def may_be_paired(self, person: Person, placed: Container[str]) -> bool:
        """Tell whether somebody takes part today and their row can be read.

        Where only who says yes is in, whoever is placed in this round is so without a word.
        """
        willing = person.has_said_yes or person.email in placed
        return willing and person.is_taking_part(self.today) and not person.held

    def name(self, address: str) -> str:
        return self.people[address].name if address in self.people else address

    def is_gone(self, address: str) -> bool:
        """Tell whether somebody counts as gone: missing for the days in Settings or by a yes, or without an account."""
        if address in self.people or address in self.asked_about:
            return False
        return (
            address in self.closed
            or since(self.memory, absent(address), self.settings.held_days, self.today)
            or any(d.is_agreed for d in self._doubts_of(address))
        )

    def is_held(self, address: str) -> bool:
        """Tell whether nothing is begun or ended for somebody: their row can't be read, or is missing."""
        if address in self.people:
            return bool(self.people[address].held)
        return not self.is_gone(address)

    def waits(self, pairing: Pairing) -> bool:
        """Tell whether a pairing waits for a row that can be read, or because it may be about to end."""
        return pairing.id in self.doubts or any(map(self.is_held, pairing.people))

    def may_change(self, pairing: Pairing) -> bool:
        """Tell whether a pairing may be ended, or gain or lose somebody."""
        doubt = self.doubts.get(pairing.id)
        return (doubt is None or doubt.may_end) and not any(map(self.is_held, pairing.people))

    def has_left(self, address: str) -> bool:
        """Tell whether somebody has been out of the programme for the days of grace, so that words may be erased.

        While it is asked whether their pairing ends, they have not.
        """
        if address in self.asked_about or any(not d.may_end for d in self._doubts_of(address)):
            return False
        grace = self.settings.grace_days
        if address in self.people:
            return since(self.memory, says_no(address), grace, self.today)
        return since(self.memory, absent(address), max(grace, self.settings.held_days), self.today)

    def _doubts_of(self, address: str) -> list[Doubt]:
        return [d for d in self.doubts.values() if address in d.pairing.people]
