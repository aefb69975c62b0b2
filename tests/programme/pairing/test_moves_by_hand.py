"""What chance decides of a plan for a round: least, and less than whose turn it is."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from given_costs import GivenCosts

from peerpact.programme.pairing.moves import Moves


def test_draws_for_each_pair_less_than_for_one_whose_turn_it_is() -> None:
    turns = [(0, 1), (1, 4)]
    moves = Moves(GivenCosts(np.zeros((5, 5)), turns=turns), np.arange(5), [], np.random.default_rng(1))
    dice = moves._diced(np.random.default_rng(1))
    for a, b in combinations(range(5), 2):
        assert dice[a, b] == dice[b, a]
        assert dice[a, b] == 1 if (a, b) in turns else 0 < dice[a, b] <= 0.5
    assert np.diag(dice).tolist() == [0] * 5
