"""Groups and members as the Directory keeps them, and who may look."""

from __future__ import annotations

from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import ApiError, bad_request, forbidden
from workspace_emulator.core.store import Collection

_PAGE = 200


def check_may_look(call: Call) -> None:
    account = call.workspace.user(call.user)
    if not (account and (account.is_admin or account.reads_users)):
        raise forbidden("Not Authorized to access this resource/api")


def check_may_change(call: Call) -> None:
    account = call.workspace.user(call.user)
    if not (account and account.is_admin):
        raise forbidden("Not Authorized to access this resource/api")


def groups_of(call: Call) -> Collection:
    return call.workspace.store.collection("directory/groups")


def direct_members(call: Call, group: str) -> Collection:
    return call.workspace.store.collection(f"directory/members/{group.lower()}")


def group_of(call: Call) -> dict[str, Any]:
    key = call.params["groupKey"].lower()
    group = groups_of(call).get(key) or next(
        (g for g in groups_of(call).values() if id_of(g["email"]) == key), None
    )
    if group is None:
        raise ApiError(404, "notFound", "Resource Not Found: groupKey")
    return dict(group)


def page_of(call: Call, kind: str, name: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    token = call.params.get("pageToken", "0")
    if not token.isdigit():
        raise bad_request("Invalid Input: pageToken", "invalid")
    start, size = int(token), min(call.params.get("maxResults", _PAGE), _PAGE)
    page: dict[str, Any] = {"kind": kind} | ({name: items[start : start + size]} if items else {})
    return page | ({"nextPageToken": str(start + size)} if start + size < len(items) else {})


def id_of(address: str) -> str:
    return f"0{int.from_bytes(address.lower().encode()[:9], 'big'):x}"
