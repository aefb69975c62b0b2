"""Values: read, written, appended, cleared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import ApiError, bad_request
from workspace_emulator.sheets.a1 import Block, column_letters, written
from workspace_emulator.sheets.book import Book, Tab, check_inside, open_book, put_cells
from workspace_emulator.sheets.limits import check_letters
from workspace_emulator.sheets.protection import check_may_edit
from workspace_emulator.sheets.reading import Reader
from workspace_emulator.sheets.references import Change
from workspace_emulator.sheets.requests.following import let_all_follow
from workspace_emulator.sheets.rows import columns_between
from workspace_emulator.sheets.table import finish, methods
from workspace_emulator.sheets.typed import entered, raw


@methods.on("sheets.spreadsheets.values.get")
def get_values(call: Call) -> dict[str, Any]:
    book = open_book(call)
    return value_range(Reader(book), book, call.params["range"], call.params)


@methods.on("sheets.spreadsheets.values.batchGet")
def batch_get_values(call: Call) -> dict[str, Any]:
    book = open_book(call)
    reader = Reader(book)
    ranges = [value_range(reader, book, r, call.params) for r in call.params.get("ranges", ())]
    answer: dict[str, Any] = {"spreadsheetId": book.key}
    return {**answer, "valueRanges": ranges} if ranges else answer


@methods.on("sheets.spreadsheets.values.update")
def update_values(call: Call) -> dict[str, Any]:
    book = open_book(call, to_write=True)
    option = input_option(call.params)
    answer = write(call, book, call.params["range"], call.body or {}, option)
    if call.params.get("includeValuesInResponse"):
        answer["updatedData"] = value_range(
            Reader(book), book, answer["updatedRange"], response_params(call.params)
        )
    finish(call, book)
    return answer


@methods.on("sheets.spreadsheets.values.batchUpdate")
def batch_update_values(call: Call) -> dict[str, Any]:
    book = open_book(call, to_write=True)
    option = input_option(call.body)
    with call.workspace.store.all_or_nothing():
        parts = [write(call, book, part.get("range", ""), part, option) for part in call.body.get("data", ())]
    finish(call, book)
    return {"spreadsheetId": book.key, **totals_of(book, parts), "responses": parts}


def totals_of(book: Book, parts: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Return what several writes together changed."""
    sheets = {p["updatedRange"].rpartition("!")[0] for p in parts}
    cells = sum(p.get("updatedCells", 0) for p in parts)
    totals = _distinct(book, parts) | {"totalUpdatedCells": cells, "totalUpdatedSheets": len(sheets)}
    return {k: v for k, v in totals.items() if v}


