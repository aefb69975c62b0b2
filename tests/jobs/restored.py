"""Spreadsheets as they are on a day, and brought back to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import gspread

from cast import Cast

Values = Mapping[tuple[str, str], list[list[Any]]]


def remembered(cast: Cast, key: str) -> Values:
    """Return all tabs of a spreadsheet as they are now."""
    client = gspread.Client(auth=None, session=cast.company.session(cast.company.config.mailbox))
    raw = {"value_render_option": "UNFORMATTED_VALUE", "date_time_render_option": "SERIAL_NUMBER"}
    return {(key, t.title): t.get_values(**raw) for t in client.open_by_key(key).worksheets()}


def restore(cast: Cast, values: Values) -> None:
    """Bring a spreadsheet back to what it was, as Drive does: as a whole."""
    client = gspread.Client(auth=None, session=cast.company.session(cast.company.config.mailbox))
    for (key, title), rows in values.items():
        tab = client.open_by_key(key).worksheet(title)
        if title in {
            "Letters",
            "Replies",
            "Commitments",
            "Pairings",
            "Requests",
            "Problems",
            "Runs",
            "Archive",
            "Wishes",
        }:
            tab.batch_clear(["A2:Z200"])
            if len(rows) > 1:
                tab.update(rows[1:], "A2", value_input_option="RAW")
