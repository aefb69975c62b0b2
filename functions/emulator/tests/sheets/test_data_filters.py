"""Values and metadata found by filters: by range, by metadata, by place."""

from __future__ import annotations

from typing import Any

import gspread
import pytest
import requests

from workspace_emulator.clients import client


@pytest.fixture
def sheets(ada: requests.Session) -> Any:
    return client("sheets", "v4", ada).spreadsheets()


def mark(sheets: Any, key: str, name: str, location: dict[str, Any], value: str = "") -> int:
    metadata = {"metadataKey": name, "metadataValue": value, "visibility": "DOCUMENT", "location": location}
    body = {"requests": [{"createDeveloperMetadata": {"developerMetadata": metadata}}]}
    answer = sheets.batchUpdate(spreadsheetId=key, body=body).execute()
    return int(answer["replies"][0]["createDeveloperMetadata"]["developerMetadata"]["metadataId"])


def row(number: int) -> dict[str, Any]:
    return {
        "dimensionRange": {"sheetId": 0, "dimension": "ROWS", "startIndex": number, "endIndex": number + 1}
    }


def found(sheets: Any, key: str, data_filter: dict[str, Any]) -> list[str]:
    answer = (
        sheets.developerMetadata().search(spreadsheetId=key, body={"dataFilters": [data_filter]}).execute()
    )
    return [m["developerMetadata"]["metadataKey"] for m in answer.get("matchedDeveloperMetadata", [])]


def test_writes_and_reads_the_row_that_metadata_has_followed(tab: gspread.Worksheet, sheets: Any) -> None:
    key = tab.spreadsheet_id
    tab.update([["ada", "1"], ["ben", "2"]], "A1")
    mark(sheets, key, "person", row(1), "ben")
    tab.insert_row(["new"], 1)
    ben = {"developerMetadataLookup": {"metadataKey": "person", "metadataValue": "ben"}}
    body = {"valueInputOption": "RAW", "data": [{"dataFilter": ben, "values": [["ben", "3"]]}]}
    written = sheets.values().batchUpdateByDataFilter(spreadsheetId=key, body=body).execute()
    assert (written["totalUpdatedCells"], written["responses"][0]["updatedRange"]) == (2, "Sheet1!A3:B3")
    read = sheets.values().batchGetByDataFilter(spreadsheetId=key, body={"dataFilters": [ben]}).execute()
    assert read["valueRanges"][0]["valueRange"]["values"] == [["ben", "3"]]
    tab.delete_rows(3)
    assert found(sheets, key, ben) == []


def test_finds_metadata_exactly_at_a_place_or_touching_it(tab: gspread.Worksheet, sheets: Any) -> None:
    key = tab.spreadsheet_id
    mark(sheets, key, "whole", {"spreadsheet": True})
    mark(sheets, key, "tab", {"sheetId": 0})
    mark(sheets, key, "row", row(1))
    exactly = {"developerMetadataLookup": {"metadataLocation": row(1)}}
    touching = {"developerMetadataLookup": {**exactly["developerMetadataLookup"]}}
    touching["developerMetadataLookup"]["locationMatchingStrategy"] = "INTERSECTING_LOCATION"
    assert found(sheets, key, exactly) == ["row"]
    assert found(sheets, key, touching) == ["whole", "tab", "row"]
    assert found(sheets, key, {"a1Range": "A1:C5"}) == ["row"]
    assert found(sheets, key, {"gridRange": {"sheetId": 0}}) == ["tab", "row"]


def test_clears_and_shows_what_filters_touch(tab: gspread.Worksheet, sheets: Any) -> None:
    key = tab.spreadsheet_id
    tab.spreadsheet.add_worksheet("Other", 5, 5)
    tab.update([["a", "b"]], "A1")
    body: dict[str, Any] = {
        "dataFilters": [{"gridRange": {"sheetId": 0, "endRowIndex": 1, "endColumnIndex": 1}}]
    }
    shown = sheets.getByDataFilter(spreadsheetId=key, body={**body, "includeGridData": True}).execute()
    assert [s["data"][0]["rowData"][0]["values"][0]["formattedValue"] for s in shown["sheets"]] == ["a"]
    cleared = sheets.values().batchClearByDataFilter(spreadsheetId=key, body=body).execute()
    assert (cleared["clearedRanges"], tab.get_all_values()) == (["Sheet1!A1"], [["", "b"]])


@pytest.mark.parametrize(
    "data_filter", [{"a1Range": "A2000:B2001"}, {"gridRange": {"startRowIndex": 2000}}, {}]
)
def test_refuses_a_filter_that_means_nothing(
    tab: gspread.Worksheet, ada: requests.Session, data_filter: dict[str, Any]
) -> None:
    url = f"https://sheets.googleapis.com/v4/spreadsheets/{tab.spreadsheet_id}:getByDataFilter"
    assert ada.post(url, json={"dataFilters": [data_filter]}).status_code == 400


