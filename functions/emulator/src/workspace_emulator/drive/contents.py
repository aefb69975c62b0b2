"""What is in a spreadsheet's file: imported, exported, copied, forgotten."""

from __future__ import annotations

import csv
import io

from workspace_emulator.core.api import Binary, Call
from workspace_emulator.core.errors import ApiError
from workspace_emulator.drive.shapes import (
    file_for,
)
from workspace_emulator.drive.table import methods
from workspace_emulator.sheets.a1 import Block
from workspace_emulator.sheets.book import Book, put_cells
from workspace_emulator.sheets.reading import Reader
from workspace_emulator.sheets.typed import entered


@methods.on("drive.files.export")
def export_file(call: Call) -> Binary:
    document = file_for(call)
    wanted = call.params["mimeType"]
    separators = {"text/csv": ",", "text/tab-separated-values": "\t"}
    if wanted not in separators:
        raise ApiError(
            501, "notImplemented", f"The local Workspace does not export to {wanted}.", "UNIMPLEMENTED"
        )
    found = Book(call.workspace.store, document["id"])
    tab = found.tabs()[0]
    values = Reader(found).values(tab, tab.bounded(Block()), render="FORMATTED_VALUE", dates="SERIAL_NUMBER")
    out = io.StringIO()
    width = max((len(r) for r in values), default=0)
    csv.writer(out, delimiter=separators[wanted], lineterminator="\r\n").writerows(
        [*row, *[""] * (width - len(row))] for row in values
    )
    return Binary(out.getvalue().removesuffix("\r\n").encode(), wanted)


def copy_spreadsheet(call: Call, source: str, target: str, name: str) -> None:
    store = call.workspace.store
    old = Book(store, source)
    document = old.document
    store.collection("sheets/books")[target] = {
        **document,
        "properties": {**document["properties"], "title": name},
    }
    tabs, copies = store.collection(f"sheets/tabs/{source}"), store.collection(f"sheets/tabs/{target}")
    for sheet_id, tab in tabs.items():
        copies[sheet_id] = tab
        cells = store.collection(f"sheets/cells/{target}/{sheet_id}")
        for row_id, row in store.collection(f"sheets/cells/{source}/{sheet_id}").items():
            cells[row_id] = row


def forget_spreadsheet(call: Call, key: str) -> None:
    store = call.workspace.store
    if store.collection("sheets/books").pop(key, None):
        for sheet_id in store.collection(f"sheets/tabs/{key}"):
            store.drop(f"sheets/cells/{key}/{sheet_id}")
        store.drop(f"sheets/tabs/{key}")


def import_csv(call: Call, key: str, content: bytes) -> None:
    tab = Book(call.workspace.store, key).tabs()[0]
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    cells = [(r, c, v) for r, row in enumerate(rows) for c, text in enumerate(row) if (v := entered(text)[0])]
    put_cells(tab, [(r, c, {"userEnteredValue": v}) for r, c, v in cells])
