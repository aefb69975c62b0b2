"""The meetings of a pair that are over: when each was, and whether it was held.

They are kept in the column *Meetings so far* of Pairings, such as ``2026-01-08 13:30 held; 2026-02-05 13:30 not met``.
The meeting ahead, or the one that is over but has no other after it, has columns of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache

from peerpact.programme.meetings.answers import MeetingState
from peerpact.programme.pairings import MOST_REMEMBERED, Pairing
from peerpact.programme.requests import Request, Wish

NO_TIME = "no time"
MEETING_NEVER_WAS = {"cancelled", "declined", "not met", "asked to pick"}
"""Where they were asked to pick a time instead, ours was called off."""
_ENTRY = re.compile(rf"(?P<start>\d{{4}}-\d\d-\d\d \d\d:\d\d|{NO_TIME}) (?P<state>[a-z ]+)")
SAID = {Wish.MET: MeetingState.HELD, Wish.NOT_MET: MeetingState.NOT_MET}


@dataclass(frozen=True, slots=True, kw_only=True)
class PastMeeting:
    """A meeting whose time has passed, or that was never agreed on. ``start`` is aware and in UTC."""

    start: datetime | None
    state: str

    def __str__(self) -> str:
        return (
            f"{self.start.astimezone(UTC):%Y-%m-%d %H:%M} {self.state}"
            if self.start
            else f"{NO_TIME} {self.state}"
        )


def past_meetings(pairing: Pairing) -> tuple[PastMeeting, ...]:
    """Return the meetings before the one that has columns of its own, oldest first."""
    return _past(pairing.meetings) if pairing.meetings else ()


@lru_cache(maxsize=MOST_REMEMBERED)
def _past(meetings: str) -> tuple[PastMeeting, ...]:
    """Return the meetings that a column tells of, which each run asks for several times."""
    return tuple(
        PastMeeting(start=_moment(m["start"]), state=m["state"].strip()) for m in _ENTRY.finditer(meetings)
    )


def _moment(words: str) -> datetime | None:
    """Return when a meeting was; None where nobody agreed on it, or somebody made no time of what stood there."""
    try:
        moment = datetime.strptime(words, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
    except ValueError:
        return None
    return moment if moment.year in range(1950, 2100) else None


def all_meetings(pairing: Pairing) -> tuple[PastMeeting, ...]:
    """Return all meetings of a pairing, the one ahead last."""
    last = PastMeeting(start=pairing.meeting_start, state=pairing.meeting_state)
    return (*past_meetings(pairing), *([last] if _has_latest(pairing) else []))


def _has_latest(pairing: Pairing) -> bool:
    """Tell whether the columns of the latest meeting say anything."""
    return bool(pairing.meeting_state or pairing.meeting_start)


def first_meeting(pairing: Pairing) -> PastMeeting | None:
    return next(iter(all_meetings(pairing)), None)


def number_of_next(pairing: Pairing) -> int:
    """Return which conversation comes after the meetings that are over: one that never was counts for none."""
    return 1 + sum(m.state not in MEETING_NEVER_WAS for m in past_meetings(pairing))


def have_been(pairing: Pairing, now: datetime) -> list[datetime]:
    """Return when the meetings of a pairing were that have begun, oldest first, but for those that never were."""
    past = (m for m in all_meetings(pairing) if m.state not in MEETING_NEVER_WAS)
    return [m.start for m in past if m.start and m.start <= now]


def has_met(pairing: Pairing) -> bool:
    """Tell whether the two have met, as far as anybody knows."""
    return any(m.state in {MeetingState.HELD, MeetingState.NOT_KNOWN} for m in all_meetings(pairing))


def have_met_before(pairing: Pairing, pairings: Iterable[Pairing]) -> bool:
    """Tell whether the same people met in an earlier round."""
    earlier = (p for p in pairings if p.round < pairing.round and set(p.people) == set(pairing.people))
    return any(has_met(p) for p in earlier)


def as_next(pairing: Pairing) -> Pairing:
    """Return the pairing with its meeting among those that are over, and room for the next one."""
    over = PastMeeting(start=pairing.meeting_start, state=pairing.meeting_state)
    meetings = "; ".join(filter(None, [pairing.meetings, str(over)]))
    return replace(
        pairing, meetings=meetings, meeting_start=None, meeting_state="", answers="", link="", booking=""
    )


def as_said(pairing: Pairing, requests: Iterable[Request], now: datetime) -> Pairing:
    """Return the pairing with what the two say of meetings that are over.

    One who says so is enough; that they didn't counts where nobody says they did.
    """
    told = _told(pairing, requests)
    if not told:
        return pairing
    meetings = all_meetings(pairing)
    said = [_said_of(m, tuple(after), told, now) for m, after in _with_what_follows(meetings)]
    if said == list(meetings):
        return pairing
    last = said.pop() if _has_latest(pairing) else None
    return replace(
        pairing,
        meetings="; ".join(map(str, said)),
        meeting_state=last.state if last else pairing.meeting_state,
    )


def _told(pairing: Pairing, requests: Iterable[Request]) -> list[tuple[date, Wish]]:
    return [
        (r.asked_on, r.kind)
        for r in requests
        if r.kind in SAID and r.person in pairing.people and r.decision != "ignore"
    ]


def _with_what_follows(
    meetings: tuple[PastMeeting, ...],
) -> Iterator[tuple[PastMeeting, Iterable[PastMeeting]]]:
    return ((meeting, meetings[n + 1 :]) for n, meeting in enumerate(meetings))


def _said_of(
    meeting: PastMeeting, after: tuple[PastMeeting, ...], told: list[tuple[date, Wish]], now: datetime
) -> PastMeeting:
    """Return a meeting with what was said between its day and the next one's."""
    if meeting.start is None or meeting.start > now:
        return meeting
    until = next((m.start.date() for m in after if m.start), date.max)
    words = {wish for on, wish in told if meeting.start.date() <= on < until}
    wish = next((w for w in SAID if w in words), None)
    return replace(meeting, state=str(SAID[wish])) if wish else meeting
