"""Looks that came after a spreadsheet was made: brought to its tabs once, where admins have not made their own.

What a tab has of a kind already stays: bands, colours of a column, a view of that title, frozen columns, the tab's own
colour. A mark notes that a tab was looked after, so that what admins take away later is not brought again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from peerpact.tables.marks import note, noted
from peerpact.tables.schema import Tab
from peerpact.tables.sight import Request, rgb, sight_of

LOOKS = "peerpact-looks"
Sheet = Mapping[str, Any]


def missing_looks(tab: Tab, sheet: Sheet, places: Mapping[str, int]) -> list[Request]:
    """Return what brings a tab its looks, and the mark; nothing where it was looked after before."""
    if noted(sheet, LOOKS):
        return []
    sid = sheet["properties"]["sheetId"]
    wanted = [request for request in sight_of(tab, sid, places) if not _has(sheet, request)]
    return [*wanted, *_properties(tab, sheet), looked_after(sid)]


def looked_after(sid: int) -> Request:
    """Return the request that notes that a tab has its looks."""
    return note(sid, LOOKS, "1")


def _has(sheet: Sheet, request: Request) -> bool:
    """Tell whether a tab has already what a request would bring, or something of the admins' own instead."""
    [(kind, content)] = request.items()
    if kind == "addBanding":
        return bool(sheet.get("bandedRanges"))
    if kind == "addFilterView":
        return content["filter"]["title"] in {view["title"] for view in sheet.get("filterViews", ())}
    [area] = content["rule"]["ranges"]
    return any(
        _covers(there, area["startColumnIndex"])
        for rule in sheet.get("conditionalFormats", ())
        for there in rule["ranges"]
    )


def _covers(area: Mapping[str, Any], column: int) -> bool:
    return bool(area.get("startColumnIndex", 0) <= column < area.get("endColumnIndex", column + 1))


def _properties(tab: Tab, sheet: Sheet) -> Iterator[Request]:
    """Yield what a tab's own properties lack: its colour, the columns that stay in sight."""
    there = sheet["properties"]
    if tab.colour and not there.keys() & {"tabColor", "tabColorStyle"}:
        yield _set(there["sheetId"], {"tabColorStyle": {"rgbColor": rgb(tab.colour)}}, "tabColorStyle")
    if tab.frozen_columns and not there["gridProperties"].get("frozenColumnCount"):
        frozen = {"gridProperties": {"frozenColumnCount": tab.frozen_columns}}
        yield _set(there["sheetId"], frozen, "gridProperties.frozenColumnCount")


def _set(sid: int, properties: Mapping[str, Any], fields: str) -> Request:
    return {"updateSheetProperties": {"properties": {"sheetId": sid, **properties}, "fields": fields}}


def wider_bands(sheet: Sheet, width: int, wider: int) -> list[Request]:
    """Return what draws the bands of a whole table over its new columns, too."""
    return [
        {
            "updateBanding": {
                "bandedRange": {
                    "bandedRangeId": band["bandedRangeId"],
                    "range": {**band["range"], "endColumnIndex": wider},
                },
                "fields": "range",
            }
        }
        for band in sheet.get("bandedRanges", ())
        if width < wider and band.get("range", {}).get("endColumnIndex") == width
    ]


def in_order(tabs: Sequence[Tab], sheets: Sequence[Sheet]) -> list[Request]:
    """Return what brings the tabs into their order, where they still have the one in which they were made."""
    wanted = {tab.title: tab for tab in tabs}
    there = [wanted[s["properties"]["title"]] for s in sheets if s["properties"]["title"] in wanted]
    if there != sorted(there, key=lambda tab: tab.position) or len(there) != len(sheets):
        return []
    ids = {s["properties"]["title"]: s["properties"]["sheetId"] for s in sheets}
    ordered = sorted(there, key=lambda tab: tab.order)
    if ordered == there:
        return []
    return [_set(ids[tab.title], {"index": place}, "index") for place, tab in enumerate(ordered)]
