"""Formulas that look things up: kept as written, calculated when read."""

from __future__ import annotations

import gspread
import pytest
from gspread.utils import ValueInputOption, ValueRenderOption

from workspace_emulator.workspace import Workspace

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
