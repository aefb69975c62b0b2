"""Changes to a spreadsheet: all of a batch or nothing, names taken once, protection, and who may see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gspread
import pytest
import requests


def _named(key: str) -> dict[str, Any]:
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1}
    return {"addNamedRange": {"namedRange": {"namedRangeId": key, "name": key, "range": area}}}


def _appended(text: str) -> dict[str, Any]:
    row = {"values": [{"userEnteredValue": {"stringValue": text}}]}
    return {"appendCells": {"sheetId": 0, "rows": [row], "fields": "userEnteredValue"}}


def test_does_all_of_a_batch_or_nothing(tab: gspread.Worksheet) -> None:
    with pytest.raises(gspread.exceptions.APIError, match=r"Invalid requests\[1\]\.deleteNamedRange"):
        tab.spreadsheet.batch_update(
            {"requests": [_appended("lost"), {"deleteNamedRange": {"namedRangeId": "no"}}]}
        )

    assert tab.get_all_values() == [[]]


def test_refuses_a_commit_whose_name_was_taken_before(tab: gspread.Worksheet) -> None:
    commit = {"requests": [_named("commit_1"), _appended("once")]}
    tab.spreadsheet.batch_update(commit)

    with pytest.raises(gspread.exceptions.APIError):
        tab.spreadsheet.batch_update(commit)

    assert tab.get_all_values() == [["once"]]


def test_names_a_request_that_it_does_not_do(tab: gspread.Worksheet) -> None:
    with pytest.raises(gspread.exceptions.APIError, match="addSlicer"):
        tab.spreadsheet.batch_update({"requests": [{"addSlicer": {"slicer": {}}}]})


@pytest.mark.parametrize(
    ("kind", "dimension", "rows"),
    [
        ("insertRange", "ROWS", [["", "b"], ["a", "d"], ["c"]]),
        ("insertRange", "COLUMNS", [["", "a", "b"], ["c", "d"]]),
        ("deleteRange", "ROWS", [["c", "b"], ["", "d"]]),
        ("deleteRange", "COLUMNS", [["b"], ["c", "d"]]),
    ],
)
def test_shifts_cells(tab: gspread.Worksheet, kind: str, dimension: str, rows: list[list[str]]) -> None:
    tab.update([["a", "b"], ["c", "d"]], "A1")
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}

    tab.spreadsheet.batch_update({"requests": [{kind: {"range": area, "shiftDimension": dimension}}]})

    assert tab.spreadsheet.values_get("Sheet1!A1:D9")["values"] == rows


def test_finds_developer_metadata_by_its_key(spreadsheet: gspread.Spreadsheet, ada: requests.Session) -> None:
    made = {"metadataKey": "schema", "metadataValue": "3", "visibility": "DOCUMENT"}
    location = {"location": {"spreadsheet": True}}
    request = {"createDeveloperMetadata": {"developerMetadata": {**made, **location}}}
    spreadsheet.batch_update({"requests": [request]})
    url = f"https://sheets.googleapis.com/v4/spreadsheets/{spreadsheet.id}/developerMetadata:search"

    for key, values in (("schema", ["3"]), ("other", [])):
        body = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": key}}]}
        matched = ada.post(url, json=body).json().get("matchedDeveloperMetadata", [])
        assert [m["developerMetadata"]["metadataValue"] for m in matched] == values


def test_keeps_protected_cells_from_other_writers(
    tab: gspread.Worksheet, session: Callable[[str], requests.Session]
) -> None:
    tab.add_protected_range("A1:B2")
    tab.spreadsheet.share("ben@example.com", "user", "writer", notify=False)
    his = _opened(session("ben@example.com"), tab.spreadsheet.id).sheet1

    his.update([["free"]], "C3")
    with pytest.raises(gspread.exceptions.APIError, match="protected cell"):
        his.update([["no"]], "B2")

    tab.update([["owner"]], "A1")
    assert tab.get("A1:C3") == [["owner"], [], ["", "", "free"]]


def test_shows_a_spreadsheet_to_those_it_is_shared_with(
    spreadsheet: gspread.Spreadsheet, session: Callable[[str], requests.Session]
) -> None:
    ben = session("ben@example.com")
    with pytest.raises(PermissionError):
        _opened(ben, spreadsheet.id)

    spreadsheet.share("ben@example.com", "user", "reader", notify=False)

    his = _opened(ben, spreadsheet.id).sheet1
    assert his.title == "Sheet1"
    with pytest.raises(gspread.exceptions.APIError, match="The caller does not have permission"):
        his.update([["no"]], "A1")


def test_lets_only_the_owner_give_a_spreadsheet_away(
    spreadsheet: gspread.Spreadsheet, session: Callable[[str], requests.Session]
) -> None:
    spreadsheet.share("ben@example.com", "user", "writer", notify=False)
    body = {"type": "user", "role": "owner", "emailAddress": "ben@example.com"}
    url = f"https://www.googleapis.com/drive/v3/files/{spreadsheet.id}/permissions?transferOwnership=true"

    assert session("ben@example.com").post(url, json=body).status_code == 403
    assert session("ada@example.com").post(url, json=body).status_code == 200


def _opened(session: requests.Session, key: str) -> gspread.Spreadsheet:
    client = gspread.Client(auth=None, session=session)  # type: ignore[arg-type]  # the session carries the token
    return client.open_by_key(key)


@pytest.mark.parametrize(
    "cell",
    [
        {
            "userEnteredValue": {"stringValue": "Open"},
            "userEnteredFormat": {"textFormat": {"link": {"uri": "https://example.com/a"}}},
        },
        {"userEnteredValue": {"formulaValue": '=HYPERLINK("https://example.com/a","Open")'}},
        {"userEnteredValue": {"formulaValue": '=ARRAYFORMULA(IF(C1:C="",,HYPERLINK(C1:C,"Open")))'}},
    ],
    ids=["link of the text", "formula", "formula of a column"],
)
def test_shows_where_a_cell_leads_beside_its_word(tab: gspread.Worksheet, cell: dict[str, Any]) -> None:
    fields = "userEnteredValue,userEnteredFormat.textFormat.link"
    start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}
    tab.update([["https://example.com/a"]], "C1")
    tab.spreadsheet.batch_update(
        {"requests": [{"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": fields}}]}
    )

    seen = tab.spreadsheet.fetch_sheet_metadata(params={"fields": "sheets.data.rowData.values.hyperlink"})

    assert tab.acell("A1").value == "Open"
    assert seen["sheets"][0]["data"][0]["rowData"][0]["values"][0] == {"hyperlink": "https://example.com/a"}
