"""The requests of ``spreadsheets.batchUpdate``: one function a kind, in a table by Google's name for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from workspace_emulator.core.api import ApiError, Call, bad_request, not_here
from workspace_emulator.sheets import grid_data
from workspace_emulator.sheets.a1 import Block
from workspace_emulator.sheets.book import Book, Cell, Tab, block_of, cells_in, put_cells
from workspace_emulator.sheets.colours import with_styles
from workspace_emulator.sheets.formulas import moved
from workspace_emulator.sheets.protection import check_may_edit
from workspace_emulator.sheets.reading import Reader
from workspace_emulator.sheets.references import Change, followed, retitled, with_formulas
from workspace_emulator.sheets.typed import entered

Body = Mapping[str, Any]
Reply = dict[str, Any]
Kind = Callable[[Call, Book, Body], Reply | None]

_KINDS: dict[str, Kind] = {}
CAPITAL, OTHER = 8.4805, 6.4
"""Pixels that a letter of the default font takes, as Google's answers have it for capitals; the rest is a guess."""
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*$")


def apply_all(call: Call, book: Book, requests: Sequence[Body]) -> list[Reply]:
    """Carry out requests in order and return their replies.

    Raises:
        ApiError: One can't be carried out; the message begins with its place, as Google's does.
    """
    replies: list[Reply] = []
    for number, request in enumerate(requests):
        name, body = next(((k, v) for k, v in request.items()), ("", {}))
        kind = _KINDS.get(name)
        if kind is None:
            raise not_here(f"the Sheets request {name}")
        try:
            replies.append(kind(call, book, body) or {})
        except ApiError as error:
            if error.status != 400 or error.message.startswith("Invalid requests"):
                raise
            raise bad_request(f"Invalid requests[{number}].{name}: {error.message}") from None
        except KeyError as missing:
            raise bad_request(f"Invalid requests[{number}].{name}: {missing.args[0]} is required.") from None
    return replies


def _kind(name: str) -> Callable[[Kind], Kind]:
    def register(function: Kind) -> Kind:
        _KINDS[name] = function
        return function

    return register


# Tabs


@_kind("addSheet")
def _add_sheet(call: Call, book: Book, body: Body) -> Reply:
    wanted = dict(body.get("properties", {}))
    taken = book.document["order"]
    sheet_id = wanted.get("sheetId")
    if sheet_id is not None and sheet_id in taken:
        raise bad_request(f"A sheet with the ID {sheet_id} already exists. Please enter another ID.")
    wanted["sheetId"] = sheet_id if sheet_id is not None else _new_id(call, book)
    wanted.setdefault("title", f"Sheet{len(taken) + 1}")
    _check_title(book, wanted["title"])
    tab = book.add_tab(with_styles(wanted))
    return {"addSheet": {"properties": grid_data.properties(tab, book.document["order"].index(tab.sheet_id))}}


@_kind("duplicateSheet")
def _duplicate_sheet(call: Call, book: Book, body: Body) -> Reply:
    source = book.tab(body.get("sourceSheetId", 0))
    sheet_id = body.get("newSheetId") or _new_id(call, book)
    title = body.get("newSheetName") or f"Copy of {source.title}"
    _check_title(book, title)
    index = body.get("insertSheetIndex", 0)
    tab = book.add_tab({**source.properties, "sheetId": sheet_id, "title": title, "index": index})
    tab.put_rows(dict(source.rows()))
    copied = ("merges", "rowMetadata", "columnMetadata", "conditionalFormats", "basicFilter")
    tab.change(**{name: source.document[name] for name in copied if name in source.document})
    return {
        "duplicateSheet": {"properties": grid_data.properties(tab, book.document["order"].index(sheet_id))}
    }


@_kind("deleteSheet")
def _delete_sheet(_call: Call, book: Book, body: Body) -> None:
    sheet_id = body.get("sheetId", 0)
    if len(book.document["order"]) == 1:
        raise bad_request("You can't remove all the sheets in a document.")
    book.remove_tab(book.tab(sheet_id).sheet_id)


@_kind("updateSheetProperties")
def _update_sheet_properties(_call: Call, book: Book, body: Body) -> None:
    wanted = body.get("properties", {})
    tab = book.tab(wanted.get("sheetId", 0))
    new = with_styles(_masked(tab.properties, wanted, body["fields"], skip=("index", "sheetId")))
    if new["title"] != tab.title:
        _check_title(book, new["title"], but=tab.sheet_id)
        _let_formulas_name(book, tab.title, new["title"])
    if new.get("hidden") and not any(
        not t.properties.get("hidden") for t in book.tabs() if t.sheet_id != tab.sheet_id
    ):
        raise bad_request("You can't hide all the sheets in a document.")
    if not new.get("hidden"):
        new.pop("hidden", None)
    grid = new["gridProperties"]
    for name in ("frozenRowCount", "frozenColumnCount", "hideGridlines"):
        if not grid.get(name):
            grid.pop(name, None)
    tab.set_properties(new)
    if "index" in wanted and ("index" in body["fields"] or body["fields"] == "*"):
        _move_tab(book, tab.sheet_id, wanted["index"])


def _move_tab(book: Book, sheet_id: int, index: int) -> None:
    order = list(book.document["order"])
    at = order.index(sheet_id)
    order.remove(sheet_id)
    order.insert(index - 1 if index > at else index, sheet_id)
    book.change(order=order)


