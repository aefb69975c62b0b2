"""Plain values to decide on: people called by single letters, pairings by their people's, days as they are written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from peerpact.programme.pairings import EnteredPair, Pairing, PairingState, pairing_id
from peerpact.programme.people import Person, TakingPart
from peerpact.programme.problems import Problem
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.settings import Settings

KEPT = ("memory", "answered", "denied", "doubles", "asked_about")
FIRST_ROUND = date(2026, 1, 1)
OMBUD = "ombud@example.com"
YES, NO, PAUSED = TakingPart.YES, TakingPart.NO, TakingPart.PAUSED


def on(day: str) -> date:
    return date.fromisoformat(day)


def at(moment: str) -> datetime:
    """Return a moment in UTC; a day alone is its morning."""
    return datetime.fromisoformat(moment if "T" in moment else f"{moment}T08:00").replace(tzinfo=UTC)


def address(letter: str) -> str:
    return f"{letter}@example.com"


def person(letter: str, **more: Any) -> Person:
    """Return somebody with a name and a team of their own, who reports to nobody."""
    managers = tuple(map(address, more.pop("managers", "")))
    return Person(email=address(letter), name=letter.upper(), **{"team": letter, **more}, managers=managers)


def people(letters: Iterable[str], **more: Any) -> list[Person]:
    return [person(letter, **more) for letter in letters]


def pairing(letters: str, number: int = 1, **more: Any) -> Pairing:
    """Return a pairing of a round, approved on the first days of 2026 unless told otherwise."""
    who = tuple(sorted(map(address, letters)))
    usual = {"state": PairingState.APPROVED, "proposed_on": on("2026-01-01"), "approved_on": at("2026-01-04")}
    return Pairing(**{"id": pairing_id(number, who), "round": number, "people": who, **usual, **more})


def waiting(letters: str, number: int = 1, **more: Any) -> Pairing:
    """Return a pairing that waits for an admin's objection."""
    return pairing(letters, number, **{"state": PairingState.PROPOSED, "approved_on": None, **more})


def ended(letters: str, number: int = 1, **more: Any) -> Pairing:
    return replace(pairing(letters, number, **more), state=PairingState.ENDED)


def entered(letters: str, tab: str = "Never pair", row: int = 2, round: int | None = None) -> EnteredPair:
    one, other = letters
    return EnteredPair(tab=tab, row=row, people=(address(one), address(other)), round=round)


def problem(tab: str = "Roster", key: str = "a@example.com", what: str = "It is wrong.") -> Problem:
    return Problem(tab=tab, row_key=key, what=what, remedy="Correct it.")


def seen(moment: str, who: Iterable[Person] = (), *pairings: Pairing, **more: Any) -> ProgrammeSeen:
    """Return the programme at a moment, its first round opened on New Year's Day of 2026 for three months."""
    requests, problems, shown = (
        more.pop(n, d) for n, d in (("requests", ()), ("problems", ()), ("shown", {}))
    )
    kept = {name: more.pop(name) for name in KEPT if name in more}
    given = {"first_round": FIRST_ROUND, "programme_name": "Peerpact", "confidential_contact": OMBUD}
    settings = Settings(**given | more)
    return ProgrammeSeen(
        now=at(moment),
        settings=settings,
        people={p.email: p for p in who},
        pairings=pairings,
        requests=requests,
        problems=problems,
        shown=shown,
        **kept,
    )
