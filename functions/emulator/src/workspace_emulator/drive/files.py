"""Files and folders: made, found, changed, deleted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workspace_emulator.core.api import Binary, Call
from workspace_emulator.core.channels import close_channel, open_channel
from workspace_emulator.core.errors import ApiError
from workspace_emulator.core.files import FOLDER, SHEET, moment, new_file, new_id, role_of, root_of
from workspace_emulator.drive.contents import check_kept, copy_content, download, forget_content, put_content
from workspace_emulator.drive.search import Ground, search
from workspace_emulator.drive.shapes import answer_for, change, file_by_id, file_for, shown_of
from workspace_emulator.drive.table import methods
from workspace_emulator.sheets.book import Book, copy_book, forget_book, new_book

_CHANGED = (
    "description",
    "starred",
    "writersCanShare",
    "mimeType",
    "folderColorRgb",
    "copyRequiresWriterPermission",
)
_BY_PROPERTY = ("properties", "appProperties")
_MOST = 1000


@methods.on("drive.files.create")
def create_file(call: Call) -> dict[str, Any]:
    body = call.body or {}
    kind = body.get("mimeType") or (call.media_type or "application/octet-stream").partition(";")[0]
    name = body.get("name", "Untitled")
    check_kept(call, kind)
    parents = [file_by_id(call, p, "writer")["id"] for p in body.get("parents", ())]
    if body.get("id") in call.workspace.store.collection("drive/files"):
        raise ApiError(409, "fileIdInUse", "A file already exists with the provided ID.")
    if kind == SHEET:
        key = new_book(call.workspace, call.user, name).key
        change(call, key, parents=parents)
    else:
        key = new_file(call.workspace, call.user, name, kind, parents, key=body.get("id"))
    change(call, key, **_said(body, {}))
    if call.media is not None:
        put_content(call, key)
    return answer_for(call, key)


@methods.on("drive.files.get")
def get_file(call: Call) -> dict[str, Any] | Binary:
    document = file_for(call)
    if call.params.get("alt") == "media":
        return download(call, document)
    return shown_of(call, document)


@methods.on("drive.files.update")
def update_file(call: Call) -> dict[str, Any]:
    document = file_for(call, role="writer")
    check_kept(call, document["mimeType"])
    body = call.body or {}
    if "writersCanShare" in body:
        file_for(call, role="owner")
    fields = _said(body, document) | ({"name": body["name"]} if "name" in body else {})
    gone = {_key(call, p) for p in call.params.get("removeParents", "").split(",")}
    parents = [p for p in document["parents"] or [root_of(document["owner"])] if p not in gone]
    added = [_key(call, p) for p in call.params.get("addParents", "").split(",") if p]
    parents = added or parents  # a file is in one folder
    change(
        call,
        document["id"],
        **fields,
        parents=parents,
        modifiedTime=moment(call.workspace),
        modifiedBy=call.user,
    )
    if "trashed" in body:
        _trash(call, document["id"], bool(body["trashed"]), explicitly=True)
    if "name" in body and document["mimeType"] == SHEET:
        found = Book(call.workspace.store, document["id"])
        found.change(properties={**found.document["properties"], "title": body["name"]})
    if call.media is not None:
        put_content(call, document["id"])
    return answer_for(call, document["id"])


@methods.on("drive.files.copy")
def copy_file(call: Call) -> dict[str, Any]:
    source = file_for(call)
    if source["mimeType"] == FOLDER:
        raise ApiError(403, "cannotCopyFile", "This file cannot be copied by the user.")
    body = call.body or {}
    name = body.get("name", f"Copy of {source['name']}")
    parents = [_key(call, p) for p in body.get("parents", source["parents"])]
    key = new_file(call.workspace, call.user, name, source["mimeType"], parents, key=body.get("id"))
    change(call, key, **_said(body, {}))
    if source["mimeType"] == SHEET:
        copy_book(call.workspace.store, source["id"], key, name)
    copy_content(call.workspace, source["id"], key)
    return answer_for(call, key)


@methods.on("drive.files.delete")
def delete_file(call: Call) -> Binary:
    _delete(call, file_for(call, role="owner")["id"])
    return Binary(b"", status=204)


@methods.on("drive.files.emptyTrash")
def empty_trash(call: Call) -> Binary:
    files = call.workspace.store.collection("drive/files")
    for key in [d["id"] for d in files.values() if d["owner"] == call.user.lower() and d.get("trashed")]:
        if key in files:
            _delete(call, key)
    return Binary(b"", status=204)


@methods.on("drive.files.generateIds")
def generate_ids(call: Call) -> dict[str, Any]:
    ids = [new_id(call.workspace) for _ in range(call.params.get("count", 10))]
    return {"kind": "drive#generatedIds", "space": "drive", "ids": ids}


@methods.on("drive.files.list")
def list_files(call: Call) -> dict[str, Any]:
    """List the files that the caller may see, newest first or in the order asked for, by the search in ``q``."""
    files = call.workspace.store.collection("drive/files")
    visible = [d for d in files.values() if role_of(call.workspace, d["id"], call.user)]
    is_asked_for = search(call.params.get("q", ""), Ground(user=call.user, root=root_of(call.user)))
    found = [d for d in reversed(visible) if is_asked_for(d)]
    for field, is_reverse in reversed(_order(call)):
        found.sort(key=lambda d, field=field: _sortable(d, field), reverse=is_reverse)  # type: ignore[misc]
    start = _start_of(call.params.get("pageToken") or "0")
    size = min(call.params.get("pageSize", 100), _MOST)
    answer: dict[str, Any] = {"kind": "drive#fileList", "incompleteSearch": False}
    answer["files"] = [shown_of(call, d) for d in found[start : start + size]]
    if start + size < len(found):
        answer["nextPageToken"] = str(start + size)
    return answer


def _start_of(page_token: str) -> int:
    if not page_token.isdecimal():
        raise ApiError(400, "invalid", "Invalid Value", location="pageToken")
    return int(page_token)


@methods.on("drive.files.watch")
def watch_file(call: Call) -> dict[str, Any]:
    return open_channel(call, f"/drive/v3/files/{file_for(call)['id']}")


@methods.on("drive.channels.stop")
def stop_channel(call: Call) -> None:
    close_channel(call)


@methods.on("drive.about.get")
def about(call: Call) -> dict[str, Any]:
    user = call.workspace.user(call.user)
    who = {
        "kind": "drive#user",
        "emailAddress": call.user,
        "displayName": user.name if user else call.user,
        "me": True,
    }
    files = call.workspace.store.collection("drive/files").values()
    used = sum(int(d.get("size", 0)) for d in files if d["owner"] == call.user.lower())
    quota = {
        "limit": str(15 * 2**30),
        "usage": str(used),
        "usageInDrive": str(used),
        "usageInDriveTrash": "0",
    }
    more = {"maxUploadSize": str(5 * 2**40), "canCreateDrives": False, "storageQuota": quota}
    return {"kind": "drive#about", "user": who, **more}


def _said(body: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a body says of a file; a property that is null goes."""
    fields = {k: body[k] for k in _CHANGED if body.get(k) is not None}
    for name in _BY_PROPERTY:
        if name in body:
            both = {**before.get(name, {}), **(body[name] or {})}
            fields[name] = {k: v for k, v in both.items() if v is not None}
    return fields


