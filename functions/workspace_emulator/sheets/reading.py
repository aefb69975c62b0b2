"""Cells as readers get them: formatted, unformatted or as formulas, with empty ends cut off as Google does."""

from __future__ import annotations

from typing import Any

from workspace_emulator.sheets.a1 import Block
from workspace_emulator.sheets.book import Book, Cell, Tab
from workspace_emulator.sheets.calculation import Calculation
from workspace_emulator.sheets.shown import formatted

_calculations: dict[tuple[int, str], tuple[int, Calculation]] = {}


class Reader:
    """Reads one spreadsheet; what its formulas come to is calculated once for each of its states."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._calculation: Calculation | None = None

    def values(self, tab: Tab, found: Block, *, render: str, dates: str) -> list[list[Any]]:
        """Return a bounded block's values by rows; inner empty cells are ``""``, empty ends are cut."""
        rows: list[list[Any]] = []
        for number, row in tab.rows(found.row, found.end_row):
            columns = [c for c in map(int, row) if found.column <= c < (found.end_column or 0)]
            line: list[Any] = [""] * (max(columns) - found.column + 1) if columns else []
            for column in columns:
                line[column - found.column] = self.shown(tab, number, column, row[str(column)], render, dates)
            _cut(line, row, found)
            if line:
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


def _cut(line: list[Any], row: dict[str, Cell], found: Block) -> None:
    """Cut the empty end. A cell whose formula comes to an empty text is not empty for Google; it stays."""
    while line and line[-1] == "":
        cell = row.get(str(found.column + len(line) - 1), {})
        if "userEnteredValue" in cell:
            return
        line.pop()


def _calculation_of(book: Book) -> Calculation:
    """Return this state's calculation; the last one of each spreadsheet is kept."""
    key, revision = (id(book.store), book.key), book.document["revision"]
    kept = _calculations.get(key)
    if kept is None or kept[0] != revision:
        _calculations.clear()
        kept = _calculations[key] = (revision, Calculation(book))
    return kept[1]
