"""Drive v3: the little that spreadsheets need: files, folders, and whom they are shared with."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from workspace_emulator.core.api import ApiError, Binary, Call, Methods, bad_request, forbidden
from workspace_emulator.core.workspace import Workspace
from workspace_emulator.sheets import book as books
from workspace_emulator.sheets.a1 import Block
from workspace_emulator.sheets.reading import Reader

methods = Methods("drive", "v3")

SHEET = "application/vnd.google-apps.spreadsheet"
FOLDER = "application/vnd.google-apps.folder"
RANK = {"reader": 1, "commenter": 2, "writer": 3, "owner": 4}
_SHOWN_BY_DEFAULT = ("kind", "id", "name", "mimeType")
_LITERAL = r"('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|true|false)"
_CLAUSE = re.compile(
    r"(?:['\"]([^'\"]*)['\"] in (parents|writers|readers|owners)|(\w+)\s*(!=|>=|<=|=|contains|>|<)\s*"
    + _LITERAL
    + ")"
)


def new_spreadsheet(workspace: Workspace, owner: str, title: str, **properties: Any) -> books.Book:
    """Make a spreadsheet owned by a user, with one tab."""
    key = _new_file(workspace, owner, title, SHEET, [])
    made = books.create(workspace.store, key, title, **properties)
    made.add_tab({"sheetId": 0, "title": "Sheet1"})
    return made


def role_of(workspace: Workspace, key: str, user: str) -> str | None:
    """Return the strongest role a user has on a file: owner, writer, commenter, reader, or None."""
    document = workspace.store.collection("drive/files").get(key)
    if document is None:
        return None
    roles = [p["role"] for p in document["permissions"] if _is_for(p, user)]
    return max(roles, key=lambda r: RANK[r], default=None)


def note_change(workspace: Workspace, key: str, user: str) -> None:
    """Note that a file was changed now."""
    files = workspace.store.collection("drive/files")
    files[key] = {**files[key], "modifiedTime": moment(workspace), "modifiedBy": user}


@methods.on("drive.files.create")
def create_file(call: Call) -> dict[str, Any]:
    body = call.body or {}
    kind = body.get("mimeType", "application/octet-stream")
    name = body.get("name", "Untitled")
    if kind == SHEET:
        key = new_spreadsheet(call.workspace, call.user, name).key
        _change(call, key, parents=list(body.get("parents", ())))
    else:
        key = _new_file(call.workspace, call.user, name, kind, list(body.get("parents", ())))
    if call.media is not None and kind == SHEET:
        _import_csv(call, key, call.media)
    return _answer(call, key)


@methods.on("drive.files.get")
def get_file(call: Call) -> dict[str, Any]:
    return _answer(call, file_for(call)["id"])


@methods.on("drive.files.update")
def update_file(call: Call) -> dict[str, Any]:
    document = file_for(call, role="writer")
    body = call.body or {}
    fields = {k: body[k] for k in ("name", "description", "trashed", "starred") if k in body}
    parents = [p for p in document["parents"] if p not in call.params.get("removeParents", "").split(",")]
    parents += [p for p in call.params.get("addParents", "").split(",") if p]
    _change(call, document["id"], **fields, parents=parents, modifiedTime=moment(call.workspace))
    if "name" in body and document["mimeType"] == SHEET:
        found = books.Book(call.workspace.store, document["id"])
        found.change(properties={**found.document["properties"], "title": body["name"]})
    if call.media is not None:
        _import_csv(call, document["id"], call.media)
    return _answer(call, document["id"])


@methods.on("drive.files.copy")
def copy_file(call: Call) -> dict[str, Any]:
    source = file_for(call)
    body = call.body or {}
    name = body.get("name", f"Copy of {source['name']}")
    key = _new_file(
        call.workspace, call.user, name, source["mimeType"], list(body.get("parents", source["parents"]))
    )
    if source["mimeType"] == SHEET:
        _copy_spreadsheet(call, source["id"], key, name)
    return _answer(call, key)


@methods.on("drive.files.delete")
def delete_file(call: Call) -> Binary:
    document = file_for(call, role="owner")
    del call.workspace.store.collection("drive/files")[document["id"]]
    _forget_spreadsheet(call, document["id"])
    return Binary(b"", status=204)


@methods.on("drive.files.list")
def list_files(call: Call) -> dict[str, Any]:
    """List the files that the caller may see, newest first, by the search that ``q`` holds."""
    files = call.workspace.store.collection("drive/files")
    visible = [d for d in files.values() if role_of(call.workspace, d["id"], call.user)]
    found = [d for d in reversed(visible) if _matches(d, call.params.get("q", ""))]
    start = int(call.params.get("pageToken") or 0)
    size = call.params.get("pageSize", 100)
    answer: dict[str, Any] = {"kind": "drive#fileList", "incompleteSearch": False}
    shown = _shown_fields(call)
    answer["files"] = [
        {k: v for k, v in _file(call, d).items() if k in shown} for d in found[start : start + size]
    ]
    if start + size < len(found):
        answer["nextPageToken"] = str(start + size)
    return answer


@methods.on("drive.files.export")
def export_file(call: Call) -> Binary:
    document = file_for(call)
    wanted = call.params["mimeType"]
    separators = {"text/csv": ",", "text/tab-separated-values": "\t"}
    if wanted not in separators:
        raise ApiError(
            501, "notImplemented", f"The local Workspace does not export to {wanted}.", "UNIMPLEMENTED"
        )
    found = books.Book(call.workspace.store, document["id"])
    tab = found.tabs()[0]
    values = Reader(found).values(tab, tab.bounded(Block()), render="FORMATTED_VALUE", dates="SERIAL_NUMBER")
    out = io.StringIO()
    width = max((len(r) for r in values), default=0)
    csv.writer(out, delimiter=separators[wanted], lineterminator="\r\n").writerows(
        [*row, *[""] * (width - len(row))] for row in values
    )
    return Binary(out.getvalue().removesuffix("\r\n").encode(), wanted)


@methods.on("drive.permissions.create")
def create_permission(call: Call) -> dict[str, Any]:
    document = file_for(call, role="writer")
    body = call.body or {}
    permission = {
        "kind": "drive#permission",
        "id": _permission_id(body),
        "type": body["type"],
        "role": body["role"],
        **{k: body[k] for k in ("emailAddress", "domain") if k in body},
    }
    if body["type"] in {"user", "group"} and "emailAddress" not in body:
        raise bad_request(
            "The specified emailAddress is invalid or not applicable for the given permission type."
        )
    if permission["role"] == "owner" and permission.get("emailAddress", "").lower() != document["owner"]:
        return _permission(call, _hand_over(call, document, permission))
    others = [p for p in document["permissions"] if p["id"] != permission["id"]]
    _change(call, document["id"], permissions=[*others, permission])
    return _permission(call, permission)


@methods.on("drive.permissions.list")
def list_permissions(call: Call) -> dict[str, Any]:
    document = file_for(call)
    shown = [_permission(call, p) for p in document["permissions"]]
    return {"kind": "drive#permissionList", "permissions": shown}


@methods.on("drive.permissions.get")
def get_permission(call: Call) -> dict[str, Any]:
    return _permission(call, _permission_found(file_for(call), call.params["permissionId"]))


@methods.on("drive.permissions.update")
def update_permission(call: Call) -> dict[str, Any]:
    document = file_for(call, role="writer")
    old = _permission_found(document, call.params["permissionId"])
    new = {**old, **{k: v for k, v in (call.body or {}).items() if k in {"role", "pendingOwner"}}}
    if old["role"] == "owner" and new["role"] != "owner":
        raise forbidden("The owner of a file cannot be removed.", "cannotRemoveOwner")
    if new["role"] == "owner" and old["role"] != "owner":
        return _permission(call, _hand_over(call, document, new))
    _change(call, document["id"], permissions=[new if p == old else p for p in document["permissions"]])
    return _permission(call, new)


@methods.on("drive.permissions.delete")
def delete_permission(call: Call) -> Binary:
    document = file_for(call, role="writer")
    gone = _permission_found(document, call.params["permissionId"])
    if gone["role"] == "owner":
        raise forbidden("The owner of a file cannot be removed.", "cannotRemoveOwner")
    _change(call, document["id"], permissions=[p for p in document["permissions"] if p != gone])
    return Binary(b"", status=204)


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


def _new_file(workspace: Workspace, owner: str, name: str, kind: str, parents: list[str]) -> str:
    number = workspace.store.next_number("drive/file")
    key = "1" + hashlib.sha256(f"{workspace.domain}/{number}".encode()).hexdigest()[:43]
    permission = {"kind": "drive#permission", "type": "user", "role": "owner", "emailAddress": owner.lower()}
    workspace.store.collection("drive/files")[key] = {
        "id": key,
        "name": name,
        "mimeType": kind,
        "parents": parents,
        "owner": owner.lower(),
        "createdTime": moment(workspace),
        "modifiedTime": moment(workspace),
        "trashed": False,
        "permissions": [{**permission, "id": _permission_id(permission)}],
    }
    return key


def _hand_over(call: Call, document: Mapping[str, Any], permission: Mapping[str, Any]) -> dict[str, Any]:
    """Make somebody the owner; the one before may still write."""
    _check_handing_over(call, document)
    others = [p for p in document["permissions"] if p["id"] != permission["id"]]
    others = [{**p, "role": "writer"} if p["role"] == "owner" else p for p in others]
    owner = {k: v for k, v in permission.items() if k != "pendingOwner"}
    _change(call, document["id"], owner=owner["emailAddress"].lower(), permissions=[*others, owner])
    return owner


def _check_handing_over(call: Call, document: Mapping[str, Any]) -> None:
    """Only the owner gives a file away, or the one who was asked to take it; and has to say so."""
    asked = any(p.get("pendingOwner") and _is_for(p, call.user) for p in document["permissions"])
    if document["owner"] != call.user.lower() and not asked:
        raise forbidden(
            "The user does not have sufficient permissions for this file.", "insufficientFilePermissions"
        )
    if not call.params.get("transferOwnership"):
        raise ApiError(
            403,
            "forbidden",
            "The transferOwnership parameter must be enabled when the permission role is 'owner'.",
            location="transferOwnership",
        )


def _forget_spreadsheet(call: Call, key: str) -> None:
    store = call.workspace.store
    if store.collection("sheets/books").pop(key, None):
        for sheet_id in store.collection(f"sheets/tabs/{key}"):
            store.drop(f"sheets/cells/{key}/{sheet_id}")
        store.drop(f"sheets/tabs/{key}")


def _copy_spreadsheet(call: Call, source: str, target: str, name: str) -> None:
    store = call.workspace.store
    old = books.Book(store, source)
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


def _import_csv(call: Call, key: str, content: bytes) -> None:
    from workspace_emulator.sheets.typed import entered  # noqa: PLC0415 - only for uploads

    tab = books.Book(call.workspace.store, key).tabs()[0]
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    cells = [(r, c, v) for r, row in enumerate(rows) for c, text in enumerate(row) if (v := entered(text)[0])]
    books.put_cells(tab, [(r, c, {"userEnteredValue": v}) for r, c, v in cells])


def file_for(call: Call, role: str = "reader") -> dict[str, Any]:
    """Return the file that a call names, if the caller has at least that role on it."""
    return _file_by_id(call, call.params["fileId"], role)


def _file_by_id(call: Call, key: str, role: str) -> dict[str, Any]:
    has = role_of(call.workspace, key, call.user)
    if has is None:
        raise ApiError(404, "notFound", f"File not found: {key}.", location="fileId")
    if RANK[has] < RANK[role]:
        raise forbidden(
            "The user does not have sufficient permissions for this file.", "insufficientFilePermissions"
        )
    return dict(call.workspace.store.collection("drive/files")[key])


def _change(call: Call, key: str, **fields: Any) -> None:
    files = call.workspace.store.collection("drive/files")
    files[key] = {**files[key], **fields}


def _shown_fields(call: Call) -> tuple[str, ...]:
    """Without a mask Drive shows four fields; the front cuts what a mask doesn't name."""
    if call.params.get("fields"):
        return tuple(_ALL_FIELDS)
    return _SHOWN_BY_DEFAULT


