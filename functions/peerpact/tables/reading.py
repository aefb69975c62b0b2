"""From a tab's cells to rows of usable values and the problems of the others. Columns are found by header."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from peerpact.errors import SheetError
from peerpact.programme.problems import Problem
from peerpact.tables.cells import Cell, Unusable, is_empty, read_cell, text
from peerpact.tables.schema import Column, Tab, plain_header

_NOTHING_EQUALS = object()
Grid = Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Row:
    """One usable row: its values by field (empty cells are None) and its number as the spreadsheet shows it."""

    number: int
    values: Mapping[str, Any]

    def __getitem__(self, field: str) -> Any:
        return self.values[field]


@dataclass(frozen=True, slots=True)
class TabContents:
    """A tab as it was read: usable rows in order, problems, and the place of each field (counted from 0)."""

    tab: Tab
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    places: Mapping[str, int]
    height: int
    """Rows in use, the header included."""

    def row_numbers(self) -> dict[tuple[str, ...], int]:
        """Return each row's number by its key, as text."""
        return {self.key_of(row.values): row.number for row in self.rows}

    def keys_in(self, grid: Grid) -> dict[tuple[str, ...], list[int]]:
        """Return the numbers of all rows with anything in them, unusable ones too, by what stands in their keys."""
        places = [self.places[f] for f in self.tab.key]
        found: dict[tuple[str, ...], list[int]] = {}
        for number, cells in enumerate(grid[1:], start=2):
            if not all(map(is_empty, cells)):
                key = tuple(_key_text(cells[i]) if i < len(cells) else "" for i in places)
                found.setdefault(key, []).append(number)
        return found

    def with_lost(self, numbers: Iterable[int], grid: Grid) -> TabContents:
        """Return the contents with rows that can't be read: by their keys, and with values that nothing equals."""
        lost = [
            Row(n, dict.fromkeys(self.places, _NOTHING_EQUALS) | self._key_values(grid[n - 1]))
            for n in numbers
        ]
        return replace(self, rows=(*self.rows, *lost))

    def _key_values(self, cells: Sequence[Cell]) -> dict[str, Any]:
        return {f: cells[self.places[f]] for f in self.tab.key if self.places[f] < len(cells)}

    def with_rows(self, values: Mapping[int, Mapping[str, Any]], height: int) -> TabContents:
        """Return the contents as they are once these rows, by number, have been written."""
        rows = tuple(Row(number, values[number]) for number in sorted(values))
        return replace(self, rows=rows, height=height)

    def key_of(self, values: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(_key_text(values.get(f)) for f in self.tab.key)


def read_tab(tab: Tab, grid: Grid) -> TabContents:
    """Read a tab's cells, header first.

    Raises:
        SheetError: the header lacks a column, or names one twice.
    """
    places = find_columns(tab, grid[0] if grid else ())
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, cells in _filled_rows(tab, grid, places):
        values, row_problems = _read_row(tab, number, cells, places)
        problems.extend(row_problems)
        if values is not None:
            rows.append(Row(number, values))
    return TabContents(tab, tuple(rows), tuple(problems), places, len(grid))


def find_columns(tab: Tab, header: Sequence[Cell]) -> dict[str, int]:
    """Return where each field's column stands; optional columns may be absent.

    Raises:
        SheetError: a column is missing or stands there twice.
    """
    names = [plain_header(h) for h in header]
    places: dict[str, int] = {}
    for column in tab.columns:
        found = [i for i, name in enumerate(names) if name in column.headers]
        if len(found) > 1:
            raise SheetError(
                f"The tab “{tab.title}” has the column “{column.name}” twice (columns "
                f"{' and '.join(column_letter(i) for i in found)}). Delete or rename one of them."
            )
        if not found and not column.optional:
            raise SheetError(
                f"The tab “{tab.title}” has no column “{column.name}”. Write “{column.name}” into the first row "
                "of the column that holds it, or run “peerpact init” to add it."
            )
        places.update({column.field: found[0]} if found else {})
    return places


def column_letter(index: int) -> str:
    """Return a column's letters for its index, counted from 0: A, B, ... Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _filled_rows(tab: Tab, grid: Grid, places: Mapping[str, int]) -> Iterator[tuple[int, Sequence[Cell]]]:
    typed = [places[c.field] for c in tab.columns if c.type != "formula" and c.field in places]
    for number, cells in enumerate(grid[1:], start=2):
        if cells.count("") == len(cells):  # most rows of a tab, told quickly
            continue
        if any(i < len(cells) and not is_empty(cells[i]) for i in typed):
            yield number, cells


def _read_row(
    tab: Tab, number: int, cells: Sequence[Cell], places: Mapping[str, int]
) -> tuple[dict[str, Any] | None, list[Problem]]:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    usable = True
    for column in tab.columns:
        place = places.get(column.field)
        cell = cells[place] if place is not None and place < len(cells) else None
        try:
            values[column.field] = _value(column, cell)
        except Unusable as unusable:
            values[column.field] = None
            usable &= not column.required
            problems.append(_problem(tab, column, number, cells, places, unusable))
    return (values if usable else None), problems


def _value(column: Column, cell: Cell) -> Any:
    if is_empty(cell):
        if column.required:
            raise Unusable(f"“{column.name}” is empty", f"Fill in “{column.name}”, or clear the whole row.")
        return read_cell(column.default, column.type, column.choices) if column.default else None
    return read_cell(cell, column.type, column.choices)


def _problem(
    tab: Tab,
    column: Column,
    number: int,
    cells: Sequence[Cell],
    places: Mapping[str, int],
    unusable: Unusable,
) -> Problem:
    key = [text(cells[places[f]]) for f in tab.key if f in places and places[f] < len(cells)]
    return Problem(
        tab=tab.title,
        row=number,
        column=column.name,
        row_key=" / ".join(k for k in key if k).lower() or f"row {number}",
        what=unusable.what[:1].upper() + unusable.what[1:] + ".",
        remedy=unusable.remedy,
    )


def _key_text(value: object) -> str:
    return "" if value is None else text(value) if isinstance(value, str | int | float) else str(value)
