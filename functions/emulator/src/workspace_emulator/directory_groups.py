"""The Admin Directory's groups and their members."""

from __future__ import annotations

from typing import Any

from workspace_emulator.core.accounts import user_id
from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import ApiError, bad_request, forbidden
from workspace_emulator.core.groups import members_of
from workspace_emulator.core.store import Collection
from workspace_emulator.directory import methods

_ROLES = frozenset({"MEMBER", "MANAGER", "OWNER"})
_PAGE = 200


@methods.on("directory.groups.list")
def list_groups(call: Call) -> dict[str, Any]:
    """List the groups of the domain, or those that somebody is in."""
    _may(call)
    groups = [g for _, g in sorted(_groups(call).items())]
    if "userKey" in call.params:
        asked = call.params["userKey"].lower()
        groups = [g for g in groups if asked in _members(call, g["email"])]
    elif not call.params.get("domain") and not call.params.get("customer"):
        raise bad_request("Bad Request")
    groups = [g for g in groups if _fits(g, call.params.get("query", ""))]
    return _page(call, "admin#directory#groups", "groups", [_shown(call, g) for g in groups])


@methods.on("directory.groups.get")
def get_group(call: Call) -> dict[str, Any]:
    _may(call)
    return _shown(call, _found(call))


@methods.on("directory.groups.insert")
def insert_group(call: Call) -> dict[str, Any]:
    _may_change(call)
    body = call.body or {}
    address = str(body.get("email", ""))
    if "@" not in address:
        raise ApiError(400, "required", "Missing required field: email")
    if address.lower() in _groups(call) or call.workspace.user(address):
        raise ApiError(409, "duplicate", "Entity already exists.")
    usual = {"name": address.partition("@")[0], "description": ""}
    _groups(call)[address.lower()] = {"email": address, **usual, **_said(body)}
    return _shown(call, _groups(call)[address.lower()])


@methods.on("directory.groups.patch", "directory.groups.update")
def change_group(call: Call) -> dict[str, Any]:
    _may_change(call)
    group = _found(call)
    _groups(call)[group["email"].lower()] = {**group, **_said(call.body or {})}
    return _shown(call, _groups(call)[group["email"].lower()])


@methods.on("directory.groups.delete")
def delete_group(call: Call) -> None:
    _may_change(call)
    address = _found(call)["email"].lower()
    del _groups(call)[address]
    call.workspace.store.drop(f"directory/members/{address}")


@methods.on("directory.members.list")
def list_members(call: Call) -> dict[str, Any]:
    _may(call)
    group = _found(call)
    roles = set(filter(None, call.params.get("roles", "").upper().split(",")))
    members = [m for m in _members(call, group["email"]).values() if not roles or m["role"] in roles]
    if call.params.get("includeDerivedMembership"):
        direct = {m["email"].lower() for m in members}
        derived = [a for a in members_of(call.workspace.store, group["email"]) if a not in direct]
        members += [{"email": a, "role": "MEMBER"} for a in derived]
    return _page(call, "admin#directory#members", "members", [_member_shown(call, m) for m in members])


@methods.on("directory.members.get")
def get_member(call: Call) -> dict[str, Any]:
    _may(call)
    return _member_shown(call, _member(call))


@methods.on("directory.members.insert")
def insert_member(call: Call) -> dict[str, Any]:
    _may_change(call)
    body, members = call.body or {}, _members(call, _found(call)["email"])
    address = str(body.get("email") or _address_of(call, str(body.get("id", ""))))
    if not address:
        raise ApiError(400, "required", "Missing required field: memberKey")
    if address.lower() in members:
        raise ApiError(409, "duplicate", "Member already exists.")
    members[address.lower()] = {"email": address, "role": _role(body, "MEMBER")}
    return _member_shown(call, members[address.lower()])


@methods.on("directory.members.patch", "directory.members.update")
def change_member(call: Call) -> dict[str, Any]:
    _may_change(call)
    member = _member(call)
    changed = {**member, "role": _role(call.body or {}, member["role"])}
    _members(call, _found(call)["email"])[member["email"].lower()] = changed
    return _member_shown(call, changed)


