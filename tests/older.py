"""Companies whose spreadsheets are as an older version of Peerpact left them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import requests

from cast import Cast
from peerpact.demo.company import Company
from peerpact.google.spreadsheets import Made
from peerpact.tables.schema import tab
from peerpact.tables.versions import MARK

SHEETS = "https://sheets.googleapis.com/v4/spreadsheets"
STORED = sorted((Path(__file__).parent / "upgrades").glob("version_*.json"))
Grid = list[list[Any]]


class Older:
    """A company whose two spreadsheets are as an older version left them."""

    def __init__(self, cast: Cast, stored: dict[str, Any]) -> None:
        company = cast.company
        self.stored = stored
        self.session = company.session(company.config.mailbox)
        self.keys = {kind: self._make(stored[kind]) for kind in ("programme", "ledger")}
        config = replace(
            company.config,
            programme_spreadsheet=self.keys["programme"],
            ledger_spreadsheet=self.keys["ledger"],
            wishes_spreadsheet="",
        )
        self.cast = Cast(Company(company.workspace, company.front, config, company.admin))
        self.cast.go_to(datetime.fromisoformat(stored["now"]))
        for kind in self.keys if stored["version"] else ():
            self.mark(kind, stored["version"])

    def _make(self, tabs: dict[str, Grid]) -> str:
        rows = {title: {"rowCount": 1_000 + len(grid)} for title, grid in tabs.items()}
        sheets = [{"properties": {"title": t, "gridProperties": grid}} for t, grid in rows.items()]
        key = str(sent(self.session.post(SHEETS, json={"sheets": sheets}))["spreadsheetId"])
        data = [{"range": f"'{title}'!A1", "values": grid} for title, grid in tabs.items()]
        for one in data:  # formulas are entered, all else is kept as it was read
            head, *rows = one["values"]
            self._enter(key, one["range"], [head], "USER_ENTERED")
            self._enter(key, one["range"].replace("A1", "A2"), rows, "RAW")
        return key

    def _enter(self, key: str, place: str, values: Grid, option: str) -> None:
        body = {"valueInputOption": option, "data": [{"range": place, "values": values}]}
        sent(self.session.post(f"{SHEETS}/{key}/values:batchUpdate", json=body))

    def grid(self, kind: str, title: str) -> Grid:
        url = f"{SHEETS}/{self.keys[kind]}/values/'{title}'"
        values: Grid = sent(self.session.get(url, params={"valueRenderOption": "FORMULA"})).get("values", [])
        return values

    def batch(self, kind: str, *requests: dict[str, Any]) -> None:
        sent(self.session.post(f"{SHEETS}/{self.keys[kind]}:batchUpdate", json={"requests": [*requests]}))

    def columns(self, title: str) -> list[dict[str, Any]]:
        """Return the widths of a tab's columns, and which are hidden."""
        params = {"fields": "sheets(properties(title),data(columnMetadata(pixelSize,hiddenByUser)))"}
        sheets = sent(self.session.get(f"{SHEETS}/{self.keys['programme']}", params=params))["sheets"]
        found = next(s for s in sheets if s["properties"]["title"] == title)
        return list(found["data"][0]["columnMetadata"])

    def mark(self, kind: str, version: int, title: str = "") -> None:
        """Mark a tab, the first unless told otherwise, as a version of the schema would."""
        sheets = [s["properties"] for s in sent(self.session.get(f"{SHEETS}/{self.keys[kind]}"))["sheets"]]
        place = {"sheetId": next(s["sheetId"] for s in sheets if title in {"", s["title"]})}
        mark = {"metadataKey": MARK, "metadataValue": str(version), "visibility": "DOCUMENT"}
        self.batch(kind, {"createDeveloperMetadata": {"developerMetadata": {**mark, "location": place}}})

    def upgrade(self, *newcomers: str) -> dict[str, Made]:
        """Run today's init, and go on with the spreadsheet that no older version had."""
        made, company = self.cast.init(*newcomers), self.cast.company
        config = replace(company.config, wishes_spreadsheet=made["wishes"].key)
        self.cast = Cast(Company(company.workspace, company.front, config, company.admin))
        return made


def sent(response: requests.Response) -> dict[str, Any]:
    assert response.status_code == 200, response.text
    return dict(response.json())


def every_cell_stays(older: Older) -> None:
    """Hold what is there after an upgrade against what was stored, cell by cell."""
    for kind in older.keys:
        for title, before in older.stored[kind].items():
            after = older.grid(kind, title)
            width = len(before[0])
            typed = [i for i, header in enumerate(before[0]) if not str(header).startswith("=")]
            names = {c.formerly: c.name for c in tab(title).columns}
            expected = [[names.get(cell, cell) for cell in before[0]], *before[1:]]
            kept = [(row + [""] * width)[:width] for row in after[: len(before)]]
            assert [[row[i] for i in typed] for row in kept] == [[r[i] for i in typed] for r in expected], (
                title
            )
