"""The company of the crash tests; its answers are not checked, which takes half of the time."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import gspread

from cast import MONDAY, Cast
from peerpact.demo.company import Company, found
from workspace_emulator import Clock, Workspace

ROSTER = Path(__file__).resolve().parents[1] / "roster.csv"
ROWS = 60

__all__ = ["MONDAY", "small_company"]


def small_company() -> Cast:
    """Found the company of seven, on the Friday before its first round."""
    workspace = Workspace(clock=Clock(MONDAY - timedelta(days=3)))
    company = found(workspace, roster=ROSTER, first_round=date(2026, 1, 5), seed=1, calendars=False)
    _cut_off_empty_rows(company)
    return Cast(company)


def _cut_off_empty_rows(company: Company) -> None:
    """Leave the tabs of both spreadsheets few rows: reading a thousand formatted ones takes a third of the time."""
    client = gspread.Client(auth=None, session=company.session(company.config.mailbox))
    for key in (company.config.programme_spreadsheet, company.config.ledger_spreadsheet):
        for tab in client.open_by_key(key).worksheets():
            tab.resize(rows=max(ROWS, len(tab.get_all_values()) + 5))
