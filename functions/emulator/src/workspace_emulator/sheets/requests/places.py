"""Places that batch requests name: ranges, cells, and things by id."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from workspace_emulator.core.errors import ApiError, bad_request
from workspace_emulator.sheets.a1 import Block, as_named
from workspace_emulator.sheets.book import NO_CELLS, Book, Cell, Row, Tab, block_of
from workspace_emulator.sheets.requests.table import Body

NOTHING: Cell = {}
"""What is in a cell that holds nothing: the same object each time."""


def area_of(book: Book, area: Body) -> dict[str, Any]:
    """Return a range as Google keeps it: with the sheet's id, sides that reach the edge left out."""
    tab = book.tab(area.get("sheetId", 0))
    return {"sheetId": tab.sheet_id, **{k: v for k, v in area.items() if k != "sheetId"}}


def found_in(items: Iterable[Body], name: str, wanted: Any, what: str) -> Body:
    for item in items:
        if item[name] == wanted:
            return item
    raise bad_request(f"No {what} with id: {wanted}")


def grid_block(tab: Tab, area: Body) -> Block:
    """Return the block that a GridRange means, with ends.

    Raises:
        ApiError: It reaches beyond the grid, or ends before it begins.
    """
    wanted = block_of(area)
    if (wanted.end_row or 0) > tab.height or (wanted.end_column or 0) > tab.width:
        raise _beyond(tab, wanted)
    found = reached_block(tab, area)
    if (found.end_row or 0) <= found.row or (found.end_column or 0) <= found.column:
        raise bad_request("The range is empty: its end indexes must be greater than its start indexes.")
    return found


def reached_block(tab: Tab, area: Body) -> Block:
    """Return the cells of the grid that a GridRange reaches: it may end beyond the grid, or hold no cell.

    Raises:
        ApiError: It begins beyond the grid.
    """
    wanted = block_of(area)
    if wanted.row >= tab.height or wanted.column >= tab.width:
        raise _beyond(tab, wanted)
    return tab.bounded(wanted)


def _beyond(tab: Tab, wanted: Block) -> ApiError:
    return bad_request(
        f"Range ({as_named(tab.title, wanted)}) exceeds grid limits. "
        f"Max rows: {tab.height}, max columns: {tab.width}"
    )


def range_of(tab: Tab, block: Block) -> dict[str, Any]:
    """Return a block with ends as a GridRange."""
    rows = {"startRowIndex": block.row, "endRowIndex": block.end_row}
    columns = {"startColumnIndex": block.column, "endColumnIndex": block.end_column}
    return {"sheetId": tab.sheet_id, **rows, **columns}


def check_in_grid(tab: Tab, block: Block) -> None:
    if (block.end_row or 0) > tab.height or block.row > tab.height:
        raise bad_request(
            f"Attempting to write row: {tab.height}, beyond the last requested row of: {tab.height - 1}"
        )
    if (block.end_column or 0) > tab.width:
        raise bad_request(
            f"Attempting to write column: {tab.width}, beyond the last requested column of: {tab.width - 1}"
        )


def each_cell(tab: Tab, block: Block, new: Callable[[Cell], Cell]) -> None:
    """Let each cell of a block become what follows from it; reckoned once for all that are the same object.

    So it is with rows: below the last one with a value most of them are.
    """
    made: dict[int, Any] = {}
    columns = [str(c) for c in range(block.column, block.end_column or 0)]

    def once(old: Any, become: Callable[[Any], Any]) -> Any:
        if id(old) not in made:
            made[id(old)] = become(old)
        return made[id(old)]

    def as_row(row: Row) -> Row:
        return {**row, **{name: once(row.get(name, NOTHING), new) for name in columns}}

    there = dict(tab.rows(block.row, block.end_row))
    tab.put_rows({r: once(there.get(r, NO_CELLS), as_row) for r in range(block.row, block.end_row or 0)})


def each_place(tab: Tab, block: Block, new: Callable[[int, int, Cell], Cell]) -> None:
    """Let each cell of a block become what follows from its row, its column and what is there."""
    rows = {}
    columns = [(c, str(c)) for c in range(block.column, block.end_column or 0)]
    for r in range(block.row, block.end_row or 0):
        there = tab.row(r)
        rows[r] = {**there, **{name: new(r, c, there.get(name, NOTHING)) for c, name in columns}}
    tab.put_rows(rows)
