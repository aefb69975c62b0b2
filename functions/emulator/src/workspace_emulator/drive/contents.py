"""What is in a file: bytes kept as they came, and spreadsheets imported and exported."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from workspace_emulator.core.api import Binary, Call
from workspace_emulator.core.errors import forbidden, not_here
from workspace_emulator.core.files import FOLDER, SHEET, note_change
from workspace_emulator.core.store import Collection
from workspace_emulator.core.workspace import Workspace
from workspace_emulator.drive import tables, tables_read
from workspace_emulator.drive.shapes import change, file_for
from workspace_emulator.drive.table import methods
from workspace_emulator.drive.version_2 import file_in_version_2
from workspace_emulator.sheets.book import Book, Tab, put_cells

_PLAIN = frozenset({"application/octet-stream", "text/plain"})


@methods.on("drive.files.export")
def export_file(call: Call) -> Binary:
    document = file_for(call)
    wanted = call.params["mimeType"]
    if document["mimeType"] != SHEET:
        raise forbidden("Export only supports Docs Editors files.", "fileNotExportable")
    if wanted not in tables.WRITTEN:
        raise not_here(f"exporting to {wanted}; it exports to {', '.join(tables.WRITTEN)}")
    return Binary(tables.written(Book(call.workspace.store, document["id"]), wanted), wanted)


def download(call: Call, document: dict[str, Any]) -> Binary:
    """Return the bytes of a file that has any."""
    kept = _kept(call.workspace).get(document["id"])
    if kept is None:
        message = "Only files with binary content can be downloaded. Use Export with Docs Editors files."
        raise forbidden(message, "fileNotDownloadable")
    return Binary(base64.b64decode(kept), document["mimeType"])


def check_kept(call: Call, kind: str) -> None:
    """Refuse content that nothing can be made of here.

    Raises:
        ApiError: 501, with the kind of content by name.
    """
    if call.media is None:
        return
    content = _kind(call)
    if kind == SHEET and content not in tables.WRITTEN and content not in _PLAIN:
        raise not_here(f"importing {content}; it imports {', '.join(tables.WRITTEN)}")
    if kind != SHEET and kind.startswith("application/vnd.google-apps."):
        raise not_here(f"importing {content} as {kind}")


def put_content(call: Call, key: str) -> None:
    """Put what was uploaded into a file: tables into a spreadsheet, else the bytes."""
    assert call.media is not None
    document = call.workspace.store.collection("drive/files")[key]
    if document["mimeType"] == SHEET:
        import_tables(call, key)
        return
    content = call.media
    _kept(call.workspace)[key] = base64.b64encode(content).decode()
    name = document["name"]
    sums = {n: hashlib.new(n, content, usedforsecurity=False).hexdigest() for n in ("md5", "sha1", "sha256")}
    ending = {"fileExtension": name.rpartition(".")[2], "fullFileExtension": name.rpartition(".")[2]}
    change(
        call,
        key,
        size=str(len(content)),
        quotaBytesUsed=str(len(content)),
        originalFilename=document.get("originalFilename", name),
        headRevisionId=sums["sha256"][:28],
        **{f"{n}Checksum": found for n, found in sums.items()},
        **(ending if "." in name else {}),
    )


def copy_content(workspace: Workspace, source: str, target: str) -> None:
    kept, files = _kept(workspace), workspace.store.collection("drive/files")
    if source in kept:
        kept[target] = kept[source]
        names = ("size", "quotaBytesUsed", "md5Checksum", "sha1Checksum", "sha256Checksum", "headRevisionId")
        taken = {
            n: files[source][n] for n in (*names, "fileExtension", "fullFileExtension") if n in files[source]
        }
        files[target] = {**files[target], **taken, "originalFilename": files[target]["name"]}


def forget_content(workspace: Workspace, key: str) -> None:
    _kept(workspace).pop(key, None)


def import_tables(call: Call, key: str) -> None:
    """Put the tables that were uploaded into new tabs, in place of all that the spreadsheet held.

    A table without a name is called as the file, and the spreadsheet's zone is Google's own, as recorded.
    """
    assert call.media is not None
    book, tables = Book(call.workspace.store, key), tables_read.read(call.media, _kind(call))
    for tab in book.tabs():
        book.remove_tab(tab.sheet_id)
    for title, rows in tables:
        name = title or call.workspace.store.collection("drive/files")[key]["name"]
        _fill(book.add_tab({"sheetId": book.next_id("tab") + 1_000_000, "title": name}), rows)
    book.change(properties={**book.document["properties"], "timeZone": "America/Los_Angeles"})
    book.touch()


def _fill(tab: Tab, rows: list[list[Any]]) -> None:
    grid = dict(tab.properties["gridProperties"])
    grid["rowCount"] = max(grid["rowCount"], len(rows))
    grid["columnCount"] = max(grid["columnCount"], max(map(len, rows), default=0))
    tab.set_properties({**tab.properties, "gridProperties": grid})
    put_cells(tab, [(r, c, cell) for r, row in enumerate(rows) for c, cell in enumerate(row)])


def _kind(call: Call) -> str:
    return (call.media_type or "").partition(";")[0].strip().lower()


def _kept(workspace: Workspace) -> Collection:
    return workspace.store.collection("drive/contents")


@methods.on("drive_v2.files.update")
def import_over(call: Call) -> dict[str, Any]:
    """Import a table over a spreadsheet, as version 2 does with an upload that is to be converted."""
    document = file_for(call, role="writer")
    check_kept(call, document["mimeType"])
    if call.body or call.media is None or document["mimeType"] == FOLDER:
        raise not_here("changing files by version 2 of Drive's API, other than by importing tables")
    put_content(call, document["id"])
    note_change(call.workspace, document["id"], call.user)
    return file_in_version_2(call, document["id"])
