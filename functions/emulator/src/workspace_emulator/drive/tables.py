"""Tables as files: a spreadsheet's tabs written as CSV, TSV, XLSX or ODS."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

from workspace_emulator.sheets.a1 import Block
from workspace_emulator.sheets.book import Book, Tab
from workspace_emulator.sheets.reading import Reader
from workspace_emulator.sheets.typed import moment_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
CSV, TSV = "text/csv", "text/tab-separated-values"
ENDINGS = {
    "csv": CSV,
    "tsv": TSV,
    "xlsx": XLSX,
    "ods": ODS,
    "ods-x": "application/x-vnd.oasis.opendocument.spreadsheet",
}
_MOMENTS = {"DATE", "DATE_TIME", "TIME"}


def written(book: Book, kind: str, sheet_id: int | None = None) -> bytes:
    """Return a spreadsheet as a file; of the kinds that hold one table, one tab's.

    Raises:
        KeyError: It can't be written as that kind.
    """
    tabs = book.tabs() if sheet_id is None else [book.tab(sheet_id)]
    return _WRITERS[kind](Reader(book), tabs)


def _separated(separator: str) -> Callable[[Reader, list[Tab]], bytes]:
    def write(reader: Reader, tabs: list[Tab]) -> bytes:
        rows = list(_shown(reader, tabs[0]))
        out, width = io.StringIO(), max((len(r) for r in rows), default=0)
        lines = [[*row, *[""] * (width - len(row))] for row in rows]
        csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(lines)
        return out.getvalue().removesuffix("\r\n").encode()

    return write


def _shown(reader: Reader, tab: Tab) -> list[list[Any]]:
    return reader.values(tab, tab.bounded(Block()), render="FORMATTED_VALUE", dates="SERIAL_NUMBER")


def _workbook(reader: Reader, tabs: list[Tab]) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - takes a while, and few export

    made = Workbook()
    made.remove(made.active)
    for tab in tabs:
        sheet = made.create_sheet(_short(tab.title, made.sheetnames))
        for row, column, value in _values(reader, tab, formulas=True):
            sheet.cell(row + 1, column + 1, value)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _short(title: str, taken: list[str]) -> str:
    """Return a title as Excel allows it: of 31 letters, without some signs, and no other's."""
    plain = "".join("_" if c in r"[]:*?/\\" else c for c in title)[:31] or "Sheet"
    return plain if plain not in taken else f"{plain[:27]} ({len(taken)})"


def _ods(reader: Reader, tabs: list[Tab]) -> bytes:
    from pyexcel_ods3 import save_data  # noqa: PLC0415 - takes a while, and few export

    tables: dict[str, list[list[Any]]] = {}
    for tab in tabs:
        rows = tables.setdefault(tab.title, [])
        for row, column, value in _values(reader, tab, formulas=False):
            rows += [[] for _ in range(row + 1 - len(rows))]
            rows[row] += [""] * (column + 1 - len(rows[row]))
            rows[row][column] = value
    out = io.BytesIO()
    save_data(out, tables)
    return out.getvalue()


def _values(reader: Reader, tab: Tab, *, formulas: bool) -> Iterator[tuple[int, int, Any]]:
    """Go through a tab's cells as values of Python: numbers that are moments as such, formulas if wanted."""
    for number, row in tab.rows():
        for column, cell in sorted(row.items(), key=lambda item: int(item[0])):
            entered_value = cell.get("userEnteredValue")
            if entered_value is None:
                continue
            if formulas and "formulaValue" in entered_value:
                yield number, int(column), entered_value["formulaValue"]
                continue
            effective = reader.effective(tab, number, int(column), cell)
            look = cell.get("userEnteredFormat", {}).get("numberFormat", {})
            yield number, int(column), _value(effective, look.get("type", ""))


def _value(effective: dict[str, Any], kind: str) -> Any:
    if "errorValue" in effective:
        return effective["errorValue"].get("type_shown", "#ERROR!")
    value = next(iter(effective.values()), "")
    if kind not in _MOMENTS or not isinstance(value, int | float) or isinstance(value, bool):
        return value
    moment = moment_of(value)
    return {"DATE": moment.date(), "TIME": moment.time()}.get(kind, moment)


_WRITERS: dict[str, Callable[[Reader, list[Tab]], bytes]] = {
    CSV: _separated(","),
    TSV: _separated("\t"),
    XLSX: _workbook,
    ODS: _ods,
    ENDINGS["ods-x"]: _ods,
}
WRITTEN = tuple(_WRITERS)
