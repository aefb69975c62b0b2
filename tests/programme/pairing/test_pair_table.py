"""Values that only some pairs have: found one by one, listed, and added to any part of the table of everybody."""

from __future__ import annotations

import numpy as np
import pytest

from peerpact.programme.pairing.pair_table import PairTable

SOME = [(0, 3, 5.0), (2, 1, 7.0), (3, 4, 1.0)]
"""Pairs of five, and a value each."""


def table(pairs: list[tuple[int, int, float]] = SOME, many: int = 5) -> PairTable:
    left, right, values = (list(side) for side in zip(*pairs, strict=True)) if pairs else ([], [], [])
    return PairTable(np.array(left, dtype=np.int64), np.array(right, dtype=np.int64), np.array(values), many)


def of(it: PairTable, *pairs: tuple[int, int]) -> list[float]:
    left, right = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    found: list[float] = it.of(left, right).tolist()
    return found


def test_finds_a_pair_s_value_either_way_round_and_0_of_all_others() -> None:
    it = table()
    assert of(it, (0, 3), (3, 0), (1, 2), (2, 1), (3, 4), (4, 3)) == [5, 5, 7, 7, 1, 1]
    assert of(it, (0, 1), (0, 0), (4, 4), (1, 4), (2, 3), (2, 0)) == [0] * 6
    assert of(it) == []
    assert of(table([]), (0, 1), (1, 1)) == [0, 0]
    assert of(table([(0, 1, 2.0)]), (3, 4), (0, 1), (0, 0)) == [0, 2, 0]


@pytest.mark.parametrize("values", [(1.0, 9.0, 4.0), (9.0, 1.0, 4.0), (4.0, 1.0, 9.0)])
def test_takes_the_largest_of_several_values(values: tuple[float, float, float]) -> None:
    first, second, third = values
    it = table([(1, 2, first), (0, 4, 3.0), (2, 1, second), (1, 2, third)])
    assert of(it, (1, 2), (0, 4), (0, 1)) == [9, 3, 0]
    assert [side.tolist() for side in it.listed()] == [[0, 1], [4, 2], [3, 9]]


def test_takes_the_first_and_the_last_pair_that_there_can_be() -> None:
    it = table([(0, 0, 2.0), (4, 4, 6.0), (0, 1, 3.0), (4, 3, -8.0)])
    assert of(it, (0, 0), (0, 1), (3, 4), (4, 4), (1, 1)) == [2, 3, -8, 6, 0]


def test_lists_all_pairs_once_the_smaller_number_first() -> None:
    assert [side.tolist() for side in table().listed()] == [[0, 1, 3], [3, 2, 4], [5, 7, 1]]
    assert [side.tolist() for side in table([]).listed()] == [[], [], []]


WHOLE = [[0, 0, 0, 5, 0], [0, 0, 7, 0, 0], [0, 7, 0, 0, 0], [5, 0, 0, 0, 1], [0, 0, 0, 1, 0]]


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ([0, 1, 2, 3, 4], [0, 1, 2, 3, 4]),
        ([3], [0, 1, 2, 3, 4]),
        ([4, 3, 0], [3, 0]),
        ([1, 2], [4, 2, 1]),
        ([0], [1, 2]),
        ([3, 3, 4], [4]),
        ([], [0, 1]),
        ([0, 3], []),
    ],
)
def test_adds_to_a_block_what_its_pairs_have(rows: list[int], columns: list[int]) -> None:
    it = table()
    for there in (0.0, 100.0):  # the second block finds nothing left over from the first
        block = np.full((len(rows), len(columns)), there)
        it.add_to(block, np.array(rows, dtype=np.int64), np.array(columns, dtype=np.int64))
        assert block.tolist() == [[there + WHOLE[a][b] for b in columns] for a in rows]


def test_adds_nothing_where_no_pair_has_a_value() -> None:
    block = np.zeros((2, 2))
    table([]).add_to(block, np.array([0, 1]), np.array([1, 4]))
    assert not block.any()
