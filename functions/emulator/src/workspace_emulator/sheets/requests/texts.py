"""Batch requests that make cells of text: pasted, or divided into columns."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import bad_request
from workspace_emulator.sheets.a1 import Block
from workspace_emulator.sheets.book import Book, Cell, put_cells
from workspace_emulator.sheets.protection import check_may_edit
from workspace_emulator.sheets.requests.places import check_in_grid, grid_block
from workspace_emulator.sheets.requests.table import Body, kind
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
    tab = book.tab(body["source"].get("sheetId", 0))
    block = grid_block(tab, body["source"])
    check_may_edit(call, tab, block)
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
