"""Cells as readers get them: formatted, unformatted or as formulas, with empty ends cut off as Google does."""

from __future__ import annotations

from typing import Any

from workspace_emulator.sheets.a1 import Block
from workspace_emulator.sheets.book import Book, Cell, Row, Tab
from workspace_emulator.sheets.calculation import Calculation
from workspace_emulator.sheets.shown import formatted

MOST_KEPT = 200
MOST_ROWS_KEPT = 100_000
_filled_cells: dict[int, tuple[Row, list[tuple[int, Cell]]]] = {}
_values: dict[tuple[Any, ...], tuple[str, list[list[Any]]]] = {}
"""What was read before, by place and the spreadsheet's revision: jobs read the same tabs again and again."""
_calculations: dict[tuple[int, str], tuple[str, Calculation]] = {}


class Reader:
    """Reads one spreadsheet; what its formulas come to is calculated once for each of its states."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._calculation: Calculation | None = None

    def values(self, tab: Tab, found: Block, *, render: str, dates: str) -> list[list[Any]]:
        """Return a bounded block's values by rows; inner empty cells are ``""``, empty ends are cut."""
        key = (id(self._book.store), self._book.key, tab.sheet_id, found, render, dates)
        revision = self._book.document["revision"]
        kept = _values.get(key)
        if kept is None or kept[0] != revision:
            kept = _values[key] = (revision, self._values(tab, found, render, dates))
            if len(_values) > MOST_KEPT:
                del _values[next(iter(_values))]
        return [list(row) for row in kept[1]]

    def _values(self, tab: Tab, found: Block, render: str, dates: str) -> list[list[Any]]:
        """Read a block. A cell whose formula comes to an empty text is not empty for Google; it stays."""
        rows: list[list[Any]] = []
        end = found.end_column or 0
        for number, row in tab.rows(found.row, found.end_row):
            filled = [(c, cell) for c, cell in _filled(row) if found.column <= c < end]
            if filled:
                line: list[Any] = [""] * (max(c for c, _ in filled) - found.column + 1)
                for column, cell in filled:
                    line[column - found.column] = self.shown(tab, number, column, cell, render, dates)
                rows += [[] for _ in range(number - found.row - len(rows))]
                rows.append(line)
        return rows

    def shown(self, tab: Tab, number: int, column: int, cell: Cell, render: str, dates: str) -> Any:
        value = cell.get("userEnteredValue")
        if value is None:
            return ""
        if render == "FORMULA" and "formulaValue" in value:
            return value["formulaValue"]
        effective = self.effective(tab, number, column, cell)
        number_format = cell.get("userEnteredFormat", {}).get("numberFormat")
        is_moment = (number_format or {}).get("type") in {"DATE", "TIME", "DATE_TIME"}
        if (
            render == "FORMATTED_VALUE"
            or "errorValue" in effective
            or (is_moment and dates == "FORMATTED_STRING")
        ):
            return formatted(effective, number_format)
        return next(iter(effective.values()))

    def effective(self, tab: Tab, number: int, column: int, cell: Cell) -> dict[str, Any]:
        """Return the value after calculation, as an ExtendedValue."""
        value = cell["userEnteredValue"]
        if "formulaValue" not in value:
            return dict(value)
        if self._calculation is None:
            self._calculation = _calculation_of(self._book)
        return self._calculation.value(tab, number, column, value["formulaValue"])


def _filled(row: Row) -> list[tuple[int, Cell]]:
    """Return the cells with values of a row. Rows never change in place, so what was found once is kept."""
    kept = _filled_cells.get(id(row))
    if kept is None or kept[0] is not row:
        if len(_filled_cells) > MOST_ROWS_KEPT:
            _filled_cells.clear()
        kept = (row, [(int(c), cell) for c, cell in row.items() if "userEnteredValue" in cell])
        _filled_cells[id(row)] = kept
    return kept[1]


def _calculation_of(book: Book) -> Calculation:
    """Return this state's calculation; the last one of each spreadsheet is kept."""
    key, revision = (id(book.store), book.key), book.document["revision"]
    kept = _calculations.get(key)
    if kept is None or kept[0] != revision:
        _calculations.clear()
        kept = _calculations[key] = (revision, Calculation(book))
    return kept[1]
