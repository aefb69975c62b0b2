"""The best slot that everybody of a pairing really has.

Time is cut into quarter hours; what somebody can do is one whole number with a bit for each quarter of the window, so
that what several people can do together is a bitwise and. Days are everybody's own local days, and only days on which
they work at all. Among the possible starts the least cost wins, the earlier of two equal ones. In plain units, one unit
being a day's wait: lunch (12 to 13 local) costs 8 a person, Monday morning and Friday afternoon 3 (each for the part of
the meeting that lies in it), a time at which all of somebody's team would be in meetings 25 (a part of the team as much
less), and a quarter hour outside somebody's working hours 10, plus 5 for each time that person took the edge of the
day before. When all are chosen, each is chosen once more, with the others where they are; then some of one team at a
time are taken out and put back in another order, where that costs no more: so who came first by chance makes way, too.
Whoever's calendar can't be read is taken at their working hours, and the slot says so.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from peerpact.programme.days_off import NONE_OFF, DaysOff, working_days_after, works_for_all
from peerpact.programme.meetings.rules import Availability, MeetingRules
from peerpact.programme.people import Person, WorkingHours
from peerpact.programme.sentences import Sentence, say

QUARTER = timedelta(minutes=15)
APART = timedelta(hours=3)
"""Another slot begins at least so much before or after one that was declined."""
WEEK = 7 * 96
"""Quarters of a week."""
PASSES = 2
"""Each meeting is chosen once, and once more with all others where they are by then."""
AT_A_TIME, TRIALS = 7, 500
"""Meetings of one team that are taken out together, at most; how often, unless twenty times each is less."""
UNUSUAL = 1e6
"""What a slot at somebody's edge of the day costs beyond: one in working hours comes first, whatever it costs."""
NEARLY = 1e-9
LUNCH, WEEK_EDGE, DAY, LOAD, OUTSIDE, EDGE_BEFORE = 8.0, 3.0, 1.0, 25.0, 10.0, 5.0


class Quality(StrEnum):
    """How good a slot is; letters say so when it is not the first."""

    IN_WORKING_HOURS = "in working hours"
    EDGE_OF_DAY = "edge of the day"
    CALENDARS_UNKNOWN = "calendars unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingWish:
    """A pairing that needs a slot between ``after`` and ``before``. ``tried`` are starts that were declined.

    Its days are counted from ``approved_at``: the moment of approval, for a first meeting.
    """

    key: str
    people: tuple[Person, ...]
    approved_at: datetime
    after: datetime
    before: datetime | None = None
    tried: tuple[datetime, ...] = ()

    @property
    def days_off(self) -> tuple[DaysOff, ...]:
        return tuple(dict.fromkeys(p.days_off for p in self.people if p.days_off != NONE_OFF))


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A meeting's time, in UTC; who takes the edge of their day; whose calendar could not be read."""

    start: datetime
    end: datetime
    quality: Quality
    cost: float
    at_the_edge: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoSlot:
    """Why there is none, in a sentence for admins."""

    reason: Sentence


