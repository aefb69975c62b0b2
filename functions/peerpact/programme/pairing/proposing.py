"""Proposing a round: pairs, and one group of three if it is needed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import numpy as np

from peerpact.programme.pairing.explaining import explain
from peerpact.programme.pairing.group_of_three import BestThree, Found
from peerpact.programme.pairing.groups import (
    Group,
    PairingProblem,
    PairingResult,
    PairingRules,
    PastGroup,
)
from peerpact.programme.pairing.lower_bound import lower_bound
from peerpact.programme.pairing.matching import EXACT_UP_TO, match
from peerpact.programme.pairing.pair_table import Numbers
from peerpact.programme.pairing.participants import FORBIDDEN, Numbered, Participants, pairs_of
from peerpact.programme.pairing.reasons import told_cost, whys
from peerpact.programme.people import Person
from peerpact.programme.reporting_lines import ReportingLines

NEAR_ENOUGH = 0.01
"""Points by which a sum of costs may be off, for the arithmetic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What pairing goes by, besides the people. The same facts give the same pairs on any machine."""

    round: int
    lines: ReportingLines
    on: date
    """From this day on, four weeks are looked at for common working hours."""
    seed: str
    history: Sequence[PastGroup] = ()
    never: Collection[tuple[str, str]] = ()
    rejected: Collection[tuple[str, str]] = ()
    """Pairs that an admin rejected in this round."""
    rules: PairingRules = PairingRules()  # noqa: RUF009 - frozen


def participants_of(people: Sequence[Person], facts: Facts) -> Participants:
    """Return these people as participants; each stands there once."""
    return Participants(
        people,
        lines=facts.lines,
        never=facts.never,
        rejected=facts.rejected,
        history=facts.history,
        rules=facts.rules,
        round=facts.round,
        seed=facts.seed,
        on=facts.on,
    )


def propose(
    people: Sequence[Person], facts: Facts, *, locked: Sequence[tuple[str, ...]] = ()
) -> PairingResult:
    """Pair everybody who can be. The order of people does not matter; chance comes from the seed and the round."""
    people, doubles = each_once(people)
    participants = participants_of(people, facts)
    kept, problems = _locked(participants, locked)
    taken = {i for group in kept for i in group}
    free = np.setdiff1d(np.arange(participants.nobody), np.array(sorted(taken), dtype=np.int64))
    can = participants.have_partners(free)
    free, without = free[can], free[~can].tolist()
    pairs, alone = match(participants, free, chance_of(facts), lower_bound(participants, free) + NEAR_ENOUGH)
    found = ([tuple(p) for p in pairs.tolist()], alone.tolist())
    (groups, left), gap = with_best_three(participants, free, facts, found)
    cost = _points(participants, groups)
    bound = min(cost, max(cost - gap, _bound_of(participants, groups)))
    return PairingResult(
        groups=made(participants, groups, locked=kept),
        left_over=explain(participants, [*left, *without]),
        problems=(*doubles, *problems),
        cost=cost,
        lower_bound=bound,
        in_words=told_cost(participants, [*groups, *kept], left=len(left) + len(without), gap=cost - bound),
    )


def chance_of(facts: Facts) -> np.random.Generator:
    digest = hashlib.sha256(f"{facts.seed}/{facts.round}".encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:8], "big")))


def made(
    participants: Participants, groups: Sequence[Numbered], *, locked: Collection[Numbered] = ()
) -> tuple[Group, ...]:
    """Say of each group, and of those that are locked, who it is, what it costs and why."""
    together, locked = sorted([*groups, *locked]), set(locked)
    return tuple(
        Group(
            people=tuple(participants.people[i].email for i in group),
            why=why,
            cost=cost,
            locked=group in locked,
        )
        for group, cost, why in zip(
            together, costs_of(participants, together), whys(participants, together), strict=True
        )
    )


def costs_of(participants: Participants, groups: Sequence[Numbered]) -> list[float]:
    """Return what each group costs: its pair, or its three pairs."""
    if not groups:
        return []
    left, right, starts = pairs_of(groups)
    return list(np.add.reduceat(participants.costs_of(left, right), starts).tolist())


def each_once(people: Sequence[Person]) -> tuple[list[Person], list[PairingProblem]]:
    """Leave everybody whose address comes twice with one row, the same one whatever the order of rows."""
    if len({p.email for p in people}) == len(people):
        return list(people), []
    rows: dict[str, list[Person]] = {}
    for person in people:
        rows.setdefault(person.email, []).append(person)
    once = [same[0] if len(same) == 1 else min(same, key=repr) for same in rows.values()]
    doubled = sorted(email for email, same in rows.items() if len(same) > 1)
    what = "This address is on the roster more than once; only one of its rows was used."
    remedy = "Delete the rows that are not right."
    return once, [PairingProblem(tab="Roster", emails=(e,), what=what, remedy=remedy) for e in doubled]


def _locked(
    participants: Participants, locked: Sequence[tuple[str, ...]]
) -> tuple[list[Numbered], list[PairingProblem]]:
    kept: list[Numbered] = []
    problems: list[PairingProblem] = []
    taken: set[str] = set()
    for people in locked:
        absent = [e for e in people if e not in participants.number]
        if absent:
            what = f"{' and '.join(absent)} does not take part now, so this locked pair can't be made."
        elif len(set(people)) != len(people) or len(people) not in {2, 3}:
            what = "A locked pair names two different people, exceptionally three."
        elif taken & set(people):
            what = "One of them is in another locked pair already."
        elif broken := broken_rule(participants, people):
            what = broken
        elif not all(participants.may(a, b) for a, b in combinations(people, 2)):
            what = (
                "Nobody can tell that they are not in one reporting line: a manager above them is not known."
            )
        else:
            kept.append(tuple(sorted(participants.number[e] for e in people)))
            taken |= set(people)
            continue
        remedy = "Delete the row, or correct what forbids this pair."
        problems.append(PairingProblem(tab="Locked pairs", emails=tuple(people), what=what, remedy=remedy))
    return kept, problems


def broken_rule(participants: Participants, people: Sequence[str]) -> str:
    """Return which rule forbids that these people are together, for certain; empty when none does."""
    if any(participants.in_one_line(a, b) for a, b in combinations(people, 2)):
        return "They are in one reporting line."
    if any(participants.is_never(a, b) for a, b in combinations(people, 2)):
        return "They are on the tab Never pair."
    if any(participants.is_rejected(a, b) for a, b in combinations(people, 2)):
        return "An admin rejected this pair in this round."
    return ""


def with_best_three(
    participants: Participants, free: Numbers, facts: Facts, found: Found
) -> tuple[Found, float]:
    """Make a group of three if somebody is left over; return by how many points others may be better still.

    Up to EXACT_UP_TO people it is proven best; above that, somebody left over joins a pair, or it is an exchange.
    """
    groups, left = _with_third(participants, *found)
    if len(free) > EXACT_UP_TO:
        return (groups, left), np.inf
    if not left and len(free) % 2 == 0:
        return (groups, left), 0.0  # pairs only, solved on the whole graph
    threes = BestThree(participants, free, lambda: chance_of(facts), (groups, left))
    gap = threes.search()
    return threes.best, gap


def _with_third(
    participants: Participants, pairs: list[Numbered], alone: list[int]
) -> tuple[list[Numbered], list[int]]:
    """Make one group of three of somebody left over and a pair, or by an exchange. Locked pairs stay pairs."""
    order = sorted(alone, key=lambda i: -participants.merits()[i])
    for person in order:
        best = best_to_join(participants, pairs, person)
        if best is not None:
            grown = [*pairs[:best], tuple(sorted((*pairs[best], person))), *pairs[best + 1 :]]
            return grown, [i for i in alone if i != person]
    for person in order:
        exchanged = _by_exchange(participants, pairs, person)
        if exchanged:
            return exchanged, [i for i in alone if i != person]
    return pairs, alone


def best_to_join(participants: Participants, pairs: Sequence[Numbered], person: int) -> int | None:
    """Return at which place the pair stands that somebody fits best as third; None if none is allowed."""
    if not pairs:
        return None
    left, right = np.array(pairs, dtype=np.int64).T
    alone = np.array([person])
    costs = (participants.costs(alone, left) + participants.costs(alone, right))[0]
    costs += participants.merits()[left] + participants.merits()[right]
    best = int(np.argmin(costs))
    return best if costs[best] < FORBIDDEN else None


def _by_exchange(participants: Participants, pairs: Sequence[Numbered], person: int) -> list[Numbered] | None:
    """Let somebody take the place of one of a pair, who then joins another pair as third."""
    for place, pair in enumerate(pairs):
        for stays, goes in (pair, pair[::-1]):
            if not participants.may(participants.people[person].email, participants.people[stays].email):
                continue
            others = [*pairs[:place], *pairs[place + 1 :]]
            best = best_to_join(participants, others, goes)
            if best is not None:
                others[best] = tuple(sorted((*others[best], goes)))
                return [*others, (min(person, stays), max(person, stays))]
    return None


def _bound_of(participants: Participants, groups: Sequence[Numbered]) -> float:
    """Return what no groups of the same people can cost less than, by their kinds."""
    people = np.array(sorted(i for group in groups for i in group), dtype=np.int64)
    return lower_bound(participants, people, three=len(people) % 2 > 0)


def _points(participants: Participants, groups: Sequence[Numbered]) -> float:
    """Return what groups cost, and what it costs that some are third once more."""
    again = sum(float(participants.merits()[list(g)].sum()) for g in groups if len(g) > 2)
    return sum(costs_of(participants, groups)) + again
