"""Large tabs of the system: read in stretches of rows, and held packed until their rows are looked at.

Of a company of 10,000 the ledger has hundreds of thousands of rows. As Google's answer, as parsed cells, as rows and as
records side by side they would need several times the memory that a function has.
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain, islice, repeat
from typing import overload

from peerpact.errors import GoogleError
from peerpact.google.refusals import OvertakenError
from peerpact.tables.cells import Cell
from peerpact.tables.tab_contents import Grid

MOST_ROWS = 10_000
"""Rows of a tab that is read whole, in one call with all others."""
STRETCH = 5_000
"""Rows of a larger one that are read in one call: about 2 MB of letters, 12 as cells."""
AS_VALUES = {
    "valueRenderOption": "UNFORMATTED_VALUE",
    "dateTimeRenderOption": "SERIAL_NUMBER",
    "prettyPrint": "false",
}
"""How cells are asked for."""
_TOGETHER = 500
"""Rows that are packed, and looked at, together."""
Cells = Sequence[Cell]


class Packed(Sequence[Cells]):
    """A tab's cells as compressed text: no more rows are there as cells than are looked at just then."""

    def __init__(self, rows: Iterable[Cells]) -> None:
        self._parts: list[bytes] = []
        self._ends: list[int] = []
        """The number of rows up to each part's end."""
        self._unpacked: tuple[int, list[list[Cell]]] = (-1, [])
        rows = iter(rows)
        while part := [*islice(rows, _TOGETHER)]:
            self._add(_packed(part), len(part))

    def _add(self, part: bytes, rows: int) -> None:
        self._parts.append(part)
        self._ends.append(len(self) + rows)

    def without(self, places: Collection[int]) -> Packed:
        """Return the cells without the rows at some places; parts that have none of them are the same, not copies."""
        left, begin, gone = Packed(()), 0, {*places}
        for part, end in zip(self._parts, self._ends, strict=True):
            if gone.isdisjoint(range(begin, end)):
                left._add(part, end - begin)
            elif kept := [row for at, row in enumerate(_unpacked(part), start=begin) if at not in gone]:
                left._add(_packed(kept), len(kept))
            begin = end
        return left

    def with_only(self, places: Collection[int]) -> Packed:
        """Return the cells with no more of the rows below the header than what is at some places.

        A row that has nothing there stays whole: it is not an empty one.
        """
        less = Packed(())
        for part in self._parts:
            rows, below = _unpacked(part), 0 if len(less) else 1
            less._add(_packed([*rows[:below], *(_at_some(row, places) for row in rows[below:])]), len(rows))
        return less

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[Cells]:
        for part in self._parts:
            yield from _unpacked(part)

    @overload
    def __getitem__(self, place: int) -> Cells: ...
    @overload
    def __getitem__(self, place: slice) -> list[Cells]: ...
    def __getitem__(self, place: int | slice) -> Cells | list[Cells]:
        if isinstance(place, slice):
            return [self[i] for i in range(*place.indices(len(self)))]
        place = range(len(self))[place]
        number = bisect_right(self._ends, place)
        if self._unpacked[0] != number:
            self._unpacked = number, _unpacked(self._parts[number])
        return self._unpacked[1][place - self._ends[number]]


def as_grid(rows: Iterable[Cells]) -> Grid:
    """Return rows as a tab's cells: packed where those that say anything are many."""
    rows, few, filled = iter(rows), list[Cells](), 0
    for row in rows:
        few.append(row)
        filled += bool(row)
        if filled > MOST_ROWS:
            return Packed(chain(few, rows))
    return few


def with_parts(grid: Grid, spans: Sequence[tuple[int, int]], parts: Sequence[Grid]) -> Grid:
    """Return a tab's cells with parts of it that were read anew.

    Each begins and ends where a span of rows' numbers does, the end not among them, and lacks empty rows at its end.
    """
    begun = zip(spans, parts, strict=True)
    rows = {first - 1 + n: row for (first, _), part in begun for n, row in enumerate(part)}
    places = range(max(len(grid), *(end - 1 for _, end in spans)))
    return as_grid(
        rows.get(place, cells) for place, cells in zip(places, chain(grid, repeat(())), strict=False)
    )


def without_rows(grid: Grid, places: Collection[int]) -> Grid:
    """Return a tab's cells without the rows at some places, counted from 0."""
    if isinstance(grid, Packed):
        return grid.without(places)
    return [row for place, row in enumerate(grid) if place not in places]


def _at_some(row: Cells, places: Collection[int]) -> Cells:
    width = max(places) + 1
    some = [cell if at in places else "" for at, cell in enumerate(row[:width])]
    return some if any(map(bool, some)) else row


def _packed(rows: Sequence[Cells]) -> bytes:
    return zlib.compress(json.dumps(rows).encode(), level=1)


def _unpacked(part: bytes) -> list[list[Cell]]:
    unpacked: list[list[Cell]] = json.loads(zlib.decompress(part))
    return unpacked


def first_stretch(title: str) -> str:
    return f"'{title}'!1:{STRETCH}"


def in_stretches(
    title: str, height: int, first: Grid, read: Callable[[str], Grid], spreadsheet: str
) -> Packed:
    """Return all cells of a tab of so many rows, of which the first stretch is read.

    Each stretch begins with the row with which the one before it ended. Where one is empty, most likely all others are:
    they are asked for at once.

    Raises:
        OvertakenError: rows of the spreadsheet's tab moved meanwhile.
    """
    try:
        return Packed(_rows(title, height, first, read))
    except _MovedError as moved:
        raise OvertakenError(spreadsheet) from moved


class _MovedError(Exception):
    """Two stretches don't meet."""


def _rows(title: str, height: int, first: Grid, read: Callable[[str], Grid]) -> Iterator[Cells]:
    given, begin, end, part = 0, 1, STRETCH, first
    while True:
        for number, row in enumerate(part, start=begin):
            if number > given and row:
                yield from ([] for _ in range(given + 1, number))
                yield row
                given = number
        if end >= height:
            return
        last = _at(part, end - begin)
        begin, end = end, min(end + STRETCH, height) if part else height
        try:
            part = read(f"'{title}'!{begin}:{end}")
        except GoogleError as error:
            if error.status != 400:  # the tab is lower now
                raise
            raise _MovedError from error
        if _at(part, 0) != last:
            raise _MovedError


def _at(rows: Grid, place: int) -> Cells:
    return rows[place] if place < len(rows) else []
