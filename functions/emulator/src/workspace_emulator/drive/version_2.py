"""A file as version 2 of Drive's API shows it, as recorded. Addresses of pictures lead nowhere."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
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
        **_links(key, shown),
        "etag": _etag(str(int(datetime.fromisoformat(shown["modifiedTime"]).timestamp() * 1000)).encode()),
        "title": shown["name"],
        "mimeType": shown["mimeType"],
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
        "fileSize": shown["quotaBytesUsed"],
        "capabilities": {"canEdit": may_edit, "canCopy": shown["capabilities"]["canCopy"]},
    }


def _links(key: str, shown: Mapping[str, Any]) -> dict[str, Any]:
    ours = shown["lastModifyingUser"]["permissionId"]
    return {
        "selfLink": f"{_FILES}/{key}",
        "alternateLink": shown["webViewLink"],
        "exportLinks": shown.get("exportLinks", {}),
        "embedLink": f"https://docs.google.com/spreadsheets/d/{key}/htmlembed?ouid={ours}",
        "iconLink": f"https://drive-thirdparty.googleusercontent.com/16/type/{shown['mimeType']}",
        "thumbnailLink": f"https://docs.google.com/feeds/vt?gd=true&id={key}&v=1&sz=s220",
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
        "etag": _etag(sha256(itself.encode()).digest()[:20]),
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
        "picture": {"url": "https://lh3.googleusercontent.com/a/default-user=s64"},
    }


def _etag(of: bytes) -> str:
    return f'"{urlsafe_b64encode(of).decode().rstrip("=")}"'
