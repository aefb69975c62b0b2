"""Batch requests that tidy cells: text pasted and split, duplicates and spaces taken out, series continued."""

from __future__ import annotations

import csv
import io
import random
import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import bad_request
from workspace_emulator.sheets.a1 import Block
from workspace_emulator.sheets.book import Book, Cell, Tab, put_cells
from workspace_emulator.sheets.formulas import moved
from workspace_emulator.sheets.protection import check_may_edit
from workspace_emulator.sheets.reading import Reader
from workspace_emulator.sheets.requests.places import check_in_grid, grid_block
from workspace_emulator.sheets.requests.table import Body, Reply, kind
from workspace_emulator.sheets.typed import entered

_SEPARATORS = {"COMMA": ",", "SEMICOLON": ";", "PERIOD": ".", "SPACE": " "}


@kind("pasteData")
def _paste_data(call: Call, book: Book, body: Body) -> None:
    at, text = body["coordinate"], body.get("data", "")
    tab = book.tab(at.get("sheetId", 0))
    rows = _table_in(text) if body.get("html") else _divided(text, body.get("delimiter") or ",")
    row, column = at.get("rowIndex", 0), at.get("columnIndex", 0)
    block = Block(row, column, row + len(rows), column + max(map(len, rows), default=0))
    check_in_grid(tab, block)
    check_may_edit(call, tab, block)
    cells = [
        (row + r, column + c, _typed(word)) for r, line in enumerate(rows) for c, word in enumerate(line)
    ]
    put_cells(tab, cells)


@kind("textToColumns")
def _text_to_columns(call: Call, book: Book, body: Body) -> None:
    tab, block = _place(call, book, body["source"])
    if (block.end_column or 0) - block.column != 1:
        raise bad_request("The source range must span exactly one column.")
    texts = {r: _text(tab.row(r).get(str(block.column), {})) for r in range(block.row, block.end_row or 0)}
    separator = _separator(body, "".join(texts.values()))
    parts = {r: [word.strip() for word in text.split(separator)] for r, text in texts.items() if text}
    width = max(map(len, parts.values()), default=1)
    if block.column + width > tab.width:
        tab.insert_columns(tab.width, block.column + width - tab.width)
    put_cells(
        tab, [(r, block.column + i, _typed(w)) for r, words in parts.items() for i, w in enumerate(words)]
    )


@kind("deleteDuplicates")
def _delete_duplicates(call: Call, book: Book, body: Body) -> Reply:
    """Take out rows that are like one above, and close the gaps within the range."""
    tab, block = _place(call, book, body["range"])
    compared = [c for area in body.get("comparisonColumns", ()) for c in _columns(area, tab)]
    reader, seen, kept = Reader(book), set(), []
    for r in range(block.row, block.end_row or 0):
        row = tab.row(r)
        columns = compared or range(block.column, block.end_column or 0)
        shown = tuple(str(_shown(reader, tab, r, c)).casefold() for c in columns)
        if shown not in seen:
            kept.append({c: x for c, x in row.items() if block.column <= int(c) < (block.end_column or 0)})
        seen.add(shown)
    removed = (block.end_row or 0) - block.row - len(kept)
    _put_back(tab, block, kept)
    return {"deleteDuplicates": {"duplicatesRemovedCount": removed} if removed else {}}


@kind("trimWhitespace")
def _trim(call: Call, book: Book, body: Body) -> Reply:
    tab, block = _place(call, book, body["range"])
    changed = []
    for r, row in tab.rows(block.row, block.end_row):
        for column, cell in row.items():
            text = cell.get("userEnteredValue", {}).get("stringValue")
            if text is None or not block.column <= int(column) < (block.end_column or 0):
                continue
            trimmed = " ".join(text.split())
            if trimmed != text:
                value = {"userEnteredValue": {"stringValue": trimmed}} if trimmed else {}
                changed.append(
                    (r, int(column), {k: v for k, v in cell.items() if k != "userEnteredValue"} | value)
                )
    put_cells(tab, changed)
    return {"trimWhitespace": {"cellsChangedCount": len(changed)} if changed else {}}


@kind("randomizeRange")
def _randomize(call: Call, book: Book, body: Body) -> None:
    """Shuffle rows, the same way whenever the same calls were made before."""
    tab, block = _place(call, book, body["range"])
    rows = [
        {c: x for c, x in tab.row(r).items() if block.column <= int(c) < (block.end_column or 0)}
        for r in range(block.row, block.end_row or 0)
    ]
    random.Random(call.workspace.store.next_number("sheets/shuffle")).shuffle(rows)  # noqa: S311 - no secret
    _put_back(tab, block, rows)


