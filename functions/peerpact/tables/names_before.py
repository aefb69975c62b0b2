"""What an older Peerpact reads otherwise: columns that had another name, and notes with names that it does not know.

An upgrade gives columns today's name; the way back the former one, and leaves out of notes what is not known there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from peerpact.programme.meetings.booking import as_read_before
from peerpact.tables.cells import Cell
from peerpact.tables.schema import Tab, all_tabs, plain_header
from peerpact.tables.schema import tab as described
from peerpact.tables.tab_contents import Grid

Request = dict[str, Any]
BOOKING = plain_header("For Peerpact")


def renamed_since() -> tuple[Tab, ...]:
    """Return the system's tabs of which a column has another name than before; admins' headers are their own."""
    return tuple(t for t in all_tabs() if t.writer == "system" and any(c.formerly for c in t.columns))


def renamed(tab: Tab, sid: int, header: Sequence[Cell]) -> list[Request]:
    """Return the requests that give columns their names of today; none where a name is there already."""
    wanted = [(c.formerly, c.name) for c in tab.columns if c.formerly]
    return list(_renamed(sid, header, wanted)) if tab.writer == "system" else []


def named_as_before(title: str, sid: int, grid: Grid) -> list[Request]:
    """Return the requests that give a tab's columns the names by which an older Peerpact finds them."""
    wanted = [(c.name, c.formerly) for c in described(title).columns if c.formerly]
    return list(_renamed(sid, grid[0] if grid else [], wanted))


def noted_as_before(sid: int, pairings: Grid) -> list[Request]:
    """Return the requests that leave out of the notes about meetings what an older Peerpact stops at."""
    header = [plain_header(cell) for cell in pairings[0]] if pairings else []
    if BOOKING not in header:
        return []
    place = header.index(BOOKING)
    noted = {n: str(row[place]) for n, row in enumerate(pairings) if n and len(row) > place}
    changed = {n: before for n, text in noted.items() if (before := as_read_before(text)) != text}
    return [_written(sid, n, place, text) for n, text in changed.items()]


def _renamed(sid: int, header: Sequence[Cell], wanted: Iterable[tuple[str, str]]) -> Iterable[Request]:
    there = [plain_header(cell) for cell in header]
    for old, new in wanted:
        if plain_header(old) in there and plain_header(new) not in there:
            yield _written(sid, 0, there.index(plain_header(old)), new)


def _written(sid: int, row: int, column: int, text: str) -> Request:
    place = {"sheetId": sid, "rowIndex": row, "columnIndex": column}
    rows = [{"values": [{"userEnteredValue": {"stringValue": text}}]}]
    return {"updateCells": {"start": place, "rows": rows, "fields": "userEnteredValue"}}
