"""Who is away by their calendar, as far as free/busy tells: busy through whole days and the nights between them.

So out-of-office events look, and no meeting does. It stays a guess: letters wait by it, no row keeps it, and neither
partners nor admins are told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from peerpact.programme.days_off import Absence, first_working_day
from peerpact.programme.meetings.rules import Availability, Busy
from peerpact.programme.people import Person
from peerpact.programme.problems import Problem
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.sentences import say

LONGEST = timedelta(days=56)
"""Whoever has been busy for longer gets letters again: that is no leave any more, or a calendar that is always full."""
LOOK_BACK = LONGEST + timedelta(days=2)
TODAY_IS_OVER = timedelta(days=2)
"""By then today has ended wherever somebody is."""
JOB = "send_follow_ups"
_REFUSED = "free/busy"
_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendars:
    """What one look at people's free/busy told."""

    leave: Mapping[str, tuple[Absence, ...]] = field(default_factory=dict)
    """When each was away of late, today included; whose calendar can't be read is not away."""
    refused: str = ""
    """Why Google told nothing at all."""


def window_of(now: datetime) -> tuple[datetime, datetime]:
    """Return the span that is asked about, which one question covers."""
    return now - LOOK_BACK, now + TODAY_IS_OVER


def leave_by_calendar(busy: Availability, person: Person, now: datetime) -> tuple[Absence, ...]:
    """Return when somebody was away of late, today included, from one working day to another.

    Days on which they don't work anyway neither make a leave nor end one.
    """
    found = [*_runs(_joined(busy or ()), person, person.local_day(now))]
    return tuple(a for a in found if a.last - a.first < LONGEST)


def with_leave(programme: ProgrammeSeen, leave: Mapping[str, tuple[Absence, ...]]) -> ProgrammeSeen:
    """Return the programme with leave of some people beside what was told of it."""
    known = programme.people
    away = {address: _away(known[address], spans) for address, spans in leave.items() if address in known}
    return replace(programme, people={**known, **away}) if away else programme


def as_if_away(programme: ProgrammeSeen, waited_for: Collection[str] = ()) -> ProgrammeSeen:
    """Return the programme as it would be had everybody been away until today who begins a working week.

    What somebody missed in a long leave is not due any more by what is known of them. That they are back is looked for
    once a week, when most leaves end; every day of who is ``waited_for``.
    """
    today = {address: p.local_day(programme.now) for address, p in programme.people.items()}
    back = {a: day for a, day in today.items() if a in waited_for or _begins_a_week(programme.people[a], day)}
    return with_leave(
        programme, {a: (Absence(first=day - LONGEST, last=day - _ONE),) for a, day in back.items()}
    )


def away_today(programme: ProgrammeSeen, leave: Mapping[str, tuple[Absence, ...]]) -> frozenset[str]:
    """Return who is away on this day of theirs."""
    today = {a: programme.people[a].local_day(programme.now) for a in leave if a in programme.people}
    return frozenset(a for a, day in today.items() if any(day in absence for absence in leave[a]))


def calendar_problems(programme: ProgrammeSeen, calendars: Calendars | None) -> tuple[Problem, ...]:
    """Return what to say where free/busy as a whole is refused; until it is looked at again, it is as it was said."""
    if calendars is None:
        return tuple(p for p in programme.shown.get(JOB, ()) if p.row_key == _REFUSED)
    if not calendars.refused:
        return ()
    return (
        Problem(
            tab="Settings",
            row_key=_REFUSED,
            what=say(
                "Mails reach people who are away by their calendar: when people are busy can't be seen. {why}",
                why=calendars.refused,
            ),
            remedy=say(
                "Whoever looks after the installation grants calendar.freebusy to the delegate for availability; "
                "“peerpact doctor” says more. Until then automatic replies alone tell who is away."
            ),
        ),
    )


def _away(person: Person, spans: tuple[Absence, ...]) -> Person:
    return replace(person, days_off=replace(person.days_off, leave=(*person.days_off.leave, *spans)))


def _begins_a_week(person: Person, day: date) -> bool:
    monday = day - timedelta(days=day.weekday())
    return first_working_day(monday, person.works_on) == day


def _runs(busy: Busy, person: Person, today: date) -> Iterator[Absence]:
    run: list[date] = []
    for day in (today - LOOK_BACK + n * _ONE for n in range(LOOK_BACK.days + 1)):
        if not person.works_on(day):
            continue
        if _is_full(day, ZoneInfo(person.time_zone), busy):
            run.append(day)
        elif run:
            yield Absence(first=run[0], last=run[-1])
            run = []
    if run:
        yield Absence(first=run[0], last=run[-1])


def _is_full(day: date, zone: ZoneInfo, busy: Busy) -> bool:
    begins, ends = (datetime.combine(d, time(), zone).astimezone(UTC) for d in (day, day + _ONE))
    return any(start <= begins and ends <= end for start, end in busy)


def _joined(busy: Busy) -> Busy:
    """Return busy spans as few as they can be: those that touch are one."""
    joined: list[tuple[datetime, datetime]] = []
    for start, end in sorted(busy):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)
