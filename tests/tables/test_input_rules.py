"""What helps admins to fill in a setting's cell, wherever its row is."""

from __future__ import annotations

from typing import Any

from peerpact.tables.input_rules import dress_settings
from peerpact.tables.layout import new_tab
from peerpact.tables.schema import tab

SETTINGS = tab("Settings")
NAMES = [s.name for s in SETTINGS.settings]


def by_row(requests: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """Return what each row's cell gets, by its number as people count."""
    found = {}
    for request in requests:
        [kind] = request
        cells = request[kind]["range"]
        assert (cells["startColumnIndex"], cells["endColumnIndex"]) == (1, 2)
        found[cells["startRowIndex"] + 1] = request[kind]
    return found


def test_offers_a_date_picker_a_list_and_text_in_the_row_of_each_setting_that_has_such() -> None:
    got = by_row(dress_settings(SETTINGS, 5, {"setting": 0, "value": 1}, NAMES, first=1))
    kinds = {
        NAMES[row - 2]: request["rule"]["condition"]["type"] if "rule" in request else "TEXT"
        for row, request in got.items()
    }
    assert kinds["First round opens on"] == "DATE_IS_VALID"
    assert kinds["Working hours"] == "TEXT"
    types = {"date", "choice", "yes or no", "working hours", "language", "admin language"}
    wanted = {s.name for s in SETTINGS.settings if s.type in types}
    assert set(kinds) == wanted
    assert all(r["rule"]["showCustomUi"] for r in got.values() if "rule" in r)


def test_finds_the_rows_by_their_names_where_admins_moved_them() -> None:
    moved = ["Ours", "", *reversed(NAMES)]
    got = by_row(dress_settings(SETTINGS, 5, {"setting": 0, "value": 1}, moved, first=3))
    [row] = [
        row for row, r in got.items() if "rule" in r and r["rule"]["condition"]["type"] == "DATE_IS_VALID"
    ]
    assert moved[row - 4] == "First round opens on"


def test_comes_with_a_new_tab_and_with_no_other() -> None:
    ours = dress_settings(SETTINGS, 104, {"setting": 0, "value": 1}, NAMES, first=1)
    made = new_tab(SETTINGS, ["mentoring@example.com"])
    assert ours
    assert all(request in made for request in ours)
    assert dress_settings(tab("Never pair"), 5, {}, [], first=1) == []
