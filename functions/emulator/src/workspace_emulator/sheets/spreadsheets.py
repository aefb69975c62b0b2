"""The spreadsheet's own methods: made, read whole, changed in batches."""

from __future__ import annotations

from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import bad_request
from workspace_emulator.sheets import grid_data
from workspace_emulator.sheets.book import new_book, open_book
from workspace_emulator.sheets.comments import view_mode
from workspace_emulator.sheets.requests.carried_out import apply_all
from workspace_emulator.sheets.table import finish, methods


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
    return grid_data.spreadsheet(
        book, call.user, ranges=ranges, with_data=with_data, fields=fields, comments=comments
    )


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
