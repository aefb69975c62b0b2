"""Cells as readers get them: formatted, unformatted or as formulas, with empty ends cut off as Google does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from workspace_emulator.core.store import Store
from workspace_emulator.core.wire import KeptRows
from workspace_emulator.sheets.a1 import Block
from workspace_emulator.sheets.book import Book, Cell, Row, Tab
from workspace_emulator.sheets.calculation import Calculation
from workspace_emulator.sheets.shown import formatted

MOST_KEPT = 200
MOST_ROWS_KEPT = 100_000
_filled_cells: dict[int, _Filled] = {}
_kept: WeakKeyDictionary[Store, dict[str, _Kept]] = WeakKeyDictionary()


@dataclass(slots=True)
class _Filled:
    """The cells with values of a row, by column; and without a formula among them, how these were read."""

    row: Row
    cells: list[tuple[int, Cell]]
    is_plain: bool
    lines: dict[tuple[int, int, str, str], list[Any]] = field(default_factory=dict)


@dataclass(slots=True)
class _Kept:
    """What was read of one spreadsheet before, and is still so: jobs read the same tabs again and again."""

    calculation: Calculation = field(default_factory=Calculation)
    values: dict[tuple[Any, ...], tuple[int, KeptRows]] = field(default_factory=dict)


class Reader:
    """Reads one spreadsheet in its present state; make another after a change."""

    def __init__(self, book: Book) -> None:
        kept = _kept.setdefault(book.store, {}).setdefault(book.key, _Kept())
        self._calculation, self._values = kept.calculation, kept.values
        self._calculation.bring_up_to_date(book)

    def values(self, tab: Tab, found: Block, *, render: str, dates: str) -> KeptRows:
        """Return a bounded block's values by rows; inner empty cells are ``""``, empty ends are cut.

        The same object as long as they are the same: not to be changed.
        """
        key = (tab.sheet_id, found, render, dates)
        generation = self._calculation.generation(tab)
        kept = self._values.get(key)
        if kept is None or kept[0] != generation:
            kept = self._values[key] = (generation, KeptRows(self._read(tab, found, render, dates)))
            if len(self._values) > MOST_KEPT:
                del self._values[next(iter(self._values))]
        return kept[1]

    def _read(self, tab: Tab, found: Block, render: str, dates: str) -> list[list[Any]]:
        """Read a block. A cell whose formula comes to an empty text is not empty for Google; it stays."""
        rows: list[list[Any]] = []
        start, end = found.column, found.end_column or 0
        for number, row, spilled in self.filled_rows(tab, found):
            filled, how = _filled(row), (start, end, render, dates)
            line = None if spilled else filled.lines.get(how)
            if line is None:
                values = {c: self.laid_over(v, row.get(str(c), {}), render, dates) for c, v in spilled}
                for column, cell in filled.cells:
                    if start <= column < end:
                        values[column] = self.shown(tab, number, column, cell, render, dates)
                line = [values.get(column, "") for column in range(start, max(values, default=start - 1) + 1)]
                if filled.is_plain and not spilled:
                    filled.lines[how] = line
            if line:
                rows += [[] for _ in range(number - found.row - len(rows))]
                rows.append(line)
        return rows

    def filled_rows(
        self, tab: Tab, found: Block
    ) -> Iterator[tuple[int, Row, list[tuple[int, dict[str, Any]]]]]:
        """Yield a bounded block's rows that hold anything, each with what array formulas spill into it."""
        spilled = self._calculation.spilled(tab)
        if not spilled:
            yield from ((number, row, []) for number, row in tab.rows(found.row, found.end_row))
            return
        rows = dict(tab.rows(found.row, found.end_row))
        inside = {n for n in spilled if found.row <= n < (found.end_row or 0)}
        for number in sorted(rows.keys() | inside):
            values = spilled.get(number, {})
            there = [(c, v) for c, v in values.items() if found.column <= c < (found.end_column or 0)]
            yield number, rows.get(number, {}), there

    def laid_over(self, value: dict[str, Any], cell: Cell, render: str, dates: str) -> Any:
        """Return how a spilled value shows in a cell that holds nothing but, perhaps, a format."""
        return _shown(value, cell.get("userEnteredFormat", {}).get("numberFormat"), render, dates)

    def shown(self, tab: Tab, number: int, column: int, cell: Cell, render: str, dates: str) -> Any:
        value = cell.get("userEnteredValue")
        if value is None:
            return ""
        if render == "FORMULA" and "formulaValue" in value:
            return value["formulaValue"]
        effective = self.effective(tab, number, column, cell)
        return _shown(effective, cell.get("userEnteredFormat", {}).get("numberFormat"), render, dates)

    def outcome(self, tab: Tab, formula: str, away: tuple[int, int] = (0, 0)) -> dict[str, Any]:
        """Return what a formula comes to that is in no cell of a tab, copied so many rows and columns away."""
        return self._calculation.outcome(tab, formula, away)

    def effective(self, tab: Tab, number: int, column: int, cell: Cell) -> dict[str, Any]:
        """Return the value after calculation, as an ExtendedValue."""
        value = cell["userEnteredValue"]
        if "formulaValue" not in value:
            return dict(value)
        return self._calculation.value(tab, number, column, value["formulaValue"])


def _shown(effective: dict[str, Any], number_format: Any, render: str, dates: str) -> Any:
    is_moment = (number_format or {}).get("type") in {"DATE", "TIME", "DATE_TIME"}
    if (
        render == "FORMATTED_VALUE"
        or "errorValue" in effective
        or (is_moment and dates == "FORMATTED_STRING")
    ):
        return formatted(effective, number_format)
    return next(iter(effective.values()))


def _filled(row: Row) -> _Filled:
    """Return the cells with values of a row. Rows never change in place, so what was found once is kept."""
    kept = _filled_cells.get(id(row))
    if kept is None or kept.row is not row:
        if len(_filled_cells) > MOST_ROWS_KEPT:
            _filled_cells.clear()
        cells = [(int(c), cell) for c, cell in row.items() if "userEnteredValue" in cell]
        kept = _Filled(row, cells, not any("formulaValue" in cell["userEnteredValue"] for _, cell in cells))
        _filled_cells[id(row)] = kept
    return kept
