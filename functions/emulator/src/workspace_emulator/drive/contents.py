"""What is in a spreadsheet's file: imported and exported."""

from __future__ import annotations

import csv
import io
from typing import Any

from workspace_emulator.core.api import Binary, Call
from workspace_emulator.core.errors import not_here
from workspace_emulator.core.files import SHEET, note_change
from workspace_emulator.drive.shapes import (
    file_for,
)
from workspace_emulator.drive.table import methods
from workspace_emulator.sheets.a1 import Block
from workspace_emulator.sheets.book import Book, Cell, put_cells
from workspace_emulator.sheets.reading import Reader
from workspace_emulator.sheets.typed import entered

_SEPARATORS = {"text/csv": ",", "text/tab-separated-values": "\t"}


@methods.on("drive.files.export")
def export_file(call: Call) -> Binary:
    document = file_for(call)
    wanted = call.params["mimeType"]
    if wanted not in _SEPARATORS:
        raise not_here(f"exporting to {wanted}")
    found = Book(call.workspace.store, document["id"])
    tab = found.tabs()[0]
    values = Reader(found).values(tab, tab.bounded(Block()), render="FORMATTED_VALUE", dates="SERIAL_NUMBER")
    out = io.StringIO()
    width = max((len(r) for r in values), default=0)
    csv.writer(out, delimiter=_SEPARATORS[wanted], lineterminator="\r\n").writerows(
        [*row, *[""] * (width - len(row))] for row in values
    )
    return Binary(out.getvalue().removesuffix("\r\n").encode(), wanted)


def check_kept(call: Call, kind: str) -> None:
    """Refuse content that would be lost: only what a table is made of becomes something here.

    Raises:
        ApiError: 501, with the kind of content by name.
    """
    if call.media is None:
        return
    content = (call.media_type or "").partition(";")[0].strip().lower()
    if kind != SHEET:
        raise not_here(f"keeping the content of files that are no spreadsheets ({content or kind})")
    if content not in _SEPARATORS and content not in {"application/octet-stream", "text/plain"}:
        raise not_here(f"importing {content}; it imports text/csv and text/tab-separated-values")


def import_table(call: Call, key: str) -> None:
    """Put the table that was uploaded into the first tab, in place of all that the spreadsheet held."""
    assert call.media is not None
    book = Book(call.workspace.store, key)
    first, *others = book.tabs()
    for tab in others:
        book.remove_tab(tab.sheet_id)
    separator = _SEPARATORS.get((call.media_type or "").partition(";")[0].strip().lower(), ",")
    try:
        text = call.media.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = call.media.decode("cp1252", errors="replace")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    first.put_rows({number: {} for number, _ in first.rows()})
    grid = dict(first.properties["gridProperties"])
    grid["rowCount"] = max(grid["rowCount"], len(rows))
    grid["columnCount"] = max(grid["columnCount"], max(map(len, rows), default=0))
    first.set_properties({**first.properties, "gridProperties": grid})
    put_cells(first, [(r, c, _typed(text)) for r, row in enumerate(rows) for c, text in enumerate(row)])
    book.touch()


def _typed(text: str) -> Cell:
    value, number_format = entered(text)
    look = {"userEnteredFormat": {"numberFormat": number_format}} if number_format else {}
    return {"userEnteredValue": value, **look} if value else {}


@methods.on("drive_v2.files.update")
def import_over(call: Call) -> dict[str, Any]:
    """Import a table over a spreadsheet, as version 2 does with an upload that is to be converted."""
    document = file_for(call, role="writer")
    check_kept(call, document["mimeType"])
    if call.body or call.media is None:
        raise not_here("changing files by version 2 of Drive's API, other than by importing tables")
    import_table(call, document["id"])
    note_change(call.workspace, document["id"], call.user)
    now = call.workspace.store.collection("drive/files")[document["id"]]
    return {
        "kind": "drive#file",
        "id": now["id"],
        "title": now["name"],
        "mimeType": now["mimeType"],
        "createdDate": now["createdTime"],
        "modifiedDate": now["modifiedTime"],
        "version": str(call.workspace.store.revision),
    }
