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
from peerpact.tables.cells import HOME, Cell, is_empty, is_error, shown, text
from peerpact.tables.cells.dates import Orders, order_of, orders_in, turned_round
from peerpact.tables.rows import LONGEST_KEY, PLAINLY, How, NumberedCells, Place, Row, RowReader
from peerpact.tables.schema import Column, Tab, plain_header

_NOTHING_EQUALS = object()
Grid = Sequence[Sequence[Cell]]
NAMED = 10
DEEPEST_HEADER = 20
"""So many rows are looked at for the one that names the columns."""


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
    cells: Grid = ()
    """All cells, while rows are replaced of which some were left out: what these say is known by them alone."""

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

    def left_out(self, number: int) -> Row:
        """Return a row that is not held as its cells are; empty where there is none."""
        cells = self.cells[number - 1] if number <= len(self.cells) else ()
        return Row(number, {f: cells[at] if at < len(cells) else None for f, at in self.places.items()})

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

    def with_only(self, fields: Sequence[str]) -> TabContents:
        """Return the contents with no more of their rows than some fields: without rows where these are none."""

        def less(rows: Iterable[Row]) -> tuple[Row, ...]:
            return tuple(replace(row, values={f: row[f] for f in fields}) for row in rows) if fields else ()

        rows, unusable, doubles = map(less, (self.rows, self.unusable, self.doubles))
        return replace(self, rows=rows, unusable=unusable, doubles=doubles)

    def is_all_of(self, header: Sequence[Cell]) -> bool:
        """Tell whether a tab with this header has no columns but those that are described."""
        return {*self.places.values()}.issuperset(range(len(header)))

    def key_of(self, values: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(_key_text(values.get(f)) for f in self.tab.key)


def read_tab(
    tab: Tab,
    grid: Grid,
    *,
    locale: str = HOME,
    merged: Container[Place] = (),
    how: How = PLAINLY,
) -> TabContents:
    """Read a tab's cells, in a spreadsheet of that locale.

    Admins' tabs may have a title above the header. ``merged`` are the cells that others cover (row and column, counted
    from 0), so that what they hold can't be told.

    Raises:
        SheetError: the header lacks a column, or names one twice.
    """
    top = header_row(tab, grid)
    places = find_columns(tab, grid[top] if grid else (), below=lambda: grid[top + 1 :])
    filled: Iterable[NumberedCells] = _filled_rows(tab, grid, places, top)
    filled = filled if tab.writer == "system" else [*filled]  # of its days all are looked at first
    reader = RowReader(tab, places, locale, merged, orders=_orders(tab, places, filled))
    rows = reader.rows(filled, how)
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


def _others(rows: Sequence[Row], first: Sequence[Row]) -> tuple[Row, ...]:
    if len(rows) == len(first):
        return ()
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


def _key_text(value: object) -> str:
    return "" if value is None else text(value) if isinstance(value, str | int | float) else str(value)
