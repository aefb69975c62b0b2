"""What somebody wishes in private about a partner: kept apart from what admins see; replies write it, pairing reads it.

From the reply on it can be taken back for some working days. Then the people are parted and get new partners by the
rules of repair. Nobody is told whose wish it was, nor that there was one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from peerpact.programme.days_off import working_days_after
from peerpact.programme.pairings import Pairing, add_months
from peerpact.programme.requests import Wish
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.settings import Settings

ASKED_FIRST = frozenset({Wish.NOT_MET, Wish.NO_ANSWER})
"""Wishes for which the partner is asked once whether they are still there."""
PRIVATE = frozenset({Wish.ANOTHER_PARTNER, Wish.NEVER_WITH, Wish.NO_ANSWER})
"""What is never on the tab Requests, where there is a place of its own for it."""
UNSEEN_WISHES = (
    "Private wishes are not looked at from here, as nobody but the jobs opens them. A job that acts does."
)


class Settled(StrEnum):
    """Why a wish no longer counts."""

    TAKEN_BACK = "taken back"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateWish:
    """One wish of one person: from whom they are to be apart."""

    id: str
    person: str
    kind: Wish
    others: tuple[str, ...]
    pairing: str = ""
    asked_on: date
    settled: Settled | None = None

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        return tuple((self.person, other) for other in self.others if other != self.person)


def counts_from(wish: PrivateWish, settings: Settings) -> date:
    """Return the first day on which a wish parts people."""
    return working_days_after(wish.asked_on, settings.wish_days)


def kept_apart(
    wishes: Iterable[PrivateWish], pairings: Collection[Pairing], number: int, today: date, settings: Settings
) -> tuple[tuple[str, str], ...]:
    """Return who must not be together in a round, by wishes that count.

    A "never with" counts for new pairs at once, and in all rounds; whoever is together now is given the days.
    """
    of_round = {p.id: p for p in pairings if p.round == number}
    together = [frozenset(p.people) for p in of_round.values() if p.is_standing]
    found = []
    for wish in wishes:
        has_come = counts_from(wish, settings) <= today
        if wish.settled or (
            wish.kind is not Wish.NEVER_WITH and (wish.pairing not in of_round or not has_come)
        ):
            continue
        found += [pair for pair in wish.pairs if has_come or not any(set(pair) <= some for some in together)]
    return tuple(dict.fromkeys(found))


def wishes_over(wishes: Iterable[PrivateWish], programme: ProgrammeSeen) -> Sequence[PrivateWish]:
    """Return the wishes that nothing needs any more.

    A "never with" is kept as long as both are on the roster, the others as long as words are.
    """
    return [w for w in wishes if _is_over(w, programme)]


def _is_over(wish: PrivateWish, programme: ProgrammeSeen) -> bool:
    gone = [p for p in (wish.person, *wish.others) if p not in programme.people and programme.has_left(p)]
    if wish.kind is Wish.NEVER_WITH:
        return wish.person in gone or len(gone) >= len(wish.others)
    return bool(gone) or add_months(wish.asked_on, programme.settings.retention_months) <= programme.today
