"""What makes a new tab quick to read: bands, colours by value and of what can't be used, and filter views.

Requests are plain dicts for ``spreadsheets.batchUpdate``. A new tab gets them, an older one once; see ``looks``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import Any

from peerpact.programme import languages
from peerpact.tables.schema import Column, Tab, View
from peerpact.tables.tab_contents import column_letter

Request = dict[str, Any]


LIGHT, DARK, BAND = "#ffffff", "#274e4a", "#f3f7f6"
UNUSABLE = "#f9d7d3"


def sight_of(tab: Tab, sid: int, places: Mapping[str, int]) -> Iterator[Request]:
    """Yield the requests that colour a new tab's cells and add its views; ``places`` are columns by field."""
    if tab.banded:
        yield _banding(tab, sid)
    there = [column for column in tab.columns if column.field in places]
    for column in there:
        for colour in column.colours:
            yield _colour(colour, sid, places[column.field])
    for column in there:
        if (column.writer or tab.writer) == "admins" and column.type != "formula":
            yield _unusable(tab, column, sid, places)
    for view in (*tab.views, *_by_language(tab)):
        yield _view(tab, view, sid, places)


def _by_language(tab: Tab) -> Iterator[View]:
    """Yield a view for each of our languages of a tab that begins with words in all of them."""
    for code in languages.codes() if tab.seed else ():
        yield View(title=str(languages.words(code)["names"][0]), shows={"language": [code]})


def rgb(code: str) -> dict[str, float]:
    """Return a colour such as ``#1f6f64`` as Sheets wants it, which keeps whole steps of 255 and cuts what is over."""
    red, green, blue = (ceil(int(code[i : i + 2], 16) / 255 * 10_000) / 10_000 for i in (1, 3, 5))
    return {"red": red, "green": green, "blue": blue}


def _banding(tab: Tab, sid: int) -> Request:
    colours = {"headerColorStyle": DARK, "firstBandColorStyle": LIGHT, "secondBandColorStyle": BAND}
    area = {"sheetId": sid, "startRowIndex": 0, "startColumnIndex": 0, "endColumnIndex": len(tab.columns)}
    rows = {name: {"rgbColor": rgb(code)} for name, code in colours.items()}
    return {"addBanding": {"bandedRange": {"range": area, "rowProperties": rows}}}


def _colour(colour: str, sid: int, place: int) -> Request:
    value, _, code = colour.rpartition(" ")
    condition = {"type": "TEXT_EQ", "values": [{"userEnteredValue": value}]}
    return _rule(sid, place, condition, code)


def _unusable(tab: Tab, column: Column, sid: int, places: Mapping[str, int]) -> Request:
    """Colour what Problems tells of by tab, row and column, also where a cell of a filled row lacks something."""
    listed = (
        f'COUNTIFS(INDIRECT("Problems!$A$2:$A"),"{tab.title}",INDIRECT("Problems!$B$2:$B"),'
        f'ROW($A2),INDIRECT("Problems!$C$2:$C"),"{column.name}")>0'
    )
    formula = f"=IF(COUNTA($A2:${column_letter(max(places.values()))}2)=0,FALSE,{listed})"
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": formula}]}
    return _rule(sid, places[column.field], condition, UNUSABLE)


def _rule(sid: int, place: int, condition: Mapping[str, Any], code: str) -> Request:
    rule = {
        "ranges": [_span(sid, place, place + 1)],
        "booleanRule": {"condition": condition, "format": {"backgroundColor": rgb(code)}},
    }
    return {"addConditionalFormatRule": {"rule": rule, "index": 0}}


def _view(tab: Tab, view: View, sid: int, places: Mapping[str, int]) -> Request:
    wanted: dict[str, Any] = {
        "title": view.title,
        "range": {
            "sheetId": sid,
            "startRowIndex": 0,
            "startColumnIndex": 0,
            "endColumnIndex": len(tab.columns),
        },
    }
    if view.newest:
        wanted["sortSpecs"] = [{"dimensionIndex": places[view.newest], "sortOrder": "DESCENDING"}]
    if view.shows:
        wanted["filterSpecs"] = [
            {"columnIndex": places[name], "filterCriteria": {"hiddenValues": _hidden(tab, name, shown)}}
            for name, shown in view.shows.items()
        ]
    return {"addFilterView": {"filter": wanted}}


def _hidden(tab: Tab, name: str, shown: Sequence[str]) -> list[str]:
    return [choice for choice in tab.column(name).choices or languages.codes() if choice not in shown]


def _span(sid: int, start: int, end: int) -> dict[str, int]:
    return {"sheetId": sid, "startRowIndex": 1, "startColumnIndex": start, "endColumnIndex": end}
