"""A tab's rows as they are read one by one, and kept for the next run: most of them say then what they say now."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from peerpact.programme.keys import digest
from peerpact.programme.problems import Problem
from peerpact.programme.sentences import say
from peerpact.tables.cells import Cell, Unusable, is_empty, read_cell, reader_of, text
from peerpact.tables.cells.dates import NO_ORDER, Orders
from peerpact.tables.schema import Column, Tab

Place = tuple[int, int]
"""A cell's row and column, both counted from 0."""
_NOTHING: frozenset[str] = frozenset()
LONGEST_KEY = 200
_MOST_READ_ONCE = 500
"""So many different cells of a column are remembered while a tab is read: states, dates and teams, not ids."""
_NAMING = frozenset({"email", "emails", "people", "pairing"})
"""Types of columns, and a field, that name the same people and pairings on many rows, far apart."""
_MOST_NAMED = 20_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its values by field (empty cells are None) and its number as the spreadsheet shows it."""

    number: int
    values: Mapping[str, Any]
    unread: frozenset[str] = frozenset()
    """Fields whose cells hold something that can't be used; their values are None, but they are not empty."""
    made: list[Any] = field(default_factory=list, init=False, repr=False, compare=False)
    """The record that was made of it, if one was: a row that is kept for the next run is made into one once."""

    def __getitem__(self, field: str) -> Any:
        return self.values[field]


LeavesOut = Callable[[Row], bool]
NumberedCells = tuple[int, Sequence[Cell]]
"""A row's number and its cells."""


class RowsBefore:
    """The rows of a tab as they were read last: a warm instance reads those alone that say something else by now.

    A row is known by all that its cells say. One with a cell that can't be used is not kept.
    """

    def __init__(self) -> None:
        self._kept: tuple[object, dict[bytes, Row]] = None, {}
        """How they were read, and the rows; another thread may read the tab as well."""

    def of(self, reader: RowReader) -> dict[bytes, Row]:
        """Return the rows that were read just as this reader would: by the same description, header and locale."""
        way, rows = self._kept
        return rows if way == reader.way else {}

    def hold(self, rows: Iterable[Row], held_as: Iterable[Row]) -> None:
        """Hold rows in another way: as the records that were made of them."""
        held = {id(row): other for row, other in zip(rows, held_as, strict=True)}
        way, kept = self._kept
        self._kept = way, {says: held.get(id(row), row) for says, row in kept.items()}

    def keep(self, reader: RowReader, rows: dict[bytes, Row]) -> None:
        self._kept = reader.way, rows


@lru_cache(maxsize=32)
def rows_before(*_tab: str) -> RowsBefore:
    """Return the rows of a spreadsheet's tab as this process read them last; of tabs it knows one programme's."""
    return RowsBefore()


class RowReader:
    """Reads a tab's rows one by one, and gathers what is wrong with them."""

    def __init__(
        self,
        tab: Tab,
        places: Mapping[str, int],
        locale: str,
        merged: Container[Place],
        *,
        orders: Mapping[str, Orders],
    ) -> None:
        self.tab, self.places, self.merged, self.orders = tab, places, merged, orders
        self.way = (tab, places, locale, orders)
        self.columns = [
            (c, places.get(c.field), _Column(c, tab, locale, orders.get(c.field, NO_ORDER)))
            for c in tab.columns
        ]
        self.required = frozenset(c.field for c in tab.columns if c.required)
        self.plain = frozenset(c.field for c in tab.columns if not c.required and not c.default)
        """Fields whose cell may be empty, and means nothing then."""
        self.alike: type = type("Values", (), {})
        """Attributes of one class share their names: rows are many, and their values take half the room so."""
        self.problems: list[Problem] = []

    def rows(
        self, filled: Iterable[NumberedCells], before: RowsBefore, leaves_out: LeavesOut | None
    ) -> list[Row]:
        """Return rows but for usable ones that are left out; those that say what they said before are the same."""
        known, kept, found = before.of(self), dict[bytes, Row](), list[Row]()
        for number, cells in filled:
            says = digest(cells)
            row = known.get(says) if not self.merged else None
            if row is None:
                row = self._row(number, cells)
            elif row.number != number:
                row = Row(number, row.values)
            if not leaves_out or row.unread & self.required or not leaves_out(row):
                found.append(row)
                if not row.unread:
                    kept[says] = row
        before.keep(self, kept)
        return found

    def _row(self, number: int, cells: Sequence[Cell]) -> Row:
        values: dict[str, Any] = {}
        unread = set()
        for column, place, reader in self.columns:
            cell = cells[place] if place is not None and place < len(cells) else None
            if cell in ("", None) and not self.merged and column.field in self.plain:
                values[column.field] = None
                continue
            try:
                if self.merged:
                    self._refuse_merged(number, place)
                values[column.field] = reader.value(cell)
            except Unusable as unusable:
                values[column.field] = None
                unread.add(column.field)
                self.problems.append(self._problem(column, number, cells, unusable))
        return Row(number, self._compact(values), frozenset(unread) if unread else _NOTHING)

    def _compact(self, values: Mapping[str, Any]) -> dict[str, Any]:
        row = self.alike()
        for name, value in values.items():
            setattr(row, name, value)
        found: dict[str, Any] = vars(row)
        return found

    def _refuse_merged(self, number: int, place: int | None) -> None:
        if place is not None and (number - 1, place) in self.merged:
            raise Unusable(
                say("the cell is merged with its neighbours, so nobody can tell what it holds"),
                say("Choose Format, Merge cells, Unmerge, and enter a value in every row."),
            )

    def _problem(self, column: Column, number: int, cells: Sequence[Cell], unusable: Unusable) -> Problem:
        places = [self.places[f] for f in self.tab.key if f in self.places]
        key = [text(cells[place]) for place in places if place < len(cells)]
        return Problem(
            tab=self.tab.title,
            row=number,
            column=column.name,
            row_key=" / ".join(k for k in key if k).lower()[:LONGEST_KEY] or f"row {number}",
            what=say("{what:first}.", what=unusable.what),
            remedy=unusable.remedy,
        )


class _Column:
    """Reads the cells of one column; what stands in many of them, such as a state or somebody, it reads once."""

    def __init__(self, column: Column, tab: Tab, locale: str, orders: Orders) -> None:
        self._column = column
        is_ours = column.type == "text" and (column.writer or tab.writer) == "system"
        kind = "our text" if is_ours else column.type
        self._of_cell = reader_of(kind, column.choices, locale=locale, orders=orders)
        self._read: dict[Any, Any] = {}
        self._most = _MOST_NAMED if {column.type, column.field} & _NAMING else _MOST_READ_ONCE

    def value(self, cell: Cell) -> Any:
        key = cell if type(cell) is str else (type(cell), cell)  # 1, 1.0 and TRUE are equal, and not the same
        value = self._read.get(key, self)
        if value is self:
            value = self._value(cell)
            if len(self._read) >= self._most:
                self._read.clear()
            self._read[key] = value
        return value

    def _value(self, cell: Cell) -> Any:
        column = self._column
        if is_empty(cell):
            if column.required:
                raise Unusable(
                    say("“{name}” is empty", name=column.name),
                    say("Fill in “{name}”, or clear the whole row.", name=column.name),
                )
            return read_cell(column.default, column.type, column.choices) if column.default else None
        return self._of_cell(cell)
