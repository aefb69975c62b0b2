"""A spreadsheet as it is kept: its properties, its tabs, and each tab's rows of cells as documents of the store.

Everything is replaced, never changed in place. The order of a tab's rows is kept apart from them (``rows.py``), so that
inserting and deleting rows moves no cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import ApiError, bad_request, forbidden, not_found
from workspace_emulator.core.files import SHEET, is_ours, new_file, role_of
from workspace_emulator.core.store import Collection, Store
from workspace_emulator.core.workspace import Workspace
from workspace_emulator.sheets.a1 import Block, NotANotation, block, split
from workspace_emulator.sheets.defaults import DEFAULT_FORMAT, THEME
from workspace_emulator.sheets.limits import Grid, check_grids
from workspace_emulator.sheets.rows import EMPTY, Line, Rows, run
from workspace_emulator.sheets.stamps import changes_between, new_stamp, note_change_of_cells

Cell = dict[str, Any]
Row = dict[str, Cell]
"""Cells by column number, as text: a document of the store."""
NO_CELLS: Row = {}
"""What a row is that holds nothing: the same object each time."""


class Book:
    """One spreadsheet in a store."""

    def __init__(self, store: Store, key: str) -> None:
        self.store = store
        self.key = key

    @property
    def document(self) -> Mapping[str, Any]:
        document: Mapping[str, Any] = _books(self.store)[self.key]
        return document

    @property
    def owner(self) -> str:
        """The owner's address, in lower case."""
        return str(self.store.collection("drive/files")[self.key]["owner"])

    def change(self, **fields: Any) -> None:
        """Replace fields of the spreadsheet's document and note that it changed."""
        _books(self.store)[self.key] = {**_books(self.store)[self.key], **fields}

    def touch(self) -> None:
        """Give the spreadsheet's present state a name of its own."""
        self.change(revision=new_stamp())

    def next_id(self, kind: str) -> int:
        return self.store.next_number(f"sheets/{kind}")

    def tabs(self) -> list[Tab]:
        """Return the tabs in their order."""
        return [Tab(self, self.store, sheet_id) for sheet_id in self.document["order"]]

    def tab(self, sheet_id: int) -> Tab:
        if sheet_id not in self.document["order"]:
            raise bad_request(f"No grid with id: {sheet_id}")
        return Tab(self, self.store, sheet_id)

    def tab_named(self, title: str) -> Tab | None:
        return next((t for t in self.tabs() if t.title.lower() == title.lower()), None)

    def add_tab(self, properties: Mapping[str, Any]) -> Tab:
        """Add a tab at its index, or last."""
        sheet_id = properties["sheetId"]
        order = list(self.document["order"])
        index = properties.get("index")
        order.insert(len(order) if index is None else min(index, len(order)), sheet_id)
        grid = {"rowCount": 1000, "columnCount": 26, **properties.get("gridProperties", {})}
        self.check_size(sheet_id, grid)
        kept = {k: v for k, v in properties.items() if k not in {"index", "gridProperties"}}
        document = {
            "properties": {"sheetType": "GRID", **kept, "gridProperties": grid},
            "rows": [run(grid["rowCount"])],
            "next_row": 1,
            "next_block": 0,
            "stamp": new_stamp(),
            "rowMetadata": {},
            "columnMetadata": {},
        }
        self._tabs[str(sheet_id)] = document
        self.change(order=order)
        return Tab(self, self.store, sheet_id)

    def check_size(self, sheet_id: int, grid: Grid) -> None:
        """Refuse a size of one tab that is too small, or too large beside the others."""
        others = (t for t in self.document["order"] if t != sheet_id)
        check_grids(grid, (self._tabs[str(t)]["properties"]["gridProperties"] for t in others))

    def remove_tab(self, sheet_id: int) -> None:
        tab = self.tab(sheet_id)
        tab.drop_rows()
        del self._tabs[str(sheet_id)]
        document = self.document
        named = [r for r in document["namedRanges"] if r["range"].get("sheetId", 0) != sheet_id]
        self.change(order=[i for i in document["order"] if i != sheet_id], namedRanges=named)

    def place(self, notation: str) -> tuple[Tab, Block]:
        """Return the tab and block that a range in A1 notation, or a named range, means.

        Raises:
            ApiError: In Google's words, when there is no such tab or range.
        """
        unparsable = bad_request(f"Unable to parse range: {notation}")
        try:
            title, cells = split(notation)
            if title is None:
                named = self._named(notation)
                if named:
                    return named
                whole = self.tab_named(notation)
                return (whole, Block()) if whole else (self.tabs()[0], block(cells))
            tab = self.tab_named(title)
            if tab is None:
                raise unparsable
            named = self._named(cells)
            if named and named[0].sheet_id == tab.sheet_id:
                return named
            return tab, (block(cells) if cells else Block())
        except NotANotation:
            raise unparsable from None

    def _named(self, name: str) -> tuple[Tab, Block] | None:
        for found in self.document["namedRanges"]:
            if found["name"].lower() == name.lower():
                return self.tab(found["range"].get("sheetId", 0)), block_of(found["range"])
        return None

    @cached_property
    def _tabs(self) -> Collection:
        return self.store.collection(f"sheets/tabs/{self.key}")


