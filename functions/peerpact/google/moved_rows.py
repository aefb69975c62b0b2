"""Whether the rows that a batch wrote were still those that had been read, or a person had moved them.

A batch names rows by number, and Google takes no condition on a write. System tabs are protected, so that admins can't
insert, delete or sort rows there; but the spreadsheet's owner can, and whoever took the protection off. Google shows,
in the answer to a batch, what is in cells once it is done, in one with it: header and keys are looked at there.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from peerpact.tables.cells import write_cell
from peerpact.tables.schema import plain_header
from peerpact.tables.tab_contents import TabContents, column_letter

UPDATED = "updatedSpreadsheet"
CELLS = "sheets(properties.sheetId,data(startRow,startColumn,rowData.values.effectiveValue))"
FIELDS = f"{UPDATED}.{CELLS}"
_FAR = 1_000
"""Rows between two that are looked at, whose keys Google is not asked for."""
_FAILED = "#ERROR!"
"""What is in a cell whose formula failed, however it did."""


class Shown:
    """What is in cells, by row and column, both counted from 0. The answer's own rows are looked at, none is copied."""

    def __init__(self, blocks: Iterable[Mapping[str, Any]]) -> None:
        self._blocks: dict[int, list[tuple[int, Sequence[Any]]]] = defaultdict(list)
        """By the column in which they begin, the first row of each block and its rows."""
        for block in blocks:
            rows = block.get("startRow", 0), block.get("rowData", ())
            self._blocks[block.get("startColumn", 0)].append(rows)
        for below in self._blocks.values():
            below.sort(key=_first)

    def at(self, row: int, column: int) -> Any:
        """Return what a cell has, or an empty text."""
        for begins, below in self._blocks.items():
            number = bisect_right(below, row, key=_first) - 1
            if number < 0 or column < begins:
                continue
            first, rows = below[number]
            line = rows[row - first] if row - first < len(rows) else ()
            line = (line,) if isinstance(line, str) else line
            value = line[column - begins] if column - begins < len(line) else None
            if value is not None and value != {}:  # as an empty cell is shown
                return value
        return ""


def _first(block: tuple[int, Sequence[Any]]) -> int:
    return block[0]


def ranges_of(contents: TabContents, numbers: Iterable[int]) -> list[str]:
    """Return where a tab's header and the keys of its rows with these numbers are, without what is far from them."""
    title, ordered = contents.tab.title, sorted(numbers)
    columns = [column_letter(contents.places[f]) for f in contents.tab.key]
    apart = [place for place in range(1, len(ordered)) if ordered[place] - ordered[place - 1] > _FAR]
    parts = [(ordered[a], ordered[b - 1]) for a, b in pairwise([0, *apart, len(ordered)])] if ordered else []
    keys = [f"'{title}'!{letter}{first}:{letter}{last}" for first, last in parts for letter in columns]
    return [f"'{title}'!1:1", *keys]


def cells_shown(answer: Mapping[str, Any], sheet_id: int) -> Shown:
    """Return a tab's cells from the answer to a batch."""
    sheets = answer.get(UPDATED, {}).get("sheets", ())
    return Shown(b for s in sheets if s["properties"]["sheetId"] == sheet_id for b in s.get("data", ()))


def are_in_place(contents: TabContents, numbers: Collection[int], cells: Shown) -> bool:
    """Tell whether header and keys are where the contents have them.

    A column that a formula fills is not looked at: while a cell is in the formula's way its header is an error, and
    nothing is written there.
    """
    headers = all(
        plain_header(cells.at(0, place)) in contents.tab.column(field).headers
        for field, place in contents.writable.items()
    )
    keys = [(field, contents.places[field]) for field in contents.tab.key]

    def has(number: int, values: Mapping[str, Any]) -> bool:
        return all(str(cells.at(number - 1, at)) == str(write_cell(values.get(f))) for f, at in keys)

    known = {row.number for row in contents.rows}
    rows = (row for row in contents.rows if row.number in numbers)
    return (
        headers
        and all(has(row.number, row.values) for row in rows)
        and all(has(number, {}) for number in numbers if number not in known)
    )


def values_told(answer: bytes) -> dict[str, Any]:
    """Return what an answer says, of cells no more than their values, of rows no more than their cells.

    Rows are as many as the tab has where some are taken away: their objects would need ten times the room of the keys.
    """
    return dict(json.loads(answer, object_hook=_values_alone))


def _values_alone(found: dict[str, Any]) -> Any:
    match found:
        case {"effectiveValue": dict(value)} if len(found) == 1:
            return next((_FAILED if kind == "errorValue" else v for kind, v in value.items()), None)
        case {"values": [str(text)]} if len(found) == 1:  # of a column of keys, each of many rows
            return text
        case {"values": list(cells)} if len(found) == 1:
            return tuple(cells)
    return found
