"""Batch requests about tabs and the spreadsheet itself."""

from __future__ import annotations

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import bad_request
from workspace_emulator.sheets import grid_data
from workspace_emulator.sheets.book import Book
from workspace_emulator.sheets.colours import with_styles
from workspace_emulator.sheets.protection import check_may_unprotect
from workspace_emulator.sheets.requests.following import let_formulas_name
from workspace_emulator.sheets.requests.masked import masked
from workspace_emulator.sheets.requests.table import Body, Reply, kind


@kind("addSheet")
def _add_sheet(call: Call, book: Book, body: Body) -> Reply:
    wanted = dict(body.get("properties", {}))
    taken = book.document["order"]
    sheet_id = wanted.get("sheetId")
    if sheet_id is not None and sheet_id in taken:
        raise bad_request(f"A sheet with the ID {sheet_id} already exists. Please enter another ID.")
    wanted["sheetId"] = sheet_id if sheet_id is not None else _new_id(call, book)
    wanted.setdefault("title", f"Sheet{len(taken) + 1}")
    _check_title(book, wanted["title"])
    tab = book.add_tab(with_styles(wanted))
    return {"addSheet": {"properties": grid_data.properties(tab, book.document["order"].index(tab.sheet_id))}}


@kind("duplicateSheet")
def _duplicate_sheet(call: Call, book: Book, body: Body) -> Reply:
    source = book.tab(body.get("sourceSheetId", 0))
    sheet_id = body.get("newSheetId") or _new_id(call, book)
    title = body.get("newSheetName") or f"Copy of {source.title}"
    _check_title(book, title)
    index = body.get("insertSheetIndex", 0)
    tab = book.add_tab({**source.properties, "sheetId": sheet_id, "title": title, "index": index})
    tab.put_rows(dict(source.rows()))
    copied = ("merges", "rowMetadata", "columnMetadata", "conditionalFormats", "basicFilter")
    tab.change(**{name: source.document[name] for name in copied if name in source.document})
    return {
        "duplicateSheet": {"properties": grid_data.properties(tab, book.document["order"].index(sheet_id))}
    }


@kind("deleteSheet")
def _delete_sheet(call: Call, book: Book, body: Body) -> None:
    sheet_id = body.get("sheetId", 0)
    tab = book.tab(sheet_id)
    for protected in tab.document.get("protectedRanges", ()):
        check_may_unprotect(call, tab, protected)
    if len(book.document["order"]) == 1:
        raise bad_request("You can't remove all the sheets in a document.")
    book.remove_tab(tab.sheet_id)


@kind("updateSheetProperties")
def _update_sheet_properties(_call: Call, book: Book, body: Body) -> None:
    wanted = body.get("properties", {})
    tab = book.tab(wanted.get("sheetId", 0))
    new = with_styles(
        masked(tab.properties, wanted, body["fields"], of="SheetProperties", skip=("index", "sheetId"))
    )
    if new["title"] != tab.title:
        _check_title(book, new["title"], but=tab.sheet_id)
        let_formulas_name(book, tab.title, new["title"])
    if new.get("hidden") and not any(
        not t.properties.get("hidden") for t in book.tabs() if t.sheet_id != tab.sheet_id
    ):
        raise bad_request("You can't hide all the sheets in a document.")
    for name in ("hidden", "rightToLeft"):
        if not new.get(name):
            new.pop(name, None)
    grid = new["gridProperties"]
    for name in ("frozenRowCount", "frozenColumnCount", "hideGridlines"):
        if not grid.get(name):
            grid.pop(name, None)
    tab.set_properties(new)
    if "index" in wanted and ("index" in body["fields"] or body["fields"] == "*"):
        _move_tab(book, tab.sheet_id, wanted["index"])


def _move_tab(book: Book, sheet_id: int, index: int) -> None:
    order = list(book.document["order"])
    at = order.index(sheet_id)
    order.remove(sheet_id)
    order.insert(index - 1 if index > at else index, sheet_id)
    book.change(order=order)


@kind("updateSpreadsheetProperties")
def _update_spreadsheet_properties(call: Call, book: Book, body: Body) -> None:
    new = masked(book.document["properties"], body["properties"], body["fields"], of="SpreadsheetProperties")
    book.change(properties=new)
    files = call.workspace.store.collection("drive/files")
    files[book.key] = {**files[book.key], "name": new["title"]}


def _check_title(book: Book, title: str, but: int | None = None) -> None:
    found = book.tab_named(title)
    if found and found.sheet_id != but:
        raise bad_request(f'A sheet with the name "{title}" already exists. Please enter another name.')


def _new_id(call: Call, book: Book) -> int:
    del book
    return 1_000_000 + call.workspace.store.next_number("sheets/tab")