@_kind("updateSpreadsheetProperties")
def _update_spreadsheet_properties(call: Call, book: Book, body: Body) -> None:
    new = _masked(book.document["properties"], body["properties"], body["fields"])
    book.change(properties=new)
    files = call.workspace.store.collection("drive/files")
    files[book.key] = {**files[book.key], "name": new["title"]}


def _check_title(book: Book, title: str, but: int | None = None) -> None:
    found = book.tab_named(title)
    if found and found.sheet_id != but:
        raise bad_request(f'A sheet with the name "{title}" already exists. Please enter another name.')


def _new_id(call: Call, book: Book) -> int:
    del book
    return 1_000_000 + call.workspace.store.next_number("sheets/tab")


# Cells


@_kind("updateCells")
def _update_cells(call: Call, book: Book, body: Body) -> None:
    start = body.get("start")
    area = body.get("range") or {}
    tab = book.tab((start or area).get("sheetId", 0))
    rows = body.get("rows", ())
    if start is not None:
        row, column = start.get("rowIndex", 0), start.get("columnIndex", 0)
        width = max((len(r.get("values", ())) for r in rows), default=0)
        block = Block(row, column, row + len(rows), column + width)
    else:
        block = tab.bounded(block_of(area))
    _check_in_grid(tab, block)
    check_may_edit(call, tab, block)
    cells = []
    for r in range(block.row, block.end_row or block.row):
        given = rows[r - block.row].get("values", ()) if r - block.row < len(rows) else ()
        there = tab.row(r)
        width = len(given) if start is not None else (block.end_column or 0) - block.column
        for i in range(width):
            new = given[i] if i < len(given) else {}
            old = there.get(str(block.column + i), {})
            cells.append((r, block.column + i, _cell_masked(old, new, body["fields"])))
    put_cells(tab, cells)


@_kind("appendCells")
def _append_cells(call: Call, book: Book, body: Body) -> None:
    tab = book.tab(body.get("sheetId", 0))
    from_below = range(tab.height - 1, -1, -1)
    last = next((n for n in from_below if any("userEnteredValue" in c for c in tab.row(n).values())), -1)
    rows = body.get("rows", ())
    short = last + 1 + len(rows) - tab.height
    if short > 0:
        tab.insert_rows(tab.height, short)
    start = {"sheetId": tab.sheet_id, "rowIndex": last + 1}
    _update_cells(call, book, {"start": start, "rows": rows, "fields": body["fields"]})


@_kind("repeatCell")
def _repeat_cell(call: Call, book: Book, body: Body) -> None:
    area = body.get("range", {})
    tab = book.tab(area.get("sheetId", 0))
    block = tab.bounded(block_of(area))
    check_may_edit(call, tab, block)
    cell, fields = body.get("cell", {}), body["fields"]
    formula = cell.get("userEnteredValue", {}).get("formulaValue")
    rows = {}
    for r in range(block.row, block.end_row or 0):
        there = tab.row(r)
        row = dict(there)
        for c in range(block.column, block.end_column or 0):
            new = cell
            if formula:
                text = moved(formula, r - block.row, c - block.column)
                new = {**cell, "userEnteredValue": {"formulaValue": text}}
            row[str(c)] = _cell_masked(there.get(str(c), {}), new, fields)
        rows[r] = row
    tab.put_rows(rows)


@_kind("updateBorders")
def _update_borders(call: Call, book: Book, body: Body) -> None:
    area = body["range"]
    tab = book.tab(area.get("sheetId", 0))
    block = tab.bounded(block_of(area))
    check_may_edit(call, tab, block)
    edges = {"top": "row", "bottom": "end_row", "left": "column", "right": "end_column"}
    cells = []
    for r in range(block.row, block.end_row or 0):
        for c in range(block.column, block.end_column or 0):
            at = {"top": r == block.row, "bottom": r + 1 == block.end_row}
            at |= {"left": c == block.column, "right": c + 1 == block.end_column}
            borders = {side: body[side] for side in edges if side in body and at[side]}
            inner = {"innerHorizontal": ("top", "bottom"), "innerVertical": ("left", "right")}
            borders |= {s: body[n] for n, sides in inner.items() if n in body for s in sides if not at[s]}
            old = tab.row(r).get(str(c), {})
            look = old.get("userEnteredFormat", {})
            new = {**look, "borders": {**look.get("borders", {}), **borders}}
            cells.append((r, c, {**old, "userEnteredFormat": with_styles(new)} if borders else old))
    put_cells(tab, cells)


@_kind("setDataValidation")
def _set_data_validation(call: Call, book: Book, body: Body) -> None:
    area = body.get("range", {})
    tab = book.tab(area.get("sheetId", 0))
    block = tab.bounded(block_of(area))
    check_may_edit(call, tab, block)
    rule = body.get("rule")

    def ruled(_r: int, _c: int, cell: Cell) -> Cell:
        kept = {k: v for k, v in cell.items() if k != "dataValidation"}
        return {**kept, "dataValidation": dict(rule)} if rule else kept

    _each_cell(tab, block, ruled)


