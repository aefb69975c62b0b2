"""Batch requests that bring cells elsewhere: sorting, copying, cutting, shifting."""

from __future__ import annotations

from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.sheets.a1 import Block
from workspace_emulator.sheets.book import Book, Cell, Tab, cells_in, put_cells
from workspace_emulator.sheets.formulas import moved
from workspace_emulator.sheets.protection import check_may_edit
from workspace_emulator.sheets.reading import Reader
from workspace_emulator.sheets.requests.places import check_in_grid, grid_block
from workspace_emulator.sheets.requests.table import Body, kind


@kind("sortRange")
def sort_range(call: Call, book: Book, body: Body) -> None:
    area = body.get("range", {})
    tab = book.tab(area.get("sheetId", 0))
    block = grid_block(tab, area)
    check_may_edit(call, tab, block)
    reader = Reader(book)
    numbers = list(range(block.row, block.end_row or 0))
    for spec in reversed(body.get("sortSpecs", ())):
        column = spec.get("dimensionIndex", 0)

        def key(number: int, column: int = column) -> tuple[int, Any]:
            cell = tab.row(number).get(str(column), {})
            value = reader.shown(tab, number, column, cell, "UNFORMATTED_VALUE", "SERIAL_NUMBER")
            return _sort_key(value)

        filled = [n for n in numbers if key(n)[0] < 9]
        empty = [n for n in numbers if key(n)[0] == 9]
        numbers = sorted(filled, key=key, reverse=spec.get("sortOrder") == "DESCENDING") + empty
    rows = {}
    for target, source in zip(range(block.row, block.end_row or 0), numbers, strict=True):
        kept = {
            c: x for c, x in tab.row(target).items() if not block.column <= int(c) < (block.end_column or 0)
        }
        come = {
            c: _moved_cell(x, target - source, 0)
            for c, x in tab.row(source).items()
            if block.column <= int(c) < (block.end_column or 0)
        }
        rows[target] = {**kept, **come}
    tab.put_rows(rows)


def _sort_key(value: Any) -> tuple[int, Any]:
    if value in ("", None):
        return 9, 0
    if isinstance(value, bool):
        return 2, value
    return (0, value) if isinstance(value, int | float) else (1, str(value).casefold())


@kind("copyPaste")
def _copy_paste(call: Call, book: Book, body: Body) -> None:
    source_tab, target_tab = (
        book.tab(body["source"].get("sheetId", 0)),
        book.tab(body["destination"].get("sheetId", 0)),
    )
    source, target = (
        grid_block(source_tab, body["source"]),
        grid_block(target_tab, body["destination"]),
    )
    turned = body.get("pasteOrientation") == "TRANSPOSE"
    height, width = (source.end_row or 0) - source.row, (source.end_column or 0) - source.column
    if turned:
        height, width = width, height
    tall = max(height, (target.end_row or 0) - target.row)
    wide = max(width, (target.end_column or 0) - target.column)
    end = Block(target.row, target.column, target.row + tall, target.column + wide)
    check_in_grid(target_tab, end)
    check_may_edit(call, target_tab, end)
    cells = []
    for r in range(tall):
        for c in range(wide):
            dr, dc = (c % width, r % height) if turned else (r % height, c % width)
            at = (source.row + dr, source.column + dc)
            to = (target.row + r, target.column + c)
            old = target_tab.row(to[0]).get(str(to[1]), {})
            new = _moved_cell(source_tab.row(at[0]).get(str(at[1]), {}), to[0] - at[0], to[1] - at[1])
            cells.append(
                (*to, _pasted(book, source_tab, at, old, new, body.get("pasteType", "PASTE_NORMAL")))
            )
    put_cells(target_tab, cells)


@kind("cutPaste")
def _cut_paste(call: Call, book: Book, body: Body) -> None:
    source_tab, target_tab = (
        book.tab(body["source"].get("sheetId", 0)),
        book.tab(body["destination"].get("sheetId", 0)),
    )
    source = grid_block(source_tab, body["source"])
    start = body["destination"]
    row, column = start.get("rowIndex", 0), start.get("columnIndex", 0)
    end = Block(
        row,
        column,
        row + (source.end_row or 0) - source.row,
        column + (source.end_column or 0) - source.column,
    )
    check_in_grid(target_tab, end)
    check_may_edit(call, source_tab, source)
    check_may_edit(call, target_tab, end)
    taken = {}
    for r in range(source.row, source.end_row or 0):
        for c in range(source.column, source.end_column or 0):
            taken[r, c] = source_tab.row(r).get(str(c), {})
    put_cells(source_tab, [(r, c, {}) for r, c in taken])
    put_cells(
        target_tab, [(r - source.row + row, c - source.column + column, x) for (r, c), x in taken.items()]
    )


def _pasted(book: Book, tab: Tab, at: tuple[int, int], old: Cell, new: Cell, paste: str) -> Cell:
    if paste == "PASTE_VALUES":
        value = tab.row(at[0]).get(str(at[1]), {})
        if "userEnteredValue" in value:
            return {**old, "userEnteredValue": Reader(book).effective(tab, *at, value)}
        return {k: v for k, v in old.items() if k != "userEnteredValue"}
    names = {
        "PASTE_FORMAT": ("userEnteredFormat",),
        "PASTE_FORMULA": ("userEnteredValue",),
        "PASTE_DATA_VALIDATION": ("dataValidation",),
    }.get(paste)
    if names is None:
        return new
    return {
        **{k: v for k, v in old.items() if k not in names},
        **{k: v for k, v in new.items() if k in names},
    }


def _moved_cell(cell: Cell, rows: int, columns: int) -> Cell:
    formula = cell.get("userEnteredValue", {}).get("formulaValue")
    if not formula:
        return cell
    return {**cell, "userEnteredValue": {"formulaValue": moved(formula, rows, columns)}}


@kind("insertRange")
def _insert_range(call: Call, book: Book, body: Body) -> None:
    _shift_cells(call, book, body, away=True)


@kind("deleteRange")
def _delete_range(call: Call, book: Book, body: Body) -> None:
    _shift_cells(call, book, body, away=False)


def _shift_cells(call: Call, book: Book, body: Body, *, away: bool) -> None:
    """Move the cells behind a block away from it, or over it; what falls off the edge is lost."""
    tab = book.tab(body["range"].get("sheetId", 0))
    block = grid_block(tab, body["range"])
    height, width = (block.end_row or 0) - block.row, (block.end_column or 0) - block.column
    is_rows = body["shiftDimension"] == "ROWS"
    reach = Block(
        block.row,
        block.column,
        tab.height if is_rows else block.end_row,
        block.end_column if is_rows else tab.width,
    )
    check_may_edit(call, tab, reach)
    by = (height if is_rows else width) * (1 if away else -1)
    down, right = (by, 0) if is_rows else (0, by)
    there = list(cells_in(tab, reach))
    put_cells(tab, [(r, c, {}) for r, c, _ in there])
    moved_to = [(r + down, c + right, cell) for r, c, cell in there]
    put_cells(
        tab, [x for x in moved_to if block.row <= x[0] < tab.height and block.column <= x[1] < tab.width]
    )
