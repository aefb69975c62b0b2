"""A year in five countries with three leaves each, by value: what falls on holidays, company days off and leave.

    python tests/bench/days_off.py

Ten people, two a country, in pairs that change with every round; each makes a promise at every meeting and answers
every letter. Counted are letters and meetings on days off, people who are taken for quiet, and what comes after leave.
The year is played twice: with leave that was told, and with leave that nothing but people's calendars show.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from random import Random
from zoneinfo import ZoneInfo

from peerpact.programme.commitments import Commitment, Outcome, Step, answered, events_of, made
from peerpact.programme.correspondence import LetterRecord, LetterState
from peerpact.programme.days_off import Absence, DaysOff, working_days_after
from peerpact.programme.follow_ups.by_calendar import Calendars, leave_by_calendar, window_of
from peerpact.programme.follow_ups.decision import SendLetter, decide, noted, whom_to_look_at
from peerpact.programme.follow_ups.seen import CommitmentsSeen
from peerpact.programme.meetings.history import as_next
from peerpact.programme.meetings.rhythm import end_of_round, span_after
from peerpact.programme.meetings.rules import Busy, rules_of
from peerpact.programme.meetings.slots import MeetingWish, Slot, choose_slots
from peerpact.programme.pairings import (
    ROUND_IS_OVER,
    Pairing,
    PairingState,
    pairing_id,
    round_numbered,
    round_on,
)
from peerpact.programme.people import Person
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.settings import Settings
from peerpact.tables.public_holidays import PublicHolidays

PLACES = {
    "DE-BY": ("Europe/Berlin", "de"),
    "FR": ("Europe/Paris", "fr"),
    "ES-MD": ("Europe/Madrid", "es"),
    "GB-SCT": ("Europe/London", "en"),
    "US-CA": ("America/Los_Angeles", "en"),
}
LEAVES = 3
OPENS = date(2026, 1, 5)
SETTINGS = Settings(first_round=OPENS, programme_name="Peerpact")
CLOSED = Absence(first=date(2026, 12, 24), last=date(2027, 1, 1), name="Closure")
HOURS = (8, 17)
"""When letters are decided about (UTC): mornings of Europe, and of California."""
IN_TIME = 3
"""Working days within which a promise is asked about after its day."""


@dataclass(slots=True)
class Year:
    """What happened so far."""

    people: dict[str, Person]
    by_calendar: bool = False
    """Letters know of leave by free/busy alone."""
    pairings: dict[str, Pairing] = field(default_factory=dict)
    commitments: dict[str, Commitment] = field(default_factory=dict)
    letters: dict[str, LetterRecord] = field(default_factory=dict)
    meetings: list[tuple[Pairing, datetime]] = field(default_factory=list)

    def seen(self, now: datetime) -> ProgrammeSeen:
        known = {e: _as_told(p) for e, p in self.people.items()} if self.by_calendar else self.people
        return ProgrammeSeen(now=now, settings=SETTINGS, people=known, pairings=tuple(self.pairings.values()))


def played(seed: int = 1, *, by_calendar: bool = False) -> Year:
    """Play the year, hour by hour of those at which letters are decided about."""
    chance = Random(seed)  # noqa: S311 - the same year each time
    year = Year({p.email: p for p in somebody(chance)}, by_calendar=by_calendar)
    for day in (OPENS - timedelta(days=10) + timedelta(days=n) for n in range(380)):
        _turn(year, day)
        for hour in HOURS:
            now = datetime.combine(day, time(hour), UTC)
            _meet(year, now)
            _write(year, now)
    return year


def somebody(chance: Random) -> Iterator[Person]:
    """Yield two people a country, each with three leaves of a day to four weeks."""
    numbers = count(1)
    for place, (zone, language) in PLACES.items():
        for _ in range(2):
            n = next(numbers)
            leave = tuple(_leave(chance, third) for third in range(LEAVES))
            off = DaysOff(
                holidays=PublicHolidays(place=place, languages=(language,)), company=(CLOSED,), leave=leave
            )
            yield Person(
                email=f"p{n:02}@example.com",
                name=f"P{n}",
                time_zone=zone,
                country=place,
                days_off=off,
                languages=(language, "en"),
            )


def _leave(chance: Random, third: int) -> Absence:
    first = OPENS + timedelta(days=third * 120 + chance.randrange(85))
    return Absence(first=first, last=first + timedelta(days=chance.choice((0, 4, 11, 18, 27))))


def _turn(year: Year, day: date) -> None:
    """End the pairings of a round that is over, and pair anew three days into the next one."""
    current = round_on(day, SETTINGS)
    for pairing in list(year.pairings.values()):
        its = round_numbered(pairing.round, SETTINGS)
        if pairing.is_approved and its and day >= its.ends:
            year.pairings[pairing.id] = replace(pairing, state=PairingState.ENDED, notes=ROUND_IS_OVER)
    if current and day == current.opens + timedelta(days=3):
        emails, n = sorted(year.people), current.number
        others = emails[5 + n :] + emails[5 : 5 + n]
        for pair in zip(emails[:5], others, strict=True):
            approved = datetime.combine(day, time(6), UTC)
            pairing = Pairing(
                id=pairing_id(current.number, pair),
                round=current.number,
                people=pair,
                state=PairingState.APPROVED,
                proposed_on=current.opens,
                approved_on=approved,
            )
            year.pairings[pairing.id] = pairing


def _meet(year: Year, now: datetime) -> None:
    """Book what is to be booked; whoever has met has promised something."""
    for pairing in [p for p in year.pairings.values() if p.is_approved and p.approved_on]:
        start = pairing.meeting_start
        if start and start > now:
            continue
        if start:
            _promise(year, pairing, start)
        booked = _booked(year, pairing, start, now)
        year.pairings[pairing.id] = booked
        if booked.meeting_start and booked.meeting_start > now:
            year.meetings.append((booked, booked.meeting_start))


def _booked(year: Year, pairing: Pairing, last: datetime | None, now: datetime) -> Pairing:
    people, rules, ends = (
        [year.people[e] for e in pairing.people],
        rules_of(SETTINGS),
        end_of_round(pairing, SETTINGS),
    )
    span = span_after(last, SETTINGS.meeting_weeks, rules=rules, ends=ends, now=now) if last else None
    if last and span is None:
        return pairing
    after = as_next(pairing) if last else pairing
    wish = MeetingWish(
        key=pairing.id,
        people=tuple(people),
        approved_at=span.counted_from if span else now,
        after=now + timedelta(hours=20),
        before=ends,
    )
    slot = choose_slots([wish], availability=dict.fromkeys(pairing.people, ()), rules=rules)[wish.key]
    start = slot.start if isinstance(slot, Slot) else None
    return replace(after, meeting_start=start, meeting_state="accepted" if start else "")


def _promise(year: Year, pairing: Pairing, start: datetime) -> None:
    for email in pairing.people:
        key = f"{pairing.id}:{email}:{start.date()}"
        day = start.date()
        fresh = Commitment(
            id=key,
            person=email,
            pairing=pairing.id,
            text="one thing",
            made_on=day,
            due=day + timedelta(days=17),
        )
        year.commitments.setdefault(key, made(fresh))


def _write(year: Year, now: datetime) -> None:
    """Send what is due, and have it answered at once: so whoever is quiet is so through leave alone."""
    seen = CommitmentsSeen(programme=year.seen(now), commitments=year.commitments, letters=year.letters)
    if year.by_calendar:
        looked_at = [year.people[e] for e in whom_to_look_at(seen)]
        leave = {p.email: leave_by_calendar(_busy(p, now), _as_told(p), now) for p in looked_at}
        seen = replace(seen, calendars=Calendars(leave=leave))
    actions = [a for a in decide(seen).actions if isinstance(a, SendLetter)]
    year.commitments |= {c.id: c for c in noted(actions, now.date())}
    for action in actions:
        sent = replace(action.record, state=LetterState.SENT, sent=now, answered=now)
        year.letters[sent.key] = sent
        for asked in action.mine:
            known = year.commitments[asked.id]
            year.commitments[asked.id] = answered(known, Outcome.KEPT, now.date())


def _as_told(person: Person) -> Person:
    return replace(person, days_off=replace(person.days_off, leave=()))


def _busy(person: Person, now: datetime) -> Busy:
    """Return what free/busy tells of somebody's leave: whole days, cut where the question begins and ends."""
    zone, (since, until) = ZoneInfo(person.time_zone), window_of(now)
    days = ((a.first, a.last + timedelta(days=1)) for a in person.days_off.leave)
    spans = ([datetime.combine(day, time(), zone).astimezone(UTC) for day in ends] for ends in days)
    return tuple((max(a, since), min(b, until)) for a, b in spans if a < until and since < b)


