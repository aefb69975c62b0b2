"""An edit that Peerpact can't use is coloured where it is: whatever admins may type, on every tab that is theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cast import Cast
from peerpact.tables.schema import Column, Tab, tabs_of
from peerpact.tables.sight import UNUSABLE
from states import met

NONSENSE = "??nonsense??"
SHEETS = "https://sheets.googleapis.com/v4/spreadsheets"
Cell = tuple[str, str, str]
"""A tab, a column, and the row's number."""


def theirs(tab: Tab) -> list[Column]:
    return [c for c in tab.columns if (c.writer or tab.writer) == "admins" and c.type != "formula"]


TABS = [tab for tab in tabs_of("programme") if not tab.hidden and theirs(tab)]


def looked_at(cast: Cast) -> dict[str, Mapping[str, Any]]:
    """Return each tab as the admin sees it: values and colours, cell by cell."""
    key, admin = cast.company.config.programme_spreadsheet, cast.company.session(cast.company.admin)
    fields = "sheets(properties.title,data.rowData.values(formattedValue,effectiveFormat.backgroundColor))"
    params = {"ranges": [f"'{tab.title}'!A1:Z12" for tab in TABS], "fields": fields}
    answer = admin.get(f"{SHEETS}/{key}", params=params).json()
    return {sheet["properties"]["title"]: sheet["data"][0] for sheet in answer["sheets"]}


def coloured(cast: Cast) -> Iterator[Cell]:
    seen = looked_at(cast)
    for tab in TABS:
        header, *rows = [row.get("values", []) for row in seen[tab.title]["rowData"]]
        names = [cell.get("formattedValue", "") for cell in header]
        for number, row in enumerate(rows, start=2):
            for name, cell in zip(names, row, strict=False):
                ground = cell.get("effectiveFormat", {}).get("backgroundColor", {})
                code = "#" + "".join(f"{round(ground.get(p, 0) * 255):02x}" for p in ("red", "green", "blue"))
                if code == UNUSABLE:
                    yield tab.title, name, str(number)


def told(cast: Cast) -> set[Cell]:
    """Return the cells of which Problems says that they can't be used, as far as admins may type there."""
    may = {(tab.title, column.name) for tab in TABS for column in theirs(tab)}
    cells = {(p["Tab"], p["Column"], str(p["Row"])) for p in cast.tab("Problems")}
    return {cell for cell in cells if cell[:2] in may and int(cell[2] or 99) <= 12}


def type_everywhere(cast: Cast) -> set[Cell]:
    """Type what can't be used into each column that admins may write, most into the first row; return where."""
    typed = set()
    for tab in TABS:
        sheet = cast.company.sheet().worksheet(tab.title)
        header = sheet.row_values(1)
        for place, column in enumerate(theirs(tab)):
            row = 2 + (place if tab.title in {"Roster", "Settings", "Never pair", "Locked pairs"} else 0)
            row = column.rows[0] if column.rows else row
            sheet.update_cell(row, header.index(column.name) + 1, NONSENSE)
            typed.add((tab.title, column.name, str(row)))
    return typed


def test_colours_each_cell_that_problems_tells_of_and_no_other(cast: Cast) -> None:
    cast.bring_to(met)
    assert set(coloured(cast)) == set()
    typed = type_everywhere(cast)
    cast.run("check_roster")
    assert set(coloured(cast)) == told(cast)
    wrong = typed & told(cast)
    assert {tab for tab, _, _ in wrong} >= {
        "Roster",
        "Settings",
        "Pairings",
        "Requests",
        "Guidance",
        "Days off",
        "Locked pairs",
    }
    assert len(wrong) > 15
