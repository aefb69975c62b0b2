"""What makes a tab of one spreadsheet hold rows of another's, cell by cell as they were read. Nothing is sent here.

A row that is there already stays where it is, whatever the order: somebody who sorts a tab moves nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from peerpact.google.cell_rows import GridRows, Request
from peerpact.google.changes import spans
from peerpact.tables.cells import Cell
from peerpact.tables.tab_contents import Grid

Cells = tuple[Cell, ...]


def copied(sheet: Mapping[str, Any], there: Grid, wanted: Grid, top: int) -> list[Request]:
    """Return the requests after which a sheet has the wanted rows; the first ``top`` of them are its header.

    ``sheet`` are the sheet's properties. Cells are as Sheets gives them unformatted, so that they are read the same.
    """
    before, after = [*map(_row, there)], [*map(_row, wanted)]
    laid = after if before[:top] != after[:top] else [*after[:top], *_laid_out(before[top:], after[top:])]
    width = max(map(len, [*before, *laid]), default=0)
    changed = [n for n in range(max(len(before), len(laid))) if _at(before, n) != _at(laid, n)]
    if not changed:
        return []
    grid = sheet["gridProperties"]
    room = [
        {"appendDimension": {"sheetId": sheet["sheetId"], "dimension": dimension, "length": short}}
        for dimension, short in (
            ("ROWS", len(laid) - grid["rowCount"]),
            ("COLUMNS", width - grid["columnCount"]),
        )
        if short > 0
    ]
    return [*room, *(_written(sheet["sheetId"], laid, begin, end, width) for begin, end in spans(changed))]


def _laid_out(there: Sequence[Cells], wanted: Sequence[Cells]) -> list[Cells]:
    """Return the wanted rows, those that are there where they are, the others where there is room."""
    left = Counter(wanted)
    rows: list[Cells] = []
    for row in there:
        is_wanted = bool(row) and left[row] > 0
        left[row] -= is_wanted
        rows.append(row if is_wanted else ())
    new = iter([row for row in wanted if row and _take(left, row)])
    rows = [row or next(new, ()) for row in rows]
    return [*rows, *new]


def _take(left: Counter[Cells], row: Cells) -> bool:
    left[row] -= 1
    return left[row] >= 0


def _written(sheet: int, rows: Sequence[Cells], begin: int, end: int, width: int) -> Request:
    cells = GridRows([_at(rows, n) for n in range(begin, end)], range(width))
    start = {"sheetId": sheet, "rowIndex": begin, "columnIndex": 0}
    return {"updateCells": {"start": start, "rows": cells, "fields": "userEnteredValue"}}


def _at(rows: Sequence[Cells], number: int) -> Cells:
    return rows[number] if number < len(rows) else ()


def _row(cells: Sequence[Cell]) -> Cells:
    """Return a row without the empty cells at its end."""
    filled = [*cells]
    while filled and filled[-1] in ("", None):
        filled.pop()
    return tuple("" if cell is None else cell for cell in filled)
