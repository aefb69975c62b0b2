"""When the letters around the end of a round are due: the turn in its last weeks, and the word that closes a pairing.

Where the last meeting of a round is in its last weeks, the turn is the letter before it; else it comes a week before
the end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta

from peerpact.programme.commitments import Commitment
from peerpact.programme.correspondence import LetterRecord, LetterState
from peerpact.programme.days_off import first_working_day, working_days_before
from peerpact.programme.follow_ups.around_meetings import WORKING_DAYS_BEFORE
from peerpact.programme.follow_ups.due import (
    AS_EVER,
    ASKS_AGAIN,
    DueLetter,
    Kind,
    last_day,
    waits_until,
)
from peerpact.programme.letter_hours import is_time_for_letters
from peerpact.programme.meetings.history import MEETING_NEVER_WAS, all_meetings
from peerpact.programme.meetings.rhythm import A_FEW_DAYS, LAST_WEEKS, end_of_round, next_time, weeks_between
from peerpact.programme.pairings import Pairing, PairingState, round_numbered, round_of
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


def turn_for(person: Person, pairing: Pairing, programme: ProgrammeSeen) -> tuple[date, date] | None:
    """Return the day from which somebody's turn may leave, and the first day after the round."""
    span = turn_of(pairing, programme.settings)
    last = _last_meeting(pairing, programme)
    if span is None or last is None:
        return span
    before = working_days_before(person.local_day(last), WORKING_DAYS_BEFORE, person.works_on)
    return min(span[0], before), span[1]


def _last_meeting(pairing: Pairing, programme: ProgrammeSeen) -> datetime | None:
    """Return the meeting of a round's last weeks after which their rhythm leaves no room for another one.

    A pair's first one has letters of its own.
    """
    ends = end_of_round(pairing, programme.settings)
    weeks = weeks_between(pairing, programme.requests, programme.settings)
    were = (m.start for m in all_meetings(pairing)[1:] if m.state not in MEETING_NEVER_WAS)
    start = max((start for start in were if start), default=None)
    if not (weeks and ends and start and ends - LAST_WEEKS - A_FEW_DAYS <= start < ends):
        return None
    return start if next_time(start, weeks, ends) is None else None


def last_words(
    programme: ProgrammeSeen,
    letters: Mapping[str, LetterRecord],
    joined: Mapping[tuple[str, str], Pairing] = AS_EVER,
) -> list[DueLetter]:
    """Return the letters at the end of rounds that are due. ``letters`` are those on record.

    ``joined`` are pairings as they are for who joined later, who are asked after their own meetings.
    """
    return [
        letter
        for pairing in programme.pairings
        for person in _of(pairing, programme.people)
        if (letter := _last_word(person, joined.get((pairing.id, person.email), pairing), programme, letters))
        and letter.key not in letters
    ]


def _last_word(
    person: Person,
    pairing: Pairing,
    programme: ProgrammeSeen,
    letters: Mapping[str, LetterRecord],
) -> DueLetter | None:
    """Return the turn in the last weeks, or after it the word that closes a pairing for whom no turn has reached.

    That one reaches also those who pause from then on, as nobody's round ends in silence; not those who have left.
    """
    today, settings, now = person.local_day(programme.now), programme.settings, programme.now
    if (span := turn_for(person, pairing, programme)) is None:
        return None
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
    """Return the letters about promises of people who have no partner now. ``promises``: each one's first unasked.

    Who sat a round out is asked though the pairing that they promised in is in the archive by then.
    """
    known = {p.id: p for p in pairings}
    paired = {e for p in known.values() if p.is_approved for e in p.people}
    due = []
    for email in sorted(promises.keys() & people.keys() - paired):
        person, promise = people[email], promises[email]
        pairing, day = known.get(promise.pairing) or _archived(promise), promise.due
        if not day < person.local_day(now) or not is_time_for_letters(person, settings, now):
            continue
        letter = DueLetter(
            kind=Kind.FOLLOW_UP, person=email, pairing=pairing, due=day, day=day, is_short=True
        )
        due += [letter] if letter.key not in letters and not person.held else []
    return due


def _archived(promise: Commitment) -> Pairing:
    """Return as much as a promise tells of a pairing that is in the archive."""
    number = round_of(promise.pairing) or 0
    return Pairing(id=promise.pairing, round=number, people=(promise.person,), state=PairingState.ENDED)


def gives_way(
    due: DueLetter, person: Person, programme: ProgrammeSeen, letters: Mapping[str, LetterRecord]
) -> bool:
    """Tell whether the turn takes a letter's place: from its day on of all, shortly before of the monthly one.

    Some weeks before it takes that of a reminder; of a letter about a promise's own day where that can wait so long.
    Once it has left, it doesn't of that one: a promise whose day comes later is asked about then.
    """
    span, today = turn_for(person, due.pairing, programme), programme.now.date()
    if span is None or due.kind in {Kind.TURN, Kind.CLOSING}:
        return False
    if turn_key(due.person, due.pairing) in letters:
        return due.day is None and today < span[1]
    if due.day and today < span[0]:
        return first_working_day(span[0], person.works_on) <= waits_until(due.day, person)
    before = {Kind.FOLLOW_UP: GIVES_WAY, Kind.REMINDER: ASKS_AGAIN}.get(due.kind, timedelta())
    return span[0] - before <= today < span[1]


def turn_key(person: str, pairing: Pairing) -> str:
    return DueLetter(kind=Kind.TURN, person=person, pairing=pairing, due=date.min).key


def _of(pairing: Pairing, people: Mapping[str, Person]) -> list[Person]:
    return [people[address] for address in pairing.people if address in people]


def _is_reached(person: Person, settings: Settings, now: datetime) -> bool:
    if person.taking_part is TakingPart.NO or person.held:
        return False
    return is_time_for_letters(person, settings, now, even_paused=True)
