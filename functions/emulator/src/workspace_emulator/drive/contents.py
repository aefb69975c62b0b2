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


def import_csv(call: Call, key: str, content: bytes) -> None:
    tab = Book(call.workspace.store, key).tabs()[0]
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    cells = [(r, c, v) for r, row in enumerate(rows) for c, text in enumerate(row) if (v := entered(text)[0])]
    put_cells(tab, [(r, c, {"userEnteredValue": v}) for r, c, v in cells])