@_kind("findReplace")
def _find_replace(call: Call, book: Book, body: Body) -> Reply:
    tabs = (
        book.tabs()
        if body.get("allSheets")
        else [book.tab(body.get("sheetId", body.get("range", {}).get("sheetId", 0)))]
    )
    flags = 0 if body.get("matchCase") else re.IGNORECASE
    pattern = body["find"] if body.get("searchByRegex") else re.escape(body["find"])
    pattern = f"^(?:{pattern})$" if body.get("matchEntireCell") else pattern
    counts = {"valuesChanged": 0, "occurrencesChanged": 0, "rowsChanged": 0, "sheetsChanged": 0}
    for tab in tabs:
        block = tab.bounded(block_of(body.get("range", {})))
        check_may_edit(call, tab, block)
        changed = []
        for r, row in tab.rows(block.row, block.end_row):
            for column, cell in row.items():
                text = cell.get("userEnteredValue", {}).get("stringValue")
                if text is None or not block.column <= int(column) < (block.end_column or 0):
                    continue
                new, times = re.subn(pattern, body.get("replacement", ""), text, flags=flags)
                if times:
                    counts["valuesChanged"] += 1
                    counts["occurrencesChanged"] += times
                    value, _ = entered(new)
                    changed.append((r, int(column), {**cell, "userEnteredValue": value} if value else {}))
        put_cells(tab, changed)
        counts["rowsChanged"] += len({r for r, _, _ in changed})
        counts["sheetsChanged"] += bool(changed)
    return {"findReplace": {k: v for k, v in counts.items() if v}}


@_kind("sortRange")
def _sort_range(call: Call, book: Book, body: Body) -> None:
    area = body.get("range", {})
    tab = book.tab(area.get("sheetId", 0))
    block = tab.bounded(block_of(area))
    check_may_edit(call, tab, block)
    reader = Reader(book)
    numbers = list(range(block.row, block.end_row or 0))
    for spec in reversed(body.get("sortSpecs", ())):
        column = spec.get("dimensionIndex", 0)

        def key(number: int, column: int = column) -> tuple[int, Any]:
            cell = tab.row(number).get(str(column), {})
            value = reader.shown(tab, number, column, cell, "UNFORMATTED_VALUE", "SERIAL_NUMBER")
            return _sort_key(value)

        filled = [n for n in numbers if key(n)[0] < 9]
        empty = [n for n in numbers if key(n)[0] == 9]
        numbers = sorted(filled, key=key, reverse=spec.get("sortOrder") == "DESCENDING") + empty
    rows = {}
    for target, source in zip(range(block.row, block.end_row or 0), numbers, strict=True):
        kept = {
            c: x for c, x in tab.row(target).items() if not block.column <= int(c) < (block.end_column or 0)
        }
        come = {
            c: _moved_cell(x, target - source, 0)
            for c, x in tab.row(source).items()
            if block.column <= int(c) < (block.end_column or 0)
        }
        rows[target] = {**kept, **come}
    tab.put_rows(rows)


def _sort_key(value: Any) -> tuple[int, Any]:
    if value in ("", None):
        return 9, 0
    if isinstance(value, bool):
        return 2, value
    return (0, value) if isinstance(value, int | float) else (1, str(value).casefold())


@_kind("copyPaste")
def _copy_paste(call: Call, book: Book, body: Body) -> None:
    source_tab, target_tab = (
        book.tab(body["source"].get("sheetId", 0)),
        book.tab(body["destination"].get("sheetId", 0)),
    )
    source, target = (
        source_tab.bounded(block_of(body["source"])),
        target_tab.bounded(block_of(body["destination"])),
    )
    turned = body.get("pasteOrientation") == "TRANSPOSE"
    height, width = (source.end_row or 0) - source.row, (source.end_column or 0) - source.column
    if turned:
        height, width = width, height
    tall = max(height, (target.end_row or 0) - target.row)
    wide = max(width, (target.end_column or 0) - target.column)
    end = Block(target.row, target.column, target.row + tall, target.column + wide)
    _check_in_grid(target_tab, end)
    check_may_edit(call, target_tab, end)
    cells = []
    for r in range(tall):
        for c in range(wide):
            dr, dc = (c % width, r % height) if turned else (r % height, c % width)
            at = (source.row + dr, source.column + dc)
            to = (target.row + r, target.column + c)
            old = target_tab.row(to[0]).get(str(to[1]), {})
            new = _moved_cell(source_tab.row(at[0]).get(str(at[1]), {}), to[0] - at[0], to[1] - at[1])
            cells.append(
                (*to, _pasted(book, source_tab, at, old, new, body.get("pasteType", "PASTE_NORMAL")))
            )
    put_cells(target_tab, cells)


@_kind("cutPaste")
def _cut_paste(call: Call, book: Book, body: Body) -> None:
    source_tab, target_tab = (
        book.tab(body["source"].get("sheetId", 0)),
        book.tab(body["destination"].get("sheetId", 0)),
    )
    source = source_tab.bounded(block_of(body["source"]))
    start = body["destination"]
    row, column = start.get("rowIndex", 0), start.get("columnIndex", 0)
    end = Block(
        row,
        column,
        row + (source.end_row or 0) - source.row,
        column + (source.end_column or 0) - source.column,
    )
    _check_in_grid(target_tab, end)
    check_may_edit(call, source_tab, source)
    check_may_edit(call, target_tab, end)
    taken = {}
    for r in range(source.row, source.end_row or 0):
        for c in range(source.column, source.end_column or 0):
            taken[r, c] = source_tab.row(r).get(str(c), {})
    put_cells(source_tab, [(r, c, {}) for r, c in taken])
    put_cells(
        target_tab, [(r - source.row + row, c - source.column + column, x) for (r, c), x in taken.items()]
    )


