"""Reading a tab again after a change: true to every cell, and work for the rows that changed alone."""

from __future__ import annotations

from typing import Any

import gspread
import pytest
from gspread.utils import ValueInputOption, ValueRenderOption

from workspace_emulator import Workspace
from workspace_emulator.sheets.a1 import Block
from workspace_emulator.sheets.book import Book
from workspace_emulator.sheets.reading import Reader


def type_in(tab: gspread.Worksheet, rows: list[list[Any]], at: str) -> None:
    tab.update(rows, at, value_input_option=ValueInputOption.user_entered)


def test_reads_no_row_anew_that_did_not_change(workspace: Workspace, tab: gspread.Worksheet) -> None:
    type_in(tab, [["Ada", 1], ["Ben", 2], ["=A1", 3]], "A1")

    def rows() -> list[list[Any]]:
        book = Book(workspace.store, tab.spreadsheet.id)
        found = Block(row=0, end_row=3, column=0, end_column=2)
        return Reader(book).values(book.tab(tab.id), found, render="UNFORMATTED_VALUE", dates="SERIAL_NUMBER")

    before = rows()
    type_in(tab, [["Cy"]], "A1")
    after = rows()
    assert after == [["Cy", 1], ["Ben", 2], ["Cy", 3]]
    assert after[1] is before[1]


@pytest.mark.parametrize("option", ValueRenderOption)
def test_shows_a_row_each_time_as_it_is_asked_for(tab: gspread.Worksheet, option: ValueRenderOption) -> None:
    type_in(tab, [["2026-01-05", 0.5, "=B1*2", "x"]], "A1")
    shown = {
        ValueRenderOption.formatted: ["2026-01-05", "0.5", "1", "x"],
        ValueRenderOption.unformatted: [46027, 0.5, 1, "x"],
        ValueRenderOption.formula: [46027, 0.5, "=B1*2", "x"],
    }
    for _ in range(2):
        assert tab.get("A1:D1", value_render_option=option) == [shown[option]]
        assert tab.get("B1:B1", value_render_option=option) == [shown[option][1:2]]