class Tab:
    """One tab of a spreadsheet."""

    def __init__(self, book: Book, store: Store, sheet_id: int) -> None:
        self.book = book
        self._store = store
        self._tabs = book._tabs
        self._order: tuple[Any, Rows] | None = None
        self.sheet_id = sheet_id

    @cached_property
    def _cells(self) -> Collection:
        return self._store.collection(f"sheets/cells/{self.book.key}/{self.sheet_id}", ordered=False)

    @cached_property
    def _blocks(self) -> Collection:
        return self._store.collection(f"sheets/rows/{self.book.key}/{self.sheet_id}", ordered=False)

    @property
    def document(self) -> Mapping[str, Any]:
        document: Mapping[str, Any] = self._tabs[str(self.sheet_id)]
        return document

    @property
    def stamp(self) -> str:
        """Return a name that this content of the cells has, and no other ever had."""
        return str(self.document["stamp"])

    @property
    def order(self) -> Rows:
        """Return the order of the rows in the present state."""
        document = self.document
        if self._order is None or self._order[0] is not document:
            self._order = document, Rows(document["rows"], self._blocks, document["next_block"])
        return self._order[1]

    @property
    def properties(self) -> dict[str, Any]:
        return dict(self.document["properties"])

    @property
    def title(self) -> str:
        return str(self.document["properties"]["title"])

    @property
    def height(self) -> int:
        return int(self._tabs[str(self.sheet_id)]["properties"]["gridProperties"]["rowCount"])

    @property
    def width(self) -> int:
        return int(self.document["properties"]["gridProperties"]["columnCount"])

    def change(self, **fields: Any) -> None:
        self._tabs[str(self.sheet_id)] = {**self._tabs[str(self.sheet_id)], **fields}

    def set_properties(self, properties: Mapping[str, Any]) -> None:
        """Replace the properties; a smaller grid loses the cells outside it."""
        before, grid = self.properties["gridProperties"], properties["gridProperties"]
        height, width = self.height, before["columnCount"]
        if grid != before:
            self.book.check_size(self.sheet_id, grid)
        if grid["rowCount"] < height:
            self._lose_rows(grid["rowCount"], height)
        elif grid["rowCount"] > height:
            self.order.insert(height, grid["rowCount"] - height)
            self._reordered(Block(height))
        if grid["columnCount"] < width:
            self._rewrite(lambda column: column if column < grid["columnCount"] else None)
        self.change(properties=dict(properties))

    def rows(self, start: int = 0, end: int | None = None) -> Iterator[tuple[int, Row]]:
        """Yield the rows that hold anything, with their numbers."""
        cells = self._cells
        for number, line in self.order.lines(start, end):
            yield number, cells[str(line[0])]

    def rows_with_formulas(self, start: int = 0, end: int | None = None) -> Iterator[tuple[int, Row]]:
        """Yield the rows in which there is a formula; the others cost nothing."""
        for number, line in self.order.lines(start, end, formulas=True):
            yield number, self._cells[str(line[0])]

    def row(self, number: int) -> Row:
        row_id = self.order.line(number)[0]
        return NO_CELLS if row_id is None else self._cells[str(row_id)]

    def put_rows(self, rows: Mapping[int, Row]) -> None:
        """Replace whole rows; what makes one of another is reckoned once for all that are the same objects."""
        order, next_row = self.order, self.document["next_row"]
        found, reckoned = order.lines_of(rows), dict[tuple[int, int], _Rewritten]()
        lines: dict[int, Line] = {}
        written: dict[str, Row] = {}
        for number, row in rows.items():
            before = found.get(number, EMPTY)
            row_id = before[0]
            old = NO_CELLS if row_id is None else self._cells[str(row_id)]
            change = reckoned.get((id(old), id(row)))
            if change is None:
                change = reckoned[id(old), id(row)] = _Rewritten(old, row)
            if change.where is None:
                continue
            if not change.cells:
                del self._cells[str(row_id)]
                lines[number] = EMPTY
                continue
            if row_id is None:
                row_id, next_row = next_row, next_row + 1
            written[str(row_id)] = change.cells
            line = (row_id, change.filled, change.formulas)
            if line != before:
                lines[number] = line
        changed = [c.where for c in reckoned.values() if c.where]
        if changed:
            self._cells.put_all(written)
            order.put(lines)
            columns = min(first for first, _ in changed), max(last for _, last in changed) + 1
            where = Block(min(rows), columns[0], max(rows) + 1, columns[1])
            self._reordered(where, next_row=next_row)

    def drop_rows(self) -> None:
        """Forget all cells."""
        self._cells.clear()
        self._blocks.clear()

    def insert_rows(self, index: int, count: int) -> None:
        self._resize("rowCount", count)
        self.order.insert(index, count)
        self._reordered(Block(index))

    def delete_rows(self, start: int, end: int) -> None:
        self._lose_rows(start, end)
        self._resize("rowCount", start - end)

    def move_rows(self, start: int, end: int, to: int) -> None:
        order = self.order
        order.paste(to - (end - start) if to > start else to, order.cut(start, end))
        self._reordered(Block(min(start, to), 0, max(end, to)))

    def insert_columns(self, index: int, count: int) -> None:
        self._resize("columnCount", count)  # first: it refuses what is too much
        self._rewrite(lambda column: column if column < index else column + count)

    def delete_columns(self, start: int, end: int) -> None:
        self._rewrite(lambda c: c if c < start else c - (end - start) if c >= end else None)
        self._resize("columnCount", start - end)

    def move_columns(self, start: int, end: int, to: int) -> None:
        order = list(range(self.width))
        moved = order[start:end]
        del order[start:end]
        at = to - (end - start) if to > start else to
        order[at:at] = moved
        new_place = {old: new for new, old in enumerate(order)}
        self._rewrite(lambda column: new_place[column])

    def changed_since(self, stamp: str) -> list[Block] | None:
        """Return the blocks in which cells changed since a state, or None when that is no longer known."""
        return changes_between(self.book.store, stamp, self.stamp)

    def _lose_rows(self, start: int, end: int) -> None:
        order = self.order
        for row_id in order.forget(order.cut(start, end)):
            del self._cells[str(row_id)]
        self._reordered(Block(start))

    def _reordered(self, where: Block, **fields: Any) -> None:
        """Keep the order of the rows as it is now, and note where cells are others than before."""
        order, stamp = self.order, new_stamp()
        note_change_of_cells(self.book.store, self.stamp, stamp, where)
        self.change(rows=order.entries, next_block=order.next_block, stamp=stamp, **fields)

    def _resize(self, side: str, by: int) -> None:
        properties = self.properties
        grid = {**properties["gridProperties"], side: properties["gridProperties"][side] + by}
        self.book.check_size(self.sheet_id, grid)
        self.change(properties={**properties, "gridProperties": grid})

    def _rewrite(self, place: Any) -> None:
        changed = {}
        for number, row in self.rows():
            moved = {str(new): cell for old, cell in row.items() if (new := place(int(old))) is not None}
            if moved != row:
                changed[number] = moved
        self.put_rows(changed)

    def bounded(self, wanted: Block) -> Block:
        """Return the block with ends, cut at the tab's edges."""
        end_row = self.height if wanted.end_row is None else min(wanted.end_row, self.height)
        end_column = self.width if wanted.end_column is None else min(wanted.end_column, self.width)
        return Block(wanted.row, wanted.column, end_row, end_column)


