"""Whether two people may be paired, what it costs, and why it is a good idea.

Costs are had for any block of people by people: most of a cost hangs on what kind of person somebody is (team,
department, working hours, languages), the rest (earlier rounds, reporting lines, the tab Never pair) on few pairs,
which are kept as a sparse matrix. So a programme of 100,000 needs no table of everybody by everybody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from peerpact.programme.pairing.groups import Mode, PairingRules, PastGroup
from peerpact.programme.people import Person, WorkingHours
from peerpact.programme.reporting_lines import ReportingLines

Costs = NDArray[np.float64]
Numbers = NDArray[np.int64]
RECENT = 1e7
"""More than 100 pairs can cost, whatever the settings: a repeat within the last rounds comes after everything else."""
FORBIDDEN = 1e11
"""More than any number of repeats that one change of partners can save."""
MOST_INTERESTS = 512

_T = TypeVar("_T", bound=Hashable)


class Judge:
    """Knows the people, their lines and their past; people are numbered in the order of their addresses.

    The number after the last person's is nobody: who is matched with nobody is alone. Whoever was in a group
    of three, or in none last time, has a merit: they are matched rather than left with nobody.
    """

    def __init__(
        self,
        people: Sequence[Person],
        *,
        lines: ReportingLines,
        never: Collection[tuple[str, str]],
        history: Sequence[PastGroup],
        rules: PairingRules,
        round: int,
        seed: str,
        on: date,
    ) -> None:
        self.people = sorted(people, key=lambda p: p.email)
        self.number = {p.email: i for i, p in enumerate(self.people)}
        self.nobody = len(self.people)
        self.rules = rules
        self.on = on
        self.lines = lines
        self._never = {frozenset(pair) for pair in never if pair[0] != pair[1]}
        self._ago = _rounds_ago(history, round)
        self._turns = _turns_as_third(history, round, self.number)
        self._round, self._seed = round, seed
        self._code_people()
        self._make_sparse()

    def above(self, person: str) -> frozenset[str]:
        """Return everybody above a person whom the rules forbid as a partner for it."""
        up = self.lines.above(person, self.rules.chain_levels)
        if self.rules.include_top:
            direct = self.lines.above(person, 1)
            return frozenset(a for a in up if a not in self.lines.tops or a in direct)
        return up

    def is_never(self, one: str, other: str) -> bool:
        return frozenset((one, other)) in self._never

    def in_one_line(self, one: str, other: str) -> bool:
        return other in self.above(one) or one in self.above(other)

    def may(self, one: str, other: str) -> bool:
        """Tell whether two people may be paired. Whether they are in one line must be certain."""
        if one == other or self.is_never(one, other) or self.in_one_line(one, other):
            return False
        return bool(self._line[self.number[one]] == self._line[self.number[other]])

    def costs(self, rows: Numbers, columns: Numbers) -> Costs:
        """Return what each pair of one of ``rows`` with one of ``columns`` costs; forbidden ones at least FORBIDDEN."""
        block = self._by_kind(rows[:, None], columns[None, :])
        self._add_sparse(block, rows, columns)
        block[rows[:, None] == columns[None, :]] += FORBIDDEN
        return block

    def costs_of(self, left: Numbers, right: Numbers) -> Costs:
        """Return what each pair of a list costs, given as two lists of numbers."""
        found = self._by_kind(left, right)
        wanted = left * (self.nobody + 1) + right
        place = np.searchsorted(self._keys, wanted)
        place[place == len(self._keys)] = 0
        if len(self._keys):
            hit = self._keys[place] == wanted
            found[hit] += self._values[place[hit]]
        return found

    def merits(self) -> Costs:
        """Return, by number, how many points it is worth that somebody is not left with nobody; nobody's own is 0."""
        return self._merit

    def is_their_turn(self, left: Numbers, right: Numbers) -> NDArray[np.bool_]:
        """Tell of each pair of a list whether a round-robin would have it in this round.

        Everybody, and nobody if the number is odd, has a seat by chance; the last seat stays where it is and the
        others move on by one each round (the circle method), so that in as many rounds as there are others each
        meets each once. Preferred among equally good pairs, that keeps later rounds from having to repeat any.
        """
        around = max(1, self._seats.max())
        both = self._seats[left] + self._seats[right]
        with_last = (self._seats[left] == around) | (self._seats[right] == around)
        both = np.where(with_last, 2 * (both - around), both)
        return np.asarray(both % around == self._round % around)

    @cached_property
    def _seats(self) -> Numbers:
        drawn = [hashlib.sha256(f"{self._seed}/{p.email}".encode()).digest() for p in self.people]
        seats = np.empty(self.nobody + 1, dtype=np.int64)
        seats[sorted(range(self.nobody), key=drawn.__getitem__)] = np.arange(self.nobody)
        seats[self.nobody] = self.nobody
        if self.nobody % 2 == 0:
            seats[self.nobody] = -self.nobody  # has no seat: nobody need be alone
        return seats

    def partners_allowed(self, one: int) -> Numbers:
        """Return the numbers of everybody with whom somebody may be paired."""
        row = self.costs(np.array([one]), np.arange(self.nobody))[0]
        return np.flatnonzero(row < FORBIDDEN)

    def parts(self, most: int) -> list[tuple[str, ...]]:
        """Take what a pair's cost hangs on apart, so that people are of ``most`` kinds at most in each part.

        Team, department, hours and languages stay together, in this order, as long as they may; what alone makes too
        many kinds is left out, as costs are never below 0.
        """
        taken: list[tuple[str, ...]] = []
        for name in self._coded_parts:
            together = (*taken[-1], name) if taken else (name,)
            if taken and len(self.kinds(together)[1]) <= most:
                taken[-1] = together
            elif self._many(name) <= most:
                taken.append((name,))
        return taken

    def kinds(self, parts: Collection[str]) -> tuple[Numbers, Costs]:
        """Return each person's kind, and what a pair of two kinds costs at the least for these parts.

        People of a kind share them all: team, department, hours or languages.
        """
        chosen = [self._kind_of(name) for name in parts]
        _, first, codes = np.unique(np.stack(chosen, axis=1), axis=0, return_index=True, return_inverse=True)
        codes, rows, columns = codes.reshape(-1), first[:, None], first[None, :]
        least = np.zeros((len(first), len(first)))
        for name, kind in zip(parts, chosen, strict=True):
            own = self._coded_parts[name]
            if name == "hours":
                least += self._hour_costs[own[rows], own[columns]]
            elif name == "languages":
                least += self._language_costs[own[rows], own[columns]]
            elif self.rules.mode is Mode.ACROSS_TEAMS:
                weight = self.rules.same_team if name == "team" else self.rules.same_department
                least += weight * ((kind[rows] == kind[columns]) & (kind[rows] >= 0))
        return codes, least

    @cached_property
    def _coded_parts(self) -> dict[str, Numbers]:
        coded = (self._team, self._department, self._hours, self._languages)
        return dict(zip(("team", "department", "hours", "languages"), coded, strict=True))

    def _kind_of(self, part: str) -> Numbers:
        """Return everybody's number in one part; all who have no team, or no department, count as one kind."""
        codes = self._coded_parts[part][:-1]
        if part in {"hours", "languages"}:
            return codes
        return np.where([bool(getattr(p, part)) for p in self.people], codes, -1)

    def _many(self, part: str) -> int:
        return len(np.unique(self._kind_of(part)))

    def why(self, group: Sequence[str]) -> str:
        """Return in one line why these people make a good group."""
        people = [self.people[self.number[e]] for e in group]
        parts = [self._teams(people), self._past(group)]
        hours = min(common_hours(a, b, self.on) for i, a in enumerate(people) for b in people[i + 1 :])
        parts.append(f"{hours} common hours a week" if hours else "no common working hours")
        if not set.intersection(*(set(p.languages) for p in people)) and all(p.languages for p in people):
            parts.append("no common language")
        shared = set.intersection(*(set(p.interests) for p in people))
        parts += [f"both like {sorted(shared)[0]}"] if shared else []
        return "; ".join(parts)

    def _teams(self, people: Sequence[Person]) -> str:
        teams = list(dict.fromkeys(p.team for p in people if p.team))
        return " and ".join(teams) if len(teams) > 1 else f"both {teams[0]}" if teams else "no team given"

    def _past(self, group: Sequence[str]) -> str:
        ago = [self._ago.get((a, b)) for a in group for b in group if a < b]
        met = [a for a in ago if a is not None]
        if not met:
            return "never paired before"
        return f"paired {min(met)} rounds ago" if min(met) > 1 else "paired in the last round"

    def _code_people(self) -> None:
        n, rules = self.nobody, self.rules
        self._team = _own_if_empty([p.team for p in self.people])
        self._department = _own_if_empty([p.department for p in self.people])
        self._hours, kinds = _coded([(p.time_zone, p.working_hours) for p in self.people] + [None])
        self._hour_costs = _table(kinds, self._missing_hours)
        self._languages, spoken = _coded([frozenset(p.languages) for p in self.people] + [None])
        self._language_costs = _table(
            spoken, lambda a, b: 0.0 if a is None or b is None or a & b else rules.no_common_language
        )
        ends = [self.lines.open_ends(p.email, rules.chain_levels) for p in self.people]
        self._line = np.append(_coded(ends)[0], -1)
        self._interests = _shared_interests(self.people) if rules.no_shared_interest else None
        self._merit = np.zeros(n + 1)
        for email, turn in self._turns.items():
            self._merit[self.number[email]] = rules.third_again * turn

    def _missing_hours(
        self, one: tuple[str, WorkingHours] | None, other: tuple[str, WorkingHours] | None
    ) -> float:
        if one is None or other is None:
            return 0.0
        return self.rules.missing_hour * max(0, self.rules.enough_hours - _common_hours(one, other, self.on))

    def _by_kind(self, rows: Numbers, columns: Numbers) -> Costs:
        total = self._hour_costs[self._hours[rows], self._hours[columns]]
        total = total + self._language_costs[self._languages[rows], self._languages[columns]]
        if self.rules.mode is Mode.ACROSS_TEAMS:
            total += self.rules.same_department * (self._department[rows] == self._department[columns])
            total += self.rules.same_team * (self._team[rows] == self._team[columns])
        if self._interests is not None and rows.ndim > 1:
            shared = self._interests[rows[:, 0]] @ self._interests[columns[0]].T
            total += self.rules.no_shared_interest * (shared == 0)
        elif self._interests is not None:
            shared = np.einsum("ij,ij->i", self._interests[rows], self._interests[columns])
            total += self.rules.no_shared_interest * (shared == 0)
        total += FORBIDDEN * (self._line[rows] != self._line[columns])
        total[np.broadcast_to(rows == self.nobody, total.shape)] = 0.0
        total[np.broadcast_to(columns == self.nobody, total.shape)] = 0.0
        return np.asarray(total)

    def _make_sparse(self) -> None:
        """Keep what only some pairs cost, both ways round, sorted by first and second person."""
        met = [
            (self.number[a], self.number[b], self._repeat(ago))
            for (a, b), ago in self._ago.items()
            if a in self.number and b in self.number
        ]
        forbidden = np.array([(i, j, FORBIDDEN) for i, j in self._forbidden()]).reshape(-1, 3)
        one_way = np.concatenate([np.array(met).reshape(-1, 3), forbidden])
        i, j = one_way[:, 0].astype(np.int64), one_way[:, 1].astype(np.int64)
        keys = np.concatenate([i, j]) * (self.nobody + 1) + np.concatenate([j, i])
        values = np.concatenate([one_way[:, 2], one_way[:, 2]])
        order = np.lexsort((-values, keys))  # of several reasons for one pair, the gravest comes first
        self._keys, first = np.unique(keys[order], return_index=True)
        self._values = values[order][first]
        self._columns = self._keys % (self.nobody + 1)
        self._starts = np.searchsorted(self._keys // (self.nobody + 1), np.arange(self.nobody + 2))
        self._place = np.full(self.nobody + 1, -1, dtype=np.int64)

    def _add_sparse(self, block: Costs, rows: Numbers, columns: Numbers) -> None:
        self._place[columns] = np.arange(len(columns))
        counts = self._starts[rows + 1] - self._starts[rows]
        first = np.cumsum(counts) - counts
        taken = np.arange(counts.sum()) + np.repeat(self._starts[rows] - first, counts)
        place = self._place[self._columns[taken]]
        there = place >= 0
        block[np.repeat(np.arange(len(rows)), counts)[there], place[there]] += self._values[taken[there]]
        self._place[columns] = -1

    def _repeat(self, ago: int) -> float:
        recent = RECENT if ago <= self.rules.repeat_rounds else 0.0
        return recent + self.rules.repeat * 0.5 ** (ago - 1)

    def _forbidden(self) -> Iterable[tuple[int, int]]:
        for person in self.people:
            for boss in self.above(person.email):
                if boss in self.number:
                    yield self.number[person.email], self.number[boss]
        for pair in self._never:
            numbers = [self.number[e] for e in pair if e in self.number]
            if len(numbers) == 2:
                yield numbers[0], numbers[1]


def common_hours(one: Person, other: Person, on: date) -> int:
    """Return the whole hours a week that both work, at the least in the four weeks from a day on."""
    return _common_hours((one.time_zone, one.working_hours), (other.time_zone, other.working_hours), on)


@lru_cache(maxsize=65_536)
def _common_hours(one: tuple[str, WorkingHours], other: tuple[str, WorkingHours], on: date) -> int:
    weeks = [on + timedelta(weeks=w) for w in range(4)]
    return min((_week(*one, w) & _week(*other, w)).bit_count() // 2 for w in weeks)


@lru_cache(maxsize=65_536)
def _week(zone: str, hours: WorkingHours, on: date) -> int:
    """Return the half hours of a week in UTC that somebody works, as bits."""
    monday = on - timedelta(days=on.weekday())
    origin = datetime(monday.year, monday.month, monday.day, tzinfo=ZoneInfo("UTC"))
    offset = origin.replace(hour=12).astimezone(ZoneInfo(zone)).utcoffset() or timedelta(0)
    minutes = int(offset.total_seconds() // 60)
    bits = 0
    for day, spans in enumerate(hours.days):
        for start, end in spans:
            for half in range((day * 1440 + start - minutes) // 30, (day * 1440 + end - minutes) // 30):
                bits |= 1 << (half % 336)
    return bits


def _coded(values: Iterable[_T]) -> tuple[Numbers, list[_T]]:
    """Number the different values as they come, and return everybody's number and the values by number."""
    codes: dict[_T, int] = {}
    numbers = np.array([codes.setdefault(v, len(codes)) for v in values], dtype=np.int64)
    return numbers, list(codes)


def _own_if_empty(names: Sequence[str]) -> Numbers:
    """Number the names; who has none shares theirs with nobody, and so does nobody, who stands last."""
    codes, _ = _coded([name or i for i, name in enumerate(names)] + [-1])
    return codes


def _table(values: Sequence[_T], cost: Callable[[_T, _T], float]) -> Costs:
    table = np.zeros((len(values), len(values)))
    for i, a in enumerate(values):
        for j, b in enumerate(values[: i + 1]):
            table[i, j] = table[j, i] = cost(a, b)
    return table


def _shared_interests(people: Sequence[Person]) -> NDArray[np.float32]:
    """Return who likes what: a row a person, a column an interest, of which the most common ones count."""
    counts: dict[str, int] = {}
    for person in people:
        for interest in person.interests:
            counts[interest] = counts.get(interest, 0) + 1
    most = sorted(counts, key=lambda i: (-counts[i], i))[:MOST_INTERESTS]
    place = {interest: i for i, interest in enumerate(most)}
    likes = np.zeros((len(people) + 1, len(most)), dtype=np.float32)
    for i, person in enumerate(people):
        likes[i, [place[x] for x in person.interests if x in place]] = 1
    return likes


def _rounds_ago(history: Sequence[PastGroup], round: int) -> dict[tuple[str, str], int]:
    ago: dict[tuple[str, str], int] = {}
    for group in history:
        for a in group.people:
            for b in group.people:
                if a < b:
                    ago[a, b] = min(ago.get((a, b), 10**6), round - group.round)
    return ago


def _turns_as_third(history: Sequence[PastGroup], round: int, present: Collection[str]) -> dict[str, float]:
    """Return how much it is others' turn: 1 for a group of three (or none) in the last round, half for each before."""
    turns: dict[str, float] = {}
    last: set[str] = set()
    for group in history:
        if group.round == round - 1:
            last.update(group.people)
        for email in group.people if len(group.people) > 2 else ():
            turns[email] = turns.get(email, 0.0) + 0.5 ** (round - 1 - group.round)
    for email in present if last else ():
        if email not in last:
            turns[email] = turns.get(email, 0.0) + 1.0
    return {email: turn for email, turn in turns.items() if email in present}
