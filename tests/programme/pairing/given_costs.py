"""Participants of whom a test gives what each pair costs, for searches that go by costs alone."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from peerpact.programme.pairing.pair_table import Costs, Numbers
from peerpact.programme.pairing.participants import FORBIDDEN, Participants

Groups = tuple[tuple[int, ...], ...]


class GivenCosts(Participants):
    """Nobody's number is the last, and being with nobody costs nothing; infinite is forbidden."""

    def __init__(
        self, table: Costs, merits: Sequence[float] = (), turns: Sequence[tuple[int, int]] = ()
    ) -> None:
        self.nobody = len(table)
        self.table = np.pad(np.where(np.isinf(table), FORBIDDEN, table), (0, 1))
        np.fill_diagonal(self.table, FORBIDDEN)
        self._merit = np.append(np.array(merits or [0.0] * len(table), dtype=float), 0.0)
        self._their_turn = np.zeros((len(table) + 1,) * 2, dtype=bool)
        for a, b in turns:
            self._their_turn[a, b] = self._their_turn[b, a] = True

    def costs(self, rows: Numbers, columns: Numbers) -> Costs:
        return np.array(self.table[np.ix_(rows, columns)])

    def costs_of(self, left: Numbers, right: Numbers) -> Costs:
        return np.array(self.table[left, right])

    def is_their_turn(self, left: Numbers, right: Numbers) -> NDArray[np.bool_]:
        return np.array(self._their_turn[left, right])


def drawn(chance: random.Random, size: int, dearest: int, apart: float = 0.0) -> Costs:
    """Return a table in which each pair costs whole points at random, or may not be, with that probability."""
    table = np.zeros((size, size))
    for a, b in combinations(range(size), 2):
        table[a, b] = table[b, a] = np.inf if chance.random() < apart else chance.randint(0, dearest)
    return table


def in_pairs(people: tuple[int, ...]) -> Iterator[tuple[Groups, tuple[int, ...]]]:
    """Return every way to pair people, and who is left over."""
    if not people:
        yield (), ()
        return
    first, rest = people[0], people[1:]
    yield from ((groups, (first, *left)) for groups, left in in_pairs(rest))
    for other in rest:
        for groups, left in in_pairs(tuple(i for i in rest if i != other)):
            yield ((first, other), *groups), left


def with_a_three(people: tuple[int, ...]) -> Iterator[tuple[Groups, tuple[int, ...]]]:
    """Return every way to pair people with one group of three at most, and who is left over."""
    yield from in_pairs(people)
    for three in combinations(people, 3):
        for groups, left in in_pairs(tuple(i for i in people if i not in three)):
            yield (three, *groups), left


def total(of: GivenCosts, groups: Groups, left: Sequence[int]) -> float:
    """Return what all pairs cost, with the merits of those who are third or left over; infinite if forbidden."""
    pairs = [pair for group in groups for pair in combinations(group, 2)]
    points = sum(float(of.table[pair]) for pair in pairs)
    again = [*left, *(i for group in groups if len(group) > 2 for i in group)]
    return points + float(of.merits()[again].sum()) if points < FORBIDDEN else np.inf
