"""The order of rows, held against a plain list of them after any sequence of changes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workspace_emulator.core.store import Store
from workspace_emulator.sheets.rows import BLOCK, EMPTY, Line, Rows, columns_between, run

HEIGHTS = st.sampled_from([1, 3, BLOCK - 1, BLOCK, 3 * BLOCK])
STEPS = st.tuples(
    st.sampled_from(["put", "insert", "delete", "move", "append"]),
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(0, 1),
    st.sampled_from([1, 2, 9, BLOCK // 2, BLOCK + 3]),
    st.integers(0, 15),
)


class Plain:
    """Rows as a list of lines, and the same changes made to both."""

    def __init__(self, height: int) -> None:
        self.lines: list[Line] = [EMPTY] * height
        self.rows = Rows([run(height)], Store().collection("rows"), 0)
        self._last = 0

    def change(self, kind: str, low: float, high: float, third: float, count: int, mask: int) -> None:
        height = len(self.lines)
        start, end = sorted((int(low * height), int(high * height)))
        if kind == "put" and start < height:
            self.put(start, count, mask)
        if kind == "insert":
            self.lines[start:start] = [EMPTY] * count
            self.rows.insert(start, count)
        if kind == "append":
            self.lines += [EMPTY] * count
            self.rows.insert(height, count)
        if kind == "delete" and 0 < end - start < height:
            gone = {line[0] for line in self.lines[start:end]} - {None}
            del self.lines[start:end]
            assert set(self.rows.forget(self.rows.cut(start, end))) == gone
        if kind == "move" and start < end:
            self.move(start, end, int(third * (height - end + start)))

    def put(self, start: int, count: int, mask: int) -> None:
        lines: dict[int, Line] = {}
        for number in range(start, min(start + count, len(self.lines))):
            self._last += 1
            lines[number] = (self._last, mask, mask & 1) if mask else EMPTY
            self.lines[number] = lines[number]
        self.rows.put(lines)

    def move(self, start: int, end: int, to: int) -> None:
        moved = self.lines[start:end]
        del self.lines[start:end]
        self.lines[to:to] = moved
        self.rows.paste(to, self.rows.cut(start, end))

    def holding(self) -> list[tuple[int, Line]]:
        return [(n, line) for n, line in enumerate(self.lines) if line[0] is not None]


@given(HEIGHTS, st.lists(STEPS, max_size=12))
def test_keeps_the_order_that_a_list_would_have(height: int, steps: list[Any]) -> None:
    plain = Plain(height)
    for step in steps:
        plain.change(*step)
        assert list(plain.rows.lines()) == plain.holding()
    assert sum(entry[1] for entry in plain.rows.entries) == len(plain.lines)
    for number in {0, len(plain.lines) // 2, len(plain.lines) - 1}:
        assert plain.rows.line(number) == plain.lines[number]
    assert plain.rows.line(len(plain.lines)) == EMPTY


@given(HEIGHTS, st.lists(STEPS, max_size=8), st.floats(0, 1), st.floats(0, 1), st.integers(1, 15))
def test_finds_what_is_filled_as_a_walk_would(
    height: int, steps: list[Any], low: float, high: float, columns: int
) -> None:
    plain = Plain(height)
    for step in steps:
        plain.change(*step)
    start, end = sorted((int(low * len(plain.lines)), int(high * len(plain.lines))))
    inside = [n for n in range(start, end) if plain.lines[n][1] & columns]
    assert plain.rows.last_filled(columns, start, end) == (inside[-1] if inside else None)
    union = 0
    for line in plain.lines[start:end]:
        union |= line[1]
    assert plain.rows.filled_between(start, end) == union
    top = bottom = start
    while top > 0 and plain.lines[top - 1][1] & columns:
        top -= 1
    while bottom + 1 < len(plain.lines) and plain.lines[bottom + 1][1] & columns:
        bottom += 1
    assert plain.rows.reach(start, columns, up=True) == top
    assert plain.rows.reach(start, columns, up=False) == bottom
    formulas = [(n, line) for n, line in plain.holding() if line[2]]
    assert list(plain.rows.lines(formulas=True)) == formulas


@pytest.mark.parametrize("place", ["first", "last", "middle"])
def test_keeps_few_blocks_however_its_rows_came(place: str) -> None:
    plain = Plain(1)
    for _ in range(3 * BLOCK):
        at = {"first": 0, "last": len(plain.lines), "middle": len(plain.lines) // 2}[place]
        plain.lines.insert(at, EMPTY)
        plain.rows.insert(at, 1)
        plain.put(at, 1, 3)
    assert list(plain.rows.lines()) == plain.holding()
    assert len(plain.rows.entries) < 12


def test_names_columns_by_bits() -> None:
    assert columns_between(1, 3) == 0b110
