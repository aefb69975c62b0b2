"""Who was together, and in which round: the programme's memory of partners, however the rows of pairings change.

Whatever was approved once counts, whatever became of it: a group that was reshaped, ended or rejected later, this
round's included. The tab History keeps it, a short row a person (see ``tables.records``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations

import numpy as np

from peerpact.programme.pairing.groups import PastGroup
from peerpact.programme.pairing.pair_table import Numbers
from peerpact.programme.pairings import Pairing


def new_to(history: Collection[PastGroup], pairings: Iterable[Pairing]) -> list[PastGroup]:
    """Return the groups of approved pairings that are not remembered yet, in the order of rounds and addresses."""
    approved = [p for p in pairings if p.approved_on]
    known: dict[int, set[tuple[str, ...]]] = {p.round: set() for p in approved}
    for group in history:
        if group.round in known:
            known[group.round].add(group.people)
    fresh = {(p.round, tuple(sorted(p.people))) for p in approved if p.people not in known[p.round]}
    return [PastGroup(round=n, people=people) for n, people in sorted(fresh) if people not in known[n]]


def met(
    history: Sequence[PastGroup], round: int, number: Mapping[str, int]
) -> tuple[Numbers, Numbers, Numbers]:
    """Return who of those present was together with whom, and how many rounds ago; 0 is this round."""
    numbers = np.array([number.get(e, -1) for group in history for e in group.people], dtype=np.int64)
    sizes = np.array([len(group.people) for group in history], dtype=np.int64)
    rounds = np.array([group.round for group in history], dtype=np.int64)
    first = np.cumsum(sizes) - sizes
    pairs = [np.empty((0, 3), dtype=np.int64)]
    for size in np.unique(sizes).tolist():
        start, ago = first[sizes == size], round - rounds[sizes == size]
        pairs += [
            np.stack([numbers[start + a], numbers[start + b], ago], axis=1)
            for a, b in combinations(range(size), 2)
        ]
    one, other, ago = np.concatenate(pairs).T
    present = (one >= 0) & (other >= 0) & (one != other)
    return one[present], other[present], ago[present]


def turns_as_third(history: Sequence[PastGroup], round: int, present: Collection[str]) -> dict[str, float]:
    """Return how much it is others' turn: 1 for a group of three (or none) in the last round, half for each before."""
    turns: dict[str, float] = {}
    last: set[str] = set()
    for group in history:
        if group.round == round - 1:
            last.update(group.people)
        if len(group.people) > 2:
            for email in group.people:
                turns[email] = turns.get(email, 0.0) + 0.5 ** (round - 1 - group.round)
    for email in present if last else ():
        if email not in last:
            turns[email] = turns.get(email, 0.0) + 1.0
    return {email: turn for email, turn in turns.items() if email in present}
