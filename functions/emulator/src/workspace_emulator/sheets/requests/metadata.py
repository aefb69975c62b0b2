"""Batch requests about developer metadata, and finding it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import bad_request, not_here
from workspace_emulator.sheets.book import Book
from workspace_emulator.sheets.requests.masked import masked
from workspace_emulator.sheets.requests.table import Body, Reply, kind


@kind("createDeveloperMetadata")
def _create_metadata(call: Call, book: Book, body: Body) -> Reply:
    wanted = dict(body["developerMetadata"])
    wanted.setdefault("metadataId", call.workspace.store.next_number("sheets/metadata"))
    location = dict(wanted.get("location", {"spreadsheet": True}))
    location["locationType"] = "SHEET" if "sheetId" in location else "SPREADSHEET"
    if "dimensionRange" in location:
        location["locationType"] = "ROW" if location["dimensionRange"]["dimension"] == "ROWS" else "COLUMN"
    wanted["location"] = location
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


def metadata_matching(book: Book, filters: Iterable[Body]) -> list[dict[str, Any]]:
    """Return the developer metadata that any of the filters finds, each once."""
    found = []
    for data_filter in filters:
        lookup = data_filter.get("developerMetadataLookup")
        if not lookup or "metadataLocation" in lookup:
            raise not_here("finding developer metadata by place")
        names = ("metadataId", "metadataKey", "metadataValue", "visibility")
        found += [
            m
            for m in book.document["developerMetadata"]
            if all(m.get(n) == lookup[n] for n in names if n in lookup)
            and lookup.get("locationType") in (None, m["location"]["locationType"])
            and m not in found
        ]
    return found
