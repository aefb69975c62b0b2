"""The spreadsheet's own methods: made, read whole, changed in batches."""

from __future__ import annotations

from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import bad_request
from workspace_emulator.sheets import grid_data
from workspace_emulator.sheets.a1 import written
from workspace_emulator.sheets.book import check_inside, new_book, open_book
from workspace_emulator.sheets.comments import view_mode
from workspace_emulator.sheets.filters import places_of
from workspace_emulator.sheets.requests.carried_out import apply_all
from workspace_emulator.sheets.table import finish, methods

SAVED = "ALL_SAVED"
"""What is answered of a batch's comments."""


@methods.on("sheets.spreadsheets.create")
def create_spreadsheet(call: Call) -> dict[str, Any]:
    """Make a spreadsheet that the caller owns, with the tabs asked for or one of 1000 x 26."""
    body = call.body or {}
    wanted = dict(body.get("properties", {}))
    book = new_book(call.workspace, call.user, wanted.pop("title", "Untitled spreadsheet"), **wanted)
    sheets = body.get("sheets", ())
    for number, sheet in enumerate(sheets):
        properties = {"sheetId": number, "title": f"Sheet{number + 1}", **sheet.get("properties", {})}
        if properties["sheetId"] == 0:
            book.remove_tab(0) if 0 in book.document["order"] else None
        book.add_tab(properties)
    if sheets and all(s.get("properties", {}).get("sheetId", i) != 0 for i, s in enumerate(sheets)):
        book.remove_tab(0)
    return grid_data.spreadsheet(book, call.user)


@methods.on("sheets.spreadsheets.get")
def get_spreadsheet(call: Call) -> dict[str, Any]:
    book = open_book(call)
    ranges = call.params.get("ranges", ())
    fields, with_data = call.params.get("fields", ""), bool(call.params.get("includeGridData", False))
    asked = call.params.get("commentsViewMode")
    comments = view_mode(call, asked, book.key) if asked else ""
    for notation in ranges:
        check_inside(*book.place(notation), notation)
    return grid_data.spreadsheet(
        book, call.user, ranges=ranges, with_data=with_data, fields=fields, comments=comments
    )


@methods.on("sheets.spreadsheets.getByDataFilter")
def get_by_filter(call: Call) -> dict[str, Any]:
    """Return the spreadsheet, of its tabs only those that a filter touches."""
    book, body = open_book(call), call.body or {}
    places = [place for f in body.get("dataFilters", ()) for place in places_of(book, f)]
    ranges = list(dict.fromkeys(written(tab.title, tab.bounded(block)) for tab, block in places))
    fields = call.params.get("fields", "")
    if body.get("dataFilters") and not ranges:
        return grid_data.spreadsheet(book, call.user, fields=fields) | {"sheets": []}
    with_data = bool(body.get("includeGridData", False))
    return grid_data.spreadsheet(book, call.user, ranges=ranges, with_data=with_data, fields=fields)


@methods.on("sheets.spreadsheets.batchUpdate")
def batch_update(call: Call) -> dict[str, Any]:
    """Carry out all requests, or none."""
    book = open_book(call, to_write=True)
    body = call.body or {}
    if not body.get("requests"):
        raise bad_request("Must specify at least one request.")
    with call.workspace.store.all_or_nothing():
        replies = apply_all(call, book, body["requests"])
    finish(call, book)
    answer: dict[str, Any] = {"spreadsheetId": book.key, "replies": replies}
    if any("Comment" in kind for request in body["requests"] for kind in request):
        answer["commentUpdateState"] = SAVED
    if body.get("includeSpreadsheetInResponse"):
        ranges, data = body.get("responseRanges", ()), body.get("responseIncludeGridData", False)
        answer["updatedSpreadsheet"] = grid_data.spreadsheet(book, call.user, ranges=ranges, with_data=data)
    return answer


@methods.on("sheets.spreadsheets.sheets.copyTo")
def copy_to(call: Call) -> dict[str, Any]:
    source = open_book(call).tab(call.params["sheetId"])
    target_call = Call(
        workspace=call.workspace,
        method_id=call.method_id,
        user=call.user,
        params={"spreadsheetId": call.body["destinationSpreadsheetId"]},
    )
    target = open_book(target_call, to_write=True)
    properties = {**source.properties, "sheetId": target.next_id("sheet"), "title": f"Copy of {source.title}"}
    tab = target.add_tab(properties)
    tab.put_rows(dict(source.rows()))
    return grid_data.properties(tab, target.document["order"].index(tab.sheet_id))
