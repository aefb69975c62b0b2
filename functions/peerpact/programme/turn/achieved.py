"""What two people achieved in a round: counts, and their own words, as far as the reader heard them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from peerpact.programme.commitments import Commitment, Outcome

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
