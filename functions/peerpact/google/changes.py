"""What changes to a spreadsheet's tabs ask of Google, and what the tabs are after them. Nothing is sent here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from typing import Any

from peerpact.google.cell_rows import CellRows, Request
from peerpact.programme.sentences import Sentence, in_language
from peerpact.tables.cells import write_cell
from peerpact.tables.rows import Changed, Row
from peerpact.tables.tab_contents import TabContents

MORE = 500
"""Rows that a tab has to spare once it is made longer."""
Key = tuple[str, ...]
VALUE, LINKED = "userEnteredValue", "userEnteredValue,userEnteredFormat.textFormat.link"


@dataclass(frozen=True, slots=True)
class Upsert:
    """Write rows of a system tab by key: known keys are changed where they differ, new ones are appended.

    A row names fields; fields that it leaves out keep their cells.
    """

    title: str
    rows: Sequence[Mapping[str, Any]]
    clear: tuple[int, ...] = ()
    """Numbers of rows that are to be emptied as a whole."""


@dataclass(frozen=True, slots=True)
class Replace:
    """Make these rows the whole content of a system tab."""

    title: str
    rows: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Append:
    """Write rows below all others of a system tab, whose other rows need not have been read."""

    title: str
    rows: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Remove:
    """Take rows of a system tab away by key, so that those below them move up. Keys that are not there do nothing."""

    title: str
    keys: Collection[Key]


Change = Upsert | Replace | Append | Remove


def said(change: Change, language: str) -> Change:
    """Return a change with what it says to admins in their language."""
    if isinstance(change, Remove):
        return change
    return replace(change, rows=[_said_in(row, language) for row in change.rows])


def _said_in(row: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    words = {f: in_language(v, language) for f, v in row.items() if isinstance(v, Sentence)}
    return {**row, **words} if words else row


def requests_of(
    change: Change, contents: TabContents, sid: int, recalled: Mapping[Key, Mapping[str, Any]]
) -> tuple[list[Request], TabContents]:
    """Return what a change asks of Google, and the tab as it is once that is done.

    ``recalled`` are rows that are in the archive: where one is changed, it is written again as a whole.
    """
    match change:
        case Replace():
            return _replace(contents, sid, change.rows)
        case Append():
            return ([_append(sid, contents.writable, change.rows)] if change.rows else []), contents
        case Remove():
            return _remove(contents, sid, change.keys)
    requests, after = _upsert(contents, sid, change.rows, recalled)
    return [*_emptied(contents, sid, change.clear), *requests], after


def sorting(contents: TabContents, sid: int) -> Request:
    """Return the request that sorts whole rows: the newest round on top, and in it by people."""
    specs = [("round", "DESCENDING"), ("names", "ASCENDING")]
    return {
        "sortRange": {
            "range": {"sheetId": sid, "startRowIndex": 1},
            "sortSpecs": [{"dimensionIndex": contents.places[f], "sortOrder": order} for f, order in specs],
        }
    }


def longer_by(
    more: int, requests: Sequence[Request], contents: TabContents, sid: int, first: int
) -> list[Request]:
    """Return requests that need a tab longer by so many rows; those from the first new one get their columns' looks."""
    from peerpact.tables.layout import looks_from  # noqa: PLC0415 - few runs make a tab longer

    grow = {"sheetId": sid, "dimension": "ROWS", "length": more}
    return [{"appendDimension": grow}, *requests, *looks_from(contents.tab, contents.places, sid, first)]


def row_writes(sid: int, number: int, places: Mapping[str, int], values: Mapping[str, Any]) -> list[Request]:
    """Return one updateCells per run of neighbouring cells."""
    return _writes(sid, places, {number: tuple(values)}, {number: values})


def _writes(
    sid: int,
    places: Mapping[str, int],
    touched: Mapping[int, tuple[str, ...]],
    values: Mapping[int, Mapping[str, Any]],
) -> list[Request]:
    """Return one updateCells for neighbouring rows in which the same neighbouring columns change.

    ``touched`` are the fields that change, by the number of the row; ``values`` all of them as they will be.
    """
    apart: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    found: dict[tuple[str, ...], list[int]] = {}
    for number, fields in touched.items():
        if fields not in apart:
            named = {places[f]: f for f in fields}
            apart[fields] = [tuple(named[n] for n in range(*some)) for some in spans(named)]
        for run in apart[fields]:
            found.setdefault(run, []).append(number)
    runs = sorted(found.items(), key=lambda item: (places[item[0][0]], len(item[0])))
    return [
        _update(sid, start, places[run[0]], CellRows([values[n] for n in range(start, end)], run))
        for run, numbers in runs
        for start, end in spans(numbers)
    ]


def _update(sid: int, number: int, column: int, rows: CellRows) -> Request:
    start = {"sheetId": sid, "rowIndex": number - 1, "columnIndex": column}
    fields = LINKED if rows.have_links else VALUE
    return {"updateCells": {"start": start, "rows": rows, "fields": fields}}


def rows_written(requests: Iterable[Request]) -> Iterator[int]:
    """Yield the numbers of the rows in which cells are changed."""
    for cells in (r["updateCells"] for r in requests if "start" in r.get("updateCells", {})):
        first = cells["start"]["rowIndex"] + 1
        yield from range(first, first + len(cells["rows"]))


