"""Columns of the system's tabs that had another name: given today's by an upgrade, the former one on the way back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from peerpact.tables.cells import Cell
from peerpact.tables.schema import Tab, all_tabs, plain_header
from peerpact.tables.schema import tab as described
from peerpact.tables.tab_contents import Grid

Request = dict[str, Any]


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


def _renamed(sid: int, header: Sequence[Cell], wanted: Iterable[tuple[str, str]]) -> Iterable[Request]:
    there = [plain_header(cell) for cell in header]
    for old, new in wanted:
        if plain_header(old) in there and plain_header(new) not in there:
            place = {"sheetId": sid, "rowIndex": 0, "columnIndex": there.index(plain_header(old))}
            rows = [{"values": [{"userEnteredValue": {"stringValue": new}}]}]
            yield {"updateCells": {"start": place, "rows": rows, "fields": "userEnteredValue"}}
