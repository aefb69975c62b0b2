"""Who is above whom in a tree, for those deep in it, and sums over all who are in one line with somebody."""

from __future__ import annotations

import numpy as np
import pytest
from made_up import address

from peerpact.programme.pairing import deep_lines
from peerpact.programme.pairing.deep_lines import DeepLines, is_deep
from peerpact.programme.reporting_lines import Place, ReportingLines

MANAGERS = {0: (), 1: (0,), 2: (1,), 3: (2,), 4: (2,), 5: (1,), 6: (), 7: (6,), 8: (7,), 9: (8,)}
"""Two trees: 0 - 1 - (2 - (3, 4), 5) and 6 - 7 - 8 - 9."""
WORTH = np.array([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024], dtype=np.int64)
"""By number, and nobody's last; each sum of some is another."""


def deep(more_than: int, tops: tuple[int, ...], monkeypatch: pytest.MonkeyPatch, *unknown: int) -> DeepLines:
    monkeypatch.setattr(deep_lines, "DEEP", more_than)
    places = ReportingLines({address(p): tuple(map(address, ms)) for p, ms in MANAGERS.items()}).places
    everybody = [places[address(n)] if n not in unknown else None for n in MANAGERS]
    return DeepLines(everybody, [n in tops for n in MANAGERS])


def held(of: DeepLines) -> set[tuple[int, int]]:
    """Return the pairs in one line; nobody, who is number 10, is tried as well."""
    table = of.hold(np.arange(11)[:, None], np.arange(11)[None, :])
    assert (table == table.T).all()
    return {(a, b) for a, b in np.argwhere(table).tolist() if a < b}


BELOW_ONE = {(0, 2), (1, 2), (0, 3), (1, 3), (2, 3), (0, 4), (1, 4), (2, 4), (0, 5), (1, 5)}
BELOW_TWO = {(0, 3), (1, 3), (2, 3), (0, 4), (1, 4), (2, 4)}
OTHER = {(6, 8), (7, 8), (6, 9), (7, 9), (8, 9)}


@pytest.mark.parametrize(
    ("more_than", "tops", "unknown", "pairs"),
    [
        (1, (), (), BELOW_ONE | OTHER),
        (2, (), (), BELOW_TWO | {(6, 9), (7, 9), (8, 9)}),
        (3, (), (), set()),
        (1, (0,), (), {(a, b) for a, b in BELOW_ONE if a} | OTHER),
        (1, (0, 6), (), {(a, b) for a, b in BELOW_ONE | OTHER if a not in {0, 6}}),
        (2, (), (1, 9), {(a, b) for a, b in BELOW_TWO if a != 1}),
    ],
)
def test_knows_who_is_above_those_who_are_deep(
    more_than: int,
    tops: tuple[int, ...],
    unknown: tuple[int, ...],
    pairs: set[tuple[int, int]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    of = deep(more_than, tops, monkeypatch, *unknown)
    assert held(of) == pairs
    assert of.are_there == bool(pairs)
    sums = [sum(int(WORTH[a + b - n]) for a, b in pairs if n in (a, b)) for n in range(11)]
    assert of.sums(WORTH).tolist() == sums
    assert of.sums(WORTH.astype(np.uint64)).dtype == np.uint64


def test_counts_round_in_sums_of_numbers_that_are_large() -> None:
    """Sums of drawn numbers run over: twice the half is nothing, and an odd number of halves is one."""
    with pytest.MonkeyPatch.context() as patch:
        of = deep(1, (), patch)
    large = np.full(11, 1 << 63, dtype=np.uint64)
    assert of.sums(large).tolist() == [(1 << 63) * odd for odd in (0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0)]


def test_calls_deep_who_has_more_than_a_hundred_above_them() -> None:
    assert [is_deep(Place("r", 5, 5, depth)) for depth in (99, 100, 101)] == [False, False, True]
    assert not is_deep(None)


@pytest.mark.parametrize("order", [(2, 3, 5), (5, 3, 2)])
def test_sums_nothing_of_who_comes_next_to_the_people_below_somebody(
    order: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """0 - 1 - (2, 3 - 4, 5): 2 and 5 are before and behind all below 3, however they are numbered."""
    monkeypatch.setattr(deep_lines, "DEEP", 1)
    managers = {0: (), 1: (0,), **dict.fromkeys(order, (1,)), 4: (3,)}
    places = ReportingLines({address(p): tuple(map(address, ms)) for p, ms in managers.items()}).places
    of = DeepLines([places[address(n)] for n in range(6)], [False] * 6)
    assert of.sums(WORTH[:7]).tolist() == [60, 60, 3, 19, 11, 3, 0]
