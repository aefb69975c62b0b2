"""Whether two people may be paired, and what it costs.

Costs are had for any block of people by people: most of a cost hangs on what kind of person somebody is (team,
department, working hours, languages), the rest (earlier rounds, reporting lines, the tab Never pair) on few pairs,
which are kept as a sparse matrix. So a programme of 100,000 needs no table of everybody by everybody.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from datetime import date
from functools import cached_property
from itertools import combinations
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from peerpact.programme.pairing.deep_lines import DeepLines, is_deep
from peerpact.programme.pairing.groups import Facts, Mode, PairingRules, PastGroup
from peerpact.programme.pairing.history import met, turns_as_third
from peerpact.programme.pairing.hours import common_hours, month_of
from peerpact.programme.pairing.pair_table import Costs, Numbers, PairTable
from peerpact.programme.people import Person, topics_in
from peerpact.programme.reporting_lines import Place, ReportingLines

Numbered = tuple[int, ...]
"""A group, as the numbers of its people."""
RECENT = 1e7
"""More than 100 pairs can cost, whatever the settings: a repeat within the last rounds comes after everything else."""
FORBIDDEN = 1e11
"""More than any number of repeats that one change of partners can save."""
LONG_AGO = 0.01
"""Points that a repeat, or being third again, costs at the least, however long ago: never comes first."""
MOST_INTERESTS = 512
Likes = NDArray[np.float32]
MOST_IN_TABLE = 2000
"""People of whom a table of everybody by everybody is made."""

_T = TypeVar("_T", bound=Hashable)


class Participants:
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
        rejected: Collection[tuple[str, str]],
        private: Collection[tuple[str, str]] = (),
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
        self._rejected = {frozenset(pair) for pair in rejected if pair[0] != pair[1]}
        self._private = {frozenset(pair) for pair in private if pair[0] != pair[1]}
        self._turns = turns_as_third(history, round, self.number)
        self._round, self._seed = round, seed
        self._code_people()
        pairs = met(history, round, self.number)
        self._past = PairTable(pairs[0], pairs[1], -pairs[2].astype(float) - 1, self.nobody + 1)
        self._except = self._exceptions(pairs)

    def is_above(self, boss: str, person: str) -> bool:
        """Tell whether the rules forbid somebody as a partner because they are above a person."""
        return self.lines.is_forbidden_above(
            boss, person, self.rules.chain_levels, tops_too=not self.rules.include_top
        )

    def is_never(self, one: str, other: str) -> bool:
        return frozenset((one, other)) in self._never

    def is_rejected(self, one: str, other: str) -> bool:
        """Tell whether an admin rejected the pair in this round; it is not on the tab Never pair for that."""
        return frozenset((one, other)) in self._rejected

    def is_private(self, one: str, other: str) -> bool:
        """Tell whether one of them wishes, in private, not to be with the other."""
        return frozenset((one, other)) in self._private

    @property
    def has_private(self) -> bool:
        return bool(self._private)

    def in_one_line(self, one: str, other: str) -> bool:
        return self.is_above(one, other) or self.is_above(other, one)

    def may(self, one: str, other: str) -> bool:
        """Tell whether two people may be paired. Whether they are in one line must be certain."""
        if one == other or frozenset((one, other)) in self._never | self._rejected | self._private:
            return False
        if self.in_one_line(one, other):
            return False
        return bool(self._line[self.number[one]] == self._line[self.number[other]])

    def costs(self, rows: Numbers, columns: Numbers) -> Costs:
        """Return what each pair of one of ``rows`` with one of ``columns`` costs; forbidden ones at least FORBIDDEN."""
        block = self._by_kind(rows[:, None], columns[None, :])
        self._except.add_to(block, rows, columns)
        if self._deep.are_there:
            block += FORBIDDEN * self._deep.hold(rows[:, None], columns[None, :])
        block[rows[:, None] == columns[None, :]] += FORBIDDEN
        return block

    def costs_of(self, left: Numbers, right: Numbers) -> Costs:
        """Return what each pair of a list costs, given as two lists of numbers."""
        costs = self._by_kind(left, right) + self._except.of(left, right)
        return np.asarray(costs + FORBIDDEN * self._deep.hold(left, right))

    def merits(self) -> Costs:
        """Return, by number, how many points it is worth that somebody is not left with nobody; nobody's own is 0."""
        return self._merit

    def is_their_turn(self, left: Numbers, right: Numbers) -> NDArray[np.bool_]:
        """Tell of each pair of a list whether a round-robin would have it in this round.

        Everybody, and nobody if the number is odd, has a seat by chance; the last seat stays where it is and the
        others move on by one each round (the circle method), so that in as many rounds as there are others each
        meets each once. Preferred among equally good pairs, that keeps later rounds from having to repeat any.
        """
        around = max(1, int(self._seats.max()))
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

    def is_line_unlike_others(self, one: int) -> bool:
        """Tell whether nobody else's line is unknown in the same places, so that nobody can be paired with them."""
        return bool(self._alike_lines[self._line[one]] == 1)

    @cached_property
    def _alike_lines(self) -> Numbers:
        return np.bincount(self._line[:-1])

    def have_partners(self, among: Numbers) -> NDArray[np.bool_]:
        """Tell of each of some people whether they may be paired with another of them at all."""
        one, other, values = self._except.listed()
        there = np.zeros(self.nobody + 1, dtype=bool)
        there[among] = True
        apart = (values >= FORBIDDEN) & there[one] & there[other] & (self._line[one] == self._line[other])
        forbidden = np.bincount(np.concatenate([one[apart], other[apart]]), minlength=self.nobody)
        forbidden += self._deep.sums(there.astype(np.int64))[:-1]
        alike = np.bincount(self._line[among], minlength=1)[self._line[among]]
        return np.asarray(alike - 1 - forbidden[among] > 0)

    def one_of_each(self, of: Numbers) -> Numbers:
        """Return one of all those who may be paired with the same others, and with none of one another."""
        return of[np.unique(self._apart[of], return_index=True)[1]]

    @cached_property
    def _apart(self) -> Numbers:
        """Return for everybody a number that only those share who may be paired with the same others; not two of them.

        It is a sum of numbers drawn for them and for all whom the rules forbid them.
        """
        one, other, values = self._except.listed()
        apart = (values >= FORBIDDEN) & (self._line[one] == self._line[other])
        drawn = np.random.default_rng(1).integers(1 << 63, size=self.nobody + 1, dtype=np.uint64)
        sums = drawn + self._deep.sums(drawn)
        np.add.at(sums, one[apart], drawn[other[apart]])
        np.add.at(sums, other[apart], drawn[one[apart]])
        return sums.astype(np.int64)

    def circles(self, of: Numbers) -> list[Numbers]:
        """Part people into those between whom nobody may be paired; a large circle is taken as one."""
        found = []
        for line in np.unique(self._line[of]).tolist():
            people = of[self._line[of] == line]
            if len(people) <= MOST_IN_TABLE:
                allowed = csr_array(self.costs(people, people) < FORBIDDEN)
                many, label = connected_components(allowed, directed=False)
                order = np.argsort(label, kind="stable")
                found += np.split(people[order], np.cumsum(np.bincount(label, minlength=many))[:-1])
            else:
                found.append(people)
        return sorted(found, key=lambda circle: int(circle[0]))

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
        together = np.zeros(self.nobody, dtype=np.int64)
        for kind in chosen:
            together = np.unique(together * (self.nobody + 1) + kind + 1, return_inverse=True)[1].reshape(-1)
        _, first, codes = np.unique(together, return_index=True, return_inverse=True)
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
        return np.where(codes > self.nobody, -1, codes)

    def _many(self, part: str) -> int:
        return len(np.unique(self._kind_of(part)))

    def rounds_ago(self, left: Numbers, right: Numbers) -> Costs:
        """Return of each pair of a list how many rounds ago they were last together; infinite if never."""
        past = self._past.of(left, right)
        return np.where(past < 0, -past - 1, np.inf)

    def _code_people(self) -> None:
        n, rules = self.nobody, self.rules
        self._team = _own_if_empty([p.team for p in self.people])
        self._department = _own_if_empty([p.department for p in self.people])
        self._hours, self._common_hours = self._coded_hours()
        missing = np.maximum(0, rules.enough_hours - self._common_hours)
        self._hour_costs = np.pad(rules.missing_hour * missing.astype(float), (0, 1))
        listed, kinds = _coded([*(p.languages for p in self.people), None])
        alike, spoken = _coded([None if kind is None else frozenset(kind) for kind in kinds])
        self._languages = alike[listed]
        self._language_costs = _table(
            spoken, lambda a, b: 0.0 if a is None or b is None or a & b else rules.no_common_language
        )
        ends = [self.lines.open_ends(p.email, rules.chain_levels) for p in self.people]
        self._line = np.append(_coded(ends)[0], -1)
        self._alike = self._compared()
        self._merit = np.zeros(n + 1)
        for email, turn in self._turns.items():
            least = min(rules.third_again, LONG_AGO)
            self._merit[self.number[email]] = max(rules.third_again * turn, least)

    def _compared(self) -> list[tuple[float, Likes, Likes]]:
        """Return what two people may share, with what it costs if they don't: the one's row times the other's.

        What the one wants to talk about is held against what the other wants and offers, and the other way round.
        """
        found: list[tuple[float, Likes, Likes]] = []
        if self.rules.no_shared_interest:
            likes = _listed([frozenset(p.interests) for p in self.people])
            found.append((self.rules.no_shared_interest, likes, likes))
        if self.rules.no_common_topic:
            both = [(topics_in(p.topics), topics_in(p.offers)) for p in self.people]
            known = _most([*(w for w, _ in both), *(o for _, o in both)])
            wants, offers = _listed([w for w, _ in both], known), _listed([o for _, o in both], known)
            one, other = np.hstack([wants, offers, wants]), np.hstack([offers, wants, wants])
            found.append((self.rules.no_common_topic, one, other))
        return found

    def _coded_hours(self) -> tuple[Numbers, Numbers]:
        """Number the different working hours, and nobody's last; and return how many each two have in common."""
        entered, kinds = _coded([(p.time_zone, p.working_hours) for p in self.people])
        alike, months = _coded([month_of(zone, hours, self.on) for zone, hours in kinds])
        return np.append(alike[entered], len(months)), common_hours(months)

    def _by_kind(self, rows: Numbers, columns: Numbers) -> Costs:
        total = self._hour_costs[self._hours[rows], self._hours[columns]]
        total = total + self._language_costs[self._languages[rows], self._languages[columns]]
        if self.rules.mode is Mode.ACROSS_TEAMS:
            total += self.rules.same_department * (self._department[rows] == self._department[columns])
            total += self.rules.same_team * (self._team[rows] == self._team[columns])
        for points, one, other in self._alike:
            if rows.ndim > 1:
                shared = one[rows[:, 0]] @ other[columns[0]].T
            else:
                shared = np.einsum("ij,ij->i", one[rows], other[columns])
            total += points * (shared == 0)
        total += FORBIDDEN * (self._line[rows] != self._line[columns])
        total[np.broadcast_to(rows == self.nobody, total.shape)] = 0.0
        total[np.broadcast_to(columns == self.nobody, total.shape)] = 0.0
        return np.asarray(total)

    def _exceptions(self, pairs: tuple[Numbers, Numbers, Numbers]) -> PairTable:
        """Return what a pair costs for its past, or for a rule that forbids it."""
        one, other, ago = pairs
        recent = np.where(ago <= self.rules.repeat_rounds, RECENT, 0.0)
        repeats = recent + np.maximum(
            self.rules.repeat * 0.5 ** (ago - 1.0), min(self.rules.repeat, LONG_AGO)
        )
        below, above = self._in_lines()
        apart = [
            tuple(self.number.get(e, -1) for e in pair)
            for pair in self._never | self._rejected | self._private
        ]
        never = np.array([p for p in apart if min(p) >= 0], dtype=np.int64).reshape(-1, 2)
        never = never[~self._deep.hold(never[:, 0], never[:, 1])]
        forbidden = np.full(len(below) + len(never), FORBIDDEN)
        return PairTable(
            np.concatenate([one, below, never[:, 0]]),
            np.concatenate([other, above, never[:, 1]]),
            np.concatenate([repeats, forbidden]),
            self.nobody + 1,
        )

    @cached_property
    def _places(self) -> list[Place | None]:
        """Return where everybody is in a tree of lines; unless lines reach so many levels only."""
        if self.rules.chain_levels is not None:
            return [None] * self.nobody
        return [self.lines.places.get(p.email) for p in self.people]

    @cached_property
    def _deep(self) -> DeepLines:
        tops = [self.rules.include_top and p.email in self.lines.tops for p in self.people]
        return DeepLines(self._places, tops)

    def _in_lines(self) -> tuple[Numbers, Numbers]:
        """Return the pairs of which the second is above the first, but those that are known as deep."""
        known: dict[frozenset[str], Numbers] = {}
        above = []
        for person, place in zip(self.people, self._places, strict=True):
            bosses = self._above(place.root if place and is_deep(place) else person.email)
            if bosses not in known:
                numbers = sorted(self.number[b] for b in bosses if b in self.number)
                known[bosses] = np.array(numbers, dtype=np.int64)
            above.append(known[bosses])
        below = np.repeat(np.arange(self.nobody), [len(bosses) for bosses in above])
        return below, np.concatenate([*above, np.empty(0, dtype=np.int64)])

    def _above(self, person: str) -> frozenset[str]:
        """Return everybody above a person. A manager's people share those."""
        return self.lines.forbidden_above(
            person, self.rules.chain_levels, tops_too=not self.rules.include_top
        )


