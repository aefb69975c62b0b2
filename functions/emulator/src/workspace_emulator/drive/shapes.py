"""Files and permissions as callers see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import ApiError, forbidden
from workspace_emulator.core.files import FOLDER, RANK, SHEET, permission_id, role_of, root_of

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"

_SHOWN_BY_DEFAULT = ("kind", "id", "name", "mimeType")


def file_for(call: Call, role: str = "reader") -> dict[str, Any]:
    """Return the file that a call names, if the caller has at least that role on it."""
    return file_by_id(call, call.params["fileId"], role)


def file_by_id(call: Call, key: str, role: str = "reader") -> dict[str, Any]:
    """Return a file, or the caller's root folder, if the caller has at least that role on it."""
    if key in {"root", root_of(call.user)} and call.user:
        return _root(call)
    has = role_of(call.workspace, key, call.user)
    if has is None:
        raise ApiError(404, "notFound", f"File not found: {key}.", location="fileId")
    if RANK[has] < RANK[role]:
        raise _not_yours()
    return dict(call.workspace.store.collection("drive/files")[key])


def _root(call: Call) -> dict[str, Any]:
    own = {"kind": "drive#permission", "type": "user", "role": "owner", "emailAddress": call.user.lower()}
    return {
        "id": root_of(call.user),
        "name": "My Drive",
        "mimeType": FOLDER,
        "parents": [],
        "owner": call.user.lower(),
        "createdTime": "2020-01-01T00:00:00.000Z",
        "modifiedTime": "2020-01-01T00:00:00.000Z",
        "trashed": False,
        "writersCanShare": True,
        "permissions": [{**own, "id": permission_id(own)}],
    }


def _not_yours() -> ApiError:
    message = "The user does not have sufficient permissions for this file."
    return forbidden(message, "insufficientFilePermissions")


def change(call: Call, key: str, **fields: Any) -> None:
    """Change a file's fields.

    Raises:
        ApiError: It is a root folder: nobody changes one.
    """
    files = call.workspace.store.collection("drive/files")
    if key not in files:
        raise _not_yours()
    files[key] = {**files[key], **fields}


def answer_for(call: Call, key: str) -> dict[str, Any]:
    return shown_of(call, call.workspace.store.collection("drive/files")[key])


def shown_of(call: Call, document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a file: four fields of it without a mask, else all, of which the front keeps what the mask names."""
    shown = file_shown(call, document)
    return shown if call.params.get("fields") else {k: shown[k] for k in _SHOWN_BY_DEFAULT}


def file_shown(call: Call, document: Mapping[str, Any]) -> dict[str, Any]:
    is_mine = document["owner"] == call.user.lower()
    kept = {k: v for k, v in document.items() if k not in {"permissions", "owner", "modifiedBy", "parents"}}
    parents = document["parents"] or ([root_of(call.user)] if is_mine else [])
    if document["id"] == root_of(document["owner"]):
        parents = []
    editor = document.get("modifiedBy") or document["owner"]
    role = role_of(call.workspace, document["id"], call.user) or "owner"
    return {
        "kind": "drive#file",
        "starred": False,
        "explicitlyTrashed": False,
        "spaces": ["drive"],
        "version": "1",
        "quotaBytesUsed": "0",
        **kept,
        **({"parents": parents} if parents else {}),
        "owners": [_person(call, document["owner"])],
        "lastModifyingUser": _person(call, editor),
        "ownedByMe": is_mine,
        "shared": len(document["permissions"]) > 1,
        "capabilities": _capabilities(role, document),
        **_links(document),
        "permissions": [permission_shown(call, p) for p in document["permissions"]],
        "permissionIds": [p["id"] for p in document["permissions"]],
    }


def _links(document: Mapping[str, Any]) -> dict[str, Any]:
    key, kind = document["id"], document["mimeType"]
    if kind == SHEET:
        view = f"https://docs.google.com/spreadsheets/d/{key}/edit?usp=drivesdk"
        ends = {"csv": "text/csv", "tsv": "text/tab-separated-values", "xlsx": _XLSX, "ods": _ODS}
        export = "https://docs.google.com/spreadsheets/export?id="
        return {
            "webViewLink": view,
            "exportLinks": {m: f"{export}{key}&exportFormat={e}" for e, m in ends.items()},
        }
    if kind == FOLDER:
        return {"webViewLink": f"https://drive.google.com/drive/folders/{key}"}
    return {
        "webViewLink": f"https://drive.google.com/file/d/{key}/view?usp=drivesdk",
        "webContentLink": f"https://drive.google.com/uc?id={key}&export=download",
    }


def _capabilities(role: str, document: Mapping[str, Any]) -> dict[str, bool]:
    rank = RANK[role]
    may_share = rank == RANK["owner"] or (rank >= RANK["writer"] and document.get("writersCanShare", True))
    return {
        "canEdit": rank >= RANK["writer"],
        "canComment": rank >= RANK["commenter"],
        "canCopy": document["mimeType"] != FOLDER,
        "canDelete": rank == RANK["owner"],
        "canDownload": True,
        "canRename": rank >= RANK["writer"],
        "canShare": bool(may_share),
        "canTrash": rank == RANK["owner"],
        "canAddChildren": document["mimeType"] == FOLDER and rank >= RANK["writer"],
        "canListChildren": document["mimeType"] == FOLDER,
    }


def _person(call: Call, address: str) -> dict[str, Any]:
    user = call.workspace.user(address)
    return {
        "kind": "drive#user",
        "displayName": user.name if user else address,
        "me": address.lower() == call.user.lower(),
        "permissionId": permission_id({"type": "user", "emailAddress": address}),
        "emailAddress": address,
    }


def permission_shown(call: Call, permission: Mapping[str, Any]) -> dict[str, Any]:
    if call.method_id.startswith("drive.permissions") and not call.params.get("fields"):
        return {k: permission[k] for k in ("kind", "id", "type", "role") if k in permission}
    user = call.workspace.user(permission.get("emailAddress", ""))
    shown = dict(permission)
    if permission["type"] in {"user", "group"}:
        shown |= {"displayName": user.name if user else permission["emailAddress"], "deleted": False}
    return {"pendingOwner": False, **shown} if permission["type"] == "user" else shown
