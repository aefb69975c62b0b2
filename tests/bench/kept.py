"""What the seven months of the example company must show: each figure is counted from what was recorded, by the rows.

Leave is the one that the play gives people, not what was read of their automatic replies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from peerpact.programme.commitments import Commitment, Step, events_of
from peerpact.programme.correspondence import SAID_BACK, LetterRecord, LetterState
from peerpact.programme.days_off import Absence
from peerpact.programme.follow_ups.due import Kind, is_quiet
from peerpact.programme.pairings import Pairing, PairingState
from peerpact.programme.requests import Request, Wish
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.wishes import PrivateWish

LATE = 3
"""Working days after its day, or after a pause or leave, within which a promise must have been asked about."""
SOON = 5
"""Working days within which somebody who waits has a partner."""
DAYS_TO_ANSWER = 7
LAST_WORDS = {"turn", "closing", "partner-left"}
FIRST_WORDS = {"announcement", "welcome"}


@dataclass(frozen=True, kw_only=True)
class Months:
    """What there is at the end of the months, with what is in the archive."""

    programme: ProgrammeSeen
    commitments: Mapping[str, Commitment]
    letters: Sequence[LetterRecord]
    wishes: Sequence[PrivateWish]
    leave: Mapping[str, Sequence[Absence]]
    out: frozenset[str] = frozenset()
    """Those whose calendar says that they are out of office then."""

    @property
    def sent(self) -> list[LetterRecord]:
        return [x for x in self.letters if x.state is LetterState.SENT and x.sent]

    def works(self, person: str) -> Callable[[date], bool]:
        known = self.programme.people.get(person)
        return lambda day: (
            (known.works_on(day) if known else day.weekday() < 5)
            and not any(day in absence for absence in self.leave.get(person, ()))
        )


def figures(months: Months) -> dict[str, str]:
    """Return each figure by what it is about; all that is wrong is named."""
    asked_late, never = _promises(months)
    ended, silent = _ends(months)
    waited, without = _waits(months)
    return {
        "pairings that ended": str(len(ended)),
        "of them without a word": _told(silent),
        "promises": str(len(months.commitments)),
        f"asked about later than {LATE} working days after their day": _told(asked_late),
        "never asked about": _told(never),
        "introduced without an announcement": _told(_unannounced(months)),
        "leaves": str(sum(map(len, months.leave.values()))),
        "quiet through leave": _told(_quiet_through_leave(months)),
        "letters in leave that was known": _told(_in_leave(months)),
        "whose calendar showed their leave": str(len(months.out)),
        "letters about commitments in such leave": _told(_in_shown_leave(months)),
        "waited for a partner": str(len(waited) + len(without)),
        f"longer than {SOON} working days": _told([who for who, days in waited if days > SOON]),
        "without one in the end": _told(without),
    }


def _told(wrong: Sequence[str]) -> str:
    return f"{len(wrong)}" + (f" ({', '.join(wrong)})" if wrong else "")


def _promises(months: Months) -> tuple[list[str], list[str]]:
    """Return those asked about late, and those never, of which that is already clear."""
    today, late, never = months.programme.today, [], []
    for c in months.commitments.values():
        limit = _to_be_asked_by(c, months)
        asked = [e.on for e in events_of(c) if e.step in {Step.ASKED, Step.ANSWERED}]
        if limit < today and not c.is_erased and not any(on <= limit for on in asked):
            (late if asked else never).append(f"{c.due} {c.person.partition('@')[0]}")
    return late, never


def _to_be_asked_by(commitment: Commitment, months: Months) -> date:
    """Return the last day that is in time: where they pause on one of the days before it, counted from their return."""
    works = months.works(commitment.person)
    limit = _working_days_after(commitment.due, LATE, works)
    paused = (r for r in months.programme.requests if r.kind is Wish.PAUSE and r.person == commitment.person)
    for pause in sorted(paused, key=_begins):
        if pause.until and _begins(pause) <= limit and commitment.due < pause.until:
            limit = max(limit, _working_days_after(pause.until, LATE, works))
    return limit


def _begins(pause: Request) -> date:
    return pause.since or pause.asked_on


def _ends(months: Months) -> tuple[list[Pairing], list[str]]:
    told = {x.pairing for x in months.sent if x.kind in LAST_WORDS}
    begun = {x.pairing for x in months.sent if x.kind == "introduction"}
    ended = [p for p in months.programme.pairings if p.state is PairingState.ENDED and p.id in begun]
    return ended, [p.id for p in ended if p.id not in told]


def _unannounced(months: Months) -> list[str]:
    """Return who was introduced before any word of what this is."""
    first = {x.person: x for x in sorted(months.sent, key=_time, reverse=True) if x.kind == "introduction"}
    heard = {x.person: x for x in sorted(months.sent, key=_time, reverse=True) if x.kind in FIRST_WORDS}
    return [p for p, x in first.items() if p not in heard or _time(heard[p]) > _time(x)]


def _quiet_through_leave(months: Months) -> list[str]:
    """Return who was quiet by two follow-ups of which one came in leave or just before it."""
    found = []
    for person, leaves in months.leave.items():
        off = months.programme.people[person].days_off
        theirs = sorted((x for x in months.sent if x.person == person and x.kind == "follow-up"), key=_time)
        for pairing in {x.pairing for x in theirs}:
            sent = [x for x in theirs if x.pairing == pairing]
            latest = (sent[: n + 1] for n in range(len(sent)))
            found += [
                person for some in latest if is_quiet(some, off=off) and _any_came_in(some[-2:], leaves)
            ]
    return found


def _in_leave(months: Months) -> list[str]:
    """Return who got a second letter in one leave: the first one's automatic answer has told of it.

    What says back somebody's own mail draws no automatic answer, and is not kept from them.
    """
    found = []
    for person, leaves in months.leave.items():
        for absence in leaves:
            theirs = (x for x in months.sent if x.person == person and x.kind not in SAID_BACK)
            came = sorted(theirs, key=_time)
            told = [f"{x.kind} {_time(x):%d %b %H:%M}" for x in came if _time(x).date() in absence]
            found += [f"{person.partition('@')[0]}: {', '.join(told)}"] if len(told) > 1 else []
    return found


def _in_shown_leave(months: Months) -> list[str]:
    """Return who got a letter about commitments in a leave that their calendar showed: not even the first one comes."""
    return [
        f"{x.person.partition('@')[0]}: {x.kind} {_time(x):%d %b %H:%M}"
        for x in months.sent
        if x.person in months.out
        and x.kind in set(Kind)
        and any(_time(x).date() in absence for absence in months.leave[x.person])
    ]


def _any_came_in(letters: Iterable[LetterRecord], leaves: Iterable[Absence]) -> bool:
    days = [_time(letter).date() + timedelta(days=n) for letter in letters for n in range(DAYS_TO_ANSWER)]
    return any(day in absence for day in days for absence in leaves)


def _waits(months: Months) -> tuple[list[tuple[str, int]], list[str]]:
    """Return who asked for another partner, after how many working days they were introduced to one, and who was not.

    Whoever is of a three that goes on without the other has a partner all along.
    """
    waited, without = [], []
    for wish in (w for w in months.wishes if w.kind is not Wish.NEVER_WITH and not w.settled):
        if any(p.id == wish.pairing and _goes_on(p, wish) for p in months.programme.pairings):
            continue
        theirs = [x for x in months.sent if (x.kind, x.person) == ("introduction", wish.person)]
        days = [_time(x).date() for x in theirs if x.pairing != wish.pairing]
        later = [day for day in days if day > wish.asked_on]
        if later:
            waited.append((wish.person, _working_days_between(wish.asked_on, min(later))))
        elif months.programme.people[wish.person].is_taking_part(months.programme.today):
            without.append(wish.person)
    return waited, without


def _goes_on(pairing: Pairing, wish: PrivateWish) -> bool:
    is_kept = pairing.is_approved or pairing.has_lasted
    return is_kept and wish.person in pairing.people and not set(wish.others) & set(pairing.people)


def _working_days_between(first: date, last: date) -> int:
    return sum((first + timedelta(days=n + 1)).weekday() < 5 for n in range((last - first).days))


def _working_days_after(day: date, count: int, works: Callable[[date], bool]) -> date:
    while count:
        day += timedelta(days=1)
        count -= works(day)
    return day


def _time(letter: LetterRecord) -> datetime:
    assert letter.sent
    return letter.sent
