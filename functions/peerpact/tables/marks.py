"""What Peerpact notes about a tab where people don't see it: Sheets' developer metadata, by key."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

Request = dict[str, Any]


def noted(sheet: Mapping[str, Any], key: str) -> list[str]:
    return [m["metadataValue"] for m in sheet.get("developerMetadata", ()) if m["metadataKey"] == key]


def note(sid: int, key: str, value: str) -> Request:
    metadata = {
        "metadataKey": key,
        "metadataValue": value,
        "location": {"sheetId": sid},
        "visibility": "DOCUMENT",
    }
    return {"createDeveloperMetadata": {"developerMetadata": metadata}}


def without_notes(sheet: Mapping[str, Any], keys: Collection[str]) -> list[Request]:
    noted = [m["metadataId"] for m in sheet.get("developerMetadata", ()) if m["metadataKey"] in keys]
    return [
        {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": {"metadataId": number}}}}
        for number in noted
    ]
