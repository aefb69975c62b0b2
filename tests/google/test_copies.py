"""Rows of one spreadsheet's tab in another's, cell by cell."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from peerpact.google.copies import copied
from peerpact.tables.cells import Cell

SHEET = {"sheetId": 7, "gridProperties": {"rowCount": 4, "columnCount": 3}}
CELLS = st.sampled_from(["", "a", "=1+1", "0042", 1.5, 46_356, True])
GRIDS = st.lists(st.lists(CELLS, max_size=4), max_size=7)


def after(there: list[list[Cell]], wanted: list[list[Cell]], top: int = 1) -> list[tuple[Cell, ...]]:
    """Return the rows of a tab once what is asked is done, without the empty ones."""
    rows = [[*row, *[""] * 9][:9] for row in [*there, *([[]] * 20)]]
    for request in copied(SHEET, there, wanted, top):
        cells: dict[str, Any] = request.get("updateCells", {})
        for n, row in enumerate(cells.get("rows", ()), start=cells.get("start", {}).get("rowIndex", 0)):
            for i, cell in enumerate(row["values"]):
                rows[n][i] = next(iter(cell["userEnteredValue"].values())) if cell else ""
    return [tuple(row) for row in rows if any(cell != "" for cell in row)]


def padded(rows: list[list[Cell]]) -> list[tuple[Cell, ...]]:
    return [tuple([*row, *[""] * 9][:9]) for row in rows if any(cell != "" for cell in row)]


@given(GRIDS, GRIDS)
def test_leaves_the_wanted_rows_whatever_was_there(there: list[list[Cell]], wanted: list[list[Cell]]) -> None:
    header: list[Cell] = ["Name"]
    there, wanted = [header, *there], [header, *wanted]
    assert sorted(map(repr, after(there, wanted))) == sorted(map(repr, padded(wanted)))
    assert copied(SHEET, wanted, wanted, 1) == []


def test_writes_no_row_again_that_is_there_in_another_order() -> None:
    there: list[list[Cell]] = [["Name"], ["a"], ["b"], ["c"]]
    assert copied(SHEET, there, [["Name"], ["c"], ["a"], ["b"]], 1) == []
    [request] = copied(SHEET, there, [["Name"], ["d"], ["c"], ["a"]], 1)
    assert request["updateCells"]["start"]["rowIndex"] == 2
    assert len(request["updateCells"]["rows"]) == 1


def test_makes_room_for_more_rows_and_columns_than_there_are() -> None:
    wanted: list[list[Cell]] = [["Name", "", "", "Team"], *([n] for n in range(6))]
    room = [r["appendDimension"] for r in copied(SHEET, [], wanted, 1) if "appendDimension" in r]
    assert [(it["dimension"], it["length"]) for it in room] == [("ROWS", 3), ("COLUMNS", 1)]