def participants_of(people: Sequence[Person], facts: Facts) -> Participants:
    """Return these people as participants; each is there once."""
    return Participants(
        people,
        lines=facts.lines,
        never=facts.never,
        rejected=facts.rejected,
        private=facts.private,
        history=facts.history,
        rules=facts.rules,
        round=facts.round,
        seed=facts.seed,
        on=facts.on,
    )


def chance_of(facts: Facts) -> np.random.Generator:
    digest = hashlib.sha256(f"{facts.seed}/{facts.round}".encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:8], "big")))


def pairs_of(groups: Sequence[Numbered]) -> tuple[Numbers, Numbers, Numbers]:
    """Return the pairs in groups, as two lists of numbers, and where each group's first pair is in them."""
    left, right = np.array([pair for group in groups for pair in combinations(group, 2)], dtype=np.int64).T
    sizes = np.array([len(group) for group in groups], dtype=np.int64)
    many = sizes * (sizes - 1) // 2
    return left, right, np.cumsum(many) - many


def _coded(values: Iterable[_T]) -> tuple[Numbers, list[_T]]:
    """Number the different values as they come, and return everybody's number and the values by number."""
    codes: dict[_T, int] = {}
    numbers = np.array([codes.setdefault(v, len(codes)) for v in values], dtype=np.int64)
    return numbers, list(codes)


