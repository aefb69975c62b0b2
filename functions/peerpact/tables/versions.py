"""Which version each tab of a spreadsheet is marked with: a newer Peerpact's is refused, an older one's upgraded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from peerpact.errors import NewerSheetError
from peerpact.tables.marks import note, noted, without_notes
from peerpact.tables.schema import SCHEMA_VERSION

Request = dict[str, Any]

MARK = "peerpact-schema"
ONCE = "peerpact-schema-once"
"""The version that a tab had before it was marked as an older one, for an older Peerpact to work on it again."""


def schema_version(sheets: Sequence[Mapping[str, Any]]) -> int:
    """Return the newest version that any tab is marked with; 0 for an unmarked spreadsheet."""
    marks = [m for s in sheets for m in s.get("developerMetadata", ()) if m["metadataKey"] == MARK]
    return max((int(m["metadataValue"]) for m in marks), default=0)


def marked_as(sheets: Sequence[Mapping[str, Any]], version: int) -> list[Request]:
    """Return the requests that mark newer tabs as an older version, whose Peerpact then reads them again."""
    requests: list[Request] = []
    for sheet in sheets:
        if schema_version([sheet]) > version:
            sid, marks = sheet["properties"]["sheetId"], (MARK, ONCE)
            requests += [*without_notes(sheet, marks), note(sid, ONCE, str(brought_to(sheet)))]
            requests.append(note(sid, MARK, str(version)))
    return requests


def brought_to(sheet: Mapping[str, Any]) -> int:
    """Return the newest version that a tab was ever brought to."""
    return max(schema_version([sheet]), *map(int, noted(sheet, ONCE)), 0)


def refuse_newer(spreadsheet: Mapping[str, Any]) -> None:
    """Stop before a spreadsheet whose columns may mean what this Peerpact does not know.

    Raises:
        SheetError: it was made by a newer Peerpact.
    """
    version = schema_version(spreadsheet["sheets"])
    if version > SCHEMA_VERSION:
        raise NewerSheetError(
            f"The spreadsheet “{spreadsheet['properties']['title']}” was made by a newer Peerpact (schema {version}, "
            f"this one knows {SCHEMA_VERSION}). Upgrade Peerpact before you go on."
        )
