"""Which formulas read which cells, by the cells that are read: what has to be calculated again after a change."""

from __future__ import annotations

from collections.abc import Iterable

from workspace_emulator.sheets.a1 import Block, touch

Place = tuple[int, int, int]
"""A cell: its tab's id, row and column."""
Area = tuple[int, Block]
"""A block of cells on a tab, by the tab's id."""
FEW = 64


class Dependencies:
    """The cells that each formula read. What is read in a single row is found by that row, all else one by one."""

    def __init__(self) -> None:
        self._read_by: dict[Place, set[Area]] = {}
        self._in_row: dict[tuple[int, int], dict[Block, set[Place]]] = {}
        self._in_several: dict[int, dict[Block, set[Place]]] = {}

    def note(self, reader: Place, area: Area) -> None:
        read = self._read_by.setdefault(reader, set())
        if area not in read:
            read.add(area)
            self._shelf(area).setdefault(area[1], set()).add(reader)

    def forget(self, reader: Place) -> None:
        for area in self._read_by.pop(reader, ()):
            shelf = self._shelf(area)
            shelf[area[1]].discard(reader)
            if not shelf[area[1]]:
                del shelf[area[1]]

    def readers(self, changed: Area) -> set[Place]:
        """Return the formulas that read any cell of a block."""
        sheet, block = changed
        found: set[Place] = set()
        for read, readers in self._in_several.get(sheet, {}).items():
            if touch(read, block):
                found |= readers
        for shelf in self._rows_of(sheet, block):
            for read, readers in shelf.items():
                if touch(read, block):
                    found |= readers
        return found

    def _rows_of(self, sheet: int, block: Block) -> Iterable[dict[Block, set[Place]]]:
        if block.end_row is not None and block.end_row - block.row <= FEW:
            rows = ((sheet, row) for row in range(block.row, block.end_row))
            return [self._in_row[place] for place in rows if place in self._in_row]
        return [shelf for (of, row), shelf in self._in_row.items() if of == sheet and row >= block.row]

    def _shelf(self, area: Area) -> dict[Block, set[Place]]:
        sheet, block = area
        if block.end_row == block.row + 1:
            return self._in_row.setdefault((sheet, block.row), {})
        return self._in_several.setdefault(sheet, {})
