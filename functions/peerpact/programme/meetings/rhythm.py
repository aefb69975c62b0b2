"""When a pair's next meeting is to be: at the rhythm of Settings, or at one that the two asked for themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from peerpact.programme.days_off import is_weekday, working_days_before
from peerpact.programme.meetings.rules import MeetingRules
from peerpact.programme.pairings import Pairing, round_numbered
from peerpact.programme.requests import Request, Wish
from peerpact.programme.settings import Settings

MOST_WEEKS = 13
A_FEW_DAYS = timedelta(days=4)
DAYS_TO_PICK = timedelta(days=14)
"""A pair that picks its own time is taken to have met so long after it was asked to."""
ABOUT_WHOLE = 0.75
"""The last meeting of a round may come so much of a rhythm after the one before, where the round ends too soon."""
ROOM = timedelta(days=2)
"""So much of the round is left at least when a meeting is looked for: less holds no slot for two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Where a next meeting may be: working days are counted from ``counted_from``; it begins before ``before``."""

    counted_from: datetime
    before: datetime | None


def weeks_between(pairing: Pairing, requests: Iterable[Request], settings: Settings) -> int:
    """Return how many weeks a pairing has from one meeting to the next; 0: they plan their meetings themselves.

    The latest word of either counts, since they are together.
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
        return settings.meeting_weeks
    last = asked[-1]
    return 0 if last.kind is Wish.OWN_PLAN else min(max(last.weeks or settings.meeting_weeks, 1), MOST_WEEKS)


def has_rhythm(pairing: Pairing, requests: Iterable[Request], settings: Settings, now: datetime) -> bool:
    """Tell whether another meeting comes by itself before the round ends."""
    weeks, ends = weeks_between(pairing, requests, settings), end_of_round(pairing, settings)
    return weeks > 0 and (ends is None or now + timedelta(weeks=weeks) + ROOM <= ends)


def end_of_round(pairing: Pairing, settings: Settings) -> datetime | None:
    """Return the first moment after a pairing's round (UTC)."""
    its = round_numbered(pairing.round, settings)
    return datetime.combine(its.ends, time(), UTC) if its else None


def span_after(
    last: datetime,
    weeks: int,
    *,
    rules: MeetingRules,
    ends: datetime | None,
    now: datetime,
    works: Callable[[date], bool] = is_weekday,
) -> Span | None:
    """Return where the meeting after one at ``last`` may be; None when the round leaves no room for it.

    ``works`` tells the days on which they work.
    """
    rhythm = timedelta(weeks=weeks)
    target = last + rhythm
    if ends and target + A_FEW_DAYS > ends:
        target = min(target, max(last + rhythm * ABOUT_WHOLE, ends - timedelta(days=7)))
    target = max(target, now)
    if ends and target + ROOM > ends:
        return None
    early = target.date() - working_days_before(target.date(), rules.earliest_working_day, works)
    return Span(counted_from=max(target - early, now), before=ends)


def span_soon(*, ends: datetime | None, now: datetime) -> Span | None:
    """Return where a meeting may be that takes the place of one that was not held: as soon as a first one."""
    return Span(counted_from=now, before=ends) if not ends or now + timedelta(days=3) < ends else None
