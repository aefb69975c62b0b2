"""A tab's rows as they are read one by one, and kept for the next run: most of them say then what they say now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from peerpact.programme.keys import digest
from peerpact.programme.problems import Problem
from peerpact.programme.sentences import described, joined, say
from peerpact.tables.cells import Cell, Unusable, is_empty, read_cell, reader_of, text
from peerpact.tables.cells.dates import NO_ORDER, Orders
from peerpact.tables.kept import Kept
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

    def __getitem__(self, field: str) -> Any:
        return self.values[field]


LeavesOut = Callable[[Row], bool]
NumberedCells = tuple[int, Sequence[Cell]]
"""A row's number and its cells."""


class Changed(Mapping[str, Any]):
    """A row's values of which some have changed: of many rows the others are held no second time."""

    __slots__ = ("_before", "_new")

    def __init__(self, before: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        self._before, self._new = before, new

    def __getitem__(self, field: str) -> Any:
        return self._new[field] if field in self._new else self._before[field]

    def __iter__(self) -> Iterator[str]:
        return iter({**dict.fromkeys(self._before), **dict.fromkeys(self._new)})

    def __len__(self) -> int:
        return len(self._before.keys() | self._new.keys())


class FieldsOf(Mapping[str, Any]):
    """A row's values as the record that is made of them, so that of many rows they are held once, and it is made once.

    Where the record has no such fields, the values are there beside it.
    """

    __slots__ = ("_values", "record")

    def __init__(self, record: Any, values: Mapping[str, Any] | None = None) -> None:
        self.record, self._values = record, values

    def __getitem__(self, field: str) -> Any:
        if self._values is not None:
            return self._values[field]
        if field not in self._names():
            raise KeyError(field)
        return getattr(self.record, field)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names())

    def __len__(self) -> int:
        return len(self._names())

    def _names(self) -> Collection[str]:
        if self._values is not None:
            return self._values.keys()
        record: Any = type(self.record)
        return names_of(record)


def compact(values: Mapping[str, Any], alike: type) -> dict[str, Any]:
    """Return values as attributes of a class: they share their names, so that those of many rows take half the room."""
    row = alike()
    for name, value in values.items():
        setattr(row, name, value)
    found: dict[str, Any] = vars(row)
    return found


@cache
def names_of(record: type) -> frozenset[str]:
    """Return the names of a record's fields."""
    return frozenset(f.name for f in fields(record))


MakesRecord = Callable[[Row], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How a tab's rows are read and held."""

    kept: Kept | None = None
    """What is kept of rows for the next run: a warm instance reads those alone that say something else by now."""
    place: Hashable = None
    """Under which that is."""
    record: MakesRecord | None = None
    """What makes a record of a row, where there is one: the row is held as that."""
    leaves_out: LeavesOut | None = None
    """Which usable rows nobody needs."""


PLAINLY = How()


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
        self.problems: list[Problem] = []

    def rows(self, filled: Iterable[NumberedCells], how: How) -> list[Row]:
        """Return rows but for usable ones that are left out; those that say what they said before are the same.

        Of those left out none is kept that was not before.
        """
        if how.kept is None or self.merged:
            rows = (self._row(number, cells, how) for number, cells in filled)
            return [row for row in rows if self._is_held(row, how)]
        known, found = how.kept.of(how.place, self.way), list[Row]()
        keeps, letters = dict[bytes, Row](), 0
        for number, cells in filled:
            said = repr(cells)
            before = known.get(says := digest(said))
            row = before or self._row(number, cells, how)
            if row.number != number:
                row = Row(number, row.values)
            is_held = self._is_held(row, how)
            if is_held:
                found.append(row)
            if (is_held or before) and not row.unread:
                keeps[says] = row
                letters += len(said)
        how.kept.keep(how.place, self.way, keeps, letters)
        return found

    def _is_held(self, row: Row, how: How) -> bool:
        return not how.leaves_out or bool(row.unread & self.required) or not how.leaves_out(row)

    def _row(self, number: int, cells: Sequence[Cell], how: How) -> Row:
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
        row = Row(number, compact(values, self.alike), frozenset(unread) if unread else _NOTHING)
        if how.record is None or unread & self.required:
            return row
        record = how.record(row)
        kind: Any = type(record)
        has_all = names_of(kind).issuperset(values)
        return Row(number, FieldsOf(record, None if has_all else row.values), row.unread)

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
            what=joined([say("{what:first}.", what=unusable.what), described(column.until)]),
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
