"""Files that hold a roster: CSV in any usual encoding and separator, XLSX and ODS, as cells."""

from __future__ import annotations

import codecs
import csv
import io
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from peerpact.clock import now
from peerpact.errors import SheetError
from peerpact.operating.encodings import decoded
from peerpact.tables.cells import Cell, write_cell
from peerpact.tables.roster_file import RosterFile, roster_in
from peerpact.tables.roster_headers import known_headers, meaning
from peerpact.tables.tab_contents import DEEPEST_HEADER, Grid

SEPARATORS = (",", ";", "\t", "|")
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LARGEST = 50_000_000
"""Bytes; a roster of everybody at the largest companies is a tenth of it."""


def read_roster_file(path: Path, *, today: date | None = None) -> RosterFile:
    """Read the roster in a file, without who had left before a day; None: before the machine's.

    Raises:
        SheetError: it is no file of a kind that is known, or holds no roster.
    """
    if path.stat().st_size > LARGEST:
        raise SheetError(f"{path.name} is too large for a roster ({path.stat().st_size // 1_000_000} MB).")
    return roster_in(_grid_of(path), name=path.name, today=today or now(os.environ).date())


def _grid_of(path: Path) -> Grid:
    read = _KINDS.get(path.suffix.lower())
    if read is None:
        raise SheetError(f"{path.name} is neither CSV, XLSX nor ODS. Save it as one of these, and try again.")
    try:
        if read is not _csv and not zipfile.is_zipfile(
            path
        ):  # the library for ODS reads nothing from what is none
            raise zipfile.BadZipFile("it is something else, or was cut off")
        return _with_roster(list(read(path)))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, csv.Error) as error:
        raise SheetError(f"{path.name} can't be read as {path.suffix[1:].upper()}: {error}.") from error


def _with_roster(sheets: list[Grid]) -> Grid:
    """Return the sheet with the row that names most of a roster's columns, the first of several."""
    return max(sheets, key=lambda grid: _known_headers(grid[:DEEPEST_HEADER]), default=[])


def _csv(path: Path) -> Iterator[Grid]:
    words = _decoded(path.read_bytes())
    first, _, rest = words.partition("\n")
    told = first.strip().strip('"').casefold()
    if told.startswith("sep=") and len(told) == len("sep=,"):
        yield _split(rest, told[-1])
    else:
        yield _split(
            words, max(SEPARATORS, key=lambda s: _known_headers(_split(words, s, rows=DEEPEST_HEADER)))
        )


def _split(words: str, separator: str, rows: int | None = None) -> Grid:
    lines = csv.reader(io.StringIO(words, newline=""), delimiter=separator)
    return [list(row) for row, _ in zip(lines, range(rows or len(words) + 1), strict=False)]


def _known_headers(grid: Grid) -> int:
    known = known_headers()
    return max((sum(meaning(cell) in known for cell in row) for row in grid), default=0)


def _decoded(content: bytes) -> str:
    """Decode by the mark at the beginning, by zeros where UTF-16 has them, as UTF-8, or as it reads best."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    beginning = content[:200]
    if beginning.count(0) > len(beginning) // 4:
        return content.decode(
            "utf-16-le" if beginning[1::2].count(0) > beginning[::2].count(0) else "utf-16-be"
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return decoded(content)


def _xlsx(path: Path) -> Iterator[Grid]:
    from openpyxl import load_workbook  # noqa: PLC0415 - loads slowly, and only where there is such a file

    book = typed = load_workbook(path)
    if any(cell.data_type == "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row):
        book = load_workbook(path, data_only=True)
    for sheet, as_typed in zip(book.worksheets, typed.worksheets, strict=True):
        if sheet.sheet_state == "visible":
            _refuse_unreckoned(sheet, as_typed)
            rows = [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]
            merged = [(r.min_row - 1, r.min_col - 1, r.max_row - 1) for r in sheet.merged_cells.ranges]
            yield _filled_down(rows, merged)


def _refuse_unreckoned(sheet: Any, as_typed: Any) -> None:
    """Stop at a formula without its result, as some programs write them: what it holds isn't empty.

    A result that is an empty text has a type of its own.
    """
    for row in as_typed.iter_rows():
        for cell in row:
            read = sheet.cell(cell.row, cell.column)
            if cell.data_type == "f" and read.value is None and read.data_type == "n":
                raise ValueError(
                    f"cell {cell.coordinate} holds a formula without its result; open the file in Excel or "
                    "LibreOffice, save it, and try again"
                )


def _ods(path: Path) -> Iterator[Grid]:
    from pyexcel_ods3.odsr import ODSBook  # noqa: PLC0415 - as above

    book = ODSBook(str(path), "ods")
    for sheet in map(book.read_sheet, range(len(book.content_array))):
        rows = [[_cell(value) for value in sheet.column_iterator(row)] for row in sheet.row_iterator()]
        cells = sheet.ods_sheet
        spans = ((r, c, cells[r, c].span[0]) for r, row in enumerate(rows) for c in range(len(row)))
        yield _filled_down(rows, [(r, c, r + down - 1) for r, c, down in spans if down > 1])


def _filled_down(rows: list[list[Cell]], merged: Iterable[tuple[int, int, int]]) -> Grid:
    """Put what a cell holds that is merged with those below it into each of these.

    ``merged`` are the cells' first row, column and last row, counted from 0.
    """
    for top, column, last in merged:
        for row in rows[top + 1 : last + 1]:
            row[column] = rows[top][column]
    return rows


def _cell(value: Any) -> Cell:
    """Return a cell as Sheets would give it: days as serial numbers, times of day as they are written."""
    if isinstance(value, datetime):
        return write_cell(value.date())
    if isinstance(value, date):
        return write_cell(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        return str(value)
    return value if isinstance(value, str | int | float | bool) else "" if value is None else str(value)


_KINDS: dict[str, Callable[[Path], Iterable[Grid]]] = {
    ".csv": _csv,
    ".tsv": _csv,
    ".txt": _csv,
    ".xlsx": _xlsx,
    ".xlsm": _xlsx,
    ".ods": _ods,
}
