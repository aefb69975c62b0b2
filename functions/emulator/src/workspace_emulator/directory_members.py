"""The Admin Directory's members of groups."""

from __future__ import annotations

from typing import Any

from workspace_emulator.core.accounts import user_id
from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import ApiError, bad_request
from workspace_emulator.core.groups import members_of
from workspace_emulator.directory import methods
from workspace_emulator.directory_keeping import (
    check_may_change,
    check_may_look,
    direct_members,
    group_of,
    groups_of,
    id_of,
    page_of,
)

_ROLES = frozenset({"MEMBER", "MANAGER", "OWNER"})


@methods.on("directory.members.list")
def list_members(call: Call) -> dict[str, Any]:
    check_may_look(call)
    group = group_of(call)
    roles = set(filter(None, call.params.get("roles", "").upper().split(",")))
    members = [m for m in direct_members(call, group["email"]).values() if not roles or m["role"] in roles]
    if call.params.get("includeDerivedMembership"):
        direct = {m["email"].lower() for m in members}
        derived = [a for a in members_of(call.workspace.store, group["email"]) if a not in direct]
        members += [{"email": a, "role": "MEMBER"} for a in derived]
    return page_of(call, "admin#directory#members", "members", [_member_shown(call, m) for m in members])


@methods.on("directory.members.get")
def get_member(call: Call) -> dict[str, Any]:
    check_may_look(call)
    return _member_shown(call, _member(call))


@methods.on("directory.members.insert")
def insert_member(call: Call) -> dict[str, Any]:
    check_may_change(call)
    body, members = call.body or {}, direct_members(call, group_of(call)["email"])
    address = str(body.get("email") or _address_of(call, str(body.get("id", ""))))
    if not address:
        raise ApiError(400, "required", "Missing required field: memberKey")
    if address.lower() in members:
        raise ApiError(409, "duplicate", "Member already exists.")
    members[address.lower()] = {"email": address, "role": _role(body, "MEMBER")}
    return _member_shown(call, members[address.lower()])


@methods.on("directory.members.patch", "directory.members.update")
def change_member(call: Call) -> dict[str, Any]:
    check_may_change(call)
    member = _member(call)
    changed = {**member, "role": _role(call.body or {}, member["role"])}
    direct_members(call, group_of(call)["email"])[member["email"].lower()] = changed
    return _member_shown(call, changed)


@methods.on("directory.members.delete")
def delete_member(call: Call) -> None:
    check_may_change(call)
    member = _member(call)
    del direct_members(call, group_of(call)["email"])[member["email"].lower()]


@methods.on("directory.members.hasMember")
def has_member(call: Call) -> dict[str, Any]:
    check_may_look(call)
    wanted = call.params["memberKey"].lower()
    return {"isMember": wanted in set(members_of(call.workspace.store, group_of(call)["email"]))}


def _member(call: Call) -> dict[str, Any]:
    key = call.params["memberKey"]
    members = direct_members(call, group_of(call)["email"])
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


def _member_shown(call: Call, member: dict[str, Any]) -> dict[str, Any]:
    user, is_group = call.workspace.user(member["email"]), member["email"].lower() in groups_of(call)
    number = user_id(user) if user else id_of(member["email"])
    kind = {"type": "GROUP" if is_group else "USER", "status": "ACTIVE"}
    return {"kind": "admin#directory#member", "id": number, "etag": f'"{number}"', **member, **kind}
