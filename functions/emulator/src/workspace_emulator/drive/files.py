"""Files and folders: made, found, changed, deleted."""

from __future__ import annotations

from typing import Any

from workspace_emulator.core.api import Binary, Call
from workspace_emulator.core.files import (
    SHEET,
    moment,
    new_file,
    role_of,
)
from workspace_emulator.drive.contents import check_kept, import_table
from workspace_emulator.drive.search import matches
from workspace_emulator.drive.shapes import (
    answer_for,
    change,
    file_for,
    file_shown,
    shown_fields,
)
from workspace_emulator.drive.table import methods
from workspace_emulator.sheets.book import Book, copy_book, forget_book, new_book


@methods.on("drive.files.create")
def create_file(call: Call) -> dict[str, Any]:
    body = call.body or {}
    kind = body.get("mimeType", "application/octet-stream")
    name = body.get("name", "Untitled")
    check_kept(call, kind)
    if kind == SHEET:
        key = new_book(call.workspace, call.user, name).key
        change(call, key, parents=list(body.get("parents", ())))
    else:
        key = new_file(call.workspace, call.user, name, kind, list(body.get("parents", ())))
    if call.media is not None:
        import_table(call, key)
    return answer_for(call, key)


@methods.on("drive.files.get")
def get_file(call: Call) -> dict[str, Any]:
    return answer_for(call, file_for(call)["id"])


@methods.on("drive.files.update")
def update_file(call: Call) -> dict[str, Any]:
    document = file_for(call, role="writer")
    check_kept(call, document["mimeType"])
    body = call.body or {}
    if "writersCanShare" in body:
        file_for(call, role="owner")
    fields = {
        k: body[k] for k in ("name", "description", "trashed", "starred", "writersCanShare") if k in body
    }
    parents = [p for p in document["parents"] if p not in call.params.get("removeParents", "").split(",")]
    parents += [p for p in call.params.get("addParents", "").split(",") if p]
    change(call, document["id"], **fields, parents=parents, modifiedTime=moment(call.workspace))
    if "name" in body and document["mimeType"] == SHEET:
        found = Book(call.workspace.store, document["id"])
        found.change(properties={**found.document["properties"], "title": body["name"]})
    if call.media is not None:
        import_table(call, document["id"])
    return answer_for(call, document["id"])


@methods.on("drive.files.copy")
def copy_file(call: Call) -> dict[str, Any]:
    source = file_for(call)
    body = call.body or {}
    name = body.get("name", f"Copy of {source['name']}")
    key = new_file(
        call.workspace, call.user, name, source["mimeType"], list(body.get("parents", source["parents"]))
    )
    if source["mimeType"] == SHEET:
        copy_book(call.workspace.store, source["id"], key, name)
    return answer_for(call, key)


@methods.on("drive.files.delete")
def delete_file(call: Call) -> Binary:
    document = file_for(call, role="owner")
    del call.workspace.store.collection("drive/files")[document["id"]]
    forget_book(call.workspace.store, document["id"])
    return Binary(b"", status=204)


@methods.on("drive.files.list")
def list_files(call: Call) -> dict[str, Any]:
    """List the files that the caller may see, newest first, by the search that ``q`` holds."""
    files = call.workspace.store.collection("drive/files")
    visible = [d for d in files.values() if role_of(call.workspace, d["id"], call.user)]
    found = [d for d in reversed(visible) if matches(d, call.params.get("q", ""))]
    start = int(call.params.get("pageToken") or 0)
    size = call.params.get("pageSize", 100)
    answer: dict[str, Any] = {"kind": "drive#fileList", "incompleteSearch": False}
    shown = shown_fields(call)
    answer["files"] = [
        {k: v for k, v in file_shown(call, d).items() if k in shown} for d in found[start : start + size]
    ]
    if start + size < len(found):
        answer["nextPageToken"] = str(start + size)
    return answer


@methods.on("drive.about.get")
def about(call: Call) -> dict[str, Any]:
    user = call.workspace.user(call.user)
    who = {
        "kind": "drive#user",
        "emailAddress": call.user,
        "displayName": user.name if user else call.user,
        "me": True,
    }
    return {"kind": "drive#about", "user": who}
