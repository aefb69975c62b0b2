"""A commit that is too large for one batch, with one moment from which it counts.

Google recommends batches of up to 2 MB. What is larger is first written, in as many batches as it takes, into a hidden
sheet that nobody reads; the last batch copies it to where it belongs, and takes that sheet away. Died in between, there
is a hidden sheet, and the next commit takes it away.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

Request = dict[str, Any]
MOST_BYTES = 1_900_000
"""Of one batch; with what it says besides it stays under 2 MB (developers.google.com/sheets/api/limits)."""
HOLD = "peerpact_not_yet_"
"""How the titles of such sheets begin."""
_SMALL = 1_000
"""Bytes: a request that is no larger is not worth a copy."""


def leftovers(metadata: Mapping[str, Any]) -> list[Request]:
    """Return what takes away the sheets of commits that died."""
    sheets = (s["properties"] for s in metadata["sheets"])
    return [{"deleteSheet": {"sheetId": s["sheetId"]}} for s in sheets if s["title"].startswith(HOLD)]


def in_batches(requests: Sequence[tuple[Request, int]], hold: int) -> list[list[Request]]:
    """Return batches of which only the last one counts.

    Beside each request is how many rows of its sheet are in use once it is done, 0 where nobody knows: such rows can't
    be copied to their place, and go along in the last batch, however large. ``hold`` is the id of a new sheet.
    """
    plain = [request for request, _ in requests]
    sizes = [*map(_weight, plain)]
    if sum(sizes) <= MOST_BYTES:
        return [plain]
    held: list[Sequence[Any]] = []
    last: list[Request] = []
    written = 0
    for (request, height), size in zip(requests, sizes, strict=True):
        kind = next(iter(request))
        rows: Sequence[Any] = (
            request[kind].get("rows", ())
            if kind == "updateCells" or (kind == "appendCells" and height)
            else ()
        )
        if not rows or size <= _SMALL:
            last.append(request)
            continue
        last += _copied(kind, request[kind], height, hold, written)
        held.append(rows)
        written += len(rows)
    if not held:
        return [plain]
    width = max(map(_width, held))
    grid = {"rowCount": written, "columnCount": width}
    new = {"sheetId": hold, "title": f"{HOLD}{hold}", "hidden": True, "gridProperties": grid}
    first, *others = _written(held, hold)
    away = {"deleteSheet": {"sheetId": hold}}
    return [[{"addSheet": {"properties": new}}, *first], *others, [*last, away]]


def _copied(kind: str, cells: Mapping[str, Any], height: int, hold: int, at: int) -> list[Request]:
    """Return what copies rows from the held ones to where a request would have written them."""
    count = len(cells["rows"])
    width = _width(cells["rows"])
    made: list[Request] = []
    if kind == "appendCells":
        start = {"sheetId": cells["sheetId"], "rowIndex": height - count, "columnIndex": 0}
        room = {"sheetId": start["sheetId"], "dimension": "ROWS", "startIndex": start["rowIndex"]}
        room["endIndex"] = start["rowIndex"] + count
        made.append({"insertDimension": {"range": room, "inheritFromBefore": start["rowIndex"] > 1}})
    else:
        start = cells["start"]
    paste = {
        "source": _area(hold, at, 0, count, width),
        "destination": _area(start["sheetId"], start["rowIndex"], start["columnIndex"], count, width),
        "pasteType": "PASTE_VALUES",
    }
    return [*made, {"copyPaste": paste}]


def _area(sheet: int, row: int, column: int, height: int, width: int) -> dict[str, int]:
    return {
        "sheetId": sheet,
        "startRowIndex": row,
        "endRowIndex": row + height,
        "startColumnIndex": column,
        "endColumnIndex": column + width,
    }


def _written(held: Sequence[Sequence[Any]], hold: int) -> list[list[Request]]:
    """Return requests that write rows one below the other, in batches that are small enough."""
    batches: list[list[Request]] = [[]]
    at = size = 0
    for rows in held:
        begun = 0
        for number, row in enumerate(rows):
            more = _size(row) + 2
            if size + more > MOST_BYTES and size:
                batches[-1] += [_write(rows[begun:number], hold, at)] if number > begun else []
                batches.append([])
                at, begun, size = at + number - begun, number, 0
            size += more
        batches[-1].append(_write(rows[begun:], hold, at))
        at += len(rows) - begun
    return batches


def _write(rows: Sequence[Any], hold: int, at: int) -> Request:
    start = {"sheetId": hold, "rowIndex": at, "columnIndex": 0}
    return {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}


def _width(rows: Sequence[Any]) -> int:
    return max(len(row["values"]) for row in rows)


def _weight(request: Request) -> int:
    """Return a request's bytes, without making more than one of its rows at a time."""
    [(kind, asked)] = request.items()
    return _size({kind: {**asked, "rows": ()}}) + sum(_size(row) + 2 for row in asked.get("rows", ()))


def _size(value: Any) -> int:
    return len(json.dumps(value))
