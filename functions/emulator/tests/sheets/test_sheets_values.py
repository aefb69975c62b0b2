"""What typing into cells leaves in them, and how readers get it back."""

from __future__ import annotations

from typing import Any

import gspread
import pytest
from gspread.utils import ValueInputOption, ValueRenderOption

from work import calls_for


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("7", 7, "7"),
        ("007", 7, "7"),
        ("-1.50", -1.5, "-1.5"),
        ("1,234", 1234, "1,234"),
        ("12%", 0.12, "12%"),
        ("$5", 5, "$5"),
        ("2020-01-01", 43831, "2020-01-01"),
        ("1/2/2020", 43832, "1/2/2020"),
        ("12:00", 0.5, "12:00 PM"),
        ("true", True, "TRUE"),
        ("'007", "007", "007"),
        ("=4/2", 2, "2"),
        ("1,23", "1,23", "1,23"),
        ("2020-02-30", "2020-02-30", "2020-02-30"),
        ("Ada", "Ada", "Ada"),
    ],
)
def test_understands_what_is_typed(tab: gspread.Worksheet, typed: str, kept: Any, shown: str) -> None:
    tab.update([[typed]], "A1", value_input_option=ValueInputOption.user_entered)

    assert tab.get("A1", value_render_option=ValueRenderOption.unformatted) == [[kept]]
    assert tab.get("A1") == [[shown]]


@pytest.mark.parametrize("value", ["007", "=4/2", "2020-01-01", "true", "'quoted"])
def test_takes_raw_text_as_it_is(tab: gspread.Worksheet, value: str) -> None:
    tab.update([[value]], "A1", value_input_option=ValueInputOption.raw)

    assert tab.get("A1", value_render_option=ValueRenderOption.unformatted) == [[value]]


def test_cuts_empty_ends_and_keeps_empty_rows_between(tab: gspread.Worksheet) -> None:
    tab.update([["a", "", ""], ["", "", ""], ["", "b", ""], ["", "", ""]], "A1")

    answer = tab.spreadsheet.values_get("Sheet1!A1:C9")

    assert answer["values"] == [["a"], [], ["", "b"]]


def test_leaves_values_out_when_there_are_none(tab: gspread.Worksheet) -> None:
    assert "values" not in tab.spreadsheet.values_get("Sheet1!A1:C9")


def test_appends_below_the_table(tab: gspread.Worksheet) -> None:
    tab.update([["a", "b"], ["1", "2"]], "B2")

    answer = tab.append_row(["3", "4"])

    assert (answer["tableRange"], answer["updates"]["updatedRange"]) == ("Sheet1!B2:C3", "Sheet1!B4:C4")


def test_finds_the_end_of_a_table_with_work_that_grows_with_its_length(tab: gspread.Worksheet) -> None:
    def work(rows: int) -> int:
        tab.clear()
        tab.update([[f"{row}", "x"] for row in range(1, rows + 1)], "A1")
        return calls_for(lambda: tab.append_row(["end"]))

    few, many = work(200), work(800)

    assert tab.get("A801") == [["end"]]
    assert many <= 4.4 * few


def test_refuses_a_range_outside_the_grid(tab: gspread.Worksheet) -> None:
    with pytest.raises(
        gspread.exceptions.APIError, match=r"exceeds grid limits\. Max rows: 1000, max columns: 26"
    ):
        tab.get("A5000")


def test_knows_a_named_range_by_its_name_alone_and_behind_its_tab(tab: gspread.Worksheet) -> None:
    tab.update([["a", "b"]], "A1")
    tab.define_named_range("A1:B1", "people")

    assert tab.get("people") == [["a", "b"]]
    assert tab.spreadsheet.values_get("people")["values"] == [["a", "b"]]