def figures(year: Year) -> dict[str, int]:
    """Return what there was, and how much of it should not be."""
    sent = [
        (x, year.people[x.person], _day(x.sent, year.people[x.person]))
        for x in year.letters.values()
        if x.sent
    ]
    met = [(p, year.people[e], start) for p, start in year.meetings for e in p.people]
    return {
        "letters": len(sent),
        "letters on holidays and leave": sum(day in person.days_off for _, person, day in sent),
        "meetings": len(year.meetings),
        "meetings on holidays and leave": sum(_day(start, p) in p.days_off for _, p, start in met),
        "returns from leave to more than one letter": _crowded(year),
        "promises": len(year.commitments),
        "promises asked about late": sum(
            _is_late(c, year.people[c.person]) for c in year.commitments.values()
        ),
    }


def _day(moment: datetime | None, person: Person) -> date:
    assert moment
    return moment.astimezone(ZoneInfo(person.time_zone)).date()


def _crowded(year: Year) -> int:
    """Count the returns after which more than one letter came on the first two working days."""
    days = Counter((x.person, _day(x.sent, year.people[x.person])) for x in year.letters.values() if x.sent)
    crowded = 0
    for person in year.people.values():
        for leave in person.days_off.leave:
            until = working_days_after(leave.last, 2, person.works_on)
            within = (leave.last + timedelta(days=n) for n in range(1, (until - leave.last).days + 1))
            crowded += sum(days[person.email, day] for day in within) > 1
    return crowded


def _is_late(commitment: Commitment, person: Person) -> bool:
    limit = working_days_after(commitment.due, IN_TIME, person.works_on)
    asked = [e.on for e in events_of(commitment) if e.step in {Step.ASKED, Step.ANSWERED}]
    return limit < OPENS + timedelta(days=360) and not any(on <= limit for on in asked)


def main() -> int:
    for by_calendar in (False, True):
        sys.stdout.write("leave that calendars show alone\n" if by_calendar else "leave that was told\n")
        for what, number in figures(played(by_calendar=by_calendar)).items():
            sys.stdout.write(f"  {what}: {number}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