def _key(call: Call, key: str) -> str:
    return root_of(call.user) if key == "root" else key


def _children(call: Call, key: str) -> list[str]:
    files = call.workspace.store.collection("drive/files")
    return [d["id"] for d in files.values() if key in d["parents"]]


def _trash(call: Call, key: str, is_trashed: bool, *, explicitly: bool) -> None:
    """Put a file into the bin or take it out, with all that is in it."""
    change(call, key, trashed=is_trashed, explicitlyTrashed=is_trashed and explicitly)
    for child in _children(call, key):
        _trash(call, child, is_trashed, explicitly=False)


def _delete(call: Call, key: str) -> None:
    """Delete a file for good, with all that is in it."""
    children = _children(call, key)
    del call.workspace.store.collection("drive/files")[key]
    forget_book(call.workspace.store, key)
    forget_content(call.workspace, key)
    for child in children:
        _delete(call, child)


def _order(call: Call) -> list[tuple[str, bool]]:
    parts = [p.split() for p in call.params.get("orderBy", "").split(",") if p.strip()]
    return [(words[0], words[-1] == "desc") for words in parts]


def _sortable(document: Mapping[str, Any], field: str) -> Any:
    if field == "folder":
        return document["mimeType"] != FOLDER
    if field in {"name", "name_natural"}:
        return str(document["name"]).lower()
    if field == "quotaBytesUsed":
        return int(document.get(field, 0))
    if field == "starred":
        return bool(document.get(field))
    return str(document.get(field if field == "createdTime" else "modifiedTime", ""))
