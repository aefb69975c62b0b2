"""Proposing a round and repairing one.

Small programmes are solved exactly (general matching of most people at least cost, by networkx). Larger ones by
assignment descent: in each sweep every pair tosses a coin for who sits left and who right, and the best way to pair
lefts with rights is a linear assignment, solved exactly in blocks. The present pairing is always among the choices, so
the cost only falls; how near it comes to the least is a matter of experience, not proven.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import date
from itertools import combinations

import networkx as nx
import numpy as np
from scipy.optimize import linear_sum_assignment

from peerpact.programme.pairing.groups import (
    Change,
    Group,
    LeftOver,
    PairingFault,
    PairingResult,
    PairingRules,
    PastGroup,
    Repair,
)
from peerpact.programme.pairing.judging import FORBIDDEN, Costs, Judge
from peerpact.programme.people import Person
from peerpact.programme.reporting_lines import ReportingLines

EXACT_UP_TO = 120
THREES_UP_TO = 16
BOUND_UP_TO = 3000
BLOCK = 400
SWEEPS = 30

Pair = tuple[int, int]


def propose(
    people: Sequence[Person],
    *,
    round: int,
    lines: ReportingLines,
    on: date,
    seed: str,
    history: Sequence[PastGroup] = (),
    never: Collection[tuple[str, str]] = (),
    locked: Sequence[tuple[str, ...]] = (),
    rules: PairingRules | None = None,
) -> PairingResult:
    """Pair everybody who can be. The order of people does not matter; chance comes from the seed and the round."""
    rules = rules or PairingRules()
    people, doubles = _each_once(people)
    judge = Judge(people, lines=lines, never=never, history=history, rules=rules, round=round, on=on)
    kept, faults = _locked(judge, locked)
    taken = {e for group in kept for e in group}
    free = [i for i, p in enumerate(judge.people) if p.email not in taken]
    costs = _with_chance(judge.costs(), seed, round)
    pairs, alone = _matched(costs, free, seed, round)
    groups = [tuple(sorted(group)) for group in kept]
    groups += [(judge.people[i].email, judge.people[j].email) for i, j in pairs]
    groups, left = _with_third(judge, costs, groups, alone, history, round, most=1)
    if left and len(left) == len(alone) and len(free) <= THREES_UP_TO:
        groups, left = _around_a_three(judge, costs, free, kept) or (groups, left)
    made = [Group(people=g, why=judge.why(g), locked=g in kept) for g in sorted(groups)]
    chosen = [[judge.number[e] for e in g] for g in groups if g not in kept]
    return PairingResult(
        groups=tuple(made),
        left_over=tuple(_explained(judge, e) for e in left),
        faults=(*doubles, *faults),
        cost=sum(float(costs[i, j]) for g in chosen for i, j in combinations(g, 2)),
        lower_bound=None if left else _lower_bound(costs, sorted(i for g in chosen for i in g)),
    )


def repair(
    standing: Sequence[tuple[str, ...]],
    people: Sequence[Person],
    *,
    round: int,
    lines: ReportingLines,
    on: date,
    seed: str,
    history: Sequence[PastGroup] = (),
    never: Collection[tuple[str, str]] = (),
    rules: PairingRules | None = None,
) -> Repair:
    """Pair those without a partner in a round in progress; standing groups stay, but for those who left."""
    rules = rules or PairingRules()
    judge = Judge(people, lines=lines, never=never, history=history, rules=rules, round=round, on=on)
    shrunk = {g: tuple(e for e in g if e in judge.number) for g in standing}
    whole = {g: after for g, after in shrunk.items() if len(after) > 1}
    placed = {e for after in whole.values() for e in after}
    free = [i for i, p in enumerate(judge.people) if p.email not in placed]
    reasons = {g: "Somebody of them left or pauses." for g, after in shrunk.items() if after != g}
    if not free:
        return Repair(changed=_changes(shrunk, reasons))
    costs = _with_chance(judge.costs(), seed, round)
    pairs, alone = _matched(costs, free, seed, round)
    new = [(judge.people[i].email, judge.people[j].email) for i, j in pairs]
    before = [after for after in whole.values() if len(after) == 2]
    grown, left = _with_third(judge, costs, before, alone, history, round, most=len(alone))
    for group, old in zip(grown, before, strict=True):
        if group != old:
            standing_as = next(g for g, after in whole.items() if after == old)
            shrunk[standing_as] = group
            reasons[standing_as] = "Joined by somebody who had no partner."
    return Repair(
        changed=_changes(shrunk, reasons),
        new=tuple(Group(people=tuple(sorted(p)), why=judge.why(p)) for p in sorted(new)),
        left_over=tuple(_explained(judge, e) for e in left),
    )


def _each_once(people: Sequence[Person]) -> tuple[list[Person], list[PairingFault]]:
    """Leave everybody whose address comes twice with one row, the same one whatever the order of rows."""
    once: dict[str, Person] = {}
    doubled: set[str] = set()
    for person in sorted(people, key=repr):
        if once.setdefault(person.email, person) is not person:
            doubled.add(person.email)
    problem = "This address is on the roster more than once; only one of its rows was used."
    remedy = "Delete the rows that are not right."
    return list(once.values()), [
        PairingFault(tab="Roster", emails=(e,), problem=problem, remedy=remedy) for e in sorted(doubled)
    ]


def _lower_bound(costs: Costs, free: Sequence[int]) -> float | None:
    """Return half of the best assignment of everybody to somebody else, which no pairing can beat.

    A pair is an assignment both ways and costs the same halved; a group of three, sent round in a ring, costs
    half of its three pairs. So each complete pairing is among the assignments.
    """
    if not free or len(free) > BOUND_UP_TO:
        return None
    among = costs[np.ix_(free, free)]
    rows, columns = linear_sum_assignment(among)
    return float(among[rows, columns].sum(dtype=np.float64)) / 2


def _changes(
    shrunk: dict[tuple[str, ...], tuple[str, ...]], reasons: dict[tuple[str, ...], str]
) -> tuple[Change, ...]:
    return tuple(
        Change(before=before, after=after, reason=reasons[before])
        for before, after in shrunk.items()
        if before in reasons
    )


def _locked(
    judge: Judge, locked: Sequence[tuple[str, ...]]
) -> tuple[list[tuple[str, ...]], list[PairingFault]]:
    kept: list[tuple[str, ...]] = []
    faults: list[PairingFault] = []
    taken: set[str] = set()
    for people in locked:
        absent = [e for e in people if e not in judge.number]
        if absent:
            problem = f"{' and '.join(absent)} does not take part now, so this locked pair can't be made."
        elif len(set(people)) != len(people) or len(people) not in {2, 3}:
            problem = "A locked pair names two different people, exceptionally three."
        elif taken & set(people):
            problem = "One of them stands in another locked pair already."
        elif not all(judge.may(a, b) for i, a in enumerate(people) for b in people[i + 1 :]):
            problem = "They are in one reporting line or on the tab Never pair, so they can't be paired."
        else:
            kept.append(tuple(sorted(people)))
            taken |= set(people)
            continue
        remedy = "Delete the row, or mend what stands against it."
        faults.append(PairingFault(tab="Locked pairs", emails=tuple(people), problem=problem, remedy=remedy))
    return kept, faults


def _with_chance(costs: Costs, seed: str, round: int) -> Costs:
    """Add less than a point of chance to each pair, so that equally good ones are decided by it."""
    noise = _generator(seed, round).random(costs.shape, dtype=np.float32)
    return np.asarray(np.where(costs >= FORBIDDEN, costs, costs + (noise + noise.T) / 4), dtype=np.float32)


def _generator(seed: str, round: int) -> np.random.Generator:
    digest = hashlib.sha256(f"{seed}/{round}".encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:8], "big")))


def _matched(costs: Costs, free: Sequence[int], seed: str, round: int) -> tuple[list[Pair], list[int]]:
    """Pair as many as possible at little cost; returns the pairs and who is alone."""
    if len(free) <= EXACT_UP_TO:
        pairs = _exactly(costs, free)
    else:
        pairs = _by_descent(costs, list(free), _generator(seed + "/descent", round))
    placed = {i for pair in pairs for i in pair}
    return pairs, [i for i in free if i not in placed]


def _exactly(costs: Costs, free: Sequence[int]) -> list[Pair]:
    graph = nx.Graph()
    graph.add_nodes_from(free)
    for a, i in enumerate(free):
        for j in free[a + 1 :]:
            if costs[i, j] < FORBIDDEN:
                graph.add_edge(i, j, weight=-round_to_thousandth(costs[i, j]))
    return sorted((min(p), max(p)) for p in nx.max_weight_matching(graph, maxcardinality=True))


def round_to_thousandth(cost: float) -> int:
    """Return a cost as a whole number of thousandths: whole numbers keep the matching exact."""
    return int(cost * 1000)


def _by_descent(costs: Costs, free: list[int], chance: np.random.Generator) -> list[Pair]:
    order = chance.permutation(np.array(free))
    alone = [int(order[-1])] if len(order) % 2 else []
    order = order[: len(order) - len(alone)]
    lefts, rights = order[0::2].copy(), order[1::2].copy()
    for _ in range(SWEEPS):
        swap = chance.random(len(lefts)) < 0.5
        lefts[swap], rights[swap] = rights[swap], lefts[swap]
        shuffled = chance.permutation(len(lefts))
        lefts, rights = lefts[shuffled], rights[shuffled]
        for start in range(0, len(lefts), BLOCK):
            block = slice(start, start + BLOCK)
            _, best = linear_sum_assignment(costs[np.ix_(lefts[block], rights[block])])
            rights[block] = rights[block][best]
    pairs = list(zip(lefts.tolist(), rights.tolist(), strict=True))
    good = [(min(p), max(p)) for p in pairs if costs[p] < FORBIDDEN]
    bad = [i for p in pairs if costs[p] >= FORBIDDEN for i in p] + alone
    return sorted(_rescued(costs, good, bad))


def _rescued(costs: Costs, pairs: list[Pair], alone: list[int]) -> list[Pair]:
    """Place pairs of left-over people by breaking up a pair for two of them, as long as that works."""
    while len(alone) > 1:
        found = _break_up(costs, pairs, alone)
        if found is None:
            return pairs
        old, first, second = found
        pairs.remove(old)
        pairs += [first, second]
        alone = [i for i in alone if i not in {*first, *second}]
    return pairs


def _break_up(costs: Costs, pairs: list[Pair], alone: list[int]) -> tuple[Pair, Pair, Pair] | None:
    for a, i in enumerate(alone):
        for j in alone[a + 1 :]:
            for left, right in pairs:
                for one, other in ((left, right), (right, left)):
                    if costs[i, one] < FORBIDDEN and costs[j, other] < FORBIDDEN:
                        return (left, right), (min(i, one), max(i, one)), (min(j, other), max(j, other))
    return None


def _with_third(
    judge: Judge,
    costs: Costs,
    groups: Sequence[tuple[str, ...]],
    alone: Sequence[int],
    history: Sequence[PastGroup],
    round: int,
    *,
    most: int,
) -> tuple[list[tuple[str, ...]], list[str]]:
    """Let left-over people join the pairs they fit best, at most so many; the others stay left over."""
    grown = list(groups)
    left: list[str] = []
    thirds = {e for g in history if len(g.people) > 2 and g.round == round - 1 for e in g.people}
    joined = 0
    for i in alone:
        choices = []
        for number, group in enumerate(grown):
            numbers = [judge.number[e] for e in group]
            if len(group) == 2 and all(costs[i, j] < FORBIDDEN for j in numbers):
                again = judge.rules.third_again * len(thirds & {*group})
                choices.append((float(costs[i, numbers].sum()) + again, number))
        if choices and joined < most:
            joined += 1
            number = min(choices)[1]
            grown[number] = tuple(sorted((*grown[number], judge.people[i].email)))
        else:
            left.append(judge.people[i].email)
    return grown, left


def _around_a_three(
    judge: Judge, costs: Costs, free: Sequence[int], kept: Sequence[tuple[str, ...]]
) -> tuple[list[tuple[str, ...]], list[str]] | None:
    """Choose the group of three first, where none could be made of the best pairs; None if it helps nobody."""
    most = len(_exactly(costs, free))
    for three in combinations(free, 3):
        if any(costs[i, j] >= FORBIDDEN for i, j in combinations(three, 2)):
            continue
        pairs = _exactly(costs, [i for i in free if i not in three])
        if len(pairs) == most - 1:
            chosen = [three, *pairs]
            placed = {i for group in chosen for i in group}
            emails = [judge.people[i].email for i in free if i not in placed]
            named = [tuple(sorted(judge.people[i].email for i in group)) for group in chosen]
            return [*kept, *named], emails
    return None


def _explained(judge: Judge, email: str) -> LeftOver:
    allowed = judge.partners_allowed(email)
    if len(judge.people) == 1:
        return LeftOver(email=email, reason="nobody else takes part")
    if not allowed:
        return LeftOver(
            email=email,
            reason="everybody who takes part is in their reporting line or on their never-pair list",
            setting="Reporting line",
        )
    return LeftOver(
        email=email,
        reason=f"the {len(allowed)} people they could be paired with all have partners",
        setting="Reporting line",
    )