def rows_removed(requests: Iterable[Request]) -> frozenset[int]:
    """Return the numbers of the rows that are taken away, as they were before."""
    areas = (r["deleteDimension"]["range"] for r in requests if "deleteDimension" in r)
    return frozenset(n for area in areas for n in range(area["startIndex"] + 1, area["endIndex"] + 1))


def spans(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return numbers as spans of neighbours: the first of each, and the first after it."""
    ordered = enumerate(sorted(numbers))
    found = [[n for _, n in some] for _, some in groupby(ordered, key=lambda pair: pair[1] - pair[0])]
    return [(some[0], some[-1] + 1) for some in found]


def _upsert(
    contents: TabContents,
    sid: int,
    rows: Sequence[Mapping[str, Any]],
    recalled: Mapping[Key, Mapping[str, Any]],
) -> tuple[list[Request], TabContents]:
    """Change rows in place; append new ones below the last row with anything in it, wherever that is by then.

    A row that can't be used is changed in place, too, if its key can be read.
    """
    there, places = contents.by_key({contents.key_of(row) for row in rows}), contents.writable
    known = {row.number: row for row in there.values()}
    height = first = max(contents.height, 1)
    touched: dict[int, tuple[str, ...]] = {}
    for row in rows:
        key = contents.key_of(row)
        if key not in there:
            height += 1
            there[key] = known[height] = Row(height, recalled.get(key, {}))
        number = there[key].number
        held = known[number]
        changed = {f: v for f, v in row.items() if f in places and not _same(held.values.get(f), v)}
        if changed and number <= first:
            touched[number] = tuple(dict.fromkeys((*touched.get(number, ()), *changed)))
        if changed:  # the others are held once
            fresh = row if changed.keys() == row.keys() else changed
            values = Changed(held.values, changed) if held.values else fresh
            known[number] = Row(number, values, held.unread and held.unread - changed.keys())
    new = [known[number].values for number in range(first + 1, height + 1)]
    appended = [_append(sid, places, new)] if new else []
    others = (row for row in chain(contents.unusable, contents.rows) if row.number not in known)
    written = _writes(sid, places, touched, {number: known[number].values for number in touched})
    return [*written, *appended], contents.with_rows(chain(others, known.values()), height)


def _emptied(contents: TabContents, sid: int, numbers: Sequence[int]) -> list[Request]:
    row = {"sheetId": sid, "startColumnIndex": 0, "endColumnIndex": max(contents.places.values()) + 1}
    return [
        {
            "updateCells": {
                "range": {**row, "startRowIndex": n - 1, "endRowIndex": n},
                "fields": "userEnteredValue",
            }
        }
        for n in numbers
    ]


def _append(sid: int, places: Mapping[str, int], rows: Sequence[Mapping[str, Any]]) -> Request:
    fields = {place: field for field, place in places.items()}
    cells = CellRows(rows, [fields.get(i) for i in range(max(fields) + 1)])
    return {"appendCells": {"sheetId": sid, "rows": cells, "fields": VALUE}}


def _replace(
    contents: TabContents, sid: int, rows: Sequence[Mapping[str, Any]]
) -> tuple[list[Request], TabContents]:
    rows_there = (*contents.rows, *contents.unusable, *contents.doubles)
    known = {row.number: row for row in rows_there}
    fields = contents.writable
    wanted = {
        number: row if row.keys() == fields.keys() else {f: row.get(f) for f in fields}
        for number, row in enumerate(rows, start=2)
    }
    empty = dict.fromkeys(fields, None)
    touched: dict[int, tuple[str, ...]] = {}
    for number in range(2, max(len(rows) + 1, contents.height) + 1):
        there, want = known.get(number) or contents.left_out(number), wanted.get(number, empty)
        unread = _to_overwrite(contents, there, want)
        differ = tuple(f for f in fields if f in unread or not _says(there.values.get(f), want[f]))
        touched |= {number: differ} if differ else {}
    after = [Row(number, values) for number, values in wanted.items()]
    requests = _writes(sid, fields, touched, {number: wanted.get(number, empty) for number in touched})
    return requests, replace(contents, doubles=(), cells=()).with_rows(after, len(rows) + 1)


def _to_overwrite(contents: TabContents, there: Row, want: Mapping[str, Any]) -> frozenset[str]:
    """Return which cells that can't be read give way: not what somebody typed beside a row that stays where it is."""
    stays = any(want.values()) and contents.key_of(there.values) == contents.key_of(want)
    return frozenset(f for f in there.unread if not stays or want[f] is not None)


def _remove(contents: TabContents, sid: int, keys: Collection[Key]) -> tuple[list[Request], TabContents]:
    """Take rows away from the bottom up, so that the numbers of those above them stay as they were read."""
    keys = frozenset(keys)
    gone = {row.number for row in contents.rows if contents.key_of(row.values) in keys}
    where = {"sheetId": sid, "dimension": "ROWS"}
    requests = [
        {"deleteDimension": {"range": {**where, "startIndex": start - 1, "endIndex": end - 1}}}
        for start, end in reversed(spans(gone))
    ]
    return requests, contents.without(gone)


def _says(there: Any, wanted: Any) -> bool:
    """Tell whether a value, or a cell that was not read, says what is wanted."""
    return _same(there, wanted) or bool(there == write_cell(wanted))


def _same(there: Any, wanted: Any) -> bool:
    empty = ("", None, ())
    return (there in empty and wanted in empty) or there == wanted or str(there) == str(wanted)