@methods.on("directory.members.delete")
def delete_member(call: Call) -> None:
    _may_change(call)
    member = _member(call)
    del _members(call, _found(call)["email"])[member["email"].lower()]


@methods.on("directory.members.hasMember")
def has_member(call: Call) -> dict[str, Any]:
    _may(call)
    wanted = call.params["memberKey"].lower()
    return {"isMember": wanted in set(members_of(call.workspace.store, _found(call)["email"]))}


def _may(call: Call) -> None:
    account = call.workspace.user(call.user)
    if not (account and (account.is_admin or account.reads_users)):
        raise forbidden("Not Authorized to access this resource/api")


def _may_change(call: Call) -> None:
    account = call.workspace.user(call.user)
    if not (account and account.is_admin):
        raise forbidden("Not Authorized to access this resource/api")


def _groups(call: Call) -> Collection:
    return call.workspace.store.collection("directory/groups")


def _members(call: Call, group: str) -> Collection:
    return call.workspace.store.collection(f"directory/members/{group.lower()}")


def _found(call: Call) -> dict[str, Any]:
    key = call.params["groupKey"].lower()
    group = _groups(call).get(key) or next(
        (g for g in _groups(call).values() if _id(g["email"]) == key), None
    )
    if group is None:
        raise ApiError(404, "notFound", "Resource Not Found: groupKey")
    return dict(group)


def _member(call: Call) -> dict[str, Any]:
    key = call.params["memberKey"]
    members = _members(call, _found(call)["email"])
    found = members.get(key.lower()) or members.get(_address_of(call, key).lower())
    if found is None:
        raise ApiError(404, "notFound", "Resource Not Found: memberKey")
    return dict(found)


def _address_of(call: Call, key: str) -> str:
    return next((u.email for u in call.workspace.users() if user_id(u) == key), "") if key.isdigit() else ""


def _role(body: dict[str, Any], usual: str) -> str:
    role = str(body.get("role") or usual).upper()
    if role not in _ROLES:
        raise bad_request("Invalid Input: role", "invalid")
    return role


def _said(body: dict[str, Any]) -> dict[str, Any]:
    return {k: body[k] for k in ("name", "description") if body.get(k) is not None}


def _fits(group: dict[str, Any], query: str) -> bool:
    """Judge a group by clauses such as ``email:team*`` and ``name='The team'``."""
    for clause in query.split(" AND ") if query else ():
        field, sign, value = clause.strip().partition(":" if ":" in clause else "=")
        text, wanted = str(group.get(field.strip(), "")).lower(), value.strip().strip("'").lower()
        is_start = wanted.endswith("*")
        if not (
            text.startswith(wanted.rstrip("*"))
            if is_start
            else wanted in text
            if sign == ":"
            else text == wanted
        ):
            return False
    return True


def _page(call: Call, kind: str, name: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    token = call.params.get("pageToken", "0")
    if not token.isdigit():
        raise bad_request("Invalid Input: pageToken", "invalid")
    start, size = int(token), min(call.params.get("maxResults", _PAGE), _PAGE)
    page: dict[str, Any] = {"kind": kind} | ({name: items[start : start + size]} if items else {})
    return page | ({"nextPageToken": str(start + size)} if start + size < len(items) else {})


def _id(address: str) -> str:
    return f"0{int.from_bytes(address.lower().encode()[:9], 'big'):x}"


def _shown(call: Call, group: dict[str, Any]) -> dict[str, Any]:
    said = {"name": group["email"].partition("@")[0], "description": ""} | group
    return {
        "kind": "admin#directory#group",
        "id": _id(group["email"]),
        "etag": f'"{_id(group["email"])}"',
        **said,
        "directMembersCount": str(len(_members(call, group["email"]))),
        "adminCreated": True,
    }


def _member_shown(call: Call, member: dict[str, Any]) -> dict[str, Any]:
    user, is_group = call.workspace.user(member["email"]), member["email"].lower() in _groups(call)
    number = user_id(user) if user else _id(member["email"])
    kind = {"type": "GROUP" if is_group else "USER", "status": "ACTIVE"}
    return {"kind": "admin#directory#member", "id": number, "etag": f'"{number}"', **member, **kind}
