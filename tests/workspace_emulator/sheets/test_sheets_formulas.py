"""Formulas that look things up: kept as written, calculated when read."""

from __future__ import annotations

import gspread
import pytest
from gspread.utils import ValueInputOption, ValueRenderOption

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
