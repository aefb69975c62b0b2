"""The order of a tab's rows, kept in blocks, with what tells where cells are filled without looking at any.

A tab's document lists its blocks: ``[id, length, every, some, formulas]``. ``every`` and ``some`` are sets of columns,
as bits: those filled in all rows of the block, and those filled in any; ``formulas`` those with a formula in any. A run
of empty rows has no id and no document, however long it is. A block's document holds for each row its id (None when
the row holds nothing), its filled columns and its formulas' columns. So a row is found, inserted and appended at a
cost that hardly grows with the tab.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection as Some
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import accumulate
from operator import and_, or_
from typing import Any

from workspace_emulator.core.store import Collection

BLOCK = 512
Entry = list[Any]
Line = tuple[int | None, int, int]
"""A row's id, its filled columns and its formulas' columns."""
EMPTY: Line = (None, 0, 0)


def columns_between(start: int, end: int) -> int:
    """Return the set of columns from start to before end."""
    return (1 << end) - (1 << start)


def run(length: int) -> Entry:
    return [None, length, 0, 0, 0]


class Rows:
    """The rows of a tab in one state; changing them writes blocks and leaves ``entries`` to be kept by the tab."""

    def __init__(self, entries: Sequence[Entry], blocks: Collection, next_block: int) -> None:
        self.entries = list(entries)
        self.next_block = next_block
        self._blocks = blocks
        self._starts: list[int] = []

    # Looking

    def place(self, number: int) -> tuple[int, int]:
        """Return which entry holds a row, and which of its rows it is."""
        if not self._starts:
            self._starts = [0, *accumulate(entry[1] for entry in self.entries)]
        at = min(bisect_right(self._starts, number), len(self.entries)) - 1
        return at, number - self._starts[at]

    def line(self, number: int) -> Line:
        """Return what is known of a row; beyond the last one there is nothing."""
        at, offset = self.place(number)
        entry = self.entries[at]
        if entry[0] is None or offset >= entry[1]:
            return EMPTY
        block = self._blocks[entry[0]]
        return block["ids"][offset], block["filled"][offset], block["formulas"][offset]

    def lines_of(self, numbers: Some[int]) -> dict[int, Line]:
        """Return what is known of some rows; those that hold nothing may be left out."""
        low, high = min(numbers, default=0), max(numbers, default=-1) + 1
        if high - low < 2 * len(numbers):  # side by side: read on instead of looking each up
            return dict(self.lines(low, high))
        return {number: self.line(number) for number in numbers}

    def lines(
        self, start: int = 0, end: int | None = None, *, formulas: bool = False
    ) -> Iterator[tuple[int, Line]]:
        """Yield the rows that hold anything (or a formula), with their numbers."""
        at, offset = self.place(start)
        number = start - offset
        for entry in self.entries[at:]:
            if end is not None and number >= end:
                return
            if entry[0] is not None and (entry[4] or not formulas):
                yield from self._inside(entry, number, start, end, formulas=formulas)
            number += entry[1]

    def _inside(
        self, entry: Entry, first: int, start: int, end: int | None, *, formulas: bool
    ) -> Iterator[tuple[int, Line]]:
        block = self._blocks[entry[0]]
        low = max(start - first, 0)
        high = entry[1] if end is None else min(end - first, entry[1])
        ids, filled, written = block["ids"], block["filled"], block["formulas"]
        for i in range(low, high):
            if ids[i] is not None and (written[i] or not formulas):
                yield first + i, (ids[i], filled[i], written[i])

    def last_filled(self, columns: int, start: int, end: int) -> int | None:
        """Return the lowest row between two with a filled cell in any of the columns."""
        at, _ = self.place(max(end - 1, 0))
        for index in range(at, -1, -1):
            entry, first = self.entries[index], self._starts[index]
            if first + entry[1] <= start:
                return None
            if entry[3] & columns:
                filled = self._blocks[entry[0]]["filled"]
                for i in range(min(entry[1], end - first) - 1, max(start - first, 0) - 1, -1):
                    if filled[i] & columns:
                        return first + i
        return None

    def reach(self, number: int, columns: int, *, up: bool) -> int:
        """Return how far rows with a filled cell in any of the columns go on from a row, itself included."""
        step = -1 if up else 1
        at, offset = self.place(number)
        while True:
            number += self._steps(self.entries[at], offset, columns, step)
            first, last = self._starts[at], self._starts[at + 1] - 1
            at += step
            if number != (first if up else last) or not 0 <= at < len(self.entries):
                return number
            while 0 <= at < len(self.entries) and self.entries[at][2] & columns:  # filled all through
                number = self._starts[at] if up else self._starts[at + 1] - 1
                at += step
            if not 0 <= at < len(self.entries) or not self.entries[at][3] & columns:
                return number
            offset = self.entries[at][1] if up else -1

    def _steps(self, entry: Entry, offset: int, columns: int, step: int) -> int:
        """Count the filled rows that follow one row of an entry without a gap; negative when upwards."""
        if entry[0] is None:
            return 0
        filled = self._blocks[entry[0]]["filled"]
        steps = step
        while 0 <= offset + steps < entry[1] and filled[offset + steps] & columns:
            steps += step
        return steps - step

    def filled_between(self, start: int, end: int) -> int:
        """Return the set of columns that are filled in any of the rows."""
        if end <= start:
            return 0
        (at, offset), (last, last_offset) = self.place(start), self.place(end - 1)
        if at == last:
            return self._filled_in(at, offset, last_offset + 1)
        found = self._filled_in(at, offset, None) | self._filled_in(last, 0, last_offset + 1)
        for entry in self.entries[at + 1 : last]:
            found |= entry[3]
        return found

    def _filled_in(self, at: int, offset: int, end: int | None) -> int:
        entry = self.entries[at]
        if entry[0] is None or (not offset and end in {None, entry[1]}):
            return int(entry[3])
        return reduce(or_, self._blocks[entry[0]]["filled"][offset:end], 0)

    # Changing

    def put(self, lines: Mapping[int, Line]) -> None:
        """Replace what is known of rows."""
        touched: dict[str, dict[int, Line]] = {}
        at = end = -1
        for number in sorted(lines):
            if number >= end:
                at, _ = self.place(number)
                end = self._starts[at + 1]
            if self.entries[at][0] is None:
                if lines[number] == EMPTY:
                    continue
                at = self._carve(at, number)
                end = -1  # the entries have changed
            touched.setdefault(self.entries[at][0], {})[number] = lines[number]
        for block_id, changed in touched.items():
            self._put_into(block_id, changed)

    def _put_into(self, block_id: str, changed: Mapping[int, Line]) -> None:
        ids, filled, formulas = self._parts(block_id)
        at, _ = self.place(next(iter(changed)))
        for number, line in changed.items():
            offset = number - self._starts[at]
            ids[offset], filled[offset], formulas[offset] = line
        if any(i is not None for i in ids):
            self.entries[at] = self._kept(block_id, ids, filled, formulas)
            return
        del self._blocks[block_id]
        self.entries[at] = run(len(ids))
        self._join(at + 1)
        self._join(at)

    def insert(self, index: int, count: int) -> None:
        """Insert empty rows before a row."""
        at, offset = self.place(index)
        entry = self.entries[at]
        if entry[0] is None or count > BLOCK or offset >= entry[1]:
            self.paste(index, [run(count)])
            return
        parts = self._parts(entry[0])
        for part, nothing in zip(parts, EMPTY, strict=True):
            part[offset:offset] = [nothing] * count
        self._replace(at, at + 1, self._halves(entry[0], *parts))

    def cut(self, start: int, end: int) -> list[Entry]:
        """Take rows out and return their entries, to be pasted elsewhere or forgotten."""
        first, last = self._boundary(start), self._boundary(end)
        taken = self.entries[first:last]
        self._replace(first, last, [])
        self._join(first)
        return taken

    def paste(self, index: int, entries: list[Entry]) -> None:
        """Put entries that were cut before a row."""
        at = self._boundary(index)
        self._replace(at, at, entries)
        self._join(at + len(entries))
        self._join(at)

    def forget(self, entries: Sequence[Entry]) -> Iterator[int]:
        """Drop the blocks of entries that were cut, and yield the ids of their rows."""
        for entry in entries:
            if entry[0] is not None:
                yield from (i for i in self._blocks[entry[0]]["ids"] if i is not None)
                del self._blocks[entry[0]]

    def _replace(self, start: int, end: int, entries: Sequence[Entry]) -> None:
        self.entries[start:end] = entries
        self._starts = []

    def _carve(self, at: int, number: int) -> int:
        """Make a place for a row in a run of empty ones, in the block before or a new one; return which entry."""
        entry, first = self.entries[at], self._starts[at]
        before = self.entries[at - 1] if at else None
        if before and before[0] is not None and before[1] < BLOCK and number - first < BLOCK - before[1]:
            count = min(BLOCK - before[1], entry[1])
            parts = zip(self._parts(before[0]), EMPTY, strict=True)
            grown = self._kept(before[0], *([*part, *[nothing] * count] for part, nothing in parts))
            self._replace(at - 1, at + 1, [grown, *([run(entry[1] - count)] if entry[1] > count else [])])
            return at - 1
        start = max(first, number - number % BLOCK)
        end = min(first + entry[1], start + BLOCK)
        made = self._new([None] * (end - start), [0] * (end - start), [0] * (end - start))
        around = [run(start - first), made, run(first + entry[1] - end)]
        self._replace(at, at + 1, [e for e in around if e[1]])
        return at + (start > first)

    def _boundary(self, number: int) -> int:
        """Return the index of the entry that begins with a row, having split one if need be."""
        at, offset = self.place(number)
        if not offset:
            return at
        if offset >= self.entries[at][1]:
            return at + 1
        self._replace(at, at + 1, self._split(at, offset))
        return at + 1

    def _split(self, at: int, offset: int) -> list[Entry]:
        entry = self.entries[at]
        if entry[0] is None:
            return [run(offset), run(entry[1] - offset)]
        parts = self._parts(entry[0])
        return [self._kept(entry[0], *(p[:offset] for p in parts)), self._new(*(p[offset:] for p in parts))]

    def _halves(self, block_id: str, ids: list[Any], filled: list[int], formulas: list[int]) -> list[Entry]:
        if len(ids) <= 2 * BLOCK:
            return [self._kept(block_id, ids, filled, formulas)]
        half = len(ids) // 2
        head = self._kept(block_id, ids[:half], filled[:half], formulas[:half])
        return [head, self._new(ids[half:], filled[half:], formulas[half:])]

    def _join(self, at: int) -> None:
        """Make one of an entry and the one before, when both are runs or small blocks."""
        if not 0 < at < len(self.entries):
            return
        one, other = self.entries[at - 1], self.entries[at]
        if one[0] is None and other[0] is None:
            self._replace(at - 1, at + 1, [run(one[1] + other[1])])
        elif one[0] is not None and other[0] is not None and one[1] + other[1] <= BLOCK:
            both = zip(self._parts(one[0]), self._parts(other[0]), strict=True)
            joined = self._kept(one[0], *([*upper, *lower] for upper, lower in both))
            del self._blocks[other[0]]
            self._replace(at - 1, at + 1, [joined])

    def _parts(self, block_id: str) -> list[list[Any]]:
        """Return copies of a block's lists: ids, filled columns, formulas' columns."""
        block = self._blocks[block_id]
        return [list(block["ids"]), list(block["filled"]), list(block["formulas"])]

    def _new(self, ids: list[Any], filled: list[int], formulas: list[int]) -> Entry:
        self.next_block += 1
        return self._kept(str(self.next_block), ids, filled, formulas)

    def _kept(self, block_id: str, ids: list[Any], filled: list[int], formulas: list[int]) -> Entry:
        self._blocks[block_id] = {"ids": ids, "filled": filled, "formulas": formulas}
        return [block_id, len(ids), reduce(and_, filled), reduce(or_, filled), reduce(or_, formulas)]
