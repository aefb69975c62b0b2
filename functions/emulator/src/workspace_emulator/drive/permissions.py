"""With whom files are shared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workspace_emulator.core.api import Binary, Call
from workspace_emulator.core.errors import ApiError, bad_request, forbidden
from workspace_emulator.core.files import (
    is_for,
    permission_id,
)
from workspace_emulator.drive.shapes import (
    change,
    file_for,
    permission_shown,
)
from workspace_emulator.drive.table import methods


@methods.on("drive.permissions.create")
def create_permission(call: Call) -> dict[str, Any]:
    document = _file_to_share(call)
    body = call.body or {}
    for field in ("type", "role"):
        if not body.get(field):
            message = f"The permission {field} field is required."
            raise ApiError(400, "required", message, location=f"permission.{field}")
    permission = {
        "kind": "drive#permission",
        "id": permission_id(body),
        "type": body["type"],
        "role": body["role"],
        **{k: body[k] for k in ("emailAddress", "domain") if k in body},
    }
    if body["type"] in {"user", "group"} and "emailAddress" not in body:
        raise bad_request(
            "The specified emailAddress is invalid or not applicable for the given permission type."
        )
    if permission["role"] == "owner" and permission.get("emailAddress", "").lower() != document["owner"]:
        return permission_shown(call, _hand_over(call, document, permission))
    others = [p for p in document["permissions"] if p["id"] != permission["id"]]
    change(call, document["id"], permissions=[*others, permission])
    return permission_shown(call, permission)


@methods.on("drive.permissions.list")
def list_permissions(call: Call) -> dict[str, Any]:
    document = file_for(call)
    shown = [permission_shown(call, p) for p in document["permissions"]]
    return {"kind": "drive#permissionList", "permissions": shown}


@methods.on("drive.permissions.get")
def get_permission(call: Call) -> dict[str, Any]:
    return permission_shown(call, _permission_found(file_for(call), call.params["permissionId"]))


@methods.on("drive.permissions.update")
def update_permission(call: Call) -> dict[str, Any]:
    document = _file_to_share(call)
    old = _permission_found(document, call.params["permissionId"])
    new = {**old, **{k: v for k, v in (call.body or {}).items() if k in {"role", "pendingOwner"}}}
    if old["role"] == "owner" and new["role"] != "owner":
        raise forbidden("The owner of a file cannot be removed.", "cannotRemoveOwner")
    if new["role"] == "owner" and old["role"] != "owner":
        return permission_shown(call, _hand_over(call, document, new))
    change(call, document["id"], permissions=[new if p == old else p for p in document["permissions"]])
    return permission_shown(call, new)


@methods.on("drive.permissions.delete")
def delete_permission(call: Call) -> Binary:
    document = _file_to_share(call)
    gone = _permission_found(document, call.params["permissionId"])
    if gone["role"] == "owner":
        raise forbidden("The owner of a file cannot be removed.", "cannotRemoveOwner")
    change(call, document["id"], permissions=[p for p in document["permissions"] if p != gone])
    return Binary(b"", status=204)


def _file_to_share(call: Call) -> dict[str, Any]:
    """Writers share a file on, unless its owner has kept that for themselves; who was asked to take it over may."""
    document = file_for(call, role="writer")
    asked = any(p.get("pendingOwner") and is_for(p, call.user) for p in document["permissions"])
    keeps = document.get("writersCanShare", True) is False
    return file_for(call, role="owner") if keeps and not asked else document


def _hand_over(call: Call, document: Mapping[str, Any], permission: Mapping[str, Any]) -> dict[str, Any]:
    """Make somebody the owner; the one before may still write."""
    _check_handing_over(call, document)
    others = [p for p in document["permissions"] if p["id"] != permission["id"]]
    others = [{**p, "role": "writer"} if p["role"] == "owner" else p for p in others]
    owner = {k: v for k, v in permission.items() if k != "pendingOwner"}
    change(call, document["id"], owner=owner["emailAddress"].lower(), permissions=[*others, owner])
    return owner


def _check_handing_over(call: Call, document: Mapping[str, Any]) -> None:
    """Only the owner gives a file away, or the one who was asked to take it; and has to say so."""
    asked = any(p.get("pendingOwner") and is_for(p, call.user) for p in document["permissions"])
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


def _permission_found(document: Mapping[str, Any], key: str) -> dict[str, Any]:
    for permission in document["permissions"]:
        if permission["id"] == key:
            return dict(permission)
    raise ApiError(404, "notFound", f"Permission not found: {key}.", location="permissionId")
