"""Drive v3: comments on files, which copying a spreadsheet with its comments reads and writes."""

from __future__ import annotations

from typing import Any

from workspace_emulator.core.api import Binary, Call
from workspace_emulator.core.files import moment
from workspace_emulator.drive.shapes import file_for
from workspace_emulator.drive.table import methods


@methods.on("drive.comments.list")
def list_comments(call: Call) -> dict[str, Any]:
    file_for(call)
    return {"kind": "drive#commentList", "comments": _comments(call)}


@methods.on("drive.comments.create")
def create_comment(call: Call) -> dict[str, Any]:
    file_for(call, role="commenter")
    body = call.body or {}
    user = call.workspace.user(call.user)
    comment = {
        "kind": "drive#comment",
        "id": f"AAAA{call.workspace.store.next_number('drive/comment'):07}",
        "createdTime": moment(call.workspace),
        "modifiedTime": moment(call.workspace),
        "author": {"kind": "drive#user", "displayName": user.name if user else call.user, "me": True},
        "content": body.get("content", ""),
        "htmlContent": body.get("content", ""),
        "deleted": False,
        "replies": [],
        **({"anchor": body["anchor"]} if "anchor" in body else {}),
    }
    kept = call.workspace.store.collection("drive/comments")
    kept[call.params["fileId"]] = [*_comments(call), comment]
    return comment


@methods.on("drive.comments.delete")
def delete_comment(call: Call) -> Binary:
    file_for(call, role="commenter")
    kept = call.workspace.store.collection("drive/comments")
    kept[call.params["fileId"]] = [c for c in _comments(call) if c["id"] != call.params["commentId"]]
    return Binary(b"", status=204)


def _comments(call: Call) -> list[dict[str, Any]]:
    return list(call.workspace.store.collection("drive/comments").get(call.params["fileId"], ()))
