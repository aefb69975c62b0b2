"""Whose words are to be erased from the ledger: their time is over, or their person has left. Figures stay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from peerpact.programme.commitments import Commitment
from peerpact.programme.pairings import add_months
from peerpact.programme.people import TakingPart
from peerpact.programme.plan import Action
from peerpact.programme.problems import Problem
from peerpact.programme.seen import ProgrammeSeen

MOST_MISSING = 5
"""So many people, or a tenth of the roster, may go missing from it at once and be taken to have left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseText(Action):
    """A commitment whose words are to be forgotten."""

    commitment: Commitment

    @property
    def key(self) -> str:
        return f"erase:{self.commitment.id}"

    @property
    def summary(self) -> str:
        return f"Erase the text of commitment {self.commitment.id}"


def to_be_erased(commitments: Iterable[Commitment], programme: ProgrammeSeen) -> list[EraseText]:
    """Return what to erase: of people who left or asked for it at once, of all others when Settings say so."""
    with_words = [c for c in commitments if not c.is_erased]
    left = {c.person for c in with_words if _says_no(c.person, programme)} | _missing(with_words, programme)
    rounds = {p.id: p.round for p in programme.pairings}
    return [
        EraseText(commitment=c)
        for c in with_words
        if c.person in left or _is_time_over(c, rounds.get(c.pairing), programme)
    ]


def missing_people_problems(commitments: Iterable[Commitment], programme: ProgrammeSeen) -> list[Problem]:
    """Return the problem of a roster that has lost so many people that nobody's words are erased for it."""
    with_words = [c for c in commitments if not c.is_erased]
    missing = _absent(with_words, programme)
    if not missing or _missing(with_words, programme):
        return []
    return [
        Problem(
            tab="Roster",
            row_key="send_follow_ups",
            what=f"{len(missing)} people who promised something are no longer on the roster, or are in a row that "
            "can't be read. What they promised is kept for now.",
            remedy="Bring their rows back or correct them. Whoever has left: set “Taking part” to no; then their words "
            "are erased.",
        )
    ]


def _missing(commitments: Iterable[Commitment], programme: ProgrammeSeen) -> set[str]:
    """Return who is gone from the roster and may be taken to have left: its rows can be read, and few are gone."""
    absent = _absent(commitments, programme)
    unreadable = any(p.tab == "Roster" and p.column in {"Name", "E-mail"} for p in programme.problems)
    too_many = len(absent) > max(MOST_MISSING, len(programme.people) // 10)
    return set() if unreadable or too_many else absent


def _absent(commitments: Iterable[Commitment], programme: ProgrammeSeen) -> set[str]:
    return {c.person for c in commitments if c.person not in programme.people}


def _says_no(address: str, programme: ProgrammeSeen) -> bool:
    """Tell whether they don't take part; a cell that can't be read says nothing."""
    person = programme.people.get(address)
    unreadable = any(
        p.tab == "Roster" and p.column == "Taking part" and p.row_key == address for p in programme.problems
    )
    return bool(person and person.taking_part is TakingPart.NO and not unreadable)


def _is_time_over(commitment: Commitment, its_round: int | None, programme: ProgrammeSeen) -> bool:
    """Tell whether the months in Settings have passed since the end of the commitment's round."""
    settings = programme.settings
    if its_round and settings.first_round:
        ends = add_months(settings.first_round, its_round * settings.round_months)
    else:
        ends = add_months(commitment.made_on, settings.round_months)
    return programme.today >= add_months(ends, settings.retention_months)
