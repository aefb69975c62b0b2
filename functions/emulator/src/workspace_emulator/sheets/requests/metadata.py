"""Batch requests about developer metadata."""

from __future__ import annotations

from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import bad_request
from workspace_emulator.sheets.book import Book
from workspace_emulator.sheets.filters import metadata_matching
from workspace_emulator.sheets.requests.masked import masked
from workspace_emulator.sheets.requests.table import Body, Reply, kind


@kind("createDeveloperMetadata")
def _create_metadata(call: Call, book: Book, body: Body) -> Reply:
    wanted = dict(body["developerMetadata"])
    wanted.setdefault("metadataId", call.workspace.store.next_number("sheets/metadata"))
    if not wanted.get("visibility") or not wanted.get("metadataKey"):
        raise bad_request("Developer metadata must have a key and a visibility.")
    wanted["location"] = _placed(book, wanted.get("location") or {"spreadsheet": True})
    existing = book.document["developerMetadata"]
    if any(m["metadataId"] == wanted["metadataId"] for m in existing):
        raise bad_request(f"Developer metadata with ID {wanted['metadataId']} already exists.")
    book.change(developerMetadata=[*existing, wanted])
    return {"createDeveloperMetadata": {"developerMetadata": wanted}}


@kind("updateDeveloperMetadata")
def _update_metadata(_call: Call, book: Book, body: Body) -> Reply:
    matching = metadata_matching(book, body.get("dataFilters", ()))
    new = {
        m["metadataId"]: masked(m, body["developerMetadata"], body["fields"], of="DeveloperMetadata")
        for m in matching
    }
    new = {
        i: {**m, "location": _placed(book, m.get("location") or {"spreadsheet": True})}
        for i, m in new.items()
    }
    book.change(developerMetadata=[new.get(m["metadataId"], m) for m in book.document["developerMetadata"]])
    return {"updateDeveloperMetadata": {"developerMetadata": list(new.values())}}


@kind("deleteDeveloperMetadata")
def _delete_metadata(_call: Call, book: Book, body: Body) -> Reply:
    gone = metadata_matching(book, [body["dataFilter"]])
    ids = {m["metadataId"] for m in gone}
    book.change(
        developerMetadata=[m for m in book.document["developerMetadata"] if m["metadataId"] not in ids]
    )
    return {"deleteDeveloperMetadata": {"deletedDeveloperMetadata": gone}}


def _placed(book: Book, given: Body) -> dict[str, Any]:
    """Return a location with its type.

    Raises:
        ApiError: There is no such tab, or it is more than one row or column.
    """
    location = dict(given)
    location["locationType"] = "SHEET" if "sheetId" in location else "SPREADSHEET"
    if "dimensionRange" in location:
        span = location["dimensionRange"]
        book.tab(span.get("sheetId", 0))
        if span.get("endIndex", 0) - span.get("startIndex", 0) != 1:
            raise bad_request("Developer metadata can only be associated with a single row or column.")
        location["locationType"] = "ROW" if span["dimension"] == "ROWS" else "COLUMN"
    return location
