"""What makes a new tab quick to read: columns that stay in sight, colours by value, and filter views.

Requests are plain dicts for ``spreadsheets.batchUpdate``. Only a new tab gets them: later, looks are the admins' own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from peerpact.tables.schema import Tab, View

Request = dict[str, Any]


def sight_of(tab: Tab, sid: int, places: Mapping[str, int]) -> Iterator[Request]:
    """Yield the requests that colour a new tab's cells and add its views; ``places`` are columns by field."""
    for column in tab.columns:
        for colour in column.colours:
            yield _colour(colour, sid, places[column.field])
    for view in tab.views:
        yield _view(tab, view, sid, places)


def _colour(colour: str, sid: int, place: int) -> Request:
    value, _, code = colour.rpartition(" ")
    red, green, blue = (round(int(code[i : i + 2], 16) / 255, 3) for i in (1, 3, 5))
    rule = {
        "ranges": [_span(sid, place, place + 1)],
        "booleanRule": {
            "condition": {"type": "TEXT_EQ", "values": [{"userEnteredValue": value}]},
            "format": {"backgroundColor": {"red": red, "green": green, "blue": blue}},
        },
    }
    return {"addConditionalFormatRule": {"rule": rule, "index": 0}}


def _view(tab: Tab, view: View, sid: int, places: Mapping[str, int]) -> Request:
    column = tab.column(view.field)
    hidden = [choice for choice in column.choices if choice != view.value]
    shown = {"columnIndex": places[view.field], "filterCriteria": {"hiddenValues": hidden}}
    wanted = {
        "title": view.title,
        "range": {
            "sheetId": sid,
            "startRowIndex": 0,
            "startColumnIndex": 0,
            "endColumnIndex": len(tab.columns),
        },
        "sortSpecs": [{"dimensionIndex": places[view.newest], "sortOrder": "DESCENDING"}],
        "filterSpecs": [shown],
    }
    return {"addFilterView": {"filter": wanted}}


def _span(sid: int, start: int, end: int) -> dict[str, int]:
    return {"sheetId": sid, "startRowIndex": 1, "startColumnIndex": start, "endColumnIndex": end}