TIDIED = [
    ({"pasteData": {"coordinate": {}, "data": "x;1\ny;2", "delimiter": ";"}}, [["x", "1"], ["y", "2"]]),
    (
        {"pasteData": {"coordinate": {}, "html": True, "data": "<table><tr><td>p<td>q</table>"}},
        [["p", "q"], ["a", "2"], ["a", "2"]],
    ),
    ({"deleteDuplicates": {"range": {"endRowIndex": 3, "endColumnIndex": 2}}}, [["b ", "1"], ["a", "2"]]),
    ({"trimWhitespace": {"range": {"endRowIndex": 3}}}, [["b", "1"], ["a", "2"], ["a", "2"]]),
    (
        {"textToColumns": {"source": {"endRowIndex": 1, "endColumnIndex": 1}, "delimiterType": "SPACE"}},
        [["b", ""], ["a", "2"], ["a", "2"]],
    ),
]


@pytest.mark.parametrize(("request_", "after"), TIDIED)
def test_tidies_cells(tab: gspread.Worksheet, request_: dict[str, Any], after: list[list[str]]) -> None:
    tab.update([["b ", "1"], ["a", "2"], ["a", "2"]], "A1")
    tab.spreadsheet.batch_update({"requests": [request_]})
    shown = [line for line in tab.get_all_values() if any(line)]
    assert shown[: len(after)] == after


def test_continues_numbers_and_formulas(tab: gspread.Worksheet) -> None:
    tab.update([[1, "=A1*10", "x"], [3, "=A2*10", "y"]], "A1", raw=False)
    source = {"endRowIndex": 2, "endColumnIndex": 3}
    fill = {"sourceAndDestination": {"source": source, "dimension": "ROWS", "fillLength": 3}}
    tab.spreadsheet.batch_update({"requests": [{"autoFill": fill}]})
    assert tab.get("A3:C5") == [["5", "50", "x"], ["7", "70", "y"], ["9", "90", "x"]]


def test_shuffles_rows_without_losing_any(tab: gspread.Worksheet) -> None:
    tab.update([[str(n)] for n in range(20)], "A1")
    area = {"endRowIndex": 20, "endColumnIndex": 1}
    tab.spreadsheet.batch_update({"requests": [{"randomizeRange": {"range": area}}]})
    after = [line[0] for line in tab.get_all_values()]
    assert after != [str(n) for n in range(20)]
    assert sorted(after, key=int) == [str(n) for n in range(20)]


def test_sorts_below_the_header_when_a_filter_says_so(tab: gspread.Worksheet) -> None:
    tab.update([["n"], [3], [1], [2]], "A1")
    area = {"startRowIndex": 0, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 1}
    given = {"range": area, "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}], "filterSpecs": []}
    tab.spreadsheet.batch_update({"requests": [{"setBasicFilter": {"filter": given}}]})
    assert tab.col_values(1) == ["n", "1", "2", "3"]


def test_gives_a_chart_the_usual_font_and_moves_it(tab: gspread.Worksheet) -> None:
    chart = {"spec": {"title": "Ages", "pieChart": {}}, "position": {"overlayPosition": {"anchorCell": {}}}}
    answer = tab.spreadsheet.batch_update({"requests": [{"addChart": {"chart": chart}}]})
    made = answer["replies"][0]["addChart"]["chart"]
    assert (made["spec"]["fontName"], made["spec"]["titleTextFormat"]["fontFamily"]) == ("Roboto", "Roboto")
    moved = {"overlayPosition": {"anchorCell": {"rowIndex": 5}}}
    ask = {"objectId": made["chartId"], "newPosition": moved, "fields": "*"}
    tab.spreadsheet.batch_update({"requests": [{"updateEmbeddedObjectPosition": ask}]})
    (shown,) = tab.spreadsheet.fetch_sheet_metadata()["sheets"][0]["charts"]
    assert shown["position"]["overlayPosition"]["anchorCell"]["rowIndex"] == 5


def test_shows_a_filter_s_criteria_in_both_forms(tab: gspread.Worksheet) -> None:
    area = {"startRowIndex": 0, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 1}
    given = {"range": area, "criteria": {"0": {"hiddenValues": ["x"]}}}
    tab.spreadsheet.batch_update({"requests": [{"setBasicFilter": {"filter": given}}]})
    shown = tab.spreadsheet.fetch_sheet_metadata()["sheets"][0]["basicFilter"]
    assert shown["criteria"] == {"0": {"hiddenValues": ["x"]}}
    assert shown["filterSpecs"] == [{"columnIndex": 0, "filterCriteria": {"hiddenValues": ["x"]}}]
