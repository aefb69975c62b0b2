"""Formulas that look things up: kept as written, calculated when read."""

from __future__ import annotations

import gspread
import pytest
from gspread.utils import ValueInputOption, ValueRenderOption

from workspace_emulator import Workspace

PEOPLE = [["ada@x", "Ada", 3], ["ben@x", "Ben", 1], ["cy@x", "Cy", 2]]


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ('=VLOOKUP("BEN@x",A1:C3,2,FALSE)', "Ben"),
        ('=IFERROR(VLOOKUP("no",A:C,2,FALSE),"?")', "?"),
        ('=XLOOKUP("cy@x",A1:A,B1:B,"none")', "Cy"),
        ('=INDEX(B1:B3,MATCH("ada@x",A1:A3,0))', "Ada"),
        ('=IFNA(MATCH("no",A:A,0),"none")', "none"),
        ('=COUNTIF(C1:C3,">1")', "2"),
        ("=COUNTA('Sheet1'!A1:A)", "3"),
        ('=TEXTJOIN(", ",TRUE,B1:B3)', "Ada, Ben, Cy"),
        ('=IF(C1>C2,LOWER(TRIM("  A  B "))&"!","no")', "a b!"),
        ("=1+2*3^2", "19"),
        ('=SUM(INDIRECT("C1:C"&3))', "6"),
        ('=COUNTIF(INDIRECT("Sheet1!$B$1:$B"),"Ben")', "1"),
        ('=COUNTIFS(A1:A,"ben@x",D1:D,"x")', "0"),
        ('=INDIRECT("no range")', "#REF!"),
        ("=1/0", "#DIV/0!"),
        ("=NOSUCH(1)", "#NAME?"),
    ],
)
def test_calculates(tab: gspread.Worksheet, formula: str, shown: str) -> None:
    tab.update(PEOPLE, "A1")
    tab.update([[formula]], "H1", value_input_option=ValueInputOption.user_entered)

    assert tab.get("H1") == [[shown]]
    assert tab.get("H1", value_render_option=ValueRenderOption.formula) == [[formula]]


def test_calculates_anew_after_a_change(tab: gspread.Worksheet) -> None:
    tab.update(PEOPLE, "A1")
    tab.update([["=B1"]], "H1", value_input_option=ValueInputOption.user_entered)
    assert tab.get("H1") == [["Ada"]]

    tab.update([["Eve"]], "B1")

    assert tab.get("H1") == [["Eve"]]


def test_calculates_anew_after_a_change_two_tabs_away(tab: gspread.Worksheet) -> None:
    middle, last = (tab.spreadsheet.add_worksheet(title, 10, 5) for title in ("Middle", "Last"))
    last.update([["first"]], "A1")
    middle.update([["=Last!A1"]], "A1", value_input_option=ValueInputOption.user_entered)
    tab.update([["=Middle!A1"]], "A1", value_input_option=ValueInputOption.user_entered)
    assert tab.get("A1") == [["first"]]

    last.update([["second"]], "A1")

    assert tab.get("A1") == [["second"]]


def test_calculates_anew_when_a_tab_that_was_missing_comes(tab: gspread.Worksheet) -> None:
    tab.update([["=IFERROR(Later!A1,0)"]], "A1", value_input_option=ValueInputOption.user_entered)
    assert tab.get("A1") == [["0"]]

    tab.spreadsheet.add_worksheet("Later", 10, 5).update([["here"]], "A1")

    assert tab.get("A1") == [["here"]]


def test_calculates_anew_after_going_back_to_a_snapshot(tab: gspread.Worksheet, workspace: Workspace) -> None:
    tab.update([["before"]], "A1")
    tab.update([["=A1"]], "B1", value_input_option=ValueInputOption.user_entered)
    snapshot = workspace.store.snapshot()
    tab.update([["after"]], "A1")
    assert tab.get("B1") == [["after"]]

    workspace.store.restore(snapshot)

    assert tab.get("B1") == [["before"]]


