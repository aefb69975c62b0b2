"""Whom to tell about a round: before it opens, when they join it, and when there is no partner for them.

Whoever is in a pairing hears of the next round by the turn's letter and gets no announcement beside it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from peerpact.programme.days_off import first_working_day, working_days_before, works_for_all
from peerpact.programme.letter_hours import is_time_for_letters
from peerpact.programme.mailboxes import who_hears
from peerpact.programme.pairings import Pairing, Round, round_numbered, round_on, standing_in
from peerpact.programme.people import Person
from peerpact.programme.requests import with_requests
from peerpact.programme.seen import ProgrammeSeen

NOBODY = "has no partner in this round"
"""What ``pair_people`` says on Problems of each who is left over."""
LONGEST_OFF = timedelta(days=28)
"""So much earlier at most somebody hears of a round who is off before it."""
LONGEST = timedelta(days=14)
"""So long at most somebody waits for a partner's sake until they are introduced."""


class RoundLetter(StrEnum):
    """The kinds of letters about rounds, as keys have them."""

    ANNOUNCEMENT = "announcement"
    WELCOME = "welcome"
    LEFT_OVER = "left-over"


_KINDS = frozenset(RoundLetter)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRoundLetter:
    """A letter about a round that is due to somebody now."""

    kind: RoundLetter
    person: str
    round: int
    may_wait: bool = False
    """There is another working day of theirs on which it would come in time."""

    @property
    def key(self) -> str:
        return f"{self.kind}:r{self.round}:{self.person}"


def round_of(key: str) -> int | None:
    """Return the round that a letter of these kinds is about; None for a key of another kind."""
    kind, _, rest = key.partition(":")
    named = re.match(r"r([1-9]\d{0,2})(?::|$)", rest, re.ASCII)
    return int(named[1]) if named and kind in _KINDS else None


def due_round_letters(
    programme: ProgrammeSeen,
    letters: Collection[str],
    joining: Collection[str] = (),
    away: Collection[str] = (),
) -> list[DueRoundLetter]:
    """Return the letters about rounds that are due, at most one a person. ``letters`` are the keys on record.

    ``joining`` are those who are in a pairing that had begun, and not introduced in it yet; ``away`` those who seem to
    be, by their calendars: what may wait does.
    """
    ahead, current = round_ahead(programme), round_on(programme.today, programme.settings)
    found = [*(_announcements(programme, ahead) if ahead else ())]
    found += (
        [*_welcomes(programme, current, letters, joining), *_left_over(programme, current)] if current else []
    )
    hears = who_hears(programme.mailbox, programme.memory)
    here = (d for d in found if hears(d.person, d.round))
    fresh = [due for due in here if due.key not in letters and _is_time(programme, due.person)]
    fresh = [due for due in fresh if not (due.may_wait and due.person in away)]
    return list({due.person: due for due in reversed(fresh)}.values())[::-1]


def round_ahead(programme: ProgrammeSeen) -> Round | None:
    """Return the round that opens next, where somebody may have to hear of it by now."""
    current = round_on(programme.today, programme.settings)
    following = round_numbered(current.number + 1 if current else 1, programme.settings)
    if following is None:
        return None
    begins = working_days_before(following.opens, programme.settings.announcement_days) - LONGEST_OFF
    return following if begins <= programme.today < following.opens else None


def _announcements(programme: ProgrammeSeen, ahead: Round) -> Iterator[DueRoundLetter]:
    """Yield who would take part when the round opens, and is not asked by a turn what they want then.

    The working days before it are without the days off of each: whoever is off shortly before hears of it earlier.
    """
    days = programme.settings.announcement_days
    asked = {
        e for p in standing_in(_everywhere(programme), ahead.number - 1) if p.is_approved for e in p.people
    }
    for person in with_requests(programme.people.values(), programme.requests, ahead.opens):
        is_in = person.is_taking_part(ahead.opens) and person.email not in asked
        if (
            is_in
            and working_days_before(ahead.opens, days, works_for_all([person.days_off])) <= programme.today
        ):
            tomorrow = person.local_day(programme.now) + timedelta(days=1)
            yield DueRoundLetter(
                kind=RoundLetter.ANNOUNCEMENT,
                person=person.email,
                round=ahead.number,
                may_wait=first_working_day(tomorrow, person.works_on) < ahead.opens,
            )


def _welcomes(
    programme: ProgrammeSeen, current: Round, letters: Collection[str], joining: Collection[str]
) -> Iterator[DueRoundLetter]:
    """Yield who takes part in a round that is open and has not heard of it: neither before, nor by a partner.

    Who joins when the next one is announced hears of that one, and needs no second letter that says the same.
    """
    number = current.number
    rounds = [p for p in _everywhere(programme) if p.round in {number, number - 1}]
    known = {e for p in rounds if p.has_begun or _is_from_before(p, programme) for e in p.people} - set(
        joining
    )
    for person in _here(programme):
        keys = (
            DueRoundLetter(kind=RoundLetter.ANNOUNCEMENT, person=person.email, round=n).key
            for n in (number, number + 1)
        )
        if person.email not in known and not any(key in letters for key in keys):
            yield DueRoundLetter(kind=RoundLetter.WELCOME, person=person.email, round=number)


def _is_from_before(pairing: Pairing, programme: ProgrammeSeen) -> bool:
    """Tell of an approved pairing whether its people were introduced of old, though its row tells of no meeting.

    In one that is new they may still wait for that, see ``told``; one that ended so was never told to anybody.
    """
    proposed = pairing.proposed_on
    return pairing.is_approved and (proposed is None or programme.today > proposed + LONGEST)


def _left_over(programme: ProgrammeSeen, current: Round) -> Iterator[DueRoundLetter]:
    said = {p.row_key for p in programme.shown.get("pair_people", ()) if NOBODY in p.what}
    placed = {e for p in standing_in(_everywhere(programme), current.number) for e in p.people}
    for person in _here(programme):
        if person.email in said - placed:
            yield DueRoundLetter(kind=RoundLetter.LEFT_OVER, person=person.email, round=current.number)


def _everywhere(programme: ProgrammeSeen) -> tuple[Pairing, ...]:
    return (*programme.pairings, *programme.elsewhere)


def _here(programme: ProgrammeSeen) -> list[Person]:
    return [p for p in programme.people.values() if p.is_taking_part(programme.today)]


def _is_time(programme: ProgrammeSeen, address: str) -> bool:
    person = programme.people[address]
    if person.held:
        return False
    return is_time_for_letters(person, programme.settings, programme.now, even_paused=True)