_ALL_FIELDS = (
    *_SHOWN_BY_DEFAULT,
    "createdTime",
    "modifiedTime",
    "parents",
    "trashed",
    "owners",
    "permissions",
    "description",
    "starred",
    "webViewLink",
    "ownedByMe",
    "shared",
    "capabilities",
)


def _answer(call: Call, key: str) -> dict[str, Any]:
    shown = _shown_fields(call)
    document = call.workspace.store.collection("drive/files")[key]
    return {k: v for k, v in _file(call, document).items() if k in shown}


def _file(call: Call, document: Mapping[str, Any]) -> dict[str, Any]:
    owner = call.workspace.user(document["owner"])
    name = owner.name if owner else document["owner"]
    owners = [{"kind": "drive#user", "displayName": name, "emailAddress": document["owner"]}]
    kept = {k: v for k, v in document.items() if k not in {"permissions", "owner", "modifiedBy"}}
    return {
        "kind": "drive#file",
        **kept,
        "parents": document["parents"] or ["0AEroot"],
        "owners": owners,
        "ownedByMe": document["owner"] == call.user.lower(),
        "shared": len(document["permissions"]) > 1,
        "webViewLink": f"https://docs.google.com/spreadsheets/d/{document['id']}/edit?usp=drivesdk",
        "permissions": [_permission(call, p) for p in document["permissions"]],
    }


