"""When a pair's next meeting is to be: at the rhythm of Settings, or at one that the two asked for themselves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from peerpact.programme.days_off import is_weekday, working_days_before
from peerpact.programme.meetings.booking import Booking, booking_of
from peerpact.programme.meetings.rules import MeetingRules
from peerpact.programme.pairings import Pairing, round_numbered
from peerpact.programme.requests import Request, Wish
from peerpact.programme.seen import ProgrammeSeen
from peerpact.programme.settings import Settings

MOST_WEEKS = 13
A_FEW_DAYS = timedelta(days=4)
DAYS_TO_PICK = timedelta(days=14)
"""A pair that picks its own time is taken to have met so long after it was asked to."""
ABOUT_WHOLE = 0.75
"""The last meeting of a round may come so much of a rhythm after the one before, where the round ends too soon."""
A_BIT_LONGER = 1.25
"""Or so much, where it comes into the round's last weeks by that: what there is to ask at its end goes with it."""
LAST_WEEKS = timedelta(days=21)
TO_FIRST_MEETING = timedelta(days=11)
"""About so long after a round opens the first meetings are."""
A_WEEK = timedelta(days=7)
ROOM = timedelta(days=2)
"""So much of the round is left at least when a meeting is looked for: less holds no slot for two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Where a next meeting may be: working days are counted from ``counted_from``; it begins before ``before``."""

    counted_from: datetime
    before: datetime | None


def weeks_between(pairing: Pairing, requests: Iterable[Request], settings: Settings) -> int:
    """Return how many weeks a pairing has from one meeting to the next; 0: they plan their meetings themselves."""
    own = own_weeks(pairing, requests, settings)
    return settings.meeting_weeks if own is None else own


def own_weeks(pairing: Pairing, requests: Iterable[Request], settings: Settings) -> int | None:
    """Return the weeks that a pairing asked for; None where it did not.

    The latest word of either counts, since they are together: in an earlier round, too.
    """
    since = pairing.approved_on.date() if pairing.approved_on else None
    asked = [
        r
        for r in sorted(requests, key=lambda r: r.asked_on)
        if r.kind in {Wish.EVERY_WEEKS, Wish.OWN_PLAN}
        and r.person in pairing.people
        and r.decision != "ignore"
        and (since is None or r.asked_on >= since)
    ]
    if not asked:
        noted = booking_of(pairing)
        return noted.weeks if noted else None
    last = asked[-1]
    return 0 if last.kind is Wish.OWN_PLAN else min(max(last.weeks or settings.meeting_weeks, 1), MOST_WEEKS)


def rhythm_before(programme: ProgrammeSeen, number: int, people: Collection[str]) -> str:
    """Return, as it is noted, the rhythm of their own that the same people had in the round before one."""
    last = (p for p in programme.pairings if p.round == number - 1 and p.approved_on)
    same = [p for p in last if set(p.people) == set(people)]
    weeks = [own_weeks(p, programme.requests, programme.settings) for p in same]
    return Booking(weeks=weeks[-1]).text() if weeks else ""


def has_rhythm(pairing: Pairing, requests: Iterable[Request], settings: Settings, now: datetime) -> bool:
    """Tell whether another meeting comes by itself before the round ends."""
    weeks, ends = weeks_between(pairing, requests, settings), end_of_round(pairing, settings)
    return weeks > 0 and (ends is None or now + timedelta(weeks=weeks) + ROOM <= ends)


def end_of_round(pairing: Pairing, settings: Settings) -> datetime | None:
    """Return the first moment after a pairing's round (UTC)."""
    its = round_numbered(pairing.round, settings)
    return datetime.combine(its.ends, time(), UTC) if its else None


def next_time(last: datetime, weeks: int, ends: datetime | None, *, was_held: bool = True) -> datetime | None:
    """Return when the meeting after one at ``last`` is to be; None when the round leaves no room for it.

    The last one of a round comes a bit sooner or later than the rhythm, so that it is well inside the last weeks. Where
    it was skipped there is another one in the last of them.
    """
    rhythm = timedelta(weeks=weeks)
    whole = last + rhythm
    if ends is None or whole + rhythm + A_FEW_DAYS <= ends:
        return whole
    if whole + A_FEW_DAYS > ends:
        is_enough = was_held or last + 2 * A_WEEK > ends
        return _sooner(last, rhythm, ends) or (None if is_enough else ends - A_WEEK)
    later = min(ends - LAST_WEEKS, last + rhythm * A_BIT_LONGER)
    is_in_time = whole < later and ends - later <= LAST_WEEKS + A_FEW_DAYS
    return later if is_in_time and _sooner(later, rhythm, ends) is None else whole


def _sooner(last: datetime, rhythm: timedelta, ends: datetime) -> datetime | None:
    """Return when the last meeting of a round is to be for which a whole rhythm leaves no room."""
    sooner = min(last + rhythm, max(last + rhythm * ABOUT_WHOLE, ends - A_WEEK))
    return sooner if sooner + A_FEW_DAYS <= ends else None


def meeting_after(
    pairing: Pairing, now: datetime, requests: Iterable[Request], settings: Settings
) -> date | None:
    """Return the day of the next meeting with a partner that leaves a week, known or expected; None: nobody knows.

    After the last one of a round it is the first one of the next.
    """
    start, weeks = pairing.meeting_start, weeks_between(pairing, requests, settings)
    if start is None or not weeks or start.date() >= now.date() + A_WEEK:
        return start.date() if start else None
    ends = end_of_round(pairing, settings)
    following = next_time(start, weeks, ends) or (ends and ends + TO_FIRST_MEETING)
    return following.date() if following else None


def span_after(
    last: datetime,
    weeks: int,
    *,
    rules: MeetingRules,
    ends: datetime | None,
    now: datetime,
    works: Callable[[date], bool] = is_weekday,
    was_held: bool = True,
) -> Span | None:
    """Return where the meeting after one at ``last`` may be; None when the round leaves no room for it.

    ``works`` tells the days on which they work.
    """
    target = next_time(last, weeks, ends, was_held=was_held)
    target = max(target, now) if target else None
    if target is None or (ends and target + ROOM > ends):
        return None
    early = target.date() - working_days_before(target.date(), rules.earliest_working_day, works)
    return Span(counted_from=max(target - early, now), before=ends)


def span_soon(*, ends: datetime | None, now: datetime) -> Span | None:
    """Return where a meeting may be that takes the place of one that was not held: as soon as a first one."""
    return Span(counted_from=now, before=ends) if not ends or now + timedelta(days=3) < ends else None
