"""Files with tables in them, read as cells: CSV, TSV, XLSX, ODS."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time, timedelta
from typing import Any

from workspace_emulator.core.errors import bad_request
from workspace_emulator.drive.tables import ENDINGS, ODS, TSV, XLSX
from workspace_emulator.sheets.book import Cell
from workspace_emulator.sheets.typed import EPOCH, entered

Table = tuple[str, list[list[Cell]]]


def read(content: bytes, kind: str) -> list[Table]:
    """Return the tables that a file holds, as cells.

    Raises:
        ApiError: It is no file of that kind.
    """
    if kind == XLSX:
        return _read_workbook(content)
    if kind in {ODS, ENDINGS["ods-x"]}:
        return _read_ods(content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if kind == TSV else ",")
    return [("", [[typed(word) for word in row] for row in rows])]


def typed(text: str) -> Cell:
    """Return the cell that somebody leaves who types a text."""
    value, number_format = entered(text)
    look = {"userEnteredFormat": {"numberFormat": number_format}} if number_format else {}
    return {"userEnteredValue": value, **look} if value else {}


def _read_workbook(content: bytes) -> list[Table]:
    from openpyxl import load_workbook  # noqa: PLC0415 - takes a while, and few import

    try:
        book = load_workbook(io.BytesIO(content))
    except Exception as error:
        raise bad_request(f"The file can't be read as an Excel workbook: {error}") from None
    return [
        (s.title, [[_cell(v) for v in row] for row in s.iter_rows(values_only=True)]) for s in book.worksheets
    ]


def _read_ods(content: bytes) -> list[Table]:
    from pyexcel_ods3 import get_data  # noqa: PLC0415 - takes a while, and few import

    try:
        tables = get_data(io.BytesIO(content))
    except Exception as error:
        raise bad_request(f"The file can't be read as an OpenDocument spreadsheet: {error}") from None
    return [(name, [[_cell(value) for value in row] for row in rows]) for name, rows in tables.items()]


def _cell(value: Any) -> Cell:
    if value is None or value == "":
        return {}
    if isinstance(value, bool):
        return {"userEnteredValue": {"boolValue": value}}
    if isinstance(value, int | float):
        return {"userEnteredValue": {"numberValue": value}}
    if isinstance(value, datetime | date | time | timedelta):
        return _moment(value)
    name = "formulaValue" if str(value).startswith("=") else "stringValue"
    return {"userEnteredValue": {name: str(value)}}


def _moment(value: datetime | date | time | timedelta) -> Cell:
    if isinstance(value, timedelta):
        return {"userEnteredValue": {"numberValue": value / timedelta(days=1)}}
    if isinstance(value, time):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return _dated(seconds / 86_400, "TIME", "h:mm:ss")
    if isinstance(value, datetime):
        serial = (value.replace(tzinfo=None) - EPOCH) / timedelta(days=1)
        is_day = serial == int(serial)
        return (
            _dated(int(serial), "DATE", "yyyy-mm-dd")
            if is_day
            else _dated(serial, "DATE_TIME", "yyyy-mm-dd h:mm:ss")
        )
    return _dated((value - EPOCH.date()).days, "DATE", "yyyy-mm-dd")


def _dated(serial: float, kind: str, pattern: str) -> Cell:
    look = {"numberFormat": {"type": kind, "pattern": pattern}}
    return {"userEnteredValue": {"numberValue": serial}, "userEnteredFormat": look}
