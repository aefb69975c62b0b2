"""Places that batch requests name: ranges, cells, and things by id."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from workspace_emulator.core.errors import bad_request
from workspace_emulator.sheets.a1 import Block
from workspace_emulator.sheets.book import Book, Cell, Tab
from workspace_emulator.sheets.requests.table import Body


def area_of(book: Book, area: Body) -> dict[str, Any]:
    """Return a range as Google keeps it: with the sheet's id, sides that reach the edge left out."""
    tab = book.tab(area.get("sheetId", 0))
    return {"sheetId": tab.sheet_id, **{k: v for k, v in area.items() if k != "sheetId"}}


def found_in(items: Iterable[Body], name: str, wanted: Any, what: str) -> Body:
    for item in items:
        if item[name] == wanted:
            return item
    raise bad_request(f"No {what} with id: {wanted}")


def check_in_grid(tab: Tab, block: Block) -> None:
    if (block.end_row or 0) > tab.height or block.row > tab.height:
        raise bad_request(
            f"Attempting to write row: {tab.height}, beyond the last requested row of: {tab.height - 1}"
        )
    if (block.end_column or 0) > tab.width:
        raise bad_request(
            f"Attempting to write column: {tab.width}, beyond the last requested column of: {tab.width - 1}"
        )


def each_cell(tab: Tab, block: Block, new: Callable[[int, int, Cell], Cell]) -> None:
    rows = {}
    for r in range(block.row, block.end_row or 0):
        there = tab.row(r)
        changed = {
            str(c): new(r, c, there.get(str(c), {})) for c in range(block.column, block.end_column or 0)
        }
        rows[r] = {**there, **changed}
    tab.put_rows(rows)