def _enter(tab: gspread.Worksheet, where: str, formula: str) -> None:
    tab.update([[formula]], where, value_input_option=ValueInputOption.user_entered)


def test_spills_an_array_formula_into_the_rows_below(tab: gspread.Worksheet) -> None:
    tab.update(PEOPLE, "A2")
    _enter(tab, "H1", '=ARRAYFORMULA(IF(ROW(B:B)=1,"Name",IF(TRIM(B:B)="",,UPPER(B:B)&C:C)))')

    assert tab.get("H1:H") == [["Name"], ["ADA3"], ["BEN1"], ["CY2"]]
    tab.update([["dan@x", "Dan", 4]], "A5")
    assert tab.get("G5:H6") == [["", "DAN4"]]
    assert tab.get("H2", value_render_option=ValueRenderOption.formula) == [["ADA3"]]


def test_looks_up_each_element_of_an_array_formula(tab: gspread.Worksheet) -> None:
    tab.update(PEOPLE, "A1")
    tab.update([["cy@x"], ["who"], ["ADA@X"]], "E1")
    _enter(tab, "F1", '=ARRAYFORMULA(IFERROR(VLOOKUP(E1:E3,A:C,3,FALSE),"-"))')

    assert tab.get("F1:F3") == [["2"], ["-"], ["3"]]


def test_shows_ref_when_a_value_stands_in_an_array_formulas_way(tab: gspread.Worksheet) -> None:
    tab.update(PEOPLE, "A1")
    tab.update([["mine"]], "H2")
    _enter(tab, "H1", "=ARRAYFORMULA(A1:A3)")

    assert tab.get("H1:H3") == [["#REF!"], ["mine"]]


@pytest.mark.parametrize(
    ("change", "formula", "shown"),
    [
        ("insert a row above", "=VLOOKUP(\"ben@x\",$A$2:C4,2,FALSE)&B3", "BenBen"),
        ("insert a column before", "=VLOOKUP(\"ben@x\",$B$1:D3,2,FALSE)&C2", "BenBen"),
        ("delete the first row", "=VLOOKUP(\"ben@x\",$A$1:C2,2,FALSE)&B1", "BenBen"),
        ("delete the row itself", "=VLOOKUP(\"ben@x\",$A$1:C2,2,FALSE)&#REF!", "#N/A"),
        ("rename the tab", "=VLOOKUP(\"ben@x\",$A$1:C3,2,FALSE)&B2", "BenBen"),
    ],
)  # fmt: skip
def test_lets_references_follow(tab: gspread.Worksheet, change: str, formula: str, shown: str) -> None:
    tab.update(PEOPLE, "A1")
    other = tab.spreadsheet.add_worksheet("Other", 10, 5)
    _enter(other, "A1", '=VLOOKUP("ben@x",Sheet1!$A$1:C3,2,FALSE)&Sheet1!B2')

    match change:
        case "insert a row above":
            tab.insert_rows([["", ""]], 1)
        case "insert a column before":
            tab.insert_cols([["", ""]], 1)
        case "delete the first row":
            tab.delete_rows(1)
        case "delete the row itself":
            tab.delete_rows(2)
        case _:
            tab.update_title("People here")

    title = "'People here'" if change == "rename the tab" else "Sheet1"
    wanted = (
        formula.replace("$", f"{title}!$", 1).replace("&", f"&{title}!").replace(f"{title}!#REF!", "#REF!")
    )
    assert other.get("A1", value_render_option=ValueRenderOption.formula) == [[wanted]]
    assert other.get("A1") == [[shown]]


def test_lets_references_follow_a_column_that_moves(tab: gspread.Worksheet) -> None:
    tab.update(PEOPLE, "A1")
    _enter(tab, "F1", "=B1&C1&SUM(C:C)")
    area = {"sheetId": tab.id, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}

    tab.spreadsheet.batch_update({"requests": [{"moveDimension": {"source": area, "destinationIndex": 4}}]})

    assert tab.get("F1", value_render_option=ValueRenderOption.formula) == [["=D1&B1&SUM(B:B)"]]
    assert tab.get("F1") == [["Ada36"]]