class _Rewritten:
    """What a row becomes: its cells, what is filled, and from which column to which it is another (None: nowhere)."""

    __slots__ = ("_old", "cells", "filled", "formulas", "where")

    def __init__(self, old: Row, new: Row) -> None:
        self._old = old  # kept, so that no other object gets its id meanwhile
        self.cells = {column: cell for column, cell in new.items() if cell}
        others = [int(c) for c in old.keys() | self.cells.keys() if old.get(c) is not self.cells.get(c)]
        self.where = (min(others), max(others)) if others else None
        self.filled, self.formulas = _columns_of(self.cells)


def _columns_of(cells: Row) -> tuple[int, int]:
    """Return which columns hold a value, and which of them a formula."""
    filled = formulas = 0
    for column, cell in cells.items():
        value = cell.get("userEnteredValue")
        if value is not None:
            filled |= 1 << int(column)
            formulas |= ("formulaValue" in value) << int(column)
    return filled, formulas


def _books(store: Store) -> Collection:
    return store.collection("sheets/books")


def create(store: Store, key: str, title: str, **properties: Any) -> Book:
    """Make a spreadsheet with one tab of 1000 x 26, as Google does."""
    _books(store)[key] = {
        "properties": {
            "title": title,
            "locale": "en_US",
            "autoRecalc": "ON_CHANGE",
            "timeZone": "Etc/GMT",
            "defaultFormat": DEFAULT_FORMAT,
            "spreadsheetTheme": THEME,
            **properties,
        },
        "namedRanges": [],
        "developerMetadata": [],
        "order": [],
        "revision": new_stamp(),
    }
    return Book(store, key)