def _pasted(book: Book, tab: Tab, at: tuple[int, int], old: Cell, new: Cell, paste: str) -> Cell:
    if paste == "PASTE_VALUES":
        value = tab.row(at[0]).get(str(at[1]), {})
        if "userEnteredValue" in value:
            return {**old, "userEnteredValue": Reader(book).effective(tab, *at, value)}
        return {k: v for k, v in old.items() if k != "userEnteredValue"}
    names = {
        "PASTE_FORMAT": ("userEnteredFormat",),
        "PASTE_FORMULA": ("userEnteredValue",),
        "PASTE_DATA_VALIDATION": ("dataValidation",),
    }.get(paste)
    if names is None:
        return new
    return {
        **{k: v for k, v in old.items() if k not in names},
        **{k: v for k, v in new.items() if k in names},
    }


def _moved_cell(cell: Cell, rows: int, columns: int) -> Cell:
    formula = cell.get("userEnteredValue", {}).get("formulaValue")
    if not formula:
        return cell
    return {**cell, "userEnteredValue": {"formulaValue": moved(formula, rows, columns)}}


# Rows and columns


@_kind("insertDimension")
def _insert_dimension(call: Call, book: Book, body: Body) -> None:
    tab, start, end, is_rows = _span(book, body["range"])
    _check_structure(call, tab)
    (tab.insert_rows if is_rows else tab.insert_columns)(start, end - start)
    _let_all_follow(book, tab, Change(tab.title, is_rows, start, end))


@_kind("deleteDimension")
def _delete_dimension(call: Call, book: Book, body: Body) -> None:
    tab, start, end, is_rows = _span(book, body["range"])
    _check_structure(call, tab)
    if end - start >= (tab.height if is_rows else tab.width):
        raise bad_request(f"You can't delete all the {'rows' if is_rows else 'columns'} on the sheet.")
    (tab.delete_rows if is_rows else tab.delete_columns)(start, end)
    _let_all_follow(book, tab, Change(tab.title, is_rows, start, end, is_deletion=True))


@_kind("appendDimension")
def _append_dimension(_call: Call, book: Book, body: Body) -> None:
    tab = book.tab(body.get("sheetId", 0))
    side = "rowCount" if body["dimension"] == "ROWS" else "columnCount"
    properties = tab.properties
    grid = {**properties["gridProperties"], side: properties["gridProperties"][side] + body["length"]}
    tab.set_properties({**properties, "gridProperties": grid})


@_kind("moveDimension")
def _move_dimension(call: Call, book: Book, body: Body) -> None:
    tab, start, end, is_rows = _span(book, body["source"])
    _check_structure(call, tab)
    to = body.get("destinationIndex", 0)
    (tab.move_rows if is_rows else tab.move_columns)(start, end, to)
    _let_all_follow(book, tab, Change(tab.title, is_rows, start, end, to=to))


@_kind("updateDimensionProperties")
def _update_dimension_properties(_call: Call, book: Book, body: Body) -> None:
    tab, start, end, is_rows = _span(book, body["range"])
    name = "rowMetadata" if is_rows else "columnMetadata"
    metadata = dict(tab.document[name])
    for number in range(start, end):
        metadata[str(number)] = _masked(metadata.get(str(number), {}), body["properties"], body["fields"])
    tab.change(**{name: metadata})


@_kind("autoResizeDimensions")
def _auto_resize(_call: Call, book: Book, body: Body) -> None:
    """Fit columns to their longest text. Google measures the font; here a character counts the same everywhere."""
    tab, start, end, is_rows = _span(book, body["dimensions"])
    if is_rows:
        return
    reader = Reader(book)
    widths: dict[int, int] = dict.fromkeys(range(start, end), 0)
    for number, row in tab.rows():
        for column, cell in row.items():
            if int(column) in widths:
                text = str(reader.shown(tab, number, int(column), cell, "FORMATTED_VALUE", "SERIAL_NUMBER"))
                widths[int(column)] = max(widths[int(column)], round(sum(map(_width, text))))
    metadata = dict(tab.document["columnMetadata"])
    for place, width in widths.items():
        if width:
            metadata[str(place)] = {**metadata.get(str(place), {}), "pixelSize": width + 7}
    tab.change(columnMetadata=metadata)


@_kind("addDimensionGroup")
def _add_group(_call: Call, book: Book, body: Body) -> Reply:
    tab, start, end, is_rows = _span(book, body["range"])
    name = "rowGroups" if is_rows else "columnGroups"
    groups = list(tab.document.get(name, ()))
    depth = 1 + sum(g["range"]["startIndex"] <= start and end <= g["range"]["endIndex"] for g in groups)
    group = {"range": {**body["range"], "startIndex": start, "endIndex": end}, "depth": depth}
    groups = sorted([*groups, group], key=lambda g: (g["depth"], g["range"]["startIndex"]))
    tab.change(**{name: groups})
    return {"addDimensionGroup": {"dimensionGroups": groups}}


@_kind("deleteDimensionGroup")
def _delete_group(_call: Call, book: Book, body: Body) -> Reply:
    tab, start, end, is_rows = _span(book, body["range"])
    name = "rowGroups" if is_rows else "columnGroups"
    groups = list(tab.document.get(name, ()))
    found = [g for g in groups if g["range"]["startIndex"] <= start and end <= g["range"]["endIndex"]]
    if not found:
        raise bad_request("There is no group at this place.")
    groups.remove(max(found, key=lambda g: g["depth"]))
    tab.change(**{name: groups})
    return {"deleteDimensionGroup": {"dimensionGroups": groups} if groups else {}}


