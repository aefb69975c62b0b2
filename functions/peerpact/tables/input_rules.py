"""What helps to fill in a cell rightly: a date picker, a list to choose from, text that stays text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from peerpact.programme import languages
from peerpact.tables.cells import Cell
from peerpact.tables.schema import Column, Setting, Tab, plain_header

Request = dict[str, Any]
Range = Mapping[str, Any]

KEPT_AS_TYPED = {"working hours"}
"""Of which Sheets would otherwise make dates: 9-5 is the ninth of May."""
LISTS = {"yes or no": ("yes", "no")}
"""What can be chosen of settings whose type says it."""


def dress_settings(
    tab: Tab, sid: int, places: Mapping[str, int], names: Sequence[Cell], *, first: int
) -> list[Request]:
    """Return what helps to fill in each setting's cell.

    ``names`` are what the rows from ``first`` (0-based) on are called.
    """
    rows = {plain_header(name): row for row, name in enumerate(names, start=first)}
    requests: list[Request] = []
    for setting in tab.settings:
        if (row := rows.get(plain_header(setting.name))) is not None:
            cell = {"sheetId": sid, "startRowIndex": row, "endRowIndex": row + 1}
            cell |= {"startColumnIndex": places["value"], "endColumnIndex": places["value"] + 1}
            requests += _setting_cell(setting, cell)
    return requests


def _setting_cell(setting: Setting, cell: Range) -> list[Request]:
    """Return one setting's rule; a word that is not on the list is only marked, as it may be understood."""
    if setting.type == "date":
        return [{"setDataValidation": {"range": cell, "rule": date_rule(setting.meaning)}}]
    if choices := offered(setting):
        rule = choice_rule(choices, setting.meaning) | {"strict": False}
        return [{"setDataValidation": {"range": cell, "rule": rule}}]
    return [as_text(cell)] if setting.type in KEPT_AS_TYPED else []


def offered(setting: Setting) -> tuple[str, ...]:
    """Return what can be chosen of a setting; of languages those that are there for it."""
    if setting.type == "admin language":
        return languages.for_admins()
    if setting.type == "language":
        return tuple(map(languages.own_name, languages.codes()))
    return setting.choices or LISTS.get(setting.type, ())


def choices_of(column: Column, below: Range) -> list[Request]:
    """Return what offers a column's choices below its header, and nothing to choose where nothing is asked."""
    rule = choice_rule(column.choices, column.note)
    if not column.rows:
        return [{"setDataValidation": {"range": below, "rule": rule}}]
    first, last = column.rows
    asked = {**below, "startRowIndex": first - 1, "endRowIndex": last}
    return [{"setDataValidation": {"range": below}}, {"setDataValidation": {"range": asked, "rule": rule}}]


def as_text(cells: Range) -> Request:
    text = {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}}
    return {"repeatCell": {"range": cells, "cell": text, "fields": "userEnteredFormat.numberFormat"}}


def choice_rule(choices: Iterable[str], note: str) -> dict[str, Any]:
    return {
        "condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": c} for c in choices]},
        "inputMessage": note,
        "strict": True,
        "showCustomUi": True,
    }


def date_rule(note: str) -> dict[str, Any]:
    """Return the rule that brings the date picker; a date in words is only marked, as it may be understood."""
    return {
        "condition": {"type": "DATE_IS_VALID"},
        "inputMessage": note,
        "strict": False,
        "showCustomUi": True,
    }
