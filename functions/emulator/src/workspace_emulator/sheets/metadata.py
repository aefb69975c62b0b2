"""Reading and searching developer metadata. Making and changing it are batch requests."""

from __future__ import annotations

from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import not_found
from workspace_emulator.sheets.book import open_book
from workspace_emulator.sheets.filters import metadata_matching
from workspace_emulator.sheets.table import methods


@methods.on("sheets.spreadsheets.developerMetadata.get")
def get_metadata(call: Call) -> dict[str, Any]:
    for found in open_book(call).document["developerMetadata"]:
        if found["metadataId"] == int(call.params["metadataId"]):
            return dict(found)
    raise not_found()


@methods.on("sheets.spreadsheets.developerMetadata.search")
def search_metadata(call: Call) -> dict[str, Any]:
    """Return what matches any of the filters, each with the filters that it matches."""
    book = open_book(call)
    filters = (call.body or {}).get("dataFilters", [])
    matched = [
        {"developerMetadata": m, "dataFilters": [f for f in filters if m in metadata_matching(book, [f])]}
        for m in metadata_matching(book, filters)
    ]
    return {"matchedDeveloperMetadata": matched} if matched else {}
