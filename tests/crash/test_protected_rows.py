"""Admins can't move rows or columns on the tabs that the system writes by row number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gspread
import pytest
from company import small_company

from cast import Cast
from peerpact.tables.schema import tabs_of

SYSTEM_TABS = [tab.title for tab in tabs_of("programme") if tab.writer == "system"]
MOVES: dict[str, Callable[[Any], object]] = {
    "inserts a row": lambda tab: tab.insert_rows([[]], 2),
    "deletes a row": lambda tab: tab.delete_rows(2),
    "sorts": lambda tab: tab.sort((1, "des"), range="A2:B20"),
    "inserts a column": lambda tab: tab.insert_cols([[]], 1),
    "deletes a column": lambda tab: tab.delete_columns(1),
}


@pytest.fixture(scope="module")
def company() -> Cast:
    return small_company()


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("title", SYSTEM_TABS)
def test_refuses_an_admin_who_moves_what_the_system_writes(company: Cast, title: str, move: str) -> None:
    with pytest.raises(gspread.exceptions.APIError, match="protected"):
        MOVES[move](company.company.sheet().worksheet(title))
