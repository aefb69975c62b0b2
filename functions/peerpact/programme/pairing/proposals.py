"""Proposing a round: pairs, and one group of three if it is needed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations

import numpy as np

from peerpact.programme.pairing.cheapest_plan import SEARCHED, no_three_helps, planned, searched
from peerpact.programme.pairing.explanations import explain
from peerpact.programme.pairing.group_of_three import BestThree, Found
from peerpact.programme.pairing.groups import (
    Facts,
    Group,
    PairingProblem,
    PairingResult,
    Progress,
)
from peerpact.programme.pairing.lower_bound import lower_bound
from peerpact.programme.pairing.matching import EXACT_UP_TO, is_solved_exactly, match
from peerpact.programme.pairing.pair_table import Numbers
from peerpact.programme.pairing.participants import (
    FORBIDDEN,
    Numbered,
    Participants,
    chance_of,
    pairs_of,
    participants_of,
)
from peerpact.programme.pairing.reasons import told_cost, whys
from peerpact.programme.people import Person
from peerpact.programme.sentences import Sentence, all_of, counted, say

APART = say("These people can't be together.")
"""All that is said where one of them wishes so in private."""
NEAR_ENOUGH = 0.01
"""Points by which a sum of costs may be off, for the arithmetic."""


def propose(
    people: Sequence[Person],
    facts: Facts,
    *,
    locked: Sequence[tuple[str, ...]] = (),
    staying: Sequence[tuple[str, ...]] = (),
) -> PairingResult:
    """Pair everybody who can be. The order of people does not matter; chance comes from the seed and the round.

    Those who want to stay together do, like locked pairs, where nothing forbids it; else nobody is told.
    """
    people, doubles = each_once(people)
    participants = participants_of(people, facts)
    kept, problems = _locked(participants, [*locked, *(group for group in staying if group not in locked)])
    problems = [p for p in problems if p.emails in set(locked)]
    taken = {i for group in kept for i in group}
    free = np.setdiff1d(np.arange(participants.nobody), np.array(sorted(taken), dtype=np.int64))
    groups, left, gap = _all_circles(participants, facts, free)
    cost = _points(participants, groups)
    bound = min(cost, max(cost - gap, _bound_of(participants, groups)))
    return PairingResult(
        groups=made(participants, groups, locked=kept),
        left_over=explain(participants, left),
        problems=(*doubles, *problems),
        cost=cost,
        lower_bound=bound,
        in_words=told_cost(participants, [*groups, *kept], left=len(left), gap=cost - bound),
    )


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
    what = say("This address is on the roster more than once; only one of its rows was used.")
    remedy = say("Delete the rows that are not right.")
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
            what = counted(
                len(absent),
                "{people} does not take part now, so this locked pair can't be made.",
                "{people} do not take part now, so these locked people can't be together.",
                people=all_of(absent),
            )
        elif len(set(people)) != len(people) or len(people) not in {2, 3}:
            what = say("A locked pair names two different people, exceptionally three.")
        elif taken & set(people):
            what = say("One of them is in another locked pair already.")
        elif broken := broken_rule(participants, people):
            what = broken
        elif not all(participants.may(a, b) for a, b in combinations(people, 2)):
            what = say(
                "Nobody can tell that they are not in one reporting line: a manager above them is not known."
            )
        else:
            kept.append(tuple(sorted(participants.number[e] for e in people)))
            taken |= set(people)
            continue
        remedy = say("Delete the row, or correct what forbids this pair.")
        remedy = say("Delete the row.") if what == APART else remedy
        problems.append(PairingProblem(tab="Locked pairs", emails=tuple(people), what=what, remedy=remedy))
    return kept, problems


def broken_rule(participants: Participants, people: Sequence[str]) -> Sentence | None:
    """Return which rule forbids that these people are together, for certain; None when none does."""
    if any(participants.in_one_line(a, b) for a, b in combinations(people, 2)):
        return say("They are in one reporting line.")
    if any(participants.is_never(a, b) for a, b in combinations(people, 2)):
        return say("They are on the tab Never pair.")
    if any(participants.is_rejected(a, b) for a, b in combinations(people, 2)):
        return say("An admin rejected this pair in this round.")
    if any(participants.is_private(a, b) for a, b in combinations(people, 2)):
        return APART
    return None


def _all_circles(
    participants: Participants, facts: Facts, free: Numbers
) -> tuple[list[Numbered], list[int], float]:
    """Group the free people, circle by circle: between two circles nobody may be paired."""
    can = participants.have_partners(free)
    groups: list[Numbered] = []
    left, gap = free[~can].tolist(), 0.0
    for circle in participants.circles(free[can]):
        found, more = _circle(participants, facts, circle)
        groups, left, gap = [*groups, *found[0]], [*left, *found[1]], gap + more
    return groups, left, gap


def _circle(participants: Participants, facts: Facts, people: Numbers) -> tuple[Found, float]:
    """Group one circle; return by how many points others may be better still.

    Up to EXACT_UP_TO people, or where few pairs are allowed, that is proven best; but not where several threes are
    needed and the circle is large, nor a three of more than EXACT_UP_TO.
    """
    if len(people) < 2:
        return ([], people.tolist()), 0.0
    is_exact = is_solved_exactly(participants, people)
    bound = 0.0 if is_exact else lower_bound(participants, people) + NEAR_ENOUGH
    pairs, alone = match(participants, people, chance_of(facts), bound)
    found: Found = [tuple(pair) for pair in pairs.tolist()], alone.tolist()
    proven = 0.0 if is_exact else np.inf
    if not len(alone) or no_three_helps(participants, people, pairs, alone):
        return found, proven
    if len(alone) == 1 and len(people) <= EXACT_UP_TO:
        threes = BestThree(participants, people, lambda: chance_of(facts), _joined(participants, *found))
        gap = threes.search()
        return threes.best, gap
    if len(people) <= SEARCHED:
        plan = searched(participants, facts, (), people)
        return ([group for group, _ in plan.groups], list(plan.left)), 0.0 if plan.is_proven else np.inf
    plan = planned(participants, facts, [(pair, Progress.PROPOSED) for pair in found[0]], alone)
    return ([group for group, _ in plan.groups], list(plan.left)), np.inf


def _joined(participants: Participants, pairs: Sequence[Numbered], alone: list[int]) -> Found:
    """Let the one who is alone join the pair they fit best, if there is one."""
    best = best_to_join(participants, pairs, alone[0])
    if best is None:
        return list(pairs), alone
    return [*pairs[:best], tuple(sorted((*pairs[best], *alone))), *pairs[best + 1 :]], []


def best_to_join(participants: Participants, pairs: Sequence[Numbered], person: int) -> int | None:
    """Return at which place the pair is that somebody fits best as third; None if none is allowed."""
    if not pairs:
        return None
    left, right = np.array(pairs, dtype=np.int64).T
    alone = np.array([person])
    costs = (participants.costs(alone, left) + participants.costs(alone, right))[0]
    costs += participants.merits()[left] + participants.merits()[right]
    best = int(np.argmin(costs))
    return best if costs[best] < FORBIDDEN else None


def _bound_of(participants: Participants, groups: Sequence[Numbered]) -> float:
    """Return what no groups of the same people can cost less than, by their kinds."""
    people = np.array(sorted(i for group in groups for i in group), dtype=np.int64)
    return lower_bound(participants, people, three=len(people) % 2 > 0)


def _points(participants: Participants, groups: Sequence[Numbered]) -> float:
    """Return what groups cost, and what it costs that some are third once more."""
    again = sum(float(participants.merits()[list(g)].sum()) for g in groups if len(g) > 2)
    return sum(costs_of(participants, groups)) + again
