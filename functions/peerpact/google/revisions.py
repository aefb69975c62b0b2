"""A spreadsheet's revision: one named range, whose id no other batch than the one that wrote last can produce."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from peerpact.tables.versions import schema_version

Request = dict[str, Any]
METADATA = (
    "spreadsheetId,spreadsheetUrl,properties(title,locale),sheets(properties(sheetId,title,index,hidden,"
    "sheetType,gridProperties),merges,protectedRanges(protectedRangeId,description),filterViews(filterViewId,title),developerMetadata),"
    "namedRanges(namedRangeId,name,range(sheetId,startRowIndex))"
)
"""What is asked about a spreadsheet as a whole."""
REVISION = "peerpact_rev_"
BEGAN = "peerpact_began_"
"""Named ranges that stay: the first commit of a spreadsheet without revision adds the next one, so that of two only one
is the first."""


def revision_of(metadata: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the spreadsheet's revision: one named range, but for a new spreadsheet and for damage by hand."""
    return _named_ranges(metadata, REVISION)


def swapped(metadata: Mapping[str, Any], revision: Sequence[str], mine: str) -> list[Request]:
    """Return what takes away the revision that was read and puts ours in its place, which only one run can do."""
    area = {
        "sheetId": lasting_tab(metadata["sheets"]),
        "startRowIndex": 0,
        "endRowIndex": 1,
        "startColumnIndex": 0,
        "endColumnIndex": 1,
    }
    gone = [{"deleteNamedRange": {"namedRangeId": name}} for name in revision]
    new = [mine] if gone else [mine, f"{BEGAN}{len(_named_ranges(metadata, BEGAN))}"]
    named = ({"namedRangeId": name, "name": name, "range": area} for name in new)
    return [*gone, *({"addNamedRange": {"namedRange": one}} for one in named)]


def lasting_tab(sheets: Sequence[Mapping[str, Any]]) -> int:
    """Return the id of a tab that can bear a named range for good: of ours, one that people don't delete.

    A range on a deleted tab is shown no more, but its name stays taken. A chart that somebody moved to a sheet of its
    own has no cells to name.
    """
    with_cells = [s for s in sheets if s["properties"].get("sheetType", "GRID") == "GRID"]
    ours = (s for s in with_cells if s.get("protectedRanges") and schema_version([s]))
    return int(next(ours, with_cells[0])["properties"]["sheetId"])


def _named_ranges(metadata: Mapping[str, Any], prefix: str) -> tuple[str, ...]:
    ids = [r["namedRangeId"] for r in metadata.get("namedRanges", ())]
    return tuple(sorted(i for i in ids if i.startswith(prefix)))
