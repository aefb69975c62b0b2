"""Which letters about commitments are due: the request after a meeting, the monthly follow-up, the one reminder.

Everything follows from what is known at one moment. A letter has a key; one whose key is on record is not due
again. What a letter says is ``letters``; that it leaves once is the outbox's affair.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import count, islice
from types import MappingProxyType

from peerpact.programme.correspondence import LetterRecord, LetterState
from peerpact.programme.days_off import NONE_OFF, DaysOff, first_working_day, working_days_after
from peerpact.programme.follow_ups.around_meetings import (
    ENOUGH_APART,
    SOON,
    TOGETHER,
    MeetingAhead,
    day_after_meeting,
    meeting_ahead,
)
from peerpact.programme.follow_ups.meeting_behind import MeetingBehind, meeting_behind
from peerpact.programme.letter_hours import is_time_for_letters
from peerpact.programme.meetings.history import MEETING_NEVER_WAS, all_meetings
from peerpact.programme.meetings.rhythm import DAYS_TO_PICK
from peerpact.programme.pairings import Pairing, PairingState, add_months
from peerpact.programme.people import Person
from peerpact.programme.requests import Request, Wish
from peerpact.programme.settings import Settings

STALE = timedelta(days=21)
"""A letter that could not be sent for so long (an outage, a pause) is passed over; the next one comes."""
ANOTHER_COMES = timedelta(weeks=3)
"""There is no monthly letter where the one before a meeting comes within so long."""
ASKS_AGAIN = timedelta(weeks=5)
"""Nobody is reminded who gets another letter within so long: that one asks again."""
A_WEEK = timedelta(days=7)
"""So long after the request there is none before a meeting: two that meet every week have just been asked."""
UNANSWERED_UNTIL_RARER = 2
DAYS_TO_ANSWER = 7
"""Whoever is on leave within so many days of a letter did not leave it unanswered."""
_NONE: Mapping[str, date] = MappingProxyType({})
AS_EVER: Mapping[tuple[str, str], Pairing] = MappingProxyType({})


class Kind(StrEnum):
    """The kinds of letters about commitments, as they are in keys."""

    COMMITMENT_REQUEST = "commitment-request"
    FOLLOW_UP = "follow-up"
    REMINDER = "reminder"
    TURN = "turn"
    """In a round's last weeks; see ``programme.turn``."""
    CLOSING = "closing"
    STILL_THERE = "still-there"
    """To who is quiet while their partner waits; see ``programme.wishes``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLetter:
    """A letter that is due to a person now; ``of`` is the letter that a reminder reminds of."""

    kind: Kind
    person: str
    pairing: Pairing
    due: date
    number: int = 0
    of: LetterRecord | None = None
    is_short: bool = False
    """Two follow-ups in a row went unanswered: shorter and rarer from now on."""
    day: date | None = None
    """The day that a promise was made for, where that alone makes the letter due."""

    @property
    def key(self) -> str:
        if self.of:
            return f"{self.kind}:{self.of.key}"
        number = f":{self.day or self.number}" if self.day or self.number else ""
        return f"{self.kind}:{self.pairing.id}:{self.person}{number}"


def due_letters(
    pairings: Iterable[Pairing],
    people: Mapping[str, Person],
    letters: Mapping[str, LetterRecord],
    *,
    requests: Sequence[Request],
    settings: Settings,
    now: datetime,
    unasked: Mapping[str, date] = _NONE,
    joined: Mapping[tuple[str, str], Pairing] = AS_EVER,
    gives_way: Callable[[DueLetter], bool] = lambda _: False,
) -> list[DueLetter]:
    """Return the letters due at a moment, the oldest due first. At most one a person.

    ``unasked`` is the first day that each promised something for and was not asked about yet, ``joined`` are pairings
    as they are for who joined later. ``gives_way`` tells of a letter whether it need not be, as where another takes
    its place.
    """
    due: dict[str, DueLetter] = {}
    sent = _sent_in_pairings(letters.values())
    for pairing in pairings:
        if pairing.state is PairingState.APPROVED:
            for address in pairing.people:
                person = people.get(address)
                if person and address not in due and is_time_for_letters(person, settings, now):
                    got = sent.get((address, pairing.id), ())
                    its = joined.get((pairing.id, address), pairing)
                    found = [
                        *_due_to(person, its, letters, got, requests, settings, now),
                        *_promised(person, its, unasked.get(address), letters, now),
                    ]
                    if person.days_off.was_left(person.local_day(now)):
                        found.sort(key=lambda letter: letter.kind is Kind.REMINDER)  # one letter asks for all
                    first = next((letter for letter in found if not gives_way(letter)), None)
                    due.update({address: first} if first else {})
    return sorted(due.values(), key=lambda d: (d.due, d.key))


def last_day(due: date, person: Person) -> date:
    """Return the last day on which a letter may leave: holidays and leave move the day on which it is due."""
    return first_working_day(due, person.works_on) + STALE


def met_on(pairing: Pairing, person: Person) -> date | None:
    """Return the local day on which the pair is taken to have met first, or will; None before they are introduced.

    Where no meeting of theirs was held or lies ahead, they pick their own time, and are asked whether they met.
    """
    meetings = all_meetings(pairing)
    if pairing.approved_on is None or not meetings:
        return None
    starts = [m.start for m in meetings if m.start and m.state not in MEETING_NEVER_WAS]
    met = starts[0] if starts else pairing.approved_on + DAYS_TO_PICK
    return person.local_day(met)


def _missed_before(pairing: Pairing) -> int:
    """Return how many meetings were cancelled, declined or missed before the first one that was, or lies ahead."""
    states = [m.state in MEETING_NEVER_WAS for m in all_meetings(pairing)]
    return states.index(False) if False in states else 0


def _due_to(
    person: Person,
    pairing: Pairing,
    letters: Mapping[str, LetterRecord],
    sent: Sequence[LetterRecord],
    requests: Sequence[Request],
    settings: Settings,
    now: datetime,
) -> Iterator[DueLetter]:
    met, today = met_on(pairing, person), person.local_day(now)
    if met is None or met >= today or _said_not_met(person, pairing, requests, met, today):
        return
    monthly, request = _follow_up(person, pairing, met, now, sent), _request(person, pairing, met)
    if monthly and monthly.key not in letters:
        yield monthly
    elif request.due <= today <= last_day(request.due, person) and request.key not in letters:
        yield request
    if not _another_comes(person, pairing, met, letters, now):
        yield from _reminders(person, pairing, sent, letters, settings, now)


def _request(person: Person, pairing: Pairing, met: date) -> DueLetter:
    """Return the request the day after the first meeting that was."""
    before = _missed_before(pairing)
    return DueLetter(
        kind=Kind.COMMITMENT_REQUEST,
        person=person.email,
        pairing=pairing,
        due=met + timedelta(days=1),
        number=before + 1 if before else 0,
    )


def _follow_up(
    person: Person, pairing: Pairing, met: date, now: datetime, sent: Sequence[LetterRecord]
) -> DueLetter | None:
    """Return the follow-up before the next meeting, or after the latest, or the monthly one whose day has come.

    Older ones that never left are passed over.
    """
    today = person.local_day(now)
    ahead = meeting_ahead(pairing, person, now)
    if ahead and ahead.day - today <= SOON:
        return _before_meeting(person, pairing, ahead, today, sent)
    behind = meeting_behind(pairing, person, now)
    if behind and behind.day < today <= behind.last:
        return _after_meeting(person, pairing, behind, sent)
    another_comes = ahead is not None and ahead.letter_on <= today + ANOTHER_COMES
    if another_comes or _was_written_to_of_late(sent, today):
        return None
    months = (today.year - met.year) * 12 + today.month - met.month
    number = months if add_months(met, months) <= today else months - 1
    quiet = is_quiet(sent, off=person.days_off)
    if number < 1 or (quiet and number % 2):
        return None
    due = add_months(met, number)
    if today > last_day(due, person):
        return None
    return _follow_up_of(person, pairing, due, number, is_short=quiet)


def _before_meeting(
    person: Person, pairing: Pairing, ahead: MeetingAhead, today: date, sent: Sequence[LetterRecord]
) -> DueLetter | None:
    number, quiet = ahead.number - 1, is_quiet(sent, off=person.days_off)
    is_time = ahead.letter_on <= today <= ahead.day
    if not is_time or _was_written_to_of_late(sent, today) or (quiet and number % 2):
        return None
    return _follow_up_of(person, pairing, ahead.letter_on, number, is_short=quiet)


def _after_meeting(
    person: Person, pairing: Pairing, behind: MeetingBehind, sent: Sequence[LetterRecord]
) -> DueLetter | None:
    """Return the letter after a meeting before which none came: there was no time for it, or nothing to say."""
    number, quiet = behind.number - 1, is_quiet(sent, off=person.days_off)
    came = [s for s in sent if s.sent and behind.letters_since <= s.sent.date()]
    if came or _was_written_to_of_late(sent, behind.due) or (quiet and number % 2):
        return None
    return _follow_up_of(person, pairing, behind.due, number, is_short=quiet)


def _follow_up_of(person: Person, pairing: Pairing, due: date, number: int, *, is_short: bool) -> DueLetter:
    return DueLetter(
        kind=Kind.FOLLOW_UP, person=person.email, pairing=pairing, due=due, number=number, is_short=is_short
    )


def _was_written_to_of_late(sent: Sequence[LetterRecord], today: date) -> bool:
    apart = {Kind.FOLLOW_UP.value: ENOUGH_APART, Kind.COMMITMENT_REQUEST.value: A_WEEK}
    return any(today - s.sent.date() < apart[s.kind] for s in sent if s.sent)


def _another_comes(
    person: Person, pairing: Pairing, met: date, letters: Collection[str], now: datetime
) -> bool:
    """Tell whether the letter before the next meeting comes soon, or the monthly one where no meeting is ahead.

    That comes within 31 days, so within ``ASKS_AGAIN``.
    """
    today, ahead = person.local_day(now), meeting_ahead(pairing, person, now)
    if ahead:
        return ahead.letter_on <= today + ASKS_AGAIN
    number = next(n for n in count(1) if add_months(met, n) > today)
    monthly = DueLetter(
        kind=Kind.FOLLOW_UP, person=person.email, pairing=pairing, due=add_months(met, number), number=number
    )
    return monthly.key not in letters


def _promised(
    person: Person, pairing: Pairing, day: date | None, letters: Mapping[str, LetterRecord], now: datetime
) -> Iterator[DueLetter]:
    """Yield the letter that asks about a promise on the working day after its day, unless another comes soon.

    One whose day came while its person sat a round out is asked about once they have a partner again.
    """
    today, began = person.local_day(now), pairing.approved_on
    if day is None:
        return
    since = max(day, person.local_day(began)) if began else day
    if not day < today <= last_day(since + timedelta(days=1), person):
        return
    if any(today < on <= waits_until(day, person) for on in _coming(person, pairing, letters, now)):
        return
    letter = DueLetter(
        kind=Kind.FOLLOW_UP, person=person.email, pairing=pairing, due=day + timedelta(days=1), day=day
    )
    if letter.key not in letters:
        yield letter


def waits_until(day: date, person: Person) -> date:
    """Return until when a promise that was made for a day waits for a letter that is due anyway."""
    return working_days_after(day, TOGETHER, person.works_on)


def _coming(
    person: Person, pairing: Pairing, letters: Mapping[str, LetterRecord], now: datetime
) -> Iterator[date]:
    """Yield the days of letters that are due anyway: before the next meeting, after the first one."""
    ahead, met = meeting_ahead(pairing, person, now), met_on(pairing, person)
    if ahead:
        yield ahead.letter_on
    if met and _request(person, pairing, met).key not in letters:
        yield first_working_day(met + timedelta(days=1), person.works_on)


def _reminders(
    person: Person,
    pairing: Pairing,
    sent: Sequence[LetterRecord],
    letters: Mapping[str, LetterRecord],
    settings: Settings,
    now: datetime,
) -> Iterator[DueLetter]:
    """Yield the one reminder of the latest letter, when it was left unanswered long enough.

    Of a letter that came shortly before a meeting it comes the working day after that: did you meet?
    """
    if not sent or is_quiet(sent, off=person.days_off):
        return
    last = sent[-1]
    if last.answered or not last.sent:
        return
    today, waits = person.local_day(now), timedelta(days=settings.reminder_days)
    after = day_after_meeting(pairing, person, last)
    due = after or (last.sent + waits).date()
    has_come = waits <= now - last.sent if after is None else after <= today
    is_time = has_come and today <= last_day(due, person)
    reminder = DueLetter(kind=Kind.REMINDER, person=person.email, pairing=pairing, due=due, of=last)
    if is_time and reminder.key not in letters:
        yield reminder


def _sent_in_pairings(letters: Iterable[LetterRecord]) -> dict[tuple[str, str], list[LetterRecord]]:
    """Return the requests and follow-ups that left, oldest first, by person and pairing."""
    kinds = {Kind.COMMITMENT_REQUEST.value, Kind.FOLLOW_UP.value}
    left = (s for s in letters if s.kind in kinds and s.state is LetterState.SENT and s.sent)
    found: dict[tuple[str, str], list[LetterRecord]] = {}
    for letter in sorted(left, key=lambda s: (s.sent, s.key)):
        found.setdefault((letter.person, letter.pairing), []).append(letter)
    return found


def is_quiet(sent: Sequence[LetterRecord], by: date | None = None, *, off: DaysOff = NONE_OFF) -> bool:
    """Tell whether the latest two follow-ups among these letters, oldest first, went unanswered.

    With a day, tell it as it was at that day's end (UTC). Those after which their reader was on leave don't count.
    """
    latest = _latest_follow_ups(sent, by, off)
    return len(latest) == UNANSWERED_UNTIL_RARER and not any(_was_answered(letter, by) for letter in latest)


def may_be_quiet(sent: Sequence[LetterRecord], by: date, *, off: DaysOff = NONE_OFF) -> bool:
    """Tell whether somebody has got as many of these letters as it takes to count as quiet."""
    return len(_latest_follow_ups(sent, by, off)) == UNANSWERED_UNTIL_RARER


def _latest_follow_ups(sent: Sequence[LetterRecord], by: date | None, off: DaysOff) -> list[LetterRecord]:
    follow_ups = (
        s
        for s in reversed(sent)
        if s.kind == Kind.FOLLOW_UP
        and s.sent
        and (by is None or s.sent.date() <= by)
        and _was_there(s.sent, off)
    )
    return [*islice(follow_ups, UNANSWERED_UNTIL_RARER)]


def _was_there(sent: datetime, off: DaysOff) -> bool:
    week = (sent.date() + timedelta(days=n) for n in range(DAYS_TO_ANSWER))
    return not any(off.is_on_leave(day) for day in week)


def _was_answered(letter: LetterRecord, by: date | None) -> bool:
    return letter.answered is not None and (by is None or letter.answered.date() <= by)


def _said_not_met(
    person: Person, pairing: Pairing, requests: Iterable[Request], met: date, today: date
) -> bool:
    """Tell whether one of them wrote of late that they have not met; after some weeks they are asked again.

    What is said of a later meeting than the first one that was keeps no letter back.
    """
    later = [m.start.date() for m in all_meetings(pairing)[_missed_before(pairing) + 1 :] if m.start]
    until = min(later, default=date.max)
    return any(
        r.kind is Wish.NOT_MET
        and r.person in pairing.people
        and met <= r.asked_on < until
        and r.asked_on > today - STALE
        and person.email in pairing.people
        for r in requests
    ) and not pairing.meeting_state.startswith("asked")
