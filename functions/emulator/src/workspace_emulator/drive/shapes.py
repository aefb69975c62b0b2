"""Files and permissions as callers see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import ApiError, forbidden
from workspace_emulator.core.files import (
    RANK,
    role_of,
)

_SHOWN_BY_DEFAULT = ("kind", "id", "name", "mimeType")
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
    "writersCanShare",
)


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


def change(call: Call, key: str, **fields: Any) -> None:
    files = call.workspace.store.collection("drive/files")
    files[key] = {**files[key], **fields}


def shown_fields(call: Call) -> tuple[str, ...]:
    """Without a mask Drive shows four fields; the front cuts what a mask doesn't name."""
    if call.params.get("fields"):
        return tuple(_ALL_FIELDS)
    return _SHOWN_BY_DEFAULT


def answer_for(call: Call, key: str) -> dict[str, Any]:
    shown = shown_fields(call)
    document = call.workspace.store.collection("drive/files")[key]
    return {k: v for k, v in file_shown(call, document).items() if k in shown}


def file_shown(call: Call, document: Mapping[str, Any]) -> dict[str, Any]:
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
        "permissions": [permission_shown(call, p) for p in document["permissions"]],
    }


def permission_shown(call: Call, permission: Mapping[str, Any]) -> dict[str, Any]:
    if call.method_id.startswith("drive.permissions") and not call.params.get("fields"):
        return {k: permission[k] for k in ("kind", "id", "type", "role") if k in permission}
    user = call.workspace.user(permission.get("emailAddress", ""))
    shown = dict(permission)
    if permission["type"] in {"user", "group"}:
        shown |= {"displayName": user.name if user else permission["emailAddress"], "deleted": False}
    return {"pendingOwner": False, **shown} if permission["type"] == "user" else shown
