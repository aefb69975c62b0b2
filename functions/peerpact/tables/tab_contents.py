"""From a tab's cells to rows of usable values and the problems of the others. Columns are found by header."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any

from peerpact.errors import SheetError
from peerpact.programme.problems import Problem
from peerpact.programme.sentences import Sentence, all_of, any_of, counted, say
from peerpact.tables.cells import HOME, Cell, Unusable, is_empty, is_error, read_cell, reader_of, shown, text
from peerpact.tables.cells.dates import NO_ORDER, Orders, order_of, orders_in, turned_round
from peerpact.tables.schema import Column, Tab, plain_header

_NOTHING_EQUALS = object()
_NOTHING: frozenset[str] = frozenset()
Grid = Sequence[Sequence[Cell]]
Place = tuple[int, int]
"""A cell's row and column, both counted from 0."""
NumberedCells = tuple[int, Sequence[Cell]]
"""A row's number and its cells."""
NAMED = 10
DEEPEST_HEADER = 20
"""So many rows are looked at for the one that names the columns."""
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


@dataclass(frozen=True, slots=True)
class TabContents:
    """A tab as it was read: usable rows in order, problems, and the place of each field (counted from 0)."""

    tab: Tab
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    places: Mapping[str, int]
    height: int
    """Rows in use, the header included."""
    unusable: tuple[Row, ...] = ()
    """Rows in which a required cell can't be read: whoever they are about is not gone."""
    doubles: tuple[Row, ...] = ()
    """Of a system's tab, rows with a key that a row above has, as where one was copied: that one counts."""

    @property
    def writable(self) -> dict[str, int]:
        """Return the places of the fields that are written row by row: all but those that a formula fills."""
        return {f: place for f, place in self.places.items() if not self.tab.column(f).formula}

    def row_numbers(self) -> dict[tuple[str, ...], int]:
        """Return each row's number by its key, as text."""
        return {self.key_of(row.values): row.number for row in self.rows}

    def by_key(self, wanted: Collection[tuple[str, ...]]) -> dict[tuple[str, ...], Row]:
        """Return rows by some keys, as text: one that can't be used where no usable one has its key."""
        rows = chain(reversed(self.unusable), self.rows)
        return {key: row for row in rows if (key := self.key_of(row.values)) in wanted}

    def keys_in(self, grid: Grid) -> dict[tuple[str, ...], list[int]]:
        """Return the numbers of all rows with anything in them, unusable ones too, by what is in their keys."""
        places = [self.places[f] for f in self.tab.key]
        found: dict[tuple[str, ...], list[int]] = {}
        for number, cells in enumerate(islice(grid, 1, None), start=2):
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

    def with_rows(self, rows: Iterable[Row], height: int) -> TabContents:
        """Return the contents as they are once these rows are what there is, but for doubles."""
        required = frozenset(c.field for c in self.tab.columns if c.required)
        ordered = sorted(rows, key=lambda row: row.number)
        return replace(
            self,
            rows=tuple(row for row in ordered if not row.unread & required),
            unusable=tuple(row for row in ordered if row.unread & required),
            height=height,
        )

    def without(self, numbers: Collection[int]) -> TabContents:
        """Return the contents as they are once the rows with these numbers are taken away and those below moved up."""
        gone, ordered = frozenset(numbers), sorted(numbers)

        def moved_up(rows: Iterable[Row]) -> tuple[Row, ...]:
            kept = (row for row in rows if row.number not in gone)
            return tuple(replace(row, number=row.number - bisect(ordered, row.number)) for row in kept)

        rows, unusable = moved_up(self.rows), moved_up(self.unusable)
        return replace(self, rows=rows, unusable=unusable, height=self.height - len(gone))

    def key_of(self, values: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(_key_text(values.get(f)) for f in self.tab.key)


def read_tab(
    tab: Tab,
    grid: Grid,
    *,
    locale: str = HOME,
    merged: Container[Place] = (),
    leaves_out: LeavesOut | None = None,
) -> TabContents:
    """Read a tab's cells, in a spreadsheet of that locale; ``leaves_out`` tells which usable rows nobody needs.

    Admins' tabs may have a title above the header. ``merged`` are the cells that others cover (row and column, counted
    from 0), so that what they hold can't be told.

    Raises:
        SheetError: the header lacks a column, or names one twice.
    """
    top = header_row(tab, grid)
    places = find_columns(tab, grid[top] if grid else (), below=lambda: grid[top + 1 :])
    filled: Iterable[NumberedCells] = _filled_rows(tab, grid, places, top)
    filled = filled if tab.writer == "system" else [*filled]  # of its days all are looked at first
    reader = _Reader(tab, places, locale, merged, orders=_orders(tab, places, filled))
    every = (reader.row(number, cells) for number, cells in filled)
    rows = [row for row in every if not leaves_out or row.unread & reader.required or not leaves_out(row)]
    reader.problems += _turned_round(tab, places, filled, reader.orders, locale)
    usable = [row for row in rows if not row.unread & reader.required]
    first = _first_of_each_key(tab, usable) if reader.required.issuperset(tab.key) else usable
    doubles = _others(usable, first)
    return TabContents(
        tab,
        rows=tuple(first),
        problems=(
            *reader.problems,
            *(_double(tab, row) for row in doubles),
            *_in_the_way(tab, grid[top] if grid else (), places, top + 1),
        ),
        places=places,
        height=len(grid),
        unusable=tuple(row for row in rows if row.unread & reader.required),
        doubles=doubles,
    )


def _first_of_each_key(tab: Tab, rows: Sequence[Row]) -> Sequence[Row]:
    """Return the rows of a system's tab without those whose key a row above has."""
    if tab.writer != "system":
        return rows
    found: dict[tuple[str, ...], Row] = {}
    for row in rows:
        found.setdefault(tuple(_key_text(row[f]) for f in tab.key), row)
    return [*found.values()]


def _others(rows: Iterable[Row], first: Iterable[Row]) -> tuple[Row, ...]:
    counted = {row.number for row in first}
    return tuple(row for row in rows if row.number not in counted)


def _double(tab: Tab, row: Row) -> Problem:
    key = " / ".join(_key_text(row[f]) for f in tab.key).lower()[:LONGEST_KEY]
    return Problem(
        tab=tab.title,
        row=row.number,
        column=tab.column(tab.key[0]).name,
        row_key=key,
        what=say(
            "Row {row} of the tab {tab} is there a second time. The row above it counts.",
            row=row.number,
            tab=tab.title,
        ),
        remedy=say("Clear row {row}, or restore the tab from File > Version history.", row=row.number),
    )


def _in_the_way(
    tab: Tab, header: Sequence[Cell], places: Mapping[str, int], number: int
) -> Iterator[Problem]:
    """Yield a problem for each header that shows an error, where a column that a formula fills and names is missing."""
    if all(c.field in places for c in tab.columns if c.formula):
        return
    for place, cell in enumerate(header):
        if is_error(cell):
            letter = column_letter(place)
            yield Problem(
                tab=tab.title,
                row=number,
                row_key=f"column {letter}",
                what=say(
                    "Column {letter} of the tab {tab} shows {cell} instead of its name and values: something that was "
                    "typed there is in its formula's way.",
                    letter=letter,
                    tab=tab.title,
                    cell=shown(cell),
                ),
                remedy=say(
                    "Clear what was typed in column {letter} below row {row}; the formula then fills the column again.",
                    letter=letter,
                    row=number,
                ),
            )


def header_row(tab: Tab, grid: Grid) -> int:
    """Return which row names the columns, counted from 0: the first, but for a title that admins put above it."""
    if tab.writer == "system":
        return 0
    needed = [c for c in tab.columns if not c.optional]
    named = [sum(_names(c, cells) for c in needed) for cells in grid[:DEEPEST_HEADER]]
    best = max(named, default=0)
    return named.index(best) if best * 2 > len(needed) else 0


def _names(column: Column, cells: Sequence[Cell]) -> bool:
    return not column.headers.isdisjoint(map(plain_header, cells))


def find_columns(tab: Tab, header: Sequence[Cell], *, below: Callable[[], Grid] = list) -> dict[str, int]:
    """Return where each field's column is; optional columns may be absent.

    Of several headers that could mean a column, its own name counts before an alias, and an earlier alias before a
    later one.

    Raises:
        SheetError: a column is missing or is there twice.
    """
    names = [plain_header(h) for h in header]
    places: dict[str, int] = {}
    for column in tab.columns:
        found = _best_named(column, names)
        if len(found) > 1:
            raise SheetError(
                say(
                    "The tab “{tab}” has the column “{column}” twice (columns {letters}). Delete or rename one "
                    "of them.",
                    tab=tab.title,
                    column=column.name,
                    letters=all_of(map(column_letter, found)),
                )
            )
        places.update({column.field: found[0]} if found else {})
    missing = [c for c in tab.columns if c.field not in places and not c.optional]
    if missing:
        raise SheetError(_missing(tab, missing[0], unknown_columns(tab, header, below())))
    return places


def _best_named(column: Column, names: Sequence[str]) -> list[int]:
    for wanted in column.names:
        if found := [i for i, name in enumerate(names) if name == plain_header(wanted)]:
            return found
    return []


def unknown_columns(tab: Tab, header: Sequence[Cell], below: Grid) -> dict[int, str]:
    """Return the filled columns that no description knows: their places (counted from 0) and headers."""
    known = frozenset().union(*(c.headers for c in tab.columns))
    width = max([len(header), *map(len, below)], default=0)
    headers = [*header, *[""] * (width - len(header))]
    return {
        place: text(name)
        for place, name in enumerate(headers)
        if plain_header(name) not in known
        and not is_error(name)
        and any(len(r) > place and not is_empty(r[place]) for r in below)
    }


def _missing(tab: Tab, column: Column, unknown: Mapping[int, str]) -> Sentence:
    if unknown:
        return say(
            "The tab “{tab}” has no column “{column}”. Is it {named}, which Peerpact does not know? Then write "
            "“{column}” into its header. If it was deleted, bring it back from the version history.",
            tab=tab.title,
            column=column.name,
            named=any_of(_named(i, name) for i, name in unknown.items()),
        )
    return say(
        "The tab “{tab}” has no column “{column}”. Write “{column}” into the header of the column that holds it. "
        "If it was deleted, bring it back from the version history, or let “peerpact init” add it empty.",
        tab=tab.title,
        column=column.name,
    )


def _named(place: int, name: str) -> Sentence:
    return say("column {letter} (“{name}”)", letter=column_letter(place), name=name)


def column_letter(index: int) -> str:
    """Return a column's letters for its index, counted from 0: A, B, ... Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _filled_rows(
    tab: Tab, grid: Grid, places: Mapping[str, int], top: int
) -> Iterator[tuple[int, Sequence[Cell]]]:
    typed = [places[c.field] for c in tab.columns if c.type != "formula" and c.field in places]
    for number, cells in enumerate(islice(grid, top + 1, None), start=top + 2):
        if cells.count("") == len(cells):  # most rows of a tab, told quickly
            continue
        if any(i < len(cells) and not is_empty(cells[i]) for i in typed):
            yield number, cells


def _orders(tab: Tab, places: Mapping[str, int], filled: Iterable[NumberedCells]) -> dict[str, Orders]:
    """Return by field which orders of day and month an admins' column shows, where it shows one."""
    if tab.writer == "system":
        return {}
    dates = [c.field for c in tab.columns if c.type == "date" and c.field in places]
    found = {f: orders_in(c[places[f]] for _, c in filled if places[f] < len(c)) for f in dates}
    return {field: orders for field, orders in found.items() if orders}


def _turned_round(
    tab: Tab,
    places: Mapping[str, int],
    filled: Iterable[NumberedCells],
    shown: Mapping[str, Orders],
    locale: str,
) -> Iterator[Problem]:
    """Yield a problem for each column that shows days Sheets may have taken with day and month exchanged.

    Sheets makes a day of what fits the spreadsheet's locale and leaves the rest as text, whatever was meant.
    """
    for field, orders in shown.items():
        foreign = orders - {order_of(locale)}
        doubtful = [n for n, cell in _cells_at(places[field], filled) if turned_round(cell)]
        if doubtful and foreign:
            named = [*map(str, doubtful[:NAMED]), *([say("more")] if len(doubtful) > NAMED else [])]
            yield Problem(
                tab=tab.title,
                row=doubtful[0],
                column=tab.column(field).name,
                row_key=f"column {tab.column(field).name}",
                what=say(
                    "Some days of this column were typed with {part} first, unlike this spreadsheet's own, so "
                    "Sheets may have exchanged day and month of others.",
                    part=_first(foreign),
                ),
                remedy=counted(
                    len(doubtful),
                    "Check row {rows}; enter it as 2026-11-30 if it is wrong.",
                    "Check rows {rows}; enter those that are wrong as 2026-11-30.",
                    rows=all_of(named),
                ),
            )


def _cells_at(place: int, filled: Iterable[NumberedCells]) -> Iterator[tuple[int, float]]:
    """Yield the numbers of a column, with their rows'."""
    for number, cells in filled:
        if place < len(cells) and isinstance(cell := cells[place], int | float):
            yield number, cell


def _first(orders: Orders) -> str:
    [(first, _)] = orders
    return say("the day") if first == "day" else say("the month")


class _Reader:
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
        self.tab, self.places, self.locale, self.merged, self.orders = tab, places, locale, merged, orders
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

    def row(self, number: int, cells: Sequence[Cell]) -> Row:
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
        for field, value in values.items():
            setattr(row, field, value)
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


def _key_text(value: object) -> str:
    return "" if value is None else text(value) if isinstance(value, str | int | float) else str(value)
