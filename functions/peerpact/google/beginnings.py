"""Where in a tab that only grows begins what is looked for: a named range, which Google moves along with its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Request = dict[str, Any]
BEGINS = "peerpact_begins_"
"""How such names begin; the tab's id follows."""
_AHEAD = 50
"""Rows above the first one that are read, too: somebody may have taken away some by hand while it was noted."""


def begins_in(metadata: Mapping[str, Any], titles: Iterable[str]) -> dict[str, int]:
    """Return with which row's number each of some tabs begins; those are lacking of which all is read."""
    found = {}
    for sheet in (s["properties"] for s in metadata["sheets"] if s["properties"]["title"] in {*titles}):
        known = _range_of(metadata, sheet["sheetId"])
        place = known["range"].get("startRowIndex", 0) if known else 0
        is_its = known is not None and known["range"].get("sheetId", 0) == sheet["sheetId"]
        if is_its and 1 < place < sheet["gridProperties"]["rowCount"]:  # else the tab was made lower since
            found[sheet["title"]] = place + 1
    return found


def noted(metadata: Mapping[str, Any], sheet: int, number: int) -> list[Request]:
    """Return what notes that what is looked for in a tab begins with a row; nothing where that is noted."""
    at, known = max(number - 1 - _AHEAD, 0), _range_of(metadata, sheet)
    if at == (known["range"].get("startRowIndex", 0) if known else 0):
        return []
    name = f"{BEGINS}{sheet}"
    area = {"sheetId": sheet, "startRowIndex": at, "startColumnIndex": 0, "endColumnIndex": 1}
    gone = [{"deleteNamedRange": {"namedRangeId": known["namedRangeId"]}}] if known else []
    return [*gone, {"addNamedRange": {"namedRange": {"namedRangeId": name, "name": name, "range": area}}}]


def _range_of(metadata: Mapping[str, Any], sheet: int) -> Mapping[str, Any] | None:
    """Return the range of a tab; None where there is none, as where all its rows were taken away."""
    named = (r for r in metadata.get("namedRanges", ()) if r.get("name") == f"{BEGINS}{sheet}")
    return next((r for r in named if r.get("range")), None)
