"""Batch requests that write into cells."""

from __future__ import annotations

import re

from workspace_emulator.core.api import Call
from workspace_emulator.sheets.a1 import Block
from workspace_emulator.sheets.book import Book, Cell, put_cells
from workspace_emulator.sheets.colours import with_styles
from workspace_emulator.sheets.formulas import moved
from workspace_emulator.sheets.protection import check_may_edit
from workspace_emulator.sheets.requests.masked import cell_masked
from workspace_emulator.sheets.requests.places import (
    check_in_grid,
    each_cell,
    each_place,
    grid_block,
    reached_block,
)
from workspace_emulator.sheets.requests.table import Body, Reply, kind
from workspace_emulator.sheets.rows import columns_between
from workspace_emulator.sheets.typed import entered

# gspread-formatting names parts of the list in its masks, and Google repeats the whole of it.
_PARTS_OF_RUNS = re.compile(r"\btextFormatRuns\.[\w.]+")


@kind("updateCells")
def _update_cells(call: Call, book: Book, body: Body) -> None:
    start = body.get("start")
    area = body.get("range") or {}
    tab = book.tab((start or area).get("sheetId", 0))
    rows = body.get("rows", ())
    if start is not None:
        row, column = start.get("rowIndex", 0), start.get("columnIndex", 0)
        width = max((len(r.get("values", ())) for r in rows), default=0)
        block = Block(row, column, row + len(rows), column + width)
    else:
        block = grid_block(tab, area)
    check_in_grid(tab, block)
    check_may_edit(call, tab, block)
    cells = []
    for r in range(block.row, block.end_row or block.row):
        given = rows[r - block.row].get("values", ()) if r - block.row < len(rows) else ()
        there = tab.row(r)
        width = len(given) if start is not None else (block.end_column or 0) - block.column
        for i in range(width):
            new = given[i] if i < len(given) else {}
            old = there.get(str(block.column + i), {})
            cells.append((r, block.column + i, cell_masked(old, new, body["fields"])))
    put_cells(tab, cells)


@kind("appendCells")
def _append_cells(call: Call, book: Book, body: Body) -> None:
    tab = book.tab(body.get("sheetId", 0))
    last = tab.order.last_filled(columns_between(0, tab.width), 0, tab.height)
    last = -1 if last is None else last
    rows = body.get("rows", ())
    short = last + 1 + len(rows) - tab.height
    if short > 0:
        tab.insert_rows(tab.height, short)
    start = {"sheetId": tab.sheet_id, "rowIndex": last + 1}
    _update_cells(call, book, {"start": start, "rows": rows, "fields": body["fields"]})


@kind("repeatCell")
def _repeat_cell(call: Call, book: Book, body: Body) -> None:
    area = body.get("range", {})
    tab = book.tab(area.get("sheetId", 0))
    block = reached_block(tab, area)
    check_may_edit(call, tab, block)
    cell, fields = body.get("cell", {}), _PARTS_OF_RUNS.sub("textFormatRuns", body["fields"])
    formula = cell.get("userEnteredValue", {}).get("formulaValue")
    if not formula:
        each_cell(tab, block, lambda old: cell_masked(old, cell, fields))
        return

    def placed(r: int, c: int, old: Cell) -> Cell:
        text = moved(formula, r - block.row, c - block.column)
        return cell_masked(old, {**cell, "userEnteredValue": {"formulaValue": text}}, fields)

    each_place(tab, block, placed)


@kind("updateBorders")
def _update_borders(call: Call, book: Book, body: Body) -> None:
    area = body["range"]
    tab = book.tab(area.get("sheetId", 0))
    block = grid_block(tab, area)
    check_may_edit(call, tab, block)
    edges = {"top": "row", "bottom": "end_row", "left": "column", "right": "end_column"}
    cells = []
    for r in range(block.row, block.end_row or 0):
        for c in range(block.column, block.end_column or 0):
            at = {"top": r == block.row, "bottom": r + 1 == block.end_row}
            at |= {"left": c == block.column, "right": c + 1 == block.end_column}
            borders = {side: body[side] for side in edges if side in body and at[side]}
            inner = {"innerHorizontal": ("top", "bottom"), "innerVertical": ("left", "right")}
            borders |= {s: body[n] for n, sides in inner.items() if n in body for s in sides if not at[s]}
            old = tab.row(r).get(str(c), {})
            look = old.get("userEnteredFormat", {})
            new = {**look, "borders": {**look.get("borders", {}), **borders}}
            cells.append((r, c, {**old, "userEnteredFormat": with_styles(new)} if borders else old))
    put_cells(tab, cells)


@kind("setDataValidation")
def _set_data_validation(call: Call, book: Book, body: Body) -> None:
    area = body.get("range", {})
    tab = book.tab(area.get("sheetId", 0))
    block = grid_block(tab, area)
    check_may_edit(call, tab, block)
    rule = body.get("rule")

    def ruled(cell: Cell) -> Cell:
        kept = {k: v for k, v in cell.items() if k != "dataValidation"}
        return {**kept, "dataValidation": dict(rule)} if rule else kept

    each_cell(tab, block, ruled)


@kind("findReplace")
def _find_replace(call: Call, book: Book, body: Body) -> Reply:
    tabs = (
        book.tabs()
        if body.get("allSheets")
        else [book.tab(body.get("sheetId", body.get("range", {}).get("sheetId", 0)))]
    )
    flags = 0 if body.get("matchCase") else re.IGNORECASE
    pattern = body["find"] if body.get("searchByRegex") else re.escape(body["find"])
    pattern = f"^(?:{pattern})$" if body.get("matchEntireCell") else pattern
    counts = {"valuesChanged": 0, "occurrencesChanged": 0, "rowsChanged": 0, "sheetsChanged": 0}
    for tab in tabs:
        block = grid_block(tab, body.get("range", {}))
        check_may_edit(call, tab, block)
        changed = []
        for r, row in tab.rows(block.row, block.end_row):
            for column, cell in row.items():
                text = cell.get("userEnteredValue", {}).get("stringValue")
                if text is None or not block.column <= int(column) < (block.end_column or 0):
                    continue
                new, times = re.subn(pattern, body.get("replacement", ""), text, flags=flags)
                if times:
                    counts["valuesChanged"] += 1
                    counts["occurrencesChanged"] += times
                    value, _ = entered(new)
                    changed.append((r, int(column), {**cell, "userEnteredValue": value} if value else {}))
        put_cells(tab, changed)
        counts["rowsChanged"] += len({r for r, _, _ in changed})
        counts["sheetsChanged"] += bool(changed)
    return {"findReplace": {k: v for k, v in counts.items() if v}}