def _width(letter: str) -> float:
    return CAPITAL if letter.isupper() else OTHER


def _span(book: Book, area: Body) -> tuple[Tab, int, int, bool]:
    tab = book.tab(area.get("sheetId", 0))
    is_rows = area["dimension"] == "ROWS"
    most = tab.height if is_rows else tab.width
    start, end = area.get("startIndex", 0), area.get("endIndex", most)
    if start > most:
        raise bad_request(
            f"range.startIndex[{start}] is too large, sheet has {most} {area['dimension'].lower()}"
        )
    return tab, start, end, is_rows


def _check_structure(call: Call, tab: Tab) -> None:
    """Rows and columns of a wholly protected tab can't be inserted or deleted, whatever cells are free."""
    for protected in tab.document.get("protectedRanges", ()):
        area = {k for k in protected["range"] if k != "sheetId"}
        if not area and not protected.get("warningOnly"):
            check_may_edit(call, tab, Block(0, 0, tab.height, tab.width))


def _let_all_follow(book: Book, tab: Tab, change: Change) -> None:
    """Let formulas, named ranges and protection go along with the rows or columns that they speak of."""
    for other in book.tabs():
        home = other.title
        _change_formulas(other, lambda formula, home=home: followed(formula, home, change))  # type: ignore[misc]
    _shift_ranges(book, tab, change)


def _let_formulas_name(book: Book, before: str, after: str) -> None:
    for tab in book.tabs():
        _change_formulas(tab, lambda formula: retitled(formula, before, after))


def _change_formulas(tab: Tab, change: Callable[[str], str]) -> None:
    rows = [(number, row, with_formulas(row, change)) for number, row in tab.rows()]
    tab.put_rows({number: new for number, old, new in rows if new is not old})


def _shift_ranges(book: Book, tab: Tab, change: Change) -> None:
    first, end = (
        ("startRowIndex", "endRowIndex") if change.is_rows else ("startColumnIndex", "endColumnIndex")
    )
    edge = tab.height if change.is_rows else tab.width

    def shifted(area: Body) -> dict[str, Any]:
        if area.get("sheetId", 0) != tab.sheet_id or not (first in area or end in area):
            return dict(area)
        span = change.span(area.get(first, 0), area.get(end, edge) - 1)
        new = {first: span[0], end: span[1] + 1} if span else {first: change.start, end: change.start}
        return {**area, **{name: new[name] for name in (first, end) if name in area}}

    book.change(namedRanges=[{**r, "range": shifted(r["range"])} for r in book.document["namedRanges"]])
    protected = [
        {
            **p,
            "range": shifted(p["range"]),
            **(
                {"unprotectedRanges": [shifted(u) for u in p["unprotectedRanges"]]}
                if "unprotectedRanges" in p
                else {}
            ),
        }
        for p in tab.document.get("protectedRanges", ())
    ]
    if protected:
        tab.change(protectedRanges=protected)


# Names, protection, filters, merges, charts, metadata


@_kind("addNamedRange")
def _add_named_range(call: Call, book: Book, body: Body) -> Reply:
    wanted = dict(body["namedRange"])
    ranges = book.document["namedRanges"]
    if any(r["namedRangeId"] == wanted.get("namedRangeId") for r in ranges):
        raise bad_request(f"The named range ID {wanted['namedRangeId']} already exists.")
    if not _NAME.match(wanted.get("name", "")):
        raise bad_request(f"Invalid name: {wanted.get('name', '')}")
    if any(r["name"].lower() == wanted["name"].lower() for r in ranges):
        raise bad_request(f"The name {wanted['name']} already exists.")
    wanted.setdefault("namedRangeId", f"{call.workspace.store.next_number('sheets/named'):012}")
    wanted["range"] = _area(book, wanted["range"])
    named = {"namedRangeId": wanted["namedRangeId"], "name": wanted["name"], "range": wanted["range"]}
    book.change(namedRanges=[*ranges, named])
    return {"addNamedRange": {"namedRange": grid_data.without_zero(named)}}


@_kind("updateNamedRange")
def _update_named_range(_call: Call, book: Book, body: Body) -> None:
    wanted = body["namedRange"]
    ranges = book.document["namedRanges"]
    _found(ranges, "namedRangeId", wanted["namedRangeId"], "named range")
    book.change(
        namedRanges=[
            _masked(r, wanted, body["fields"]) if r["namedRangeId"] == wanted["namedRangeId"] else r
            for r in ranges
        ]
    )


@_kind("deleteNamedRange")
def _delete_named_range(_call: Call, book: Book, body: Body) -> None:
    ranges = book.document["namedRanges"]
    _found(ranges, "namedRangeId", body["namedRangeId"], "named range")
    book.change(namedRanges=[r for r in ranges if r["namedRangeId"] != body["namedRangeId"]])


