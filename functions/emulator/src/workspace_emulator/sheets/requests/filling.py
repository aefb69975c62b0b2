"""Batch requests that continue a series."""

from __future__ import annotations

from itertools import pairwise

from workspace_emulator.core.api import Call
from workspace_emulator.sheets.a1 import Block
from workspace_emulator.sheets.book import Book, Cell, Tab, put_cells
from workspace_emulator.sheets.formulas import moved
from workspace_emulator.sheets.protection import check_may_edit
from workspace_emulator.sheets.requests.places import check_in_grid, grid_block
from workspace_emulator.sheets.requests.table import Body, kind


@kind("autoFill")
def _auto_fill(call: Call, book: Book, body: Body) -> None:
    """Continue what is there: formulas move along, numbers go on in their steps, all else repeats."""
    tab, source, length, is_rows = _series(book, body)
    size = (source.end_row or 0) - source.row if is_rows else (source.end_column or 0) - source.column
    steps = range(1, length + 1) if length > 0 else range(-1, length - 1, -1)
    start = (source.end_row or 0) - 1 if is_rows else (source.end_column or 0) - 1
    first = (source.row if is_rows else source.column) if length < 0 else start
    lines = (
        range(source.column, source.end_column or 0) if is_rows else range(source.row, source.end_row or 0)
    )
    cells = []
    for line in lines:
        there = [_at(tab, source, line, i, is_rows) for i in range(size)]
        for step in steps:
            place = first + step
            index = (size + step - 1 if length > 0 else step) % size
            by = place - (source.row if is_rows else source.column) - index
            cell = _continued(there, index, size - 1 + step if length > 0 else step, by, is_rows=is_rows)
            cells.append((place, line, cell) if is_rows else (line, place, cell))
    ends = [(r, c) for r, c, _ in cells] or [(source.row, source.column)]
    block = Block(
        min(r for r, _ in ends),
        min(c for _, c in ends),
        max(r for r, _ in ends) + 1,
        max(c for _, c in ends) + 1,
    )
    check_in_grid(tab, block)
    check_may_edit(call, tab, block)
    put_cells(tab, cells)


def _series(book: Book, body: Body) -> tuple[Tab, Block, int, bool]:
    """Return what is continued, how far, and whether downwards (or, by less than none, upwards)."""
    if "sourceAndDestination" in body:
        given = body["sourceAndDestination"]
        tab = book.tab(given["source"].get("sheetId", 0))
        return tab, grid_block(tab, given["source"]), given.get("fillLength", 0), given["dimension"] == "ROWS"
    tab = book.tab(body["range"].get("sheetId", 0))
    whole = grid_block(tab, body["range"])
    filled = [r for r, row in tab.rows(whole.row, whole.end_row) if str(whole.column) in row]
    height = len(filled)
    if not height or height == (whole.end_row or 0) - whole.row:
        last = [c for c in range(whole.column, whole.end_column or 0) if str(c) in tab.row(whole.row)]
        end = max(last, default=whole.column) + 1
        source = Block(whole.row, whole.column, whole.end_row, end)
        return tab, source, (whole.end_column or 0) - end, False
    end = max(filled) + 1
    return tab, Block(whole.row, whole.column, end, whole.end_column), (whole.end_row or 0) - end, True


def _at(tab: Tab, source: Block, line: int, index: int, is_rows: bool) -> Cell:
    row, column = (source.row + index, line) if is_rows else (line, source.column + index)
    return tab.row(row).get(str(column), {})


def _continued(there: list[Cell], index: int, position: int, by: int, *, is_rows: bool) -> Cell:
    cell, value = there[index], there[index].get("userEnteredValue", {})
    if "formulaValue" in value:
        text = moved(value["formulaValue"], by if is_rows else 0, 0 if is_rows else by)
        return {**cell, "userEnteredValue": {"formulaValue": text}}
    numbers = [c.get("userEnteredValue", {}).get("numberValue") for c in there]
    if len(numbers) > 1 and all(n is not None for n in numbers):
        step = numbers[1] - numbers[0]
        if all(abs(b - a - step) < 1e-9 for a, b in pairwise(numbers)):
            return {**cell, "userEnteredValue": {"numberValue": numbers[0] + step * position}}
    return cell
