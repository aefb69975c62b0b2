"""A spreadsheet as ``spreadsheets.get`` shows it: properties, tabs and, if asked for, every cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workspace_emulator.core import masks
from workspace_emulator.sheets.a1 import Block
from workspace_emulator.sheets.book import Book, Tab
from workspace_emulator.sheets.cell_data import CellData
from workspace_emulator.sheets.comments import INCLUDED, thread_shown
from workspace_emulator.sheets.reading import Reader

DEFAULT_WIDTH, DEFAULT_HEIGHT = 100, 21


def spreadsheet(
    book: Book,
    user: str,
    *,
    ranges: Sequence[str] = (),
    with_data: bool = False,
    fields: str = "",
    comments: str = "",
) -> dict[str, Any]:
    """Return a spreadsheet. Of its cells only that is made which a mask names; the caller cuts all else by it."""
    mask = masks.for_answer(fields, "sheets.v4", "Spreadsheet") if fields else None
    with_data = masks.names(mask, "sheets", "data") != frozenset() and (with_data or _names_data(mask))
    document = book.document
    wanted: dict[int, list[Block]] = {}
    for notation in ranges:
        tab, block = book.place(notation)
        wanted.setdefault(tab.sheet_id, []).append(block)
    reader = Reader(book)
    sheets = []
    for index, tab in enumerate(book.tabs()):
        if ranges and tab.sheet_id not in wanted:
            continue
        sheet = _sheet(book, tab, index, user, masks.names(mask, "sheets"))
        if comments == INCLUDED and tab.document.get("commentAnchors"):
            sheet["commentAnchors"] = [without_zero(a) for a in tab.document["commentAnchors"]]
        if with_data:
            cells = CellData(reader, tab, document, masks.names(mask, "sheets", "data", "rowData", "values"))
            shown = masks.names(mask, "sheets", "data")
            sheet["data"] = [_data(reader, cells, tab, b, shown) for b in wanted.get(tab.sheet_id, [Block()])]
        sheets.append(sheet)
    answer: dict[str, Any] = {
        "spreadsheetId": book.key,
        "properties": document["properties"],
        "sheets": sheets,
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{book.key}/edit",
    }
    answer |= _comments(document, user, comments)
    return answer | _ranges_and_metadata(document)


def _ranges_and_metadata(document: Mapping[str, Any]) -> dict[str, Any]:
    metadata = [m for m in document["developerMetadata"] if m["location"]["locationType"] == "SPREADSHEET"]
    found = {"namedRanges": [without_zero(r) for r in document["namedRanges"]], "developerMetadata": metadata}
    return {name: some for name, some in found.items() if some}


def _comments(document: Mapping[str, Any], user: str, view: str) -> dict[str, Any]:
    """Return the spreadsheet's comments as far as the view shows them."""
    if not view:
        return {}
    shown = document.get("comments", ()) if view == INCLUDED else ()
    threads = {"comments": [thread_shown(c, user) for c in shown]} if shown else {}
    return {"commentsViewMode": view, **threads}


def _names_data(mask: masks.Mask | None) -> bool:
    sheets = mask.get("sheets") if mask else None
    return bool(sheets and "data" in sheets)


def properties(tab: Tab, index: int) -> dict[str, Any]:
    kept = tab.properties
    first = {
        "sheetId": kept["sheetId"],
        "title": kept["title"],
        "index": index,
        "sheetType": kept["sheetType"],
    }
    return {**first, **{k: v for k, v in kept.items() if k not in first}}


def protected_range(protected: Mapping[str, Any], *, can_edit: bool) -> dict[str, Any]:
    shown = {**protected, "range": _area_shown(protected["range"])}
    return {**shown, "requestingUserCanEdit": True} if can_edit else shown


def _sheet(
    book: Book, tab: Tab, index: int, user: str, shown: frozenset[str] | None = None
) -> dict[str, Any]:
    """Return a tab without its cells; of what belongs to it only what is shown, as some have hundreds of rules."""
    document = tab.document
    sheet: dict[str, Any] = {"properties": properties(tab, index)}
    for name in (
        "merges",
        "conditionalFormats",
        "charts",
        "bandedRanges",
        "filterViews",
        "rowGroups",
        "columnGroups",
    ):
        if document.get(name) and (shown is None or name in shown):
            sheet[name] = [without_zero(item) for item in document[name]]
    if document.get("basicFilter") and (shown is None or "basicFilter" in shown):
        sheet["basicFilter"] = without_zero(document["basicFilter"])
    if document.get("protectedRanges") and (shown is None or "protectedRanges" in shown):
        sheet["protectedRanges"] = [
            protected_range(p, can_edit=_can_edit(book, p, user)) for p in document["protectedRanges"]
        ]
    metadata = [m for m in book.document["developerMetadata"] if m["location"].get("sheetId") == tab.sheet_id]
    return {**sheet, "developerMetadata": metadata} if metadata else sheet


def _can_edit(book: Book, protected: Mapping[str, Any], user: str) -> bool:
    users = [u.lower() for u in protected.get("editors", {}).get("users", ())]
    return bool(protected.get("warningOnly")) or user.lower() in users or book.owner == user.lower()


def without_zero(item: Any) -> Any:
    """Leave out ``sheetId: 0`` in ranges, as Google does."""
    if isinstance(item, list):
        return [without_zero(i) for i in item]
    if not isinstance(item, dict):
        return item
    kept = {k: without_zero(v) for k, v in item.items()}
    return (
        _area_shown(kept)
        if "startRowIndex" in kept or "dimension" in kept or set(kept) == {"sheetId"}
        else kept
    )


def _area_shown(area: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in area.items() if not (k == "sheetId" and v == 0)}


def _data(
    reader: Reader, cells: CellData, tab: Tab, block: Block, shown: frozenset[str] | None
) -> dict[str, Any]:
    found = tab.bounded(block)
    assert found.end_row is not None
    assert found.end_column is not None
    data: dict[str, Any] = {}
    if found.row:
        data["startRow"] = found.row
    if found.column:
        data["startColumn"] = found.column
    if (shown is None or "rowData" in shown) and (rows := _rows(reader, cells, tab, found)):
        data["rowData"] = rows
    if shown is None or "rowMetadata" in shown:
        data["rowMetadata"] = _dimensions(tab, "rowMetadata", found.row, found.end_row, DEFAULT_HEIGHT)
    if shown is None or "columnMetadata" in shown:
        data["columnMetadata"] = _dimensions(
            tab, "columnMetadata", found.column, found.end_column, DEFAULT_WIDTH
        )
    return data


def _rows(reader: Reader, cells: CellData, tab: Tab, found: Block) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for number, row, there in reader.filled_rows(tab, found):
        spilled = dict(there)
        columns = [*(c for c in map(int, row) if found.column <= c < (found.end_column or 0)), *spilled]
        if not columns:
            continue
        rows += [{} for _ in range(number - found.row - len(rows))]
        after = max(columns) + 1
        values = [
            cells.of(number, c, row.get(str(c), {}), spilled.get(c)) for c in range(found.column, after)
        ]
        rows.append({"values": [*values, *cells.coloured_beside(number, after, found.end_column or 0)]})
    return rows


def _dimensions(tab: Tab, name: str, start: int, end: int, size: int) -> list[dict[str, Any]]:
    metadata = tab.document[name]
    return [{"pixelSize": size, **_without_false(metadata.get(str(i), {}))} for i in range(start, end)]


def _without_false(metadata: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in metadata.items() if v is not False}
