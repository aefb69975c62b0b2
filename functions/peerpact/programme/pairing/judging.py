"""Whether two people may be paired, what it costs, and why it is a good idea."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from peerpact.programme.pairing.groups import Mode, PairingRules, PastGroup
from peerpact.programme.people import Person, WorkingHours
from peerpact.programme.reporting_lines import ReportingLines

Costs = NDArray[np.float32]
FORBIDDEN = np.float32(1e6)
"""More than all soft goals of anybody together."""


class Judge:
    """Knows the people, their lines and their past; people are numbered in the order of their addresses."""

    def __init__(
        self,
        people: Sequence[Person],
        *,
        lines: ReportingLines,
        never: Collection[tuple[str, str]],
        history: Sequence[PastGroup],
        rules: PairingRules,
        round: int,
        on: date,
    ) -> None:
        self.people = sorted(people, key=lambda p: p.email)
        self.number = {p.email: i for i, p in enumerate(self.people)}
        self.rules = rules
        self._never = {frozenset(pair) for pair in never}
        self._above = {p.email: lines.above(p.email, rules.chain_levels) for p in self.people}
        if rules.include_top:
            direct = {p.email: frozenset(p.managers) for p in self.people}
            self._above = {
                e: frozenset(a for a in up if a not in lines.tops or a in direct[e])
                for e, up in self._above.items()
            }
        self._ago = _rounds_ago(history, round)
        self._on = on

    def may(self, one: str, other: str) -> bool:
        """Tell whether two people may be paired. Two under the same unknown manager may: they are peers there."""
        if one == other or frozenset((one, other)) in self._never:
            return False
        return other not in self._above.get(one, ()) and one not in self._above.get(other, ())

    def costs(self) -> Costs:
        """Return what each pair costs; forbidden pairs and the diagonal cost FORBIDDEN."""
        n = len(self.people)
        total = np.zeros((n, n), dtype=np.float32)
        if self.rules.mode is Mode.ACROSS_TEAMS:
            total += self.rules.same_team * _same([p.team for p in self.people])
            total += self.rules.same_department * _same([p.department for p in self.people])
        total += self.rules.no_common_language * self._no_common_language()
        total += self._missing_hours()
        for (a, b), ago in self._ago.items():
            if a in self.number and b in self.number:
                i, j = self.number[a], self.number[b]
                total[i, j] = total[j, i] = total[i, j] + self._repeat(ago)
        for i, j in self._forbidden():
            total[i, j] = total[j, i] = FORBIDDEN
        np.fill_diagonal(total, FORBIDDEN)
        return total

    def why(self, group: Sequence[str]) -> str:
        """Return in one line why these people make a good group."""
        people = [self.people[self.number[e]] for e in group]
        parts = [self._teams(people), self._past(group)]
        hours = min(common_hours(a, b, self._on) for i, a in enumerate(people) for b in people[i + 1 :])
        parts.append(f"{hours} common hours a week" if hours else "no common working hours")
        shared = set.intersection(*(set(p.interests) for p in people))
        parts += [f"both like {sorted(shared)[0]}"] if shared else []
        return "; ".join(parts)

    def partners_allowed(self, one: str) -> list[str]:
        return [p.email for p in self.people if self.may(one, p.email)]

    def _teams(self, people: Sequence[Person]) -> str:
        teams = list(dict.fromkeys(p.team for p in people if p.team))
        return " and ".join(teams) if len(teams) > 1 else f"both {teams[0]}" if teams else "no team given"

    def _past(self, group: Sequence[str]) -> str:
        ago = [self._ago.get((a, b)) for a in group for b in group if a < b]
        met = [a for a in ago if a is not None]
        if not met:
            return "never paired before"
        return f"paired {min(met)} rounds ago" if min(met) > 1 else "paired in the last round"

    def _repeat(self, ago: int) -> float:
        extra = self.rules.repeat if ago <= self.rules.repeat_rounds else 0.0
        return extra + self.rules.repeat * 0.5 ** (ago - 1)

    def _no_common_language(self) -> Costs:
        names = sorted({language for p in self.people for language in p.languages})
        speaks = np.array([[n in p.languages for n in names] for p in self.people], dtype=np.float32)
        if not names:
            return np.zeros((len(self.people), len(self.people)), dtype=np.float32)
        return np.asarray(speaks @ speaks.T == 0, dtype=np.float32)

    def _missing_hours(self) -> Costs:
        profiles: dict[tuple[str, WorkingHours], int] = {}
        kinds = [profiles.setdefault((p.time_zone, p.working_hours), len(profiles)) for p in self.people]
        table = np.zeros((len(profiles), len(profiles)), dtype=np.float32)
        for a, i in profiles.items():
            for b, j in profiles.items():
                hours = _common_hours(a, b, self._on)
                table[i, j] = self.rules.missing_hour * max(0, self.rules.enough_hours - hours)
        return np.asarray(table[np.ix_(kinds, kinds)], dtype=np.float32)

    def _forbidden(self) -> list[tuple[int, int]]:
        found = [
            (self.number[e], self.number[boss])
            for e, up in self._above.items()
            for boss in up
            if boss in self.number
        ]
        for pair in self._never:
            numbers = [self.number[e] for e in pair if e in self.number]
            found += [(numbers[0], numbers[1])] if len(numbers) == 2 else []
        return found


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


def _same(values: Sequence[str]) -> Costs:
    codes = {v: i for i, v in enumerate(sorted(set(values)))}
    numbers = np.array([codes[v] if v else -1 - i for i, v in enumerate(values)])
    return np.asarray(numbers[:, None] == numbers[None, :], dtype=np.float32)


def _rounds_ago(history: Sequence[PastGroup], round: int) -> dict[tuple[str, str], int]:
    ago: dict[tuple[str, str], int] = {}
    for group in history:
        for a in group.people:
            for b in group.people:
                if a < b:
                    ago[a, b] = min(ago.get((a, b), 10**6), round - group.round)
    return ago
