"""Batch requests that tidy rows: duplicates and spaces taken out, rows shuffled."""

from __future__ import annotations

import random
from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.sheets.a1 import Block
from workspace_emulator.sheets.book import Book, Cell, Tab, put_cells
from workspace_emulator.sheets.protection import check_may_edit
from workspace_emulator.sheets.reading import Reader
from workspace_emulator.sheets.requests.places import grid_block
from workspace_emulator.sheets.requests.table import Body, Reply, kind

_SEPARATORS = {"COMMA": ",", "SEMICOLON": ";", "PERIOD": ".", "SPACE": " "}


@kind("deleteDuplicates")
def _delete_duplicates(call: Call, book: Book, body: Body) -> Reply:
    """Take out rows that are like one above, and close the gaps within the range."""
    tab, block = _place(call, book, body["range"])
    compared = [c for area in body.get("comparisonColumns", ()) for c in _columns(area, tab)]
    reader, seen, kept = Reader(book), set(), []
    for r in range(block.row, block.end_row or 0):
        row = tab.row(r)
        columns = compared or range(block.column, block.end_column or 0)
        shown = tuple(str(_shown(reader, tab, r, c)).casefold() for c in columns)
        if shown not in seen:
            kept.append({c: x for c, x in row.items() if block.column <= int(c) < (block.end_column or 0)})
        seen.add(shown)
    removed = (block.end_row or 0) - block.row - len(kept)
    _put_back(tab, block, kept)
    return {"deleteDuplicates": {"duplicatesRemovedCount": removed} if removed else {}}


@kind("trimWhitespace")
def _trim(call: Call, book: Book, body: Body) -> Reply:
    tab, block = _place(call, book, body["range"])
    changed = []
    for r, row in tab.rows(block.row, block.end_row):
        for column, cell in row.items():
            text = cell.get("userEnteredValue", {}).get("stringValue")
            if text is None or not block.column <= int(column) < (block.end_column or 0):
                continue
            trimmed = " ".join(text.split())
            if trimmed != text:
                value = {"userEnteredValue": {"stringValue": trimmed}} if trimmed else {}
                changed.append(
                    (r, int(column), {k: v for k, v in cell.items() if k != "userEnteredValue"} | value)
                )
    put_cells(tab, changed)
    return {"trimWhitespace": {"cellsChangedCount": len(changed)} if changed else {}}


@kind("randomizeRange")
def _randomize(call: Call, book: Book, body: Body) -> None:
    """Shuffle rows, the same way whenever the same calls were made before."""
    tab, block = _place(call, book, body["range"])
    rows = [
        {c: x for c, x in tab.row(r).items() if block.column <= int(c) < (block.end_column or 0)}
        for r in range(block.row, block.end_row or 0)
    ]
    random.Random(call.workspace.store.next_number("sheets/shuffle")).shuffle(rows)  # noqa: S311 - no secret
    _put_back(tab, block, rows)


def _place(call: Call, book: Book, area: Body) -> tuple[Tab, Block]:
    tab = book.tab(area.get("sheetId", 0))
    block = grid_block(tab, area)
    check_may_edit(call, tab, block)
    return tab, block


def _put_back(tab: Tab, block: Block, rows: list[dict[str, Cell]]) -> None:
    """Put rows into a block from the top, the rest of it emptied."""
    new = {}
    for i, r in enumerate(range(block.row, block.end_row or 0)):
        outside = {
            c: x for c, x in tab.row(r).items() if not block.column <= int(c) < (block.end_column or 0)
        }
        new[r] = {**outside, **(rows[i] if i < len(rows) else {})}
    tab.put_rows(new)


def _columns(area: Body, tab: Tab) -> range:
    return range(area.get("startIndex", 0), area.get("endIndex", tab.width))


def _shown(reader: Reader, tab: Tab, row: int, column: int) -> Any:
    cell = tab.row(row).get(str(column), {})
    return reader.shown(tab, row, column, cell, "FORMATTED_VALUE", "SERIAL_NUMBER")