def _permission(call: Call, permission: Mapping[str, Any]) -> dict[str, Any]:
    if call.method_id.startswith("drive.permissions") and not call.params.get("fields"):
        return {k: permission[k] for k in ("kind", "id", "type", "role") if k in permission}
    user = call.workspace.user(permission.get("emailAddress", ""))
    shown = dict(permission)
    if permission["type"] in {"user", "group"}:
        shown |= {"displayName": user.name if user else permission["emailAddress"], "deleted": False}
    return {"pendingOwner": False, **shown} if permission["type"] == "user" else shown


def _permission_found(document: Mapping[str, Any], key: str) -> dict[str, Any]:
    for permission in document["permissions"]:
        if permission["id"] == key:
            return dict(permission)
    raise ApiError(404, "notFound", f"Permission not found: {key}.", location="permissionId")


def _permission_id(permission: Mapping[str, Any]) -> str:
    if permission["type"] == "anyone":
        return "anyoneWithLink"
    who = permission.get("emailAddress", permission.get("domain", "")).lower()
    return str(int(hashlib.sha256(who.encode()).hexdigest()[:16], 16) % 10**20).zfill(20)


def _is_for(permission: Mapping[str, Any], user: str) -> bool:
    if permission["type"] == "anyone":
        return True
    if permission["type"] == "domain":
        return user.lower().endswith("@" + permission.get("domain", "").lower())
    return bool(permission.get("emailAddress", "").lower() == user.lower())