@_kind("addProtectedRange")
def _add_protected_range(call: Call, book: Book, body: Body) -> Reply:
    wanted = dict(body["protectedRange"])
    area = wanted.get("range", {})
    tab = book.tab(area.get("sheetId", 0))
    wanted.setdefault("protectedRangeId", 1_000_000 + call.workspace.store.next_number("sheets/protected"))
    editors = dict(wanted.get("editors", {}))
    if not wanted.get("warningOnly"):
        users = [u.lower() for u in editors.get("users", ())]
        editors["users"] = list(dict.fromkeys([*users, call.user.lower()]))
        editors = {k: v for k, v in editors.items() if v not in ([], False, None)}
        wanted["editors"] = editors
    protected = {
        "protectedRangeId": wanted.pop("protectedRangeId"),
        "range": _area(book, wanted.pop("range", {})),
        **{k: v for k, v in wanted.items() if k != "requestingUserCanEdit" and v not in (None, False)},
    }
    tab.change(protectedRanges=[*tab.document.get("protectedRanges", ()), protected])
    shown = grid_data.protected_range(protected, can_edit=True)
    if "editors" in wanted:
        given = body["protectedRange"].get("editors", {})
        shown["editors"] = {k: v for k, v in given.items() if v not in ([], False, None)}
    return {"addProtectedRange": {"protectedRange": shown}}


@_kind("updateProtectedRange")
def _update_protected_range(_call: Call, book: Book, body: Body) -> None:
    wanted = body["protectedRange"]
    tab, found = _protected(book, wanted["protectedRangeId"])
    new = _masked(found, wanted, body["fields"])
    tab.change(protectedRanges=[new if p is found else p for p in tab.document["protectedRanges"]])


@_kind("deleteProtectedRange")
def _delete_protected_range(_call: Call, book: Book, body: Body) -> None:
    tab, found = _protected(book, body["protectedRangeId"])
    tab.change(protectedRanges=[p for p in tab.document["protectedRanges"] if p is not found])


def _protected(book: Book, protected_id: int) -> tuple[Tab, dict[str, Any]]:
    for tab in book.tabs():
        for protected in tab.document.get("protectedRanges", ()):
            if protected["protectedRangeId"] == protected_id:
                return tab, protected
    raise bad_request(f"No protected range with id: {protected_id}")


@_kind("setBasicFilter")
def _set_basic_filter(_call: Call, book: Book, body: Body) -> None:
    wanted = dict(body["filter"])
    tab = book.tab(wanted.get("range", {}).get("sheetId", 0))
    found = tab.bounded(block_of(wanted.get("range", {})))
    area = {"startRowIndex": found.row, "endRowIndex": found.end_row}
    area |= {"startColumnIndex": found.column, "endColumnIndex": found.end_column}
    tab.change(basicFilter={**wanted, "range": {"sheetId": tab.sheet_id, **area}})


@_kind("clearBasicFilter")
def _clear_basic_filter(_call: Call, book: Book, body: Body) -> None:
    book.tab(body.get("sheetId", 0)).change(basicFilter=None)


@_kind("addFilterView")
def _add_filter_view(call: Call, book: Book, body: Body) -> Reply:
    wanted = dict(body["filter"])
    tab = book.tab(wanted.get("range", {}).get("sheetId", 0))
    wanted.setdefault("filterViewId", 1_000_000 + call.workspace.store.next_number("sheets/filter"))
    tab.change(filterViews=[*tab.document.get("filterViews", ()), wanted])
    return {"addFilterView": {"filter": wanted}}


@_kind("deleteFilterView")
def _delete_filter_view(_call: Call, book: Book, body: Body) -> None:
    for tab in book.tabs():
        views = tab.document.get("filterViews", ())
        if any(v["filterViewId"] == body["filterId"] for v in views):
            tab.change(filterViews=[v for v in views if v["filterViewId"] != body["filterId"]])
            return
    raise bad_request(f"No filter view with id: {body['filterId']}")


@_kind("insertRange")
def _insert_range(call: Call, book: Book, body: Body) -> None:
    _shift_cells(call, book, body, away=True)


@_kind("deleteRange")
def _delete_range(call: Call, book: Book, body: Body) -> None:
    _shift_cells(call, book, body, away=False)


def _shift_cells(call: Call, book: Book, body: Body, *, away: bool) -> None:
    """Move the cells behind a block away from it, or over it; what falls off the edge is lost."""
    tab = book.tab(body["range"].get("sheetId", 0))
    block = tab.bounded(block_of(body["range"]))
    height, width = (block.end_row or 0) - block.row, (block.end_column or 0) - block.column
    is_rows = body["shiftDimension"] == "ROWS"
    reach = Block(
        block.row,
        block.column,
        tab.height if is_rows else block.end_row,
        block.end_column if is_rows else tab.width,
    )
    check_may_edit(call, tab, reach)
    by = (height if is_rows else width) * (1 if away else -1)
    down, right = (by, 0) if is_rows else (0, by)
    there = list(cells_in(tab, reach))
    put_cells(tab, [(r, c, {}) for r, c, _ in there])
    moved_to = [(r + down, c + right, cell) for r, c, cell in there]
    put_cells(
        tab, [x for x in moved_to if block.row <= x[0] < tab.height and block.column <= x[1] < tab.width]
    )


