"""A pairing and its life from proposal to end, and the rounds it belongs to. Who goes with whom is ``pairing``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from peerpact.programme.keys import short_key
from peerpact.programme.sentences import in_english, say
from peerpact.programme.settings import Settings

MOST_REMEMBERED = 8192
"""Pairings of which it is remembered what their cells mean: at least all that 10,000 people have."""


class PairingState(StrEnum):
    """As the column *State* shows it."""

    PROPOSED = "Proposed"
    APPROVED = "Approved"
    REJECTED = "Rejected"
    ENDED = "Ended"


ROUND_IS_OVER = say("Ended: its round is over.")
"""What is in the column *Notes* of a pairing that lasted to the end of its round."""


_MADE_ID = re.compile(r"r[1-9][0-9]*-[0-9a-v]{6}(-[0-9]+)?$")
_RHYTHM_ALONE = re.compile(r'\{"weeks": \d+\}')
"""What is noted before anything is booked, of two who stay together."""


class Decision(StrEnum):
    """As admins enter it in the column *Decision*."""

    APPROVE = "approve"
    REJECT = "reject"
    LOCK = "lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """Two people, exceptionally three, in one round. Moments are aware and in UTC."""

    id: str
    round: int
    people: tuple[str, ...]
    """E-mail addresses, sorted."""
    why: str = ""
    state: PairingState = PairingState.PROPOSED
    decision: Decision | None = None
    is_decision_clear: bool = True
    """Not where an admin entered a decision that can't be read: then the pairing waits."""
    proposed_on: date | None = None
    approved_on: datetime | None = None
    meeting_start: datetime | None = None
    """Of the latest meeting, with its state, answers and link: the one ahead, as long as there is one."""
    meeting_state: str = ""
    answers: str = ""
    link: str = ""
    notes: str = ""
    booking: str = ""
    """What we note of the meeting's event; see ``programme.meetings.booking``."""
    meetings: str = ""
    """The meetings before that one; see ``programme.meetings.history``."""
    mailbox: str = ""
    """Where there are several mailboxes: the one that writes to it, for its life; see ``programme.mailboxes``."""

    @property
    def is_standing(self) -> bool:
        return self.state in {PairingState.PROPOSED, PairingState.APPROVED}

    @property
    def is_approved(self) -> bool:
        return self.state is PairingState.APPROVED

    @property
    def has_begun(self) -> bool:
        """Tell whether its people were introduced: a meeting was booked, or they were asked to pick a time."""
        is_noted = self.booking and not _RHYTHM_ALONE.fullmatch(self.booking)
        return bool(is_noted or self.meeting_state or self.meeting_start or self.meetings)

    @property
    def has_lasted(self) -> bool:
        """Tell of an ended pairing whether it was there to the end of its round."""
        return self.state is PairingState.ENDED and ROUND_IS_OVER in {self.notes, in_english(self.notes)}

    @property
    def has_changed(self) -> bool:
        """Tell whether others are in it than those with whom it began, by its id, which is made from them."""
        return bool(_MADE_ID.match(self.id)) and not self.id.startswith(pairing_id(self.round, self.people))

    def partners_of(self, person: str) -> tuple[str, ...]:
        return tuple(p for p in self.people if p != person)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredPair:
    """Two people as an admin entered them on the tab *Never pair* or *Locked pairs*."""

    tab: str
    row: int
    people: tuple[str, str]
    round: int | None = None
    """The only round that it is meant for; None: every round."""


def pairing_id(round_number: int, people: Iterable[str]) -> str:
    """Return the pairing's id: the same people in the same round always get the same one."""
    return f"r{round_number}-{short_key('pairing', str(round_number), *sorted(people), length=6)}"


def round_of(pairing: str) -> int | None:
    """Return the round that a pairing's id names; None where it is of another form."""
    named = re.match(r"r([1-9][0-9]{0,2})-", pairing)
    return int(named[1]) if named else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A span of whole months: ``opens`` is its first day, ``ends`` the first day after it."""

    number: int
    opens: date
    ends: date


def round_on(day: date, settings: Settings) -> Round | None:
    """Return the round that is open on a day, or None before the first one (or when none is set)."""
    first = settings.first_round
    if first is None or day < first:
        return None
    months = (day.year - first.year) * 12 + day.month - first.month
    index = months // settings.round_months
    if add_months(first, index * settings.round_months) > day:
        index -= 1
    opens = add_months(first, index * settings.round_months)
    return Round(number=index + 1, opens=opens, ends=add_months(first, (index + 1) * settings.round_months))


def round_numbered(number: int, settings: Settings) -> Round | None:
    """Return a round by its number, as Settings have it; None when no first round is set."""
    if settings.first_round is None:
        return None
    opens, ends = (add_months(settings.first_round, n * settings.round_months) for n in (number - 1, number))
    return Round(number=number, opens=opens, ends=ends)


TO_MEET = timedelta(days=14)
"""So long after a pairing is approved its people meet, about."""


def is_late(its: Round, today: date, settings: Settings) -> bool:
    """Tell whether a round ends so soon that two who are paired now would hardly meet in it any more."""
    return today > its.ends - timedelta(days=settings.review_days) - TO_MEET


def add_months(day: date, months: int) -> date:
    """Return the same day so many months on, or that month's last day when it is shorter."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    for day_of_month in range(day.day, 27, -1):
        try:
            return date(year, month, day_of_month)
        except ValueError:
            continue
    return date(year, month, day.day)


def review_is_over(pairing: Pairing, on: date, settings: Settings) -> bool:
    """Tell whether the days in which an admin may object have passed."""
    return pairing.proposed_on is not None and on >= pairing.proposed_on + timedelta(
        days=settings.review_days
    )


def standing_in(pairings: Iterable[Pairing], round_number: int) -> list[Pairing]:
    return [p for p in pairings if p.round == round_number and p.is_standing]