def _matches(document: Mapping[str, Any], query: str) -> bool:
    """Judge a search of clauses joined by ``and`` (``or`` only between whole clauses)."""
    if not query:
        return True
    return any(
        all(_clause_holds(document, c) for c in _CLAUSE.finditer(part))
        for part in re.split(r"\s+or\s+", query)
    )


def _clause_holds(document: Mapping[str, Any], clause: re.Match[str]) -> bool:
    value, group, field, sign, literal = clause.groups()
    if group == "parents":
        return value in document["parents"]
    if group:
        return any(p.get("emailAddress", "").lower() == value.lower() for p in document["permissions"])
    wanted: Any = (
        literal == "true" if literal in {"true", "false"} else re.sub(r"\\(.)", r"\1", literal[1:-1])
    )
    there: Any = document.get(field)
    if sign == "contains":
        return str(wanted).lower() in str(there).lower()
    if sign in {"=", "!="}:
        return bool((there == wanted) is (sign == "="))
    text = str(there)
    return {">": text > wanted, "<": text < wanted, ">=": text >= wanted, "<=": text <= wanted}[sign] is True


def moment(workspace: Workspace) -> str:
    """Return the local Workspace's present time as Drive writes it."""
    now: datetime = workspace.clock.now().astimezone(UTC)
    return now.strftime("%Y-%m-%dT%H:%M:%S.") + f"{now.microsecond // 1000:03}Z"