@kind("autoFill")
def _auto_fill(call: Call, book: Book, body: Body) -> None:
    """Continue what is there: formulas move along, numbers go on in their steps, all else repeats."""
    tab, source, length, is_rows = _series(book, body)
    size = (source.end_row or 0) - source.row if is_rows else (source.end_column or 0) - source.column
    steps = range(1, length + 1) if length > 0 else range(-1, length - 1, -1)
    start = (source.end_row or 0) - 1 if is_rows else (source.end_column or 0) - 1
    first = (source.row if is_rows else source.column) if length < 0 else start
    lines = (
        range(source.column, source.end_column or 0) if is_rows else range(source.row, source.end_row or 0)
    )
    cells = []
    for line in lines:
        there = [_at(tab, source, line, i, is_rows) for i in range(size)]
        for step in steps:
            place = first + step
            index = (size + step - 1 if length > 0 else step) % size
            by = place - (source.row if is_rows else source.column) - index
            cell = _continued(there, index, size - 1 + step if length > 0 else step, by, is_rows=is_rows)
            cells.append((place, line, cell) if is_rows else (line, place, cell))
    ends = [(r, c) for r, c, _ in cells] or [(source.row, source.column)]
    block = Block(
        min(r for r, _ in ends),
        min(c for _, c in ends),
        max(r for r, _ in ends) + 1,
        max(c for _, c in ends) + 1,
    )
    check_in_grid(tab, block)
    check_may_edit(call, tab, block)
    put_cells(tab, cells)


def _series(book: Book, body: Body) -> tuple[Tab, Block, int, bool]:
    """Return what is continued, how far, and whether downwards (or, by less than none, upwards)."""
    if "sourceAndDestination" in body:
        given = body["sourceAndDestination"]
        tab = book.tab(given["source"].get("sheetId", 0))
        return tab, grid_block(tab, given["source"]), given.get("fillLength", 0), given["dimension"] == "ROWS"
    tab = book.tab(body["range"].get("sheetId", 0))
    whole = grid_block(tab, body["range"])
    filled = [r for r, row in tab.rows(whole.row, whole.end_row) if str(whole.column) in row]
    height = len(filled)
    if not height or height == (whole.end_row or 0) - whole.row:
        last = [c for c in range(whole.column, whole.end_column or 0) if str(c) in tab.row(whole.row)]
        end = max(last, default=whole.column) + 1
        source = Block(whole.row, whole.column, whole.end_row, end)
        return tab, source, (whole.end_column or 0) - end, False
    end = max(filled) + 1
    return tab, Block(whole.row, whole.column, end, whole.end_column), (whole.end_row or 0) - end, True


def _at(tab: Tab, source: Block, line: int, index: int, is_rows: bool) -> Cell:
    row, column = (source.row + index, line) if is_rows else (line, source.column + index)
    return tab.row(row).get(str(column), {})


def _continued(there: list[Cell], index: int, position: int, by: int, *, is_rows: bool) -> Cell:
    cell, value = there[index], there[index].get("userEnteredValue", {})
    if "formulaValue" in value:
        text = moved(value["formulaValue"], by if is_rows else 0, 0 if is_rows else by)
        return {**cell, "userEnteredValue": {"formulaValue": text}}
    numbers = [c.get("userEnteredValue", {}).get("numberValue") for c in there]
    if len(numbers) > 1 and all(n is not None for n in numbers):
        step = numbers[1] - numbers[0]
        if all(abs(b - a - step) < 1e-9 for a, b in pairwise(numbers)):
            return {**cell, "userEnteredValue": {"numberValue": numbers[0] + step * position}}
    return cell


def _place(call: Call, book: Book, area: Body) -> tuple[Tab, Block]:
    tab = book.tab(area.get("sheetId", 0))
    block = grid_block(tab, area)
    check_may_edit(call, tab, block)
    return tab, block


def _put_back(tab: Tab, block: Block, rows: list[dict[str, Cell]]) -> None:
    """Put rows into a block from the top, the rest of it emptied."""
    new = {}
    for i, r in enumerate(range(block.row, block.end_row or 0)):
        outside = {
            c: x for c, x in tab.row(r).items() if not block.column <= int(c) < (block.end_column or 0)
        }
        new[r] = {**outside, **(rows[i] if i < len(rows) else {})}
    tab.put_rows(new)


def _columns(area: Body, tab: Tab) -> range:
    return range(area.get("startIndex", 0), area.get("endIndex", tab.width))


def _shown(reader: Reader, tab: Tab, row: int, column: int) -> Any:
    cell = tab.row(row).get(str(column), {})
    return reader.shown(tab, row, column, cell, "FORMATTED_VALUE", "SERIAL_NUMBER")


def _text(cell: Cell) -> str:
    value = cell.get("userEnteredValue", {})
    return str(next(iter(value.values()), ""))


def _separator(body: Body, text: str) -> str:
    name = body.get("delimiterType", "AUTODETECT")
    if name == "CUSTOM":
        return str(body.get("delimiter") or ",")
    if name in _SEPARATORS:
        return _SEPARATORS[name]
    return max(
        (",", ";", "\t", "|", " "), key=lambda sign: (text.count(sign) > 0, sign != " ", text.count(sign))
    )


def _divided(text: str, separator: str) -> list[list[str]]:
    if len(separator) > 1:
        return [line.split(separator) for line in re.split(r"\r?\n", text)]
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def _typed(text: str) -> Cell:
    value, look = entered(text)
    cell: Cell = {"userEnteredValue": value} if value else {}
    return cell | ({"userEnteredFormat": {"numberFormat": look}} if look else {})


class _Table(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"} and self.rows:
            self.rows[-1].append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.rows[-1][-1] += data.strip()


def _table_in(html: str) -> list[list[str]]:
    parser = _Table()
    parser.feed(html)
    return parser.rows
