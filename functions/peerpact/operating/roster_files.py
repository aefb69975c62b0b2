"""Files that hold a roster: CSV in any usual encoding and separator, XLSX and ODS, as cells."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from peerpact.errors import SheetError
from peerpact.operating.encodings import decoded
from peerpact.tables.cells import Cell, write_cell
from peerpact.tables.reading import DEEPEST_HEADER, Grid
from peerpact.tables.roster_file import FAMILY_NAMES, RosterFile, header_row_of, roster_in
from peerpact.tables.schema import plain_header, tab

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


def read_roster_file(path: Path) -> RosterFile:
    """Read the roster in a file.

    Raises:
        SheetError: it is no file of a kind that is known, or holds no roster.
    """
    if path.stat().st_size > LARGEST:
        raise SheetError(f"{path.name} is too large for a roster ({path.stat().st_size // 1_000_000} MB).")
    return roster_in(_grid_of(path), name=path.name)


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
    """Return the first sheet that has a roster's header, else the first."""
    found = (grid for grid in sheets if header_row_of(grid, tab("Roster")) is not None)
    return next(found, sheets[0] if sheets else [])


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
    known = frozenset().union(*(c.headers for c in tab("Roster").columns)) | FAMILY_NAMES
    return max((sum(plain_header(cell) in known for cell in row) for row in grid), default=0)


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

    book = load_workbook(path, data_only=True)
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            yield [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]


def _ods(path: Path) -> Iterator[Grid]:
    from pyexcel_ods3 import get_data  # noqa: PLC0415 - as above

    for rows in get_data(str(path)).values():
        yield [[_cell(value) for value in row] for row in rows]


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
