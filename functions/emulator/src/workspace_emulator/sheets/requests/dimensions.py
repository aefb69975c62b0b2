"""Batch requests about rows and columns."""

from __future__ import annotations

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import bad_request
from workspace_emulator.sheets.a1 import Block
from workspace_emulator.sheets.book import Book, Tab
from workspace_emulator.sheets.grid_data import without_zero
from workspace_emulator.sheets.protection import check_may_edit
from workspace_emulator.sheets.reading import Reader
from workspace_emulator.sheets.references import Change
from workspace_emulator.sheets.requests.following import let_all_follow
from workspace_emulator.sheets.requests.masked import masked
from workspace_emulator.sheets.requests.table import Body, Reply, kind

CAPITAL, OTHER = 8.4805, 6.4
"""Pixels that a letter of the default font takes, as Google's answers have it for capitals; the rest is a guess."""


@kind("insertDimension")
def _insert_dimension(call: Call, book: Book, body: Body) -> None:
    tab, start, end, is_rows = _span(book, body["range"])
    _check_structure(call, tab)
    (tab.insert_rows if is_rows else tab.insert_columns)(start, end - start)
    let_all_follow(book, tab, Change(tab.title, is_rows, start, end))


@kind("deleteDimension")
def _delete_dimension(call: Call, book: Book, body: Body) -> None:
    tab, start, end, is_rows = _span(book, body["range"])
    _check_structure(call, tab)
    most, what = (tab.height, "row") if is_rows else (tab.width, "column")
    if end > most:
        raise bad_request(
            f"Cannot delete a {what} that doesn't exist. Tried to delete {what} index {end - 1} but there are only "
            f"{most} {what}s."
        )
    if end - start >= most:
        raise bad_request(f"You can't delete all the {'rows' if is_rows else 'columns'} on the sheet.")
    frozen = tab.properties["gridProperties"].get("frozenRowCount" if is_rows else "frozenColumnCount", 0)
    if frozen and most - frozen <= end - max(start, frozen):
        raise bad_request(f"Sorry, it is not possible to delete all non-frozen {what}s.")
    (tab.delete_rows if is_rows else tab.delete_columns)(start, end)
    let_all_follow(book, tab, Change(tab.title, is_rows, start, end, is_deletion=True))


@kind("appendDimension")
def _append_dimension(_call: Call, book: Book, body: Body) -> None:
    tab = book.tab(body.get("sheetId", 0))
    side = "rowCount" if body["dimension"] == "ROWS" else "columnCount"
    properties = tab.properties
    grid = {**properties["gridProperties"], side: properties["gridProperties"][side] + body["length"]}
    tab.set_properties({**properties, "gridProperties": grid})


@kind("moveDimension")
def _move_dimension(call: Call, book: Book, body: Body) -> None:
    tab, start, end, is_rows = _inside(book, body["source"])
    _check_structure(call, tab)
    to = body.get("destinationIndex", 0)
    (tab.move_rows if is_rows else tab.move_columns)(start, end, to)
    let_all_follow(book, tab, Change(tab.title, is_rows, start, end, to=to))


@kind("updateDimensionProperties")
def _update_dimension_properties(_call: Call, book: Book, body: Body) -> None:
    tab, start, end, is_rows = _inside(book, body["range"])
    name = "rowMetadata" if is_rows else "columnMetadata"
    metadata = dict(tab.document[name])
    for number in range(start, end):
        metadata[str(number)] = masked(
            metadata.get(str(number), {}), body["properties"], body["fields"], of="DimensionProperties"
        )
    tab.change(**{name: metadata})


@kind("autoResizeDimensions")
def _auto_resize(_call: Call, book: Book, body: Body) -> None:
    """Fit columns to their longest text. Google measures the font; here a character counts the same everywhere."""
    tab, start, end, is_rows = _span(book, body["dimensions"])
    if is_rows:
        return
    reader = Reader(book)
    widths: dict[int, int] = dict.fromkeys(range(start, end), 0)
    for number, row in tab.rows():
        for column, cell in row.items():
            if int(column) in widths:
                text = str(reader.shown(tab, number, int(column), cell, "FORMATTED_VALUE", "SERIAL_NUMBER"))
                widths[int(column)] = max(widths[int(column)], round(sum(map(_width, text))))
    metadata = dict(tab.document["columnMetadata"])
    for place, width in widths.items():
        if width:
            metadata[str(place)] = {**metadata.get(str(place), {}), "pixelSize": width + 7}
    tab.change(columnMetadata=metadata)


@kind("addDimensionGroup")
def _add_group(_call: Call, book: Book, body: Body) -> Reply:
    tab, start, end, is_rows = _span(book, body["range"])
    name = "rowGroups" if is_rows else "columnGroups"
    groups = list(tab.document.get(name, ()))
    depth = 1 + sum(g["range"]["startIndex"] <= start and end <= g["range"]["endIndex"] for g in groups)
    group = {"range": {**body["range"], "startIndex": start, "endIndex": end}, "depth": depth}
    groups = sorted([*groups, group], key=lambda g: (g["depth"], g["range"]["startIndex"]))
    tab.change(**{name: groups})
    control = "rowGroupControlAfter" if is_rows else "columnGroupControlAfter"
    grid = {control: True, **tab.properties["gridProperties"]}
    tab.change(properties={**tab.properties, "gridProperties": grid})
    return {"addDimensionGroup": {"dimensionGroups": without_zero(groups)}}


@kind("deleteDimensionGroup")
def _delete_group(_call: Call, book: Book, body: Body) -> Reply:
    tab, start, end, is_rows = _span(book, body["range"])
    name = "rowGroups" if is_rows else "columnGroups"
    groups = list(tab.document.get(name, ()))
    found = [g for g in groups if g["range"]["startIndex"] <= start and end <= g["range"]["endIndex"]]
    if not found:
        raise bad_request("There is no group at this place.")
    groups.remove(max(found, key=lambda g: g["depth"]))
    tab.change(**{name: groups})
    return {"deleteDimensionGroup": {"dimensionGroups": without_zero(groups)} if groups else {}}


def _width(letter: str) -> float:
    return CAPITAL if letter.isupper() else OTHER


def _inside(book: Book, area: Body) -> tuple[Tab, int, int, bool]:
    """Return a span of rows or columns that there are."""
    tab, start, end, is_rows = _span(book, area)
    most = tab.height if is_rows else tab.width
    if end > most:
        raise bad_request(f"range.endIndex[{end}] is too large, sheet has {most} {area['dimension'].lower()}")
    return tab, start, end, is_rows


def _span(book: Book, area: Body) -> tuple[Tab, int, int, bool]:
    tab = book.tab(area.get("sheetId", 0))
    is_rows = area["dimension"] == "ROWS"
    most = tab.height if is_rows else tab.width
    start, end = area.get("startIndex", 0), area.get("endIndex", most)
    if start > most:
        raise bad_request(
            f"range.startIndex[{start}] is too large, sheet has {most} {area['dimension'].lower()}"
        )
    return tab, start, end, is_rows


def _check_structure(call: Call, tab: Tab) -> None:
    """Rows and columns of a wholly protected tab can't be inserted or deleted, whatever cells are free."""
    for protected in tab.document.get("protectedRanges", ()):
        area = {k for k in protected["range"] if k != "sheetId"}
        if not area and not protected.get("warningOnly"):
            check_may_edit(call, tab, Block(0, 0, tab.height, tab.width))
