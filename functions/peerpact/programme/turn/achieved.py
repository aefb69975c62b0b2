"""What two people achieved in a round: counts, and their own words, as far as the reader heard them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from peerpact.programme.commitments import Commitment, Outcome
from peerpact.programme.meetings.history import MEETING_NEVER_WAS, all_meetings
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


def unknown_action(
    pairing: Pairing | None, person: Person, own: Iterable[Commitment], now: datetime
) -> date | None:
    """Return the day of the last meeting that was, where its reader has promised nothing since."""
    past = [m for m in all_meetings(pairing) if m.start and m.start <= now] if pairing else []
    days = [person.local_day(m.start) for m in past if m.start and m.state not in MEETING_NEVER_WAS]
    return next((day for day in days[-1:] if all(c.made_on < day for c in own)), None)