@_kind("mergeCells")
def _merge_cells(call: Call, book: Book, body: Body) -> None:
    tab = book.tab(body["range"].get("sheetId", 0))
    found = tab.bounded(block_of(body["range"]))
    check_may_edit(call, tab, found)
    kind = body.get("mergeType", "MERGE_ALL")
    rows = (
        [(found.row, found.end_row)]
        if kind != "MERGE_ROWS"
        else [(r, r + 1) for r in range(found.row, found.end_row or 0)]
    )
    columns = (
        [(found.column, found.end_column)]
        if kind != "MERGE_COLUMNS"
        else [(c, c + 1) for c in range(found.column, found.end_column or 0)]
    )
    merges = list(tab.document.get("merges", ()))
    for top, bottom in rows:
        for left, right in columns:
            merges.append(
                {
                    "sheetId": tab.sheet_id,
                    "startRowIndex": top,
                    "endRowIndex": bottom,
                    "startColumnIndex": left,
                    "endColumnIndex": right,
                }
            )
            lost: list[tuple[int, int, Cell]] = [
                (r, c, {})
                for r in range(top, bottom or 0)
                for c in range(left, right or 0)
                if (r, c) != (top, left)
            ]
            put_cells(tab, lost)
    tab.change(merges=merges)


@_kind("unmergeCells")
def _unmerge_cells(_call: Call, book: Book, body: Body) -> None:
    tab = book.tab(body["range"].get("sheetId", 0))
    wanted = tab.bounded(block_of(body["range"]))

    def outside(area: Body) -> bool:
        found = block_of(area)
        return bool(
            found.end_row <= wanted.row  # type: ignore[operator]
            or found.row >= wanted.end_row  # type: ignore[operator]
            or found.end_column <= wanted.column  # type: ignore[operator]
            or found.column >= wanted.end_column  # type: ignore[operator]
        )

    tab.change(merges=[m for m in tab.document.get("merges", ()) if outside(m)])


@_kind("addConditionalFormatRule")
def _add_conditional_format(_call: Call, book: Book, body: Body) -> None:
    rule = with_styles(dict(body["rule"]))
    tab = book.tab(rule["ranges"][0].get("sheetId", 0))
    rules = list(tab.document.get("conditionalFormats", ()))
    rules.insert(body.get("index", 0), rule)
    tab.change(conditionalFormats=rules)


@_kind("updateConditionalFormatRule")
def _update_conditional_format(_call: Call, book: Book, body: Body) -> Reply:
    if "rule" not in body:
        raise not_here("moving conditional formats")
    index = body.get("index", 0)
    tab = book.tab(body["rule"]["ranges"][0].get("sheetId", 0))
    rules = list(tab.document.get("conditionalFormats", ()))
    if index >= len(rules):
        raise bad_request(f"No conditional format on sheet: {tab.sheet_id} at index: {index}")
    old, rules[index] = rules[index], with_styles(dict(body["rule"]))
    tab.change(conditionalFormats=rules)
    return {"updateConditionalFormatRule": {"oldRule": old, "newRule": rules[index], "newIndex": index}}


@_kind("deleteConditionalFormatRule")
def _delete_conditional_format(_call: Call, book: Book, body: Body) -> Reply:
    tab = book.tab(body.get("sheetId", 0))
    rules = list(tab.document.get("conditionalFormats", ()))
    index = body.get("index", 0)
    if index >= len(rules):
        raise bad_request(f"No conditional format on sheet: {tab.sheet_id} at index: {index}")
    rule = rules.pop(index)
    tab.change(conditionalFormats=rules)
    return {"deleteConditionalFormatRule": {"rule": rule}}


@_kind("addChart")
def _add_chart(call: Call, book: Book, body: Body) -> Reply:
    chart = dict(body["chart"])
    anchor = chart.get("position", {}).get("overlayPosition", {}).get("anchorCell", {})
    tab = book.tab(anchor.get("sheetId", book.document["order"][0]))
    chart.setdefault("chartId", 1_000_000 + call.workspace.store.next_number("sheets/chart"))
    tab.change(charts=[*tab.document.get("charts", ()), with_styles(chart)])
    return {"addChart": {"chart": chart}}


@_kind("updateChartSpec")
def _update_chart(_call: Call, book: Book, body: Body) -> None:
    for tab in book.tabs():
        charts = tab.document.get("charts", ())
        if any(c["chartId"] == body["chartId"] for c in charts):
            tab.change(
                charts=[{**c, "spec": body["spec"]} if c["chartId"] == body["chartId"] else c for c in charts]
            )
            return
    raise bad_request(f"No chart with id: {body['chartId']}")


@_kind("deleteEmbeddedObject")
def _delete_object(_call: Call, book: Book, body: Body) -> None:
    for tab in book.tabs():
        charts = tab.document.get("charts", ())
        if any(c["chartId"] == body["objectId"] for c in charts):
            tab.change(charts=[c for c in charts if c["chartId"] != body["objectId"]])
            return
    raise bad_request(f"No embedded object with id: {body['objectId']}")


@_kind("addBanding")
def _add_banding(call: Call, book: Book, body: Body) -> Reply:
    banded = with_styles(dict(body["bandedRange"]))
    tab = book.tab(banded["range"].get("sheetId", 0))
    banded.setdefault("bandedRangeId", 1_000_000 + call.workspace.store.next_number("sheets/banded"))
    tab.change(bandedRanges=[*tab.document.get("bandedRanges", ()), banded])
    return {"addBanding": {"bandedRange": banded}}


@_kind("deleteBanding")
def _delete_banding(_call: Call, book: Book, body: Body) -> None:
    for tab in book.tabs():
        banded = tab.document.get("bandedRanges", ())
        if any(b["bandedRangeId"] == body["bandedRangeId"] for b in banded):
            tab.change(bandedRanges=[b for b in banded if b["bandedRangeId"] != body["bandedRangeId"]])