@dataclass(slots=True)
class _Booked:
    """What is booked: each person's meetings, and by start how many of a team would be in one at the same time."""

    people: dict[str, list[datetime]] = field(default_factory=dict)
    teams: dict[str, Counter[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Options:
    """Where a wish's meeting could be, whatever the others' are. Bits and lists count quarters from ``origin``."""

    wish: MeetingWish
    people: tuple[Person, ...]
    origin: datetime
    quarters: int
    length: int
    working: tuple[int, ...]
    starts: tuple[tuple[int, Quality], ...]
    """The possible starts, the better kind first."""
    unknown: tuple[str, ...]
    inside: int
    """The starts at which everybody works."""


def window_of(
    approved_at: datetime, rules: MeetingRules, off: tuple[DaysOff, ...] = ()
) -> tuple[datetime, datetime]:
    """Return the span in UTC that holds the window of everybody, wherever they live; ``off`` is when each is off."""
    around = (-1, 0, 1) if off else (0,)
    days = [days_of(approved_at + timedelta(days=n), "UTC", rules, off) for n in around]
    first, last = min(first for first, _ in days), max(last for _, last in days)
    return _midnight(first - timedelta(days=1)), _midnight(last + timedelta(days=2))


@lru_cache(maxsize=4096)
def days_of(
    approved_at: datetime, zone: str, rules: MeetingRules, off: tuple[DaysOff, ...] = ()
) -> tuple[date, date]:
    """Return the first and the last local day on which somebody may meet.

    Working days are Monday to Friday, those left out on which one of them is off.
    """
    day, works = approved_at.astimezone(ZoneInfo(zone)).date(), works_for_all(off)
    first = working_days_after(day, rules.earliest_working_day, works)
    return first, max(first, working_days_after(day, rules.latest_working_day, works))


def choose_slots(
    wishes: Sequence[MeetingWish],
    *,
    availability: Mapping[str, Availability],
    rules: MeetingRules,
    edges_taken: Mapping[str, int] | None = None,
) -> dict[str, Slot | NoSlot]:
    """Choose a slot for each wish. The order of wishes and of people in them does not matter."""
    ordered = sorted(wishes, key=lambda w: hashlib.sha256(w.key.encode()).digest())
    options = [_options(wish, availability, rules) for wish in ordered]
    sizes = Counter(p.team for w in wishes for p in w.people if p.team)
    together = _Together(rules=rules, edges_taken=edges_taken or {}, sizes=sizes)
    for number in range(PASSES):
        for one in options:
            if number:
                together.take_out(one)
            together.put(one)
    _reordered(options, together)
    return {wish.key: together.chosen[wish.key] for wish in wishes}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Together:
    """The slots chosen so far, each beside all others."""

    rules: MeetingRules
    edges_taken: Mapping[str, int]
    sizes: Counter[str]
    """How many of each team meet."""
    booked: _Booked = field(default_factory=_Booked)
    chosen: dict[str, Slot | NoSlot] = field(default_factory=dict)

    def put(self, one: _Options, slot: Slot | NoSlot | None = None) -> float:
        """Choose a slot, unless one is given; return what it costs beside the others."""
        slot = slot or _choose(one, self.rules, self.edges_taken, self.booked, self.sizes)
        self.chosen[one.wish.key] = slot
        if isinstance(slot, NoSlot):
            return float("inf")
        _note(one.wish, slot, self.booked)
        return slot.cost + (UNUSUAL if slot.at_the_edge else 0.0)

    def take_out(self, one: _Options) -> float:
        """Return what the slot cost beside those that are left."""
        slot = self.chosen[one.wish.key]
        if isinstance(slot, NoSlot):
            return float("inf")
        _note(one.wish, slot, self.booked, times=-1)
        start = 1 << (slot.start - one.origin) // QUARTER
        _, cost = _best(start, one, self.edges_taken, self.booked, self.sizes)
        return cost + (UNUSUAL if slot.at_the_edge else 0.0)


def _reordered(options: Sequence[_Options], together: _Together) -> None:
    """Take some meetings of a team out and put them back in another order; leave them so where all cost no more."""
    teams: dict[str, list[_Options]] = {}
    for one in options:
        for team in sorted({p.team for p in one.people if p.team}):
            if isinstance(together.chosen[one.wish.key], Slot):
                teams.setdefault(team, []).append(one)
    meeting = [some for some in teams.values() if len(some) > 1]
    if not meeting:
        return
    import numpy as np  # noqa: PLC0415 - it is slow to load, and needed in few ticks

    dice = np.random.Generator(np.random.PCG64(len(options)))  # the same slots on any machine
    for _ in range(min(TRIALS, 20 * len(options))):
        mates = meeting[dice.integers(len(meeting))]
        some = [mates[i] for i in dice.permutation(len(mates))[: dice.integers(2, AT_A_TIME + 1)]]
        before = [together.chosen[one.wish.key] for one in some]
        cost = sum(together.take_out(one) for one in some)
        if sum(together.put(one) for one in some) <= cost + NEARLY:
            continue
        for one in some:
            together.take_out(one)
        for one, slot in zip(some, before, strict=True):
            together.put(one, slot)


def _options(wish: MeetingWish, availability: Mapping[str, Availability], rules: MeetingRules) -> _Options:
    approved_at, off = wish.approved_at, wish.days_off
    if wish.after >= window_of(approved_at, rules, off)[1] - timedelta(days=1):
        approved_at = wish.after
    origin, ends = window_of(approved_at, rules, off)
    people = tuple(sorted(wish.people, key=lambda p: p.email))
    length, quarters = -(-rules.length // 15), (ends - origin) // QUARTER
    open_ = ((1 << quarters) - 1) & ~((1 << max(0, (_next_quarter(wish.after) - origin) // QUARTER)) - 1)
    if wish.before:
        open_ &= (1 << max(0, (wish.before - origin) // QUARTER)) - 1
    for tried in wish.tried:
        open_ &= ~_span_bits(tried - APART + QUARTER, tried + APART, origin, quarters)
    free = _all(_free(availability.get(p.email), origin, quarters, rules) for p in people)
    days = {p.time_zone: days_of(approved_at, p.time_zone, rules, off) for p in people}
    decent = [_decent(p, days[p.time_zone], origin, quarters, rules) for p in people]
    working = tuple(_working(p, origin, quarters) & d for p, d in zip(people, decent, strict=True))
    kinds = ((working, Quality.IN_WORKING_HOURS), (decent, Quality.EDGE_OF_DAY))
    starts = ((_starts(_all(hours) & free, length, quarters) & open_, quality) for hours, quality in kinds)
    return _Options(
        wish=wish,
        people=people,
        origin=origin,
        quarters=quarters,
        length=length,
        working=working,
        starts=tuple(starts),
        unknown=tuple(p.email for p in people if availability.get(p.email) is None),
        inside=_starts(_all(working), length, quarters),
    )


def _choose(
    options: _Options,
    rules: MeetingRules,
    edges_taken: Mapping[str, int],
    booked: _Booked,
    sizes: Counter[str],
) -> Slot | NoSlot:
    """Choose the best start while all other meetings stay where they are."""
    taken = _taken(options, rules, booked)
    for possible, quality in options.starts:
        starts = possible & ~taken
        if starts:
            best, cost = _best(starts, options, edges_taken, booked, sizes)
            begins = options.origin + best * QUARTER
            pairs = zip(options.people, options.working, strict=True)
            return Slot(
                start=begins,
                end=begins + timedelta(minutes=rules.length),
                quality=Quality.CALENDARS_UNKNOWN if options.unknown else quality,
                cost=cost,
                at_the_edge=tuple(p.email for p, w in pairs if not _holds(w, best, options.length)),
                unknown=options.unknown,
            )
    return no_slot(rules)


def _taken(options: _Options, rules: MeetingRules, booked: _Booked) -> int:
    """Return the starts at which one of them would be in, or too near to, another meeting of this run."""
    around = timedelta(minutes=rules.buffer)
    long = timedelta(minutes=15 * (options.length - 1))
    taken = 0
    for person in options.people:
        for start in booked.people.get(person.email, ()):
            ends = start + timedelta(minutes=rules.length) + around
            taken |= _span_bits(start - around - long, ends, options.origin, options.quarters)
    return taken


def no_slot(rules: MeetingRules) -> NoSlot:
    """Return why there is no slot, where there is none."""
    earliest, latest = rules.decent[0] // 60, rules.decent[1] // 60
    return NoSlot(
        say(
            "there are no {minutes} minutes between {earliest} and {latest} o'clock for each of them in which all are "
            "free on the days that Settings allow",
            minutes=rules.length,
            earliest=earliest,
            latest=latest,
        )
    )


def _best(
    starts: int,
    options: _Options,
    edges_taken: Mapping[str, int],
    booked: _Booked,
    sizes: Counter[str],
) -> tuple[int, float]:
    """Return the start that costs least, and its cost. The wait alone grows, so late starts need no look."""
    people, working, length = options.people, options.working, options.length
    tables = [_preference(p.time_zone, options.origin, length, starts.bit_length()) for p in people]
    first = int(options.origin.timestamp()) // 900
    loads = [(booked.teams[p.team], sizes[p.team]) for p in people if p.team in booked.teams]
    inside = options.inside
    best, least = -1, float("inf")
    while starts:
        at = (starts & -starts).bit_length() - 1
        starts &= starts - 1
        cost = DAY * at / 96
        if cost >= least:
            break
        for table in tables:
            cost += table[at]
        for meetings, size in loads:
            cost += LOAD * meetings[first + at] / size
        if cost < least and not inside >> at & 1:
            cost += _edges(at, people, working, length, edges_taken)
        if cost < least:
            best, least = at, cost
    return best, least


def _edges(
    at: int, people: Sequence[Person], working: Sequence[int], length: int, edges_taken: Mapping[str, int]
) -> float:
    """Return what it costs that some of them work outside their hours."""
    whole = (1 << length) - 1
    cost = 0.0
    for person, hours in zip(people, working, strict=True):
        inside = (hours >> at) & whole
        if inside != whole:
            cost += OUTSIDE * (length - inside.bit_count()) + EDGE_BEFORE * edges_taken.get(person.email, 0)
    return cost


def _preference(zone: str, origin: datetime, length: int, most: int) -> tuple[float, ...]:
    """Return what a meeting that starts at each of so many quarters costs somebody there, by hour and weekday."""
    return _preferences(zone, origin, length, -(-most // WEEK) * WEEK)


@lru_cache(maxsize=4096)
def _preferences(zone: str, origin: datetime, length: int, most: int) -> tuple[float, ...]:
    place = ZoneInfo(zone)
    quarters = []
    for quarter in range(most + length):
        local = (origin + quarter * QUARTER).astimezone(place)
        lunch = LUNCH if local.hour == 12 else 0.0
        week_edge = (local.weekday() == 0 and local.hour < 12) or (local.weekday() == 4 and local.hour >= 12)
        quarters.append(lunch + (WEEK_EDGE if week_edge else 0.0))
    return tuple(sum(quarters[q : q + length]) / length for q in range(most))


def _free(busy: Availability, origin: datetime, quarters: int, rules: MeetingRules) -> int:
    mask = (1 << quarters) - 1
    around = timedelta(minutes=rules.buffer)
    for start, end in busy or ():
        mask &= ~_span_bits(start - around, end + around, origin, quarters)
    return mask


def _span_bits(start: datetime, end: datetime, origin: datetime, quarters: int) -> int:
    first = max(0, (start - origin) // QUARTER)
    last = min(quarters, -((origin - end) // QUARTER))
    return ((1 << (last - first)) - 1) << first if last > first else 0


@lru_cache(maxsize=4096)
def _hours(zone: str, hours: WorkingHours, origin: datetime, quarters: int, *, touched: bool = False) -> int:
    """Return the quarters that lie wholly inside weekly local hours, or that they touch at all.

    The clock change moves them as it moves people.
    """
    mask = 0
    place = ZoneInfo(zone)
    first = origin.astimezone(place).date() - timedelta(days=1)
    for number in range(quarters // 96 + 4):
        day = first + timedelta(days=number)
        for start, end in hours.days[day.weekday()]:
            begins, ends = _local(day, start, place), _local(day, end, place)
            if touched:
                mask |= _span_bits(begins, ends, origin, quarters)
                continue
            low = max(0, -((origin - begins) // QUARTER))
            high = min(quarters, (ends - origin) // QUARTER)
            if high > low:
                mask |= ((1 << (high - low)) - 1) << low
    return mask


def _local(day: date, minutes: int, place: ZoneInfo) -> datetime:
    moment = datetime.combine(day + timedelta(days=minutes // 1440), time(), place)
    return (moment + timedelta(minutes=minutes % 1440)).astimezone(UTC)


def _working(person: Person, origin: datetime, quarters: int) -> int:
    return _hours(person.time_zone, person.working_hours, origin, quarters)


def _decent(
    person: Person, days: tuple[date, date], origin: datetime, quarters: int, rules: MeetingRules
) -> int:
    """Return the quarters at which somebody may be invited: decent hours, on days that they work, in their window."""
    zone, place = person.time_zone, ZoneInfo(person.time_zone)
    works = person.working_hours.days if any(person.working_hours.days) else WorkingHours().days
    week = WorkingHours(days=tuple((rules.decent,) if spans else () for spans in works))
    allowed = _hours(zone, week, origin, quarters)
    if any(rules.avoid):
        allowed &= ~_hours(zone, WorkingHours(days=rules.avoid), origin, quarters, touched=True)
    for day in _off_between(*days, person.days_off):
        allowed &= ~_span_bits(_local(day, 0, place), _local(day, 1440, place), origin, quarters)
    begins, ends = _local(days[0], 0, place), _local(days[1] + timedelta(days=1), 0, place)
    return allowed & _span_bits(begins, ends, origin, quarters)


@lru_cache(maxsize=4096)
def _off_between(first: date, last: date, off: DaysOff) -> tuple[date, ...]:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(day for day in days if day in off)


def _all(masks: Iterable[int]) -> int:
    together = -1
    for mask in masks:
        together &= mask
    return together


def _starts(mask: int, length: int, quarters: int) -> int:
    """Return the quarters at which so many free ones in a row begin."""
    starts = mask
    for shift in range(1, length):
        starts &= mask >> shift
    return starts & ((1 << max(0, quarters - length + 1)) - 1)


def _holds(mask: int, at: int, length: int) -> bool:
    whole = (1 << length) - 1
    return (mask >> at) & whole == whole


def _note(wish: MeetingWish, slot: Slot, booked: _Booked, *, times: int = 1) -> None:
    """Count a meeting among those booked; with ``times`` of -1 take it out again."""
    first, length = int(slot.start.timestamp()) // 900, -(-(slot.end - slot.start) // QUARTER)
    for person in wish.people:
        meetings = booked.people.setdefault(person.email, [])
        if times > 0:
            meetings.append(slot.start)
        else:
            meetings.remove(slot.start)
        if person.team:
            overlaps = booked.teams.setdefault(person.team, Counter())
            for start in range(first - length + 1, first + length):
                overlaps[start] += times


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _next_quarter(moment: datetime) -> datetime:
    base = _midnight(moment.astimezone(UTC).date())
    return base + -((base - moment) // QUARTER) * QUARTER