def new_book(workspace: Workspace, owner: str, title: str, **properties: Any) -> Book:
    """Make a spreadsheet owned by a user, with one tab."""
    made = create(workspace.store, new_file(workspace, owner, title, SHEET, []), title, **properties)
    made.add_tab({"sheetId": 0, "title": "Sheet1"})
    return made


def copy_book(store: Store, source: str, target: str, title: str) -> None:
    """Make a spreadsheet with all that another holds."""
    document = _books(store)[source]
    _books(store)[target] = {**document, "properties": {**document["properties"], "title": title}}
    tabs = store.collection(f"sheets/tabs/{source}")
    store.collection(f"sheets/tabs/{target}").update(tabs)
    for sheet_id in tabs:
        for kind in ("cells", "rows"):
            store.collection(f"sheets/{kind}/{target}/{sheet_id}").update(
                store.collection(f"sheets/{kind}/{source}/{sheet_id}")
            )


def forget_book(store: Store, key: str) -> None:
    """Drop a spreadsheet and all that it holds."""
    if _books(store).pop(key, None):
        for sheet_id in store.collection(f"sheets/tabs/{key}"):
            store.drop(f"sheets/cells/{key}/{sheet_id}")
            store.drop(f"sheets/rows/{key}/{sheet_id}")
        store.drop(f"sheets/tabs/{key}")


def open_book(call: Call, *, to_write: bool = False) -> Book:
    """Return the spreadsheet that a call names, if the caller may see it (or write to it).

    Raises:
        ApiError: There is none (404), or it is not shared with the caller (403).
    """
    key = call.params["spreadsheetId"]
    if key not in _books(call.workspace.store):
        raise forbidden() if _is_elsewhere(key) else not_found()
    role = role_of(call.workspace, key, call.user)
    if role is None or (to_write and role not in {"owner", "writer"}):
        raise forbidden()
    return Book(call.workspace.store, key)


def _is_elsewhere(key: str) -> bool:
    """Tell whether an id is one as Google makes them, but none of ours: a file of strangers, not shared with us."""
    return bool(re.fullmatch(r"1[\w-]{42,43}", key)) and not is_ours(key)


def block_of(grid_range: Mapping[str, Any]) -> Block:
    """Return a GridRange as a block; sides left out reach to the edge.

    Raises:
        ApiError: An index is negative.
    """
    for name, index in grid_range.items():
        if name != "sheetId" and index < 0:
            raise bad_request(f"{name} ({index}) must not be negative.")
    return Block(
        grid_range.get("startRowIndex", 0),
        grid_range.get("startColumnIndex", 0),
        grid_range.get("endRowIndex"),
        grid_range.get("endColumnIndex"),
    )


def cells_in(tab: Tab, wanted: Block) -> Iterator[tuple[int, int, Cell]]:
    """Yield the cells of a block that hold anything."""
    found = tab.bounded(wanted)
    for number, row in tab.rows(found.row, found.end_row):
        for column, cell in row.items():
            if found.column <= int(column) < (found.end_column or 0):
                yield number, int(column), cell


def put_cells(tab: Tab, cells: Iterable[tuple[int, int, Cell]]) -> None:
    """Replace single cells; an empty one takes a cell away."""
    rows: dict[int, Row] = {}
    for number, column, cell in cells:
        if number not in rows:
            rows[number] = dict(tab.row(number))
        rows[number][str(column)] = cell
    tab.put_rows(rows)


def check_inside(tab: Tab, wanted: Block, notation: str) -> None:
    """Refuse a range that lies outside the grid, in Google's words."""
    end_row, end_column = wanted.end_row or wanted.row + 1, wanted.end_column or wanted.column + 1
    if wanted.row >= tab.height or wanted.column >= tab.width or end_row < 0 or end_column < 0:
        raise ApiError(
            400,
            "badRequest",
            f"Range ({notation}) exceeds grid limits. Max rows: {tab.height}, max columns: {tab.width}",
            "INVALID_ARGUMENT",
        )