def _distinct(book: Book, parts: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Count rows and columns that were written to, each once however many parts touch it."""
    rows: set[tuple[int, int]] = set()
    columns: set[tuple[int, int]] = set()
    for part in parts:
        tab, block = book.place(part["updatedRange"])
        rows |= {(tab.sheet_id, r) for r in range(block.row, block.end_row or 0)}
        columns |= {(tab.sheet_id, c) for c in range(block.column, block.end_column or 0)}
    return {"totalUpdatedRows": len(rows), "totalUpdatedColumns": len(columns)}


@methods.on("sheets.spreadsheets.values.append")
def append_values(call: Call) -> dict[str, Any]:
    """Write below the table that the range touches, adding rows when the tab is full."""
    book = open_book(call, to_write=True)
    option = input_option(call.params)
    tab, wanted = book.place(call.params["range"])
    table = _table_at(tab, wanted)
    rows = _rows_of(call.body or {})
    start = table.end_row if table else tab.bounded(wanted).row
    assert start is not None
    column = table.column if table else wanted.column
    if call.params.get("insertDataOption") == "INSERT_ROWS" and rows:
        tab.insert_rows(start, len(rows))
        let_all_follow(book, tab, Change(tab.title, True, start, start + len(rows)))
    _grow(tab, start + len(rows), column + max((len(r) for r in rows), default=0))
    block = Block(start, column, start + max(len(rows), 1), column + max((len(r) for r in rows), default=1))
    updates = write(call, book, written(tab.title, block), call.body or {}, option)
    if call.params.get("includeValuesInResponse"):
        updates["updatedData"] = value_range(
            Reader(book), book, updates["updatedRange"], response_params(call.params)
        )
    finish(call, book)
    answer: dict[str, Any] = {"spreadsheetId": book.key}
    if table:
        answer["tableRange"] = written(tab.title, table)
    return {**answer, "updates": updates}


@methods.on("sheets.spreadsheets.values.clear")
def clear_values(call: Call) -> dict[str, Any]:
    book = open_book(call, to_write=True)
    found = cleared(call, book, call.params["range"])
    finish(call, book)
    return {"spreadsheetId": book.key, "clearedRange": found}


@methods.on("sheets.spreadsheets.values.batchClear")
def batch_clear_values(call: Call) -> dict[str, Any]:
    book = open_book(call, to_write=True)
    found = [cleared(call, book, r) for r in call.body.get("ranges", ())]
    finish(call, book)
    return {"spreadsheetId": book.key, "clearedRanges": found}


def value_range(reader: Reader, book: Book, notation: str, options: Mapping[str, Any]) -> dict[str, Any]:
    tab, wanted = book.place(notation)
    check_inside(tab, wanted, notation if "!" in notation else f"{tab.title}!{notation}")
    found = tab.bounded(wanted)
    values: list[list[Any]] = reader.values(
        tab,
        found,
        render=options.get("valueRenderOption", "FORMATTED_VALUE"),
        dates=options.get("dateTimeRenderOption", "SERIAL_NUMBER"),
    )
    major = options.get("majorDimension", "ROWS")
    if major == "COLUMNS":
        values = _turned(values)
    answer: dict[str, Any] = {"range": written(tab.title, found), "majorDimension": major}
    return {**answer, "values": values} if values else answer


def _turned(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    width = max((len(r) for r in rows), default=0)
    columns = [[r[i] if i < len(r) else "" for r in rows] for i in range(width)]
    for column in columns:
        while column and column[-1] == "":
            column.pop()
    return columns


def _rows_of(body: Mapping[str, Any]) -> list[list[Any]]:
    rows = body.get("values") or []
    if body.get("majorDimension") != "COLUMNS":
        return [list(r) for r in rows]
    height = max((len(c) for c in rows), default=0)
    return [[c[i] if i < len(c) else None for c in rows] for i in range(height)]


def write(call: Call, book: Book, notation: str, body: Mapping[str, Any], option: str) -> dict[str, Any]:
    tab, wanted = book.place(notation)
    check_inside(tab, wanted, notation)
    rows = _rows_of(body)
    height, width = len(rows), max((len(r) for r in rows), default=0)
    _check_fits(wanted, height, width, notation)
    end = Block(wanted.row, wanted.column, wanted.row + max(height, 1), wanted.column + max(width, 1))
    check_inside(tab, Block(end.row + height - 1 if height else end.row, end.column, None, None), notation)
    _check_edges(tab, end, notation)
    check_may_edit(call, tab, end)
    cells = []
    for r, row in enumerate(rows):
        kept = tab.row(wanted.row + r)
        for c, value in enumerate(row):
            if value is None:
                continue
            place = (wanted.row + r, wanted.column + c)
            cells.append((*place, _cell_with(kept.get(str(place[1]), {}), value, option)))
    put_cells(tab, cells)
    rows_written, columns_written = ({place[i] for place in cells} for i in (0, 1))
    sizes = {
        "updatedRows": len(rows_written),
        "updatedColumns": len(columns_written),
        "updatedCells": len(cells),
    }
    shown = {k: v for k, v in sizes.items() if v}
    return {"spreadsheetId": book.key, "updatedRange": written(tab.title, end), **shown}


def _check_fits(wanted: Block, height: int, width: int, notation: str) -> None:
    tall = wanted.end_row is not None and height > wanted.end_row - wanted.row
    wide = wanted.end_column is not None and width > wanted.end_column - wanted.column
    single = (
        wanted.end_row == wanted.row + 1 and wanted.end_column == wanted.column + 1 and ":" not in notation
    )
    if (tall or wide) and not single:
        what = (
            f"row [{wanted.end_row + 1}]"
            if tall and wanted.end_row
            else f"column [{column_letters(wanted.end_column or 0)}]"
        )
        raise bad_request(f"Requested writing within range [{notation}], but tried writing to {what}")


def _check_edges(tab: Tab, end: Block, notation: str) -> None:
    if (end.end_row or 0) > tab.height or (end.end_column or 0) > tab.width:
        raise bad_request(
            f"Range ({notation}) exceeds grid limits. Max rows: {tab.height}, max columns: {tab.width}"
        )


def _cell_with(cell: Mapping[str, Any], value: Any, option: str) -> dict[str, Any]:
    if isinstance(value, str):
        check_letters(value)
    found, number_format = entered(value) if option == "USER_ENTERED" else (raw(value), None)
    kept = {k: v for k, v in cell.items() if k != "userEnteredValue"}
    if found is None:
        return kept
    if number_format and "numberFormat" not in kept.get("userEnteredFormat", {}):
        kept["userEnteredFormat"] = {**kept.get("userEnteredFormat", {}), "numberFormat": number_format}
    return {**kept, "userEnteredValue": found}


def cleared(call: Call, book: Book, notation: str) -> str:
    tab, wanted = book.place(notation)
    check_inside(tab, wanted, notation)
    found = tab.bounded(wanted)
    check_may_edit(call, tab, found)
    rows = {}
    for number, row in tab.rows(found.row, found.end_row):
        rows[number] = {
            column: {k: v for k, v in cell.items() if k != "userEnteredValue"}
            if found.column <= int(column) < (found.end_column or 0)
            else cell
            for column, cell in row.items()
        }
    tab.put_rows(rows)
    return written(tab.title, found)


def _table_at(tab: Tab, wanted: Block) -> Block | None:
    """Return the table in a range: the block that hangs together with the range's last filled cell."""
    found = tab.bounded(wanted)
    assert found.end_row is not None
    assert found.end_column is not None
    rows, inside = tab.order, columns_between(found.column, found.end_column)
    bottom = rows.last_filled(inside, found.row, found.end_row)
    if bottom is None:
        return None
    top, right = bottom, (rows.line(bottom)[1] & inside).bit_length() - 1
    left = right
    while True:
        before = top, left, bottom, right
        around = columns_between(max(left - 1, 0), right + 2)
        top, bottom = rows.reach(top, around, up=True), rows.reach(bottom, around, up=False)
        filled = rows.filled_between(top, bottom + 1)
        while left and filled >> (left - 1) & 1:
            left -= 1
        while filled >> (right + 1) & 1:
            right += 1
        if before == (top, left, bottom, right):
            return Block(top, left, bottom + 1, right + 1)


def _grow(tab: Tab, height: int, width: int) -> None:
    properties = tab.properties
    grid = dict(properties["gridProperties"])
    grid["rowCount"], grid["columnCount"] = max(grid["rowCount"], height), max(grid["columnCount"], width)
    if grid != properties["gridProperties"]:
        tab.set_properties({**properties, "gridProperties": grid})


def input_option(params: Mapping[str, Any] | None) -> str:
    option = (params or {}).get("valueInputOption", "INPUT_VALUE_OPTION_UNSPECIFIED")
    if option == "INPUT_VALUE_OPTION_UNSPECIFIED":
        raise ApiError(
            400, "badRequest", "'valueInputOption' is required but not specified", "INVALID_ARGUMENT"
        )
    return str(option)


def response_params(params: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "valueRenderOption": params.get("responseValueRenderOption", "FORMATTED_VALUE"),
        "dateTimeRenderOption": params.get("responseDateTimeRenderOption", "SERIAL_NUMBER"),
    }
