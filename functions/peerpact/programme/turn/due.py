"""When the letters around the end of a round are due: the turn in its last week, and the word that closes a pairing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta

from peerpact.programme.commitments import Commitment
from peerpact.programme.correspondence import LetterRecord, LetterState
from peerpact.programme.days_off import first_working_day
from peerpact.programme.follow_ups.due import (
    ASKS_AGAIN,
    DueLetter,
    Kind,
    is_time_for_letters,
    last_day,
    waits_until,
)
from peerpact.programme.pairings import Pairing, round_numbered
from peerpact.programme.people import Person, TakingPart
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.settings import Settings

LAST_DAYS = timedelta(days=7)
"""So long before its round ends a pairing is asked what comes next."""
GIVES_WAY = timedelta(days=10)
"""A monthly follow-up that would come so shortly before the turn is left to it."""


def turn_of(pairing: Pairing, settings: Settings) -> tuple[date, date] | None:
    """Return the day from which the turn of a pairing's round may leave, and the first day after the round."""
    its = round_numbered(pairing.round, settings)
    return (its.ends - LAST_DAYS, its.ends) if its else None


def last_words(programme: ProgrammeSeen, letters: Mapping[str, LetterRecord]) -> list[DueLetter]:
    """Return the letters at the end of rounds that are due. ``letters`` are those on record."""
    found = ((p, turn_of(p, programme.settings)) for p in programme.pairings)
    return [
        letter
        for pairing, span in found
        if span
        for person in _of(pairing, programme.people)
        if (letter := _last_word(person, pairing, span, programme, letters)) and letter.key not in letters
    ]


def _last_word(
    person: Person,
    pairing: Pairing,
    span: tuple[date, date],
    programme: ProgrammeSeen,
    letters: Mapping[str, LetterRecord],
) -> DueLetter | None:
    """Return the turn in the last week, or after it the word that closes a pairing for whom no turn has reached.

    That one reaches also those who pause from then on, as nobody's round ends in silence; not those who have left.
    """
    today, settings, now = person.local_day(programme.now), programme.settings, programme.now
    turn = DueLetter(kind=Kind.TURN, person=person.email, pairing=pairing, due=span[0])
    if pairing.is_approved and span[0] <= today < span[1] and not programme.waits(pairing):
        return turn if is_time_for_letters(person, settings, now) else None
    began_and_lasted = pairing.has_lasted and pairing.approved_on is not None
    if (
        not began_and_lasted
        or not span[1] <= today <= last_day(span[1], person)
        or _has_left(letters.get(turn.key))
    ):
        return None
    closing = DueLetter(kind=Kind.CLOSING, person=person.email, pairing=pairing, due=span[1])
    return closing if _is_reached(person, settings, now) else None


def _has_left(letter: LetterRecord | None) -> bool:
    return letter is not None and letter.state is LetterState.SENT


def between_rounds(
    pairings: Iterable[Pairing],
    people: Mapping[str, Person],
    promises: Mapping[str, Commitment],
    letters: Collection[str],
    *,
    settings: Settings,
    now: datetime,
) -> list[DueLetter]:
    """Return the letters about promises of people who have no partner now. ``promises``: each one's first unasked."""
    known = {p.id: p for p in pairings}
    paired = {e for p in known.values() if p.is_approved for e in p.people}
    due = []
    for email in sorted(promises.keys() & people.keys() - paired):
        person, promise = people[email], promises[email]
        pairing, day = known.get(promise.pairing), promise.due
        if (
            pairing is None
            or not day < person.local_day(now)
            or not is_time_for_letters(person, settings, now)
        ):
            continue
        letter = DueLetter(
            kind=Kind.FOLLOW_UP, person=email, pairing=pairing, due=day, day=day, is_short=True
        )
        due += [letter] if letter.key not in letters and not person.held else []
    return due


def gives_way(due: DueLetter, person: Person, settings: Settings, now: datetime) -> bool:
    """Tell whether the turn takes a letter's place: in the last week of all, shortly before of the monthly one.

    Some weeks before it takes that of a reminder; of a letter about a promise's own day where that can wait so long.
    """
    span = turn_of(due.pairing, settings)
    if span is None or due.kind in {Kind.TURN, Kind.CLOSING}:
        return False
    if due.day and now.date() < span[0]:
        return first_working_day(span[0], person.works_on) <= waits_until(due.day, person)
    before = {Kind.FOLLOW_UP: GIVES_WAY, Kind.REMINDER: ASKS_AGAIN}.get(due.kind, timedelta())
    return span[0] - before <= now.date() < span[1]


def _of(pairing: Pairing, people: Mapping[str, Person]) -> list[Person]:
    return [people[address] for address in pairing.people if address in people]


def _is_reached(person: Person, settings: Settings, now: datetime) -> bool:
    if person.taking_part is TakingPart.NO or person.held:
        return False
    return is_time_for_letters(person, settings, now, even_paused=True)
