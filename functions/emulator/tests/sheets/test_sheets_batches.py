"""Batch requests: what a mask takes, what a merge replaces, what follows rows, what lies outside the grid."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests

SHEETS = "https://sheets.googleapis.com/v4/spreadsheets"
BLUE, RED = {"blue": 1}, {"red": 1}
LOOK = "sheets.data.rowData.values.userEnteredFormat"


class Book:
    """One spreadsheet over plain HTTP, as no client library would let us write it."""

    def __init__(self, session: requests.Session) -> None:
        self._session = session
        self.key = session.post(SHEETS, json={}).json()["spreadsheetId"]

    def asked(self, *asks: Any) -> requests.Response:
        return self._session.post(f"{SHEETS}/{self.key}:batchUpdate", json={"requests": list(asks)})

    def do(self, *asks: Any) -> list[Any]:
        answer = self.asked(*asks)
        assert answer.ok, answer.text
        replies: list[Any] = answer.json()["replies"]
        return replies

    def refusal(self, *asks: Any) -> str:
        answer = self.asked(*asks)
        assert answer.status_code == 400, answer.text
        message: str = answer.json()["error"]["message"]
        return message

    def put(self, place: str, values: list[list[Any]], **options: str) -> Any:
        params = {"valueInputOption": "USER_ENTERED", **options}
        answer = self._session.put(
            f"{SHEETS}/{self.key}/values/{place}", params=params, json={"values": values}
        )
        assert answer.ok, answer.text
        return answer.json()

    def written_together(self, data: list[dict[str, Any]]) -> Any:
        body = {"valueInputOption": "RAW", "data": data}
        return self._session.post(f"{SHEETS}/{self.key}/values:batchUpdate", json=body).json()

    def append(self, place: str, values: list[list[Any]], **options: str) -> Any:
        params = {"valueInputOption": "USER_ENTERED", **options}
        url = f"{SHEETS}/{self.key}/values/{place}:append"
        return self._session.post(url, params=params, json={"values": values}).json()

    def values(self, place: str, render: str = "FORMATTED_VALUE") -> list[list[Any]]:
        params = {"valueRenderOption": render}
        found: list[list[Any]] = (
            self._session.get(f"{SHEETS}/{self.key}/values/{place}", params=params).json().get("values", [])
        )
        return found

    def sheet(self, fields: str = "*", ranges: str = "A1:Z99") -> dict[str, Any]:
        params = {"ranges": ranges, "includeGridData": "true", "fields": fields}
        found: dict[str, Any] = self._session.get(f"{SHEETS}/{self.key}", params=params).json()["sheets"][0]
        return found

    def look(self, place: str = "A1") -> dict[str, Any]:
        cell: dict[str, Any] = self.sheet(LOOK, place)["data"][0]["rowData"][0]["values"][0]
        return cell.get("userEnteredFormat", {})


@pytest.fixture
def book(ada: requests.Session) -> Book:
    return Book(ada)


def span(row: int, end_row: int, column: int = 0, end_column: int = 1) -> dict[str, int]:
    rows = {"startRowIndex": row, "endRowIndex": end_row}
    return {**rows, "startColumnIndex": column, "endColumnIndex": end_column}


def painted(cell: dict[str, Any], fields: str) -> dict[str, Any]:
    return {"repeatCell": {"range": span(0, 1), "cell": {"userEnteredFormat": cell}, "fields": fields}}


@pytest.mark.parametrize("first", ["backgroundColor", "backgroundColorStyle"])
@pytest.mark.parametrize("second", ["backgroundColor", "backgroundColorStyle"])
def test_shows_the_colour_that_was_given_last(book: Book, first: str, second: str) -> None:
    def given(name: str, colour: dict[str, int]) -> dict[str, Any]:
        value = {"rgbColor": colour} if name.endswith("Style") else colour
        return painted({name: value}, f"userEnteredFormat.{name}")

    book.do(given(first, RED), given(second, BLUE))
    assert book.look() == {"backgroundColor": BLUE, "backgroundColorStyle": {"rgbColor": BLUE}}


def test_shows_the_style_where_both_are_given(book: Book) -> None:
    both = {"backgroundColor": RED, "backgroundColorStyle": {"rgbColor": BLUE}}
    book.do(painted(both, "userEnteredFormat(backgroundColor,backgroundColorStyle)"))
    assert book.look()["backgroundColor"] == BLUE


def test_forgets_a_colour_in_both_forms(book: Book) -> None:
    book.do(painted({"backgroundColor": RED}, "userEnteredFormat"))
    book.do(painted({}, "userEnteredFormat.backgroundColor"))
    assert book.sheet(LOOK, "A1") == {"data": [{}]}


def test_shows_a_theme_s_colour_as_the_theme_has_it(book: Book) -> None:
    book.do(painted({"backgroundColorStyle": {"themeColor": "ACCENT2"}}, "userEnteredFormat"))
    assert book.look()["backgroundColor"] == {"red": 0.91764706, "green": 0.2627451, "blue": 0.20784314}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("", "At least one field must be listed in 'fields'"),
        ("userEnteredFormat.colour", "Invalid field: userEnteredFormat.colour"),
        (
            "dataValidation.condition.values.userEnteredValue",
            "Invalid field: dataValidation.condition.values.",
        ),
        ("textFormatRuns.startIndex", "Invalid field: textFormatRuns.startIndex"),
    ],
)
def test_refuses_a_mask_that_names_no_field(book: Book, fields: str, said: str) -> None:
    ask = {"updateCells": {"start": {}, "rows": [{"values": [{"note": "x"}]}], "fields": fields}}
    assert book.refusal(ask).startswith(f"Invalid requests[0].updateCells: {said}")


def test_takes_a_mask_with_underscores_and_a_star_at_its_end(book: Book) -> None:
    book.do(painted({"textFormat": {"bold": True, "italic": True}}, "user_entered_format.text_format.*"))
    assert book.look() == {"textFormat": {"bold": True, "italic": True}}


def test_clears_a_cell_by_an_empty_text(book: Book) -> None:
    book.put("A1:A2", [["x"], ["y"]])
    cell = {"userEnteredValue": {"stringValue": ""}}
    book.do({"updateCells": {"start": {}, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}})
    assert book.values("A1:A2") == [[], ["y"]]
    assert book.append("A1:A2", [["z"]])["tableRange"] == "Sheet1!A2"


def merge(area: dict[str, int], how: str = "MERGE_ALL") -> dict[str, Any]:
    return {"mergeCells": {"range": area, "mergeType": how}}


def test_replaces_the_merges_inside_a_new_one(book: Book) -> None:
    book.do(merge(span(0, 2, 0, 2), "MERGE_ROWS"), merge(span(4, 5, 0, 2)))
    book.do(merge(span(0, 3, 0, 2)))
    assert book.sheet("sheets.merges")["merges"] == [span(4, 5, 0, 2), span(0, 3, 0, 2)]


@pytest.mark.parametrize("request_of", [merge, lambda area: {"unmergeCells": {"range": area}}])
def test_refuses_to_cut_a_merge(book: Book, request_of: Callable[[dict[str, int]], Any]) -> None:
    book.do(merge(span(0, 2, 0, 2)))
    assert "You must select all cells in a merged range" in book.refusal(request_of(span(1, 3, 0, 2)))
    assert book.sheet("sheets.merges")["merges"] == [span(0, 2, 0, 2)]


def inserted(start: int, end: int) -> dict[str, Any]:
    area = {"dimension": "ROWS", "startIndex": start, "endIndex": end}
    return {"insertDimension": {"range": area}}


def test_lets_whatever_has_a_range_follow_inserted_rows(book: Book) -> None:
    rule = {"ranges": [span(4, 6)], "booleanRule": {"condition": {"type": "BLANK"}, "format": {}}}
    named = {"name": "here", "range": span(4, 6)}
    book.do(
        merge(span(4, 6, 0, 2)),
        {"addConditionalFormatRule": {"rule": rule}},
        {"addBanding": {"bandedRange": {"range": span(4, 6), "rowProperties": {"firstBandColor": RED}}}},
        {"addNamedRange": {"namedRange": named}},
        {
            "updateDimensionProperties": {
                "range": {"dimension": "ROWS", "startIndex": 5, "endIndex": 6},
                "properties": {"pixelSize": 40},
                "fields": "pixelSize",
            }
        },
        inserted(2, 4),
    )
    sheet = book.sheet("sheets(merges,conditionalFormats.ranges,bandedRanges.range,data.rowMetadata)")
    assert sheet["merges"] == [span(6, 8, 0, 2)]
    assert sheet["conditionalFormats"] == [{"ranges": [span(6, 8)]}]
    assert sheet["bandedRanges"] == [{"range": span(6, 8)}]
    assert [m["pixelSize"] for m in sheet["data"][0]["rowMetadata"][5:9]] == [21, 21, 40, 21]


def test_drops_what_was_on_rows_that_have_gone(book: Book) -> None:
    book.do(merge(span(4, 6, 0, 2)), merge(span(8, 10, 0, 2)))
    book.do({"deleteDimension": {"range": {"dimension": "ROWS", "startIndex": 3, "endIndex": 7}}})
    assert book.sheet("sheets.merges")["merges"] == [span(4, 6, 0, 2)]


def test_inserts_rows_for_what_is_appended_where_there_is_no_table(book: Book) -> None:
    book.put("A7:B7", [["below", "=A7"]])
    answer = book.append("A5", [["x"], ["y"], ["z"]], insertDataOption="INSERT_ROWS")
    assert answer["updates"]["updatedRange"] == "Sheet1!A5:A7"
    assert book.values("A5:B10", "FORMULA") == [["x"], ["y"], ["z"], [], [], ["below", "=A10"]]
    assert book.sheet("sheets.properties")["properties"]["gridProperties"]["rowCount"] == 1003


OUTSIDE = span(990, 1001)
FROM_OUTSIDE = span(1000, 1002)


@pytest.mark.parametrize("area", [OUTSIDE, FROM_OUTSIDE, span(0, 1, 0, 27)])
@pytest.mark.parametrize(
    "name",
    [
        "mergeCells",
        "unmergeCells",
        "setDataValidation",
        "updateBorders",
        "sortRange",
        "deleteRange",
    ],
)
def test_refuses_ranges_outside_the_grid(book: Book, name: str, area: dict[str, int]) -> None:
    more = {"deleteRange": {"shiftDimension": "ROWS"}}
    said = book.refusal({name: {"range": area, **more.get(name, {})}})
    assert said.startswith(f"Invalid requests[0].{name}: Range (Sheet1!")
    assert said.endswith("exceeds grid limits. Max rows: 1000, max columns: 26")


def test_repeats_a_cell_as_far_as_the_grid_goes(book: Book) -> None:
    for area in (span(998, 1003, 25, 30), span(3, 3), span(4, 5, 3, 3)):
        assert book.do({"repeatCell": {"range": area, "cell": {"note": "x"}, "fields": "note"}}) == [{}]
    grid = book.sheet("sheets.properties")["properties"]["gridProperties"]
    assert (grid["rowCount"], grid["columnCount"]) == (1000, 26)
    corner = book.sheet("sheets.data.rowData.values.note", "Y998:Z1000")["data"][0]
    assert corner == {"rowData": [{}, {"values": [{}, {"note": "x"}]}, {"values": [{}, {"note": "x"}]}]}
    assert book.sheet("sheets.data.rowData.values.note", "A1:X997")["data"] == [{}]


@pytest.mark.parametrize(
    ("area", "named"),
    [
        ({"startRowIndex": 1000, "startColumnIndex": 0, "endColumnIndex": 2}, "A1001:B"),
        (span(1000, 1001, 0, 2), "A1001:B1001"),
        (span(1000, 1001, 0, 1), "A1001"),
        (span(0, 2, 26, 27), "AA1:AA2"),
        ({"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 26}, "AA1:2"),
    ],
)
def test_refuses_to_repeat_a_cell_from_beyond_the_grid(book: Book, area: dict[str, int], named: str) -> None:
    said = book.refusal({"repeatCell": {"range": area, "cell": {"note": "x"}, "fields": "note"}})
    assert said.startswith(f"Invalid requests[0].repeatCell: Range (Sheet1!{named}) exceeds grid limits. Max")


def test_refuses_to_delete_rows_that_there_are_not(book: Book) -> None:
    said = book.refusal(
        {"deleteDimension": {"range": {"dimension": "ROWS", "startIndex": 999, "endIndex": 1001}}}
    )
    assert said.endswith(
        "Cannot delete a row that doesn't exist. Tried to delete row index 1000 but there are only 1000 rows."
    )


def test_names_nobody_but_who_asked_as_editor_of_a_protection_that_only_warns(book: Book) -> None:
    protected = {"range": span(0, 1), "warningOnly": True, "editors": {"users": ["ben@example.com"]}}
    (reply,) = book.do({"addProtectedRange": {"protectedRange": protected}})
    assert reply["addProtectedRange"]["protectedRange"]["editors"] == {}
    (kept,) = book.sheet("sheets.protectedRanges")["protectedRanges"]
    assert (kept["warningOnly"], kept["requestingUserCanEdit"]) == (True, True)
    assert kept["editors"] == {"users": ["ada@example.com"]}


@pytest.mark.parametrize("dimension", ["ROWS", "COLUMNS"])
def test_leaves_the_first_tab_unnamed_in_groups_and_says_where_they_are_opened(
    book: Book, dimension: str
) -> None:
    area = {"dimension": dimension, "startIndex": 0, "endIndex": 2}
    (reply,) = book.do({"addDimensionGroup": {"range": {"sheetId": 0, **area}}})
    assert reply["addDimensionGroup"]["dimensionGroups"] == [{"range": area, "depth": 1}]
    assert book.do({"deleteDimensionGroup": {"range": {"sheetId": 0, **area}}}) == [
        {"deleteDimensionGroup": {}}
    ]
    grid = book.sheet("sheets.properties")["properties"]["gridProperties"]
    assert grid[f"{dimension[:-1].lower()}GroupControlAfter"] is True


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"red": 1, "green": 0, "blue": 0.5}, {"red": 1, "blue": 0.49803922}),
        ({"red": 1.0, "green": 0.0, "blue": 0.4980392156862745}, {"red": 1, "blue": 0.49803922}),
        ({"red": 66 / 255, "green": 1 / 255}, {"red": 0.25882354, "green": 0.003921569}),
    ],
)
def test_keeps_a_colour_in_steps_of_256(book: Book, given: dict[str, float], kept: dict[str, float]) -> None:
    colour = {"properties": {"sheetId": 0, "tabColorStyle": {"rgbColor": given}}, "fields": "tabColorStyle"}
    none = {"properties": {"sheetId": 0, "tabColorStyle": {"rgbColor": None}}, "fields": "tabColorStyle"}
    book.do({"updateSheetProperties": colour})
    properties = book.sheet("sheets.properties")["properties"]
    assert (properties["tabColor"], properties["tabColorStyle"]) == (kept, {"rgbColor": kept})
    book.do({"updateSheetProperties": none})
    assert not book.sheet("sheets.properties")["properties"].keys() & {"tabColor", "tabColorStyle"}


def test_counts_only_rows_and_columns_of_which_a_cell_is_written(book: Book) -> None:
    data = [{"range": "Sheet1!A1:D6", "values": [["a", None], *([[None]] * 4), [None, None, None, "b"]]}]
    (answer,) = book.written_together(data)["responses"]
    assert (answer["updatedRows"], answer["updatedColumns"], answer["updatedCells"]) == (2, 2, 2)


@pytest.mark.parametrize("lost", ["pivotTable", "dataSourceTable", "chipRuns"])
def test_refuses_by_name_what_it_would_not_keep_of_a_cell(book: Book, lost: str) -> None:
    given: Any = {"chipRuns": [{"startIndex": 1}], "pivotTable": {"source": span(0, 1)}}.get(
        lost, {"rowLimit": 1}
    )
    update = {"rows": [{"values": [{lost: given}]}], "fields": lost, "start": {"sheetId": 0}}
    answer = book.asked({"updateCells": update})
    assert answer.status_code == 501
    assert answer.json()["error"]["message"] == f"The local Workspace does not do {lost} of cells."
    none = {"rows": [{"values": [{}]}], "fields": lost, "start": {"sheetId": 0}}
    assert book.do({"updateCells": none}) == [{}]


def cell_of(book: Book, place: str, fields: str) -> dict[str, Any]:
    mask = f"sheets.data.rowData.values({fields})"
    return book.sheet(mask, place)["data"][0]["rowData"][0]["values"][0]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("typed", "aligned"),
    [("text", "LEFT"), (7, "RIGHT"), (True, "CENTER"), ("=1/0", "CENTER"), ("=1+1", "RIGHT")],
)
def test_shows_how_a_value_is_aligned_and_in_which_font(book: Book, typed: object, aligned: str) -> None:
    book.put("A1", [[typed]])
    look = cell_of(book, "A1", "effectiveFormat")["effectiveFormat"]
    assert (look["horizontalAlignment"], look["textFormat"]["fontFamily"]) == (aligned, "Arial")
    book.do(painted({"horizontalAlignment": "RIGHT"}, "userEnteredFormat.horizontalAlignment"))
    assert cell_of(book, "A1", "effectiveFormat")["effectiveFormat"]["horizontalAlignment"] == "RIGHT"


def rule(kind: str, *values: str, colour: dict[str, int], area: dict[str, int]) -> dict[str, Any]:
    condition = {"type": kind, "values": [{"userEnteredValue": v} for v in values]}
    boolean = {"condition": condition, "format": {"backgroundColor": colour}}
    return {"addConditionalFormatRule": {"index": 9, "rule": {"ranges": [area], "booleanRule": boolean}}}


@pytest.mark.parametrize(
    ("kind", "values", "holds", "fails"),
    [
        ("TEXT_EQ", ["yes"], "Yes", "yes!"),
        ("TEXT_CONTAINS", ["e"], "yes", "no"),
        ("NUMBER_GREATER", ["5"], 6, 5),
        ("NUMBER_BETWEEN", ["1", "2"], 2, 3),
        ("NOT_BLANK", [], "x", ""),
        ("CUSTOM_FORMULA", ["=A1>5"], 6, 5),
        ("NUMBER_EQ", ["=1+1"], 2, 3),
    ],
)
def test_colours_cells_by_the_rules_that_hold(
    book: Book, kind: str, values: list[str], holds: object, fails: object
) -> None:
    book.put("A1:A2", [[holds], [fails]])
    book.do(rule(kind, *values, colour=RED, area=span(0, 2)))
    looks = (
        [cell_of(book, place, "effectiveFormat") for place in ("A1", "A2")]
        if fails
        else [cell_of(book, "A1", "effectiveFormat")]
    )
    shown = [look["effectiveFormat"]["backgroundColor"] for look in looks]
    assert shown == [RED, {"red": 1, "green": 1, "blue": 1}][: len(shown)]


def test_colours_an_empty_cell_beside_the_last_one_as_far_as_a_rule_holds(book: Book) -> None:
    book.put("A1:A2", [["x"], ["y"]])
    area = {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 3}
    book.do(rule("BLANK", colour=RED, area=area))
    first, second = book.sheet("sheets.data.rowData.values.effectiveFormat.backgroundColor")["data"][0][
        "rowData"
    ]
    assert [cell["effectiveFormat"]["backgroundColor"] for cell in first["values"][1:]] == [RED, RED]
    assert len(second["values"]) == 1


def test_lets_the_first_rule_that_holds_have_the_last_word(book: Book) -> None:
    book.put("A1", [["x"]])
    book.do(
        rule("NOT_BLANK", colour=RED, area=span(0, 2)), rule("TEXT_EQ", "x", colour=BLUE, area=span(0, 2))
    )
    assert cell_of(book, "A1", "effectiveFormat")["effectiveFormat"]["backgroundColor"] == RED


def test_makes_of_a_cell_only_what_a_mask_names(book: Book) -> None:
    book.put("A1", [["=1+1"]])
    assert cell_of(book, "A1", "formattedValue") == {"formattedValue": "2"}
    assert set(cell_of(book, "A1", "*")) == {
        *("userEnteredValue", "effectiveValue", "formattedValue", "effectiveFormat"),
    }


def test_counts_rows_and_columns_that_are_written_once_each(book: Book) -> None:
    data = [
        {"range": "Sheet1!A1:B2", "values": [[1, 2], [3, None]]},
        {"range": "Sheet1!B2:C3", "values": [[4, 5], ["", 6]]},
    ]
    answer = book.written_together(data)
    totals = {k.removeprefix("totalUpdated"): v for k, v in answer.items() if k.startswith("total")}
    assert totals == {"Rows": 3, "Columns": 3, "Cells": 7, "Sheets": 1}
    first, second = answer["responses"]
    assert (first["updatedRows"], first["updatedColumns"], first["updatedCells"]) == (2, 2, 3)
    assert (second["updatedRows"], second["updatedColumns"], second["updatedCells"]) == (2, 2, 4)


def test_shows_the_colour_of_a_rule_in_both_ways(book: Book) -> None:
    book.do(rule("NOT_BLANK", colour=RED, area=span(0, 2)))
    (kept,) = book.sheet("sheets.conditionalFormats")["conditionalFormats"]
    look = kept["booleanRule"]["format"]
    assert (look["backgroundColor"], look["backgroundColorStyle"]) == (RED, {"rgbColor": RED})


ROOM = "This action would increase the number of cells in the workbook above the limit of 10000000 cells."


@pytest.mark.parametrize(
    ("start", "end", "is_refused"), [(1, 1000, True), (0, 999, False), (1, 999, False), (2, 1000, False)]
)
def test_keeps_one_row_that_is_not_frozen(book: Book, start: int, end: int, *, is_refused: bool) -> None:
    frozen = {
        "properties": {"gridProperties": {"frozenRowCount": 1}},
        "fields": "gridProperties.frozenRowCount",
    }
    book.do({"updateSheetProperties": frozen})
    answer = book.asked(
        {"deleteDimension": {"range": {"dimension": "ROWS", "startIndex": start, "endIndex": end}}}
    )
    said = "Sorry, it is not possible to delete all non-frozen rows." in answer.text
    assert (answer.status_code == 400, said) == (is_refused, is_refused)


@pytest.mark.parametrize(
    ("ask", "why"),
    [
        ({"appendDimension": {"dimension": "ROWS", "length": 400_000}}, ROOM),
        ({"addSheet": {"properties": {"gridProperties": {"rowCount": 10_000, "columnCount": 1_000}}}}, ROOM),
        ({"insertDimension": {"range": {"dimension": "ROWS", "startIndex": 1, "endIndex": 400_000}}}, ROOM),
        ({"appendDimension": {"dimension": "COLUMNS", "length": 2**31 - 1}}, "the limit of 18278 columns"),
        ({"repeatCell": {"range": {"startRowIndex": -1}, "cell": {}, "fields": "note"}}, "must not be negative"),
        (
            {"updateCells": {"rows": [{"values": [{"userEnteredValue": {"stringValue": "x" * 50_001}}]}],
                             "fields": "*", "start": {}}},
            "more than the maximum of 50000 characters",
        ),
        (
            {"updateSheetProperties": {"properties": {"gridProperties": {"rowCount": 0}},
                                       "fields": "gridProperties.rowCount"}},
            "You can't delete all the rows on the sheet.",
        ),
    ],
)  # fmt: skip
def test_keeps_to_the_size_that_a_spreadsheet_may_have(book: Book, ask: Any, why: str) -> None:
    assert why in book.refusal(ask)