def _own_if_empty(names: Sequence[str]) -> Numbers:
    """Number the names; who has none shares theirs with nobody, and so does nobody, who comes last.

    Their numbers are above that of nobody.
    """
    codes, kinds = _coded([*names, ""])
    return np.where(codes == kinds.index(""), len(codes) + np.arange(len(codes)), codes)


def _table(values: Sequence[_T], cost: Callable[[_T, _T], float]) -> Costs:
    table = np.zeros((len(values), len(values)))
    for i, a in enumerate(values):
        for j, b in enumerate(values[: i + 1]):
            table[i, j] = table[j, i] = cost(a, b)
    return table


def _most(lists: Sequence[frozenset[str]]) -> list[str]:
    """Return what is listed most often, as much of it as counts."""
    counts = Counter(one for some in lists for one in some)
    return sorted(counts, key=lambda i: (-counts[i], i))[:MOST_INTERESTS]


def _listed(lists: Sequence[frozenset[str]], known: Sequence[str] | None = None) -> Likes:
    """Return who lists what: a row a person and nobody's last, a column for each thing, the most common ones."""
    place = {one: i for i, one in enumerate(_most(lists) if known is None else known)}
    table = np.zeros((len(lists) + 1, len(place)), dtype=np.float32)
    for i, some in enumerate(lists):
        table[i, [place[x] for x in some if x in place]] = 1
    return table
