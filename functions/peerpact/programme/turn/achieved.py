"""What two people achieved in a round: counts, and their own words, as far as the reader heard them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from peerpact.programme.commitments import Commitment, Outcome, is_settled
from peerpact.programme.meetings.history import have_been
from peerpact.programme.pairings import Pairing
from peerpact.programme.people import Person

MOST_TOLD = 10
"""So many texts of each are told; counts have them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Achieved:
    """A round of a pairing, for one of its people."""

    promised: int
    done: int
    kept: tuple[Commitment, ...]
    partner_kept: tuple[Commitment, ...]


def achieved_in(pairing: str, mine: Sequence[Commitment], theirs: Sequence[Commitment]) -> Achieved:
    """Return what came of a pairing's promises: all of the reader's own, and those of partners that they may see."""
    own = [c for c in mine if c.pairing == pairing]
    both = [*own, *theirs]
    return Achieved(
        promised=len(both),
        done=sum(c.outcome is Outcome.KEPT for c in both),
        kept=tuple(c for c in own if c.outcome is Outcome.KEPT)[:MOST_TOLD],
        partner_kept=tuple(c for c in theirs if c.outcome is Outcome.KEPT)[:MOST_TOLD],
    )


def achieved_so_far(pairing: str, person: str, commitments: Iterable[Commitment], today: date) -> Achieved:
    """Return what has come of a pairing's promises by a day, for one of its people.

    Of their partners' they hear those that were made for them, once they were said back.
    """
    known = sorted((c for c in commitments if c.pairing == pairing), key=lambda c: (c.made_on, c.id))
    words = [c for c in known if not c.is_erased]
    return achieved_in(
        pairing,
        [c for c in words if c.person == person],
        [c for c in words if person in c.audience and is_settled(c, today)],
    )


def unknown_action(
    pairing: Pairing | None, person: Person, own: Iterable[Commitment], now: datetime
) -> date | None:
    """Return the day of the last meeting that was, where its reader has promised nothing since."""
    days = [person.local_day(start) for start in have_been(pairing, now)] if pairing else []
    return next((day for day in days[-1:] if all(c.made_on < day for c in own)), None)
