"""Look at the pairs of the example company day by day: has each a meeting ahead, and where not, why not?

Pairs and meetings are read as the tab Pairings shows them. Ahead is a meeting that is yet to come and that nobody
declined. A pair counts from its first invitation on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from statistics import median

from rich.console import Console

from peerpact.demo.play import Play
from peerpact.jobs.catalogue import JOBS
from peerpact.jobs.programme_tabs import read_programme
from peerpact.programme.meetings.answers import MeetingState
from peerpact.programme.meetings.history import all_meetings
from peerpact.programme.meetings.rhythm import weeks_between
from peerpact.programme.pairings import Pairing, round_numbered
from peerpact.programme.seen import ProgrammeSeen

LOOKS_FROM = time(7, 0)
"""From this time on (UTC) of each working day the pairs are looked at, once: the morning's first runs are over."""
SATURDAY = 5
IS_AHEAD = {MeetingState.INVITED, MeetingState.ACCEPTED, MeetingState.MOVED}
WAS = {MeetingState.HELD, MeetingState.NOT_KNOWN, *IS_AHEAD}
AN_HOUR = timedelta(hours=1)
"""A meeting that takes place as we look is no gap: the next one is booked when it is over."""
MONTH = timedelta(days=365.25 / 12)
NEARLY, TO_FIND_A_SLOT = 0.75, timedelta(days=4)
"""A round ends where it leaves no room for another meeting nearly at the pair's rhythm: counted here, apart from what
books it, so that one which that forgets in a round's midst is seen.
"""
NOT_COMING = ("declined", "no longer a guest")


@dataclass(slots=True)
class Rhythm:
    """What was seen of each pair."""

    looks: Counter[str] = field(default_factory=Counter)
    missing: Mapping[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """By pairing, the days on which it had no meeting ahead, by what stood in its way."""
    since: dict[str, date] = field(default_factory=dict)
    """By pairing, the first of those days."""
    excused: Counter[str] = field(default_factory=Counter)
    pairs: dict[str, Pairing] = field(default_factory=dict)
    _last: date | None = None

    def look(self, play: Play, moment: datetime) -> None:
        if moment.time() < LOOKS_FROM or moment.date() == self._last or moment.weekday() >= SATURDAY:
            return
        self._last = moment.date()
        programme = read_programme(play.company.access(JOBS["pair_people"]).programme, moment)
        for pairing in programme.pairings:
            if pairing.is_approved and all_meetings(pairing):
                self._see(pairing, programme)

    def _see(self, pairing: Pairing, programme: ProgrammeSeen) -> None:
        self.pairs[pairing.id] = pairing
        self.looks[pairing.id] += 1
        if _is_ahead(pairing, programme.now):
            return
        if excuse := _excuse(pairing, programme):
            self.excused[excuse] += 1
        else:
            self.missing[pairing.id][pairing.meeting_state] += 1
            self.since.setdefault(pairing.id, programme.today)

    def tell(self, console: Console) -> None:
        if not self.looks:
            return
        days, missed = self.looks.total(), sum(m.total() for m in self.missing.values())
        always = len(self.looks) - len(self.missing)
        console.print(
            f"pairs: {len(self.looks)}; always a meeting ahead: {always} ({always / len(self.looks):.0%}); "
            f"days without: {missed} of {days} ({missed / days:.1%})"
        )
        for pairing, by_state in self.missing.items():
            console.print(f"without one: {pairing}, from {self.since[pairing]} on: {dict(by_state)} days")
        console.print("days on which none is due:", dict(self.excused) or "none")
        gaps = sorted(gap for p in self.pairs.values() for gap in _gaps(p))
        if gaps:
            p90 = gaps[len(gaps) * 9 // 10]
            console.print(f"months between meetings: median {median(gaps):.2f}, p90 {p90:.2f}")


def _is_ahead(pairing: Pairing, now: datetime) -> bool:
    """Tell it too of a three of whom one declined, where the event still stands for the other two."""
    start, state = pairing.meeting_start, pairing.meeting_state
    coming = [a for a in pairing.answers.split("; ") if a and not any(word in a for word in NOT_COMING)]
    is_of_two = state == MeetingState.ASKED_TO_PICK and len(coming) > 1
    return start is not None and start > now - AN_HOUR and (state in IS_AHEAD or is_of_two)


def _excuse(pairing: Pairing, programme: ProgrammeSeen) -> str:
    """Return why a pair need have no meeting ahead: they plan it themselves, one pauses, the round leaves no room."""
    weeks = weeks_between(pairing, programme.requests, programme.settings)
    if not weeks:
        return "they plan it themselves"
    people = programme.people
    if not all(p in people and people[p].is_taking_part(programme.today) for p in pairing.people):
        return "one of them pauses"
    its = round_numbered(pairing.round, programme.settings)
    starts = [m.start for m in all_meetings(pairing) if m.start and m.start <= programme.now]
    last = max([*starts, pairing.approved_on or programme.now])
    ends = datetime.combine(its.ends, time(), UTC) if its else None
    return "the round ends" if ends and last + timedelta(weeks=weeks) * NEARLY + TO_FIND_A_SLOT > ends else ""


def _gaps(pairing: Pairing) -> list[float]:
    starts = sorted(m.start for m in all_meetings(pairing) if m.start and m.state in WAS)
    return [(b - a) / MONTH for a, b in pairwise(starts)]
