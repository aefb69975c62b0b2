"""Whether the rows that a batch wrote were still those that had been read, or a person had moved them.

A batch names rows by number, and Google takes no condition on a write. System tabs are protected, so that admins can't
insert, delete or sort rows there; but the spreadsheet's owner can, and whoever took the protection off. Google shows,
in the answer to a batch, what is in cells once it is done, in one with it: header and keys are looked at there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from peerpact.tables.cells import write_cell
from peerpact.tables.schema import plain_header
from peerpact.tables.tab_contents import TabContents, column_letter

FIELDS = (
    "updatedSpreadsheet.sheets(properties.sheetId,data(startRow,startColumn,rowData.values.effectiveValue))"
)
_FAR = 1_000
"""Rows between two that are looked at, whose keys Google is not asked for."""
_FAILED = "#ERROR!"
"""What is in a cell whose formula failed, however it did."""
Cells = Mapping[tuple[int, int], Any]
"""What is in cells, by row and column, both counted from 0."""


def ranges_of(contents: TabContents, numbers: Iterable[int]) -> list[str]:
    """Return where a tab's header and the keys of its rows with these numbers are, without what is far from them."""
    title, ordered = contents.tab.title, sorted(numbers)
    columns = [column_letter(contents.places[f]) for f in contents.tab.key]
    apart = [place for place in range(1, len(ordered)) if ordered[place] - ordered[place - 1] > _FAR]
    parts = [(ordered[a], ordered[b - 1]) for a, b in pairwise([0, *apart, len(ordered)])] if ordered else []
    keys = [f"'{title}'!{letter}{first}:{letter}{last}" for first, last in parts for letter in columns]
    return [f"'{title}'!1:1", *keys]


def cells_shown(answer: Mapping[str, Any], sheet_id: int) -> Cells:
    """Return a tab's cells from the answer to a batch."""
    sheets = answer.get("updatedSpreadsheet", {}).get("sheets", ())
    blocks = [b for s in sheets if s["properties"]["sheetId"] == sheet_id for b in s.get("data", ())]
    return dict(cell for block in blocks for cell in _cells(block))


def are_in_place(contents: TabContents, numbers: Iterable[int], cells: Cells) -> bool:
    """Tell whether header and keys are where the contents have them.

    A column that a formula fills is not looked at: while a cell is in the formula's way its header is an error, and
    nothing is written there.
    """
    headers = all(
        plain_header(cells.get((0, place), "")) in contents.tab.column(field).headers
        for field, place in contents.writable.items()
    )
    wanted = {*numbers}
    rows = {row.number: row.values for row in contents.rows if row.number in wanted}
    return headers and all(
        str(cells.get((number - 1, contents.places[f]), "")) == str(write_cell(rows.get(number, {}).get(f)))
        for number in wanted
        for f in contents.tab.key
    )


def values_alone(found: dict[str, Any]) -> Any:
    """Return what an answer's parser (``object_hook``) keeps of an object: of a cell its value, of a row its cells.

    Rows are as many as the tab has where some are taken away: their objects would need ten times the room of the keys.
    """
    match found:
        case {"effectiveValue": dict(value)} if len(found) == 1:
            return next((_FAILED if kind == "errorValue" else v for kind, v in value.items()), None)
        case {"values": list(cells)} if len(found) == 1:
            return cells
    return found


def _cells(block: Mapping[str, Any]) -> Iterator[tuple[tuple[int, int], Any]]:
    for row, line in enumerate(block.get("rowData", ()), start=block.get("startRow", 0)):
        for column, value in enumerate(line, start=block.get("startColumn", 0)):
            if value is not None and value != {}:  # as an empty cell is shown
                yield (row, column), value
