"""Cells that somebody edits: which there are, what people and formulas leave in them, and back to what they were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import gspread

from cast import Cast
from peerpact.tables.schema import tabs_of

VALUES: tuple[object, ...] = (
    "",
    "x",
    " ",
    0,
    -1,
    1e15,
    46034.5,
    True,
    False,
    "=NA()",
    "=1/0",
    '="x"',
    "=A1",
    "yes",
    "[]",
    '{"event": 1}',
    "2026-13-45",
    "nobody@example.com, x",
    "😀" * 60,
)
"""Typed, pasted, or what a formula leaves."""
ABOUT_ALL = {"Settings", "Guidance", "Days off", "Start here", "Runs", "Memory"}
"""Tabs whose rows are about everybody."""
PASSED_OVER = {"Handbook", "Report", "Person"}
"""Tabs that are read by people alone."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of one row, and what the row holds."""

    spreadsheet: str
    tab: str
    at: str
    column: str
    held: object
    row: tuple[str, ...]

    @property
    def is_about_all(self) -> bool:
        return self.tab in ABOUT_ALL


def cells_in(cast: Cast) -> Iterator[Cell]:
    """Yield the cells of the first, the middle and the last row of each tab that has rows."""
    config = cast.company.config
    for name, key in (("programme", config.programme_spreadsheet), ("ledger", config.ledger_spreadsheet)):
        sheet = _opened(cast, key)
        described = {tab.title for tab in tabs_of(name)} - PASSED_OVER
        for tab in sheet.worksheets():
            if tab.title in described:
                yield from _cells(key, tab)


def _opened(cast: Cast, key: str) -> gspread.Spreadsheet:
    session = cast.company.session(cast.company.config.mailbox)
    return gspread.Client(auth=None, session=session).open_by_key(key)  # type: ignore[arg-type]


def _cells(key: str, tab: gspread.Worksheet) -> Iterator[Cell]:
    header, *rows = tab.get_values(value_render_option="FORMULA") or [[]]
    full = [n for n, row in enumerate(rows, start=2) if any(str(cell) for cell in row)]
    for number in sorted({full[0], full[len(full) // 2], full[-1]}) if full else ():
        row = rows[number - 2]
        for place, column in enumerate(header):
            if column:
                at = gspread.utils.rowcol_to_a1(number, place + 1)
                held = row[place] if place < len(row) else ""
                yield Cell(key, tab.title, at, column, held, tuple(map(str, row)))


def put(cast: Cast, cell: Cell, value: object) -> None:
    """Edit a cell as somebody who may do all does: the mailbox, which owns the spreadsheet."""
    tab = _opened(cast, cell.spreadsheet).worksheet(cell.tab)
    is_formula = isinstance(value, str) and value.startswith("=")
    tab.update([[value]], cell.at, raw=not is_formula)


def take_back(cast: Cast, cell: Cell) -> None:
    """Put back what the cell held, wherever its row is by now, unless that was written anew or is gone."""
    tab = _opened(cast, cell.spreadsheet).worksheet(cell.tab)
    rows = [[*map(str, cells)] for cells in tab.get_values(value_render_option="FORMULA")]
    row, column = gspread.utils.a1_to_rowcol(cell.at)
    others = [(i, c) for i, c in enumerate(cell.row) if c and i != column - 1]
    same = {n: sum(i < len(now) and now[i] == c for i, c in others) for n, now in enumerate(rows, 1) if n > 1}
    likest = max((*same, row), key=lambda n: (same.get(n, 0), n == row))
    if 2 * same.get(likest, 0) >= len(others):
        at = gspread.utils.rowcol_to_a1(likest, column)
        tab.update([[cell.held]], at, raw=not str(cell.held).startswith("="))
