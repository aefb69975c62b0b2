"""A file as version 2 of Drive's API shows it, as recorded; what only Google knows (pictures, etags) is left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.drive.shapes import file_shown

_FILES = "https://www.googleapis.com/drive/v2/files"


def file_in_version_2(call: Call, key: str) -> dict[str, Any]:
    shown = file_shown(call, call.workspace.store.collection("drive/files")[key])
    itself, owners, editor = f"{_FILES}/{key}", shown["owners"], shown["lastModifyingUser"]
    may_edit = shown["capabilities"]["canEdit"]
    return {
        "kind": "drive#file",
        "id": key,
        "selfLink": itself,
        "alternateLink": shown["webViewLink"],
        "title": shown["name"],
        "mimeType": shown["mimeType"],
        "exportLinks": shown.get("exportLinks", {}),
        "parents": [_parent(itself, parent) for parent in shown.get("parents", ())],
        "labels": _labels(shown),
        "explicitlyTrashed": shown["explicitlyTrashed"],
        "createdDate": shown["createdTime"],
        "modifiedDate": shown["modifiedTime"],
        "modifiedByMeDate": shown["modifiedTime"],
        "lastViewedByMeDate": shown["modifiedTime"],
        "markedViewedByMeDate": "1970-01-01T00:00:00.000Z",
        "userPermission": _own_permission(itself, is_owner=shown["ownedByMe"]),
        "owners": [_person(owner) for owner in owners],
        "ownerNames": [owner["displayName"] for owner in owners],
        "lastModifyingUser": _person(editor),
        "lastModifyingUserName": editor["displayName"],
        "editable": may_edit,
        "copyable": shown["capabilities"]["canCopy"],
        "writersCanShare": shown.get("writersCanShare", True),
        "copyRequiresWriterPermission": False,
        "appDataContents": False,
        "shared": shown["shared"],
        "spaces": shown["spaces"],
        "version": shown["version"],
        "quotaBytesUsed": shown["quotaBytesUsed"],
        "capabilities": {"canEdit": may_edit, "canCopy": shown["capabilities"]["canCopy"]},
    }


def _labels(shown: Mapping[str, Any]) -> dict[str, bool]:
    always = {"viewed": True, "restricted": False, "hidden": False}
    return always | {"starred": shown["starred"], "trashed": shown.get("trashed", False)}


def _own_permission(itself: str, *, is_owner: bool) -> dict[str, Any]:
    return {
        "kind": "drive#permission",
        "id": "me",
        "type": "user",
        "role": "owner" if is_owner else "writer",
        "selfLink": f"{itself}/permissions/me",
        "pendingOwner": False,
    }


def _parent(itself: str, parent: str) -> dict[str, Any]:
    return {
        "kind": "drive#parentReference",
        "id": parent,
        "selfLink": f"{itself}/parents/{parent}",
        "parentLink": f"{_FILES}/{parent}",
        "isRoot": parent.startswith("0A"),
    }


def _person(person: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": "drive#user",
        "displayName": person["displayName"],
        "isAuthenticatedUser": person["me"],
        "permissionId": person["permissionId"],
        "emailAddress": person["emailAddress"],
    }
