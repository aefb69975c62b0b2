"""A spreadsheet of Ada's, seen through gspread's own client."""

from __future__ import annotations

import gspread
import pytest
import requests


@pytest.fixture
def spreadsheet(ada: requests.Session) -> gspread.Spreadsheet:
    client = gspread.Client(auth=None, session=ada)  # type: ignore[arg-type]  # the session carries the token
    return client.create("Roster")


@pytest.fixture
def tab(spreadsheet: gspread.Spreadsheet) -> gspread.Worksheet:
    return spreadsheet.sheet1
