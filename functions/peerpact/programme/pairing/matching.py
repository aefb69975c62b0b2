"""Matching people at the least cost, as many as can be.

Up to ``EXACT_UP_TO`` people, or ``COUNTED_UP_TO`` who have few allowed pairs, the matching is proven best: rustworkx
solves it on the whole graph. Above that, assignment descent: in each sweep every pair tosses a coin for who sits left
and who right, and the best way to pair lefts with rights is a linear assignment, solved exactly (by scipy) in blocks.
The present pairing is always among the choices, so the cost only falls. Where the descent rests, the pairs that cost
something are solved anew, exactly, together with some others. How near that comes to the least is a matter of
experience; the lower bound tells for each result. That as many as possible are paired is certain there only of those
who may be paired with nobody at all.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import rustworkx as rx
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from peerpact.programme.pairing.pair_table import Numbers
from peerpact.programme.pairing.participants import FORBIDDEN, Participants

EXACT_UP_TO = 500
COUNTED_UP_TO, FEW_PAIRS = 2000, 100_000
"""People up to whom the matching is solved exactly if they have few allowed pairs, and so many are few."""
BLOCK = 1000
"""Pairs whose lefts and rights are assigned together."""
SWEEPS = 3
"""Over all pairs; after that only those that cost something are mixed with others."""
LONGEST_DESCENT = 40
RESTS = 4
"""Sweeps without gain after which the descent ends."""
POLISHED = 240
"""People of one exact solution in a large programme."""
COUNTED_IN = 20
POINT = 1000
"""Costs are whole thousandths of a point for the exact solver; turns and chance decide only among equal costs."""
CHANCE = 1 << 24

Pairs = NDArray[np.int64]
"""One row a pair: two numbers of people."""


def match(
    participants: Participants, free: Numbers, chance: np.random.Generator, bound: float
) -> tuple[Pairs, Numbers]:
    """Pair as many of the free people as possible at little cost; returns the pairs and who is alone.

    ``bound`` is what no pairing of them can cost less than: who reaches it need not look further.
    """
    is_exact = is_solved_exactly(participants, free)
    if len(free) % 2:
        free = np.append(free, participants.nobody)
    pairs = exactly(participants, free, chance) if is_exact else _descend(participants, free, chance, bound)
    pairs = pairs[(pairs != participants.nobody).all(axis=1)]
    alone = np.setdiff1d(free, np.append(pairs.ravel(), participants.nobody))
    return np.sort(pairs, axis=1), alone


def is_solved_exactly(participants: Participants, people: Numbers) -> bool:
    """Tell whether the best matching of these people is found for certain."""
    if EXACT_UP_TO < len(people) <= COUNTED_UP_TO:
        return _have_few_pairs(participants, people)
    return len(people) <= EXACT_UP_TO


def _have_few_pairs(participants: Participants, people: Numbers) -> bool:
    """Count the allowed pairs some rows at a time, since most people have many, and that shows soon."""
    count = 0
    for rows in np.array_split(people, COUNTED_IN):
        count += int((participants.costs(rows, people) < FORBIDDEN).sum())
        if count > 2 * FEW_PAIRS:
            return False
    return True


def exactly(participants: Participants, people: Numbers, chance: np.random.Generator) -> Pairs:
    """Return the cheapest matching of those that pair as many as possible; turns, then chance, choose among equals."""
    merits = participants.merits()[people]
    costs = participants.costs(people, people)
    allowed = np.triu(costs < FORBIDDEN, 1)
    left, right = np.nonzero(allowed)
    merit = np.where(
        (people[left] == participants.nobody) | (people[right] == participants.nobody),
        0,
        merits[left] + merits[right],
    )
    points = np.rint((costs[left, right] - merit) * POINT).astype(np.int64)
    most = CHANCE // max(len(people), 1)
    dice = chance.integers(most // 2, most, len(left))
    dice[participants.is_their_turn(people[left], people[right])] = 0
    graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(people)))
    weights = (-points * CHANCE - dice).tolist()
    graph.add_edges_from(list(zip(left.tolist(), right.tolist(), weights, strict=True)))
    found = rx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    return people[np.array(sorted((min(p), max(p)) for p in found), dtype=np.int64).reshape(-1, 2)]


def _descend(participants: Participants, free: Numbers, chance: np.random.Generator, bound: float) -> Pairs:
    order = chance.permutation(free)
    pairs = order.reshape(-1, 2)
    for _ in range(SWEEPS):
        pairs = _swept(participants, pairs, chance)
        if _points(participants, pairs) <= bound:
            return pairs
    best, rests = np.inf, 0
    for _ in range(LONGEST_DESCENT):
        costly, cheap = _by_cost(participants, pairs, chance)
        for places in _mixed(costly, cheap):
            pairs[places] = _swept(participants, pairs[places], chance)
        now = _points(participants, pairs)
        if now <= bound:
            break
        best, rests = (now, 0) if now < best - 1e-6 else (best, rests + 1)
        if rests >= RESTS:
            pairs, gained = _polished(participants, pairs, chance)
            if not gained:
                break
            rests = 0
    return pairs[participants.costs_of(pairs[:, 0], pairs[:, 1]) < FORBIDDEN]


def _swept(participants: Participants, pairs: Pairs, chance: np.random.Generator) -> Pairs:
    """Let every pair toss who sits left, mix all, and assign lefts to rights anew, block by block."""
    merits = participants.merits()
    swap = chance.random(len(pairs)) < 0.5
    pairs = np.where(swap[:, None], pairs[:, ::-1], pairs)[chance.permutation(len(pairs))]
    for start in range(0, len(pairs), BLOCK):
        left, right = pairs[start : start + BLOCK].T
        costs = participants.costs(left, right)
        costs[:, right == participants.nobody] += merits[left][:, None]
        costs[left == participants.nobody] += merits[right]
        pairs[start : start + BLOCK, 1] = right[linear_sum_assignment(costs)[1]]
    return pairs


def _points(participants: Participants, pairs: Pairs) -> float:
    """Return the cost of all pairs, and of whom nobody is left with."""
    return float(_each(participants, pairs).sum())


def _each(participants: Participants, pairs: Pairs) -> NDArray[np.float64]:
    costs = participants.costs_of(pairs[:, 0], pairs[:, 1])
    with_nobody = (pairs == participants.nobody).any(axis=1)
    costs[with_nobody] += participants.merits()[pairs[with_nobody]].sum(axis=1)
    return costs


def _by_cost(
    participants: Participants, pairs: Pairs, chance: np.random.Generator
) -> tuple[Numbers, Numbers]:
    """Return where the pairs are that cost something, and the others, each in an order of chance."""
    costs = _each(participants, pairs)
    return chance.permutation(np.flatnonzero(costs > 0)), chance.permutation(np.flatnonzero(costs <= 0))


def _mixed(costly: Numbers, cheap: Numbers) -> Iterator[Numbers]:
    """Share the costly pairs out over blocks, each filled up with cheap ones."""
    blocks = max(1, -(-len(costly) // (BLOCK // 2)))
    for number in range(blocks):
        some = costly[number::blocks]
        yield np.concatenate([some, cheap[number::blocks][: BLOCK - len(some)]])


def _polished(participants: Participants, pairs: Pairs, chance: np.random.Generator) -> tuple[Pairs, bool]:
    """Solve the pairs that cost something exactly, some at a time with some that cost nothing."""
    costly, cheap = _by_cost(participants, pairs, chance)
    before = _points(participants, pairs)
    half = POLISHED // 4
    for start in range(0, min(len(costly), 20 * half), half):
        some = costly[start : start + half]
        places = np.concatenate([some, chance.permutation(cheap)[: POLISHED // 2 - len(some)]])
        people = pairs[places].ravel()
        found = exactly(participants, people, chance)
        rest = np.setdiff1d(people, found.ravel()).reshape(-1, 2)
        pairs[places] = np.concatenate([found, rest])
    return pairs, _points(participants, pairs) < before - 1e-6
