"""A commitment: one solid action somebody promised at the end of a session, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Outcome(StrEnum):
    """What somebody says became of a commitment."""

    KEPT = "kept"
    PARTLY = "partly"
    NOT_YET = "not yet"
    DROPPED = "dropped"

    @property
    def is_final(self) -> bool:
        """Kept and dropped commitments are not asked about again; the others are carried on."""
        return self in {Outcome.KEPT, Outcome.DROPPED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """One promised action, as the ledger holds it. ``text`` is seen by the person and their partners only."""

    id: str
    person: str
    """E-mail address, lower-case."""
    pairing: str
    text: str
    made_on: date
    due: date
    """When it was first due. Carrying it on does not move this day, so that figures about it stay as they were."""
    outcome: Outcome | None = None
    """The latest answer; None until there is one."""
    answered_on: date | None = None
    history: str = ""
    """Made, asked, answered, changed, carried on: with dates, without words."""

    @property
    def is_open(self) -> bool:
        return self.outcome is None or not self.outcome.is_final