@_kind("createDeveloperMetadata")
def _create_metadata(call: Call, book: Book, body: Body) -> Reply:
    wanted = dict(body["developerMetadata"])
    wanted.setdefault("metadataId", call.workspace.store.next_number("sheets/metadata"))
    location = dict(wanted.get("location", {"spreadsheet": True}))
    location["locationType"] = "SHEET" if "sheetId" in location else "SPREADSHEET"
    if "dimensionRange" in location:
        location["locationType"] = "ROW" if location["dimensionRange"]["dimension"] == "ROWS" else "COLUMN"
    wanted["location"] = location
    existing = book.document["developerMetadata"]
    if any(m["metadataId"] == wanted["metadataId"] for m in existing):
        raise bad_request(f"Developer metadata with ID {wanted['metadataId']} already exists.")
    book.change(developerMetadata=[*existing, wanted])
    return {"createDeveloperMetadata": {"developerMetadata": wanted}}


@_kind("updateDeveloperMetadata")
def _update_metadata(_call: Call, book: Book, body: Body) -> Reply:
    matching = metadata_matching(book, body.get("dataFilters", ()))
    new = {m["metadataId"]: _masked(m, body["developerMetadata"], body["fields"]) for m in matching}
    book.change(developerMetadata=[new.get(m["metadataId"], m) for m in book.document["developerMetadata"]])
    return {"updateDeveloperMetadata": {"developerMetadata": list(new.values())}}


@_kind("deleteDeveloperMetadata")
def _delete_metadata(_call: Call, book: Book, body: Body) -> Reply:
    gone = metadata_matching(book, [body["dataFilter"]])
    ids = {m["metadataId"] for m in gone}
    book.change(
        developerMetadata=[m for m in book.document["developerMetadata"] if m["metadataId"] not in ids]
    )
    return {"deleteDeveloperMetadata": {"deletedDeveloperMetadata": gone}}


def metadata_matching(book: Book, filters: Iterable[Body]) -> list[dict[str, Any]]:
    """Return the developer metadata that any of the filters finds, each once."""
    found = []
    for data_filter in filters:
        lookup = data_filter.get("developerMetadataLookup")
        if not lookup or "metadataLocation" in lookup:
            raise not_here("finding developer metadata by place")
        names = ("metadataId", "metadataKey", "metadataValue", "visibility")
        found += [
            m
            for m in book.document["developerMetadata"]
            if all(m.get(n) == lookup[n] for n in names if n in lookup)
            and lookup.get("locationType") in (None, m["location"]["locationType"])
            and m not in found
        ]
    return found


# What several kinds need


def _area(book: Book, area: Body) -> dict[str, Any]:
    """Return a range as Google keeps it: with the sheet's id, sides that reach the edge left out."""
    tab = book.tab(area.get("sheetId", 0))
    return {"sheetId": tab.sheet_id, **{k: v for k, v in area.items() if k != "sheetId"}}


def _found(items: Iterable[Body], name: str, wanted: Any, what: str) -> Body:
    for item in items:
        if item[name] == wanted:
            return item
    raise bad_request(f"No {what} with id: {wanted}")


def _check_in_grid(tab: Tab, block: Block) -> None:
    if (block.end_row or 0) > tab.height or block.row > tab.height:
        raise bad_request(
            f"Attempting to write row: {tab.height}, beyond the last requested row of: {tab.height - 1}"
        )
    if (block.end_column or 0) > tab.width:
        raise bad_request(
            f"Attempting to write column: {tab.width}, beyond the last requested column of: {tab.width - 1}"
        )


def _each_cell(tab: Tab, block: Block, new: Callable[[int, int, Cell], Cell]) -> None:
    rows = {}
    for r in range(block.row, block.end_row or 0):
        there = tab.row(r)
        changed = {
            str(c): new(r, c, there.get(str(c), {})) for c in range(block.column, block.end_column or 0)
        }
        rows[r] = {**there, **changed}
    tab.put_rows(rows)


def _cell_masked(old: Cell, new: Body, fields: str) -> Cell:
    cell = {k: v for k, v in _masked(old, new, fields).items() if v not in ({}, None, "")}
    return with_styles(cell) if "userEnteredFormat" in cell else cell


def _masked(old: Body, new: Body, fields: str, skip: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return ``old`` with the fields that the mask names taken from ``new``; absent there means gone."""
    if fields == "*":
        return {**old, **{k: v for k, v in new.items() if k not in skip}}
    result: dict[str, Any] = dict(old)
    for path in _paths(fields):
        if path[0] not in skip:
            _take(result, new, path)
    return result


def _take(result: dict[str, Any], new: Body, path: Sequence[str]) -> None:
    name, *rest = path
    if not rest or rest == ["*"]:
        if name in new:
            result[name] = new[name]
        else:
            result.pop(name, None)
        return
    inner = dict(result.get(name, {}))
    _take(inner, new.get(name, {}), rest)
    result[name] = inner


def _paths(fields: str) -> list[list[str]]:
    """Split a mask such as ``a.b,c(d,e.f)`` into paths."""
    paths: list[list[str]] = []
    stack: list[list[str]] = [[]]
    for token in re.findall(r"[^,().]+|[,().]", fields.replace(" ", "").replace("/", ".")):
        if token == "(":
            stack.append(list(paths.pop()))
        elif token == ")":
            stack.pop()
        elif token == ".":
            paths[-1].append("")
        elif token != ",":
            if paths and paths[-1] and paths[-1][-1] == "":
                paths[-1][-1] = token
            else:
                paths.append([*stack[-1], token])
    return paths
