"""Among plans of one price, points decide; among those of the same points, whose turn it is."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from made_up import facts, person

from peerpact.programme.pairing import PairingRules, participants_of
from peerpact.programme.pairing.cheapest_plan import searched
from peerpact.programme.people import Person

POSSIBLE = [*combinations(range(4), 2)]


def pairs(people: list[Person], round: int, rules: PairingRules | None = None) -> set[tuple[int, ...]]:
    given = facts(people, round=round, rules=rules)
    found = searched(participants_of(people, given), given, (), np.arange(len(people)))
    return {group for group, _ in found.groups}


@pytest.mark.parametrize("round", [1, 2, 3])
@pytest.mark.parametrize("dear", POSSIBLE)
@pytest.mark.parametrize("points", [0.001, 1.0, 900.0])
def test_keeps_two_apart_who_cost_the_least_thing_more(
    points: float, dear: tuple[int, int], round: int
) -> None:
    people = [person(n, team=77 if n in dear else n, languages=("en",)) for n in range(4)]
    assert dear not in pairs(people, round, PairingRules(same_team=points, same_department=0))


@pytest.mark.parametrize("size", [4, 6, 8])
@pytest.mark.parametrize("round", range(1, 8))
def test_pairs_those_whose_turn_it_is(size: int, round: int) -> None:
    people = [person(n, team=n, languages=("en",)) for n in range(size)]
    of = participants_of(people, facts(people, round=round))
    one, other = np.triu_indices(size, 1)
    turn = of.is_their_turn(one, other)
    assert pairs(people, round) == {*zip(one[turn].tolist(), other[turn].tolist(), strict=True)}
