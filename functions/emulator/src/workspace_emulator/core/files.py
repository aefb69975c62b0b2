"""Files of any kind: what they are called, whose they are, and who may do what with them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from workspace_emulator.core.workspace import Workspace

SHEET = "application/vnd.google-apps.spreadsheet"
FOLDER = "application/vnd.google-apps.folder"
RANK = {"reader": 1, "commenter": 2, "writer": 3, "owner": 4}


def is_ours(key: str) -> bool:
    """Tell whether an id has the form that ids have here, whether there is such a file or not."""
    return bool(re.fullmatch(r"1[0-9a-f]{43}", key))


def role_of(workspace: Workspace, key: str, user: str) -> str | None:
    """Return the strongest role a user has on a file: owner, writer, commenter, reader, or None."""
    document = workspace.store.collection("drive/files").get(key)
    if document is None:
        return None
    roles = [p["role"] for p in document["permissions"] if is_for(p, user)]
    return max(roles, key=lambda r: RANK[r], default=None)


def note_change(workspace: Workspace, key: str, user: str) -> None:
    """Note that a file was changed now."""
    files = workspace.store.collection("drive/files")
    files[key] = {**files[key], "modifiedTime": moment(workspace), "modifiedBy": user}


def new_id(workspace: Workspace) -> str:
    number = workspace.store.next_number("drive/file")
    return "1" + hashlib.sha256(f"{workspace.domain}/{number}".encode()).hexdigest()[:43]


def root_of(user: str) -> str:
    """Return the id of somebody's root folder."""
    return f"0A{hashlib.sha256(user.lower().encode()).hexdigest()[:11]}Uk9PVA"


def new_file(
    workspace: Workspace, owner: str, name: str, kind: str, parents: list[str], *, key: str | None = None
) -> str:
    """Make a file that somebody owns, with an id that was generated before, or a new one; return the id."""
    key = key or new_id(workspace)
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
        "writersCanShare": True,
        "permissions": [{**permission, "id": permission_id(permission)}],
    }
    return key


def is_for(permission: Mapping[str, Any], user: str) -> bool:
    if permission["type"] == "anyone":
        return True
    if permission["type"] == "domain":
        return user.lower().endswith("@" + permission.get("domain", "").lower())
    return bool(permission.get("emailAddress", "").lower() == user.lower())


def permission_id(permission: Mapping[str, Any]) -> str:
    if permission["type"] == "anyone":
        return "anyoneWithLink"
    who = permission.get("emailAddress", permission.get("domain", "")).lower()
    return str(int(hashlib.sha256(who.encode()).hexdigest()[:16], 16) % 10**20).zfill(20)


def moment(workspace: Workspace) -> str:
    """Return the local Workspace's present time as Drive writes it."""
    now: datetime = workspace.clock.now().astimezone(UTC)
    return now.strftime("%Y-%m-%dT%H:%M:%S.") + f"{now.microsecond // 1000:03}Z"
