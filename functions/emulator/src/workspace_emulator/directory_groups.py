"""The Admin Directory's groups."""

from __future__ import annotations

from typing import Any

from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import ApiError, bad_request
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


@methods.on("directory.groups.list")
def list_groups(call: Call) -> dict[str, Any]:
    """List the groups of the domain, or those that somebody is in."""
    check_may_look(call)
    groups = [g for _, g in sorted(groups_of(call).items())]
    if "userKey" in call.params:
        asked = call.params["userKey"].lower()
        groups = [g for g in groups if asked in direct_members(call, g["email"])]
    elif not call.params.get("domain") and not call.params.get("customer"):
        raise bad_request("Bad Request")
    groups = [g for g in groups if _fits(g, call.params.get("query", ""))]
    return page_of(call, "admin#directory#groups", "groups", [_shown(call, g) for g in groups])


@methods.on("directory.groups.get")
def get_group(call: Call) -> dict[str, Any]:
    check_may_look(call)
    return _shown(call, group_of(call))


@methods.on("directory.groups.insert")
def insert_group(call: Call) -> dict[str, Any]:
    check_may_change(call)
    body = call.body or {}
    address = str(body.get("email", ""))
    if "@" not in address:
        raise ApiError(400, "required", "Missing required field: email")
    if address.lower() in groups_of(call) or call.workspace.user(address):
        raise ApiError(409, "duplicate", "Entity already exists.")
    usual = {"name": address.partition("@")[0], "description": ""}
    groups_of(call)[address.lower()] = {"email": address, **usual, **_said(body)}
    return _shown(call, groups_of(call)[address.lower()])


@methods.on("directory.groups.patch", "directory.groups.update")
def change_group(call: Call) -> dict[str, Any]:
    check_may_change(call)
    group = group_of(call)
    groups_of(call)[group["email"].lower()] = {**group, **_said(call.body or {})}
    return _shown(call, groups_of(call)[group["email"].lower()])


@methods.on("directory.groups.delete")
def delete_group(call: Call) -> None:
    check_may_change(call)
    address = group_of(call)["email"].lower()
    del groups_of(call)[address]
    call.workspace.store.drop(f"directory/members/{address}")


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


def _shown(call: Call, group: dict[str, Any]) -> dict[str, Any]:
    said = {"name": group["email"].partition("@")[0], "description": ""} | group
    return {
        "kind": "admin#directory#group",
        "id": id_of(group["email"]),
        "etag": f'"{id_of(group["email"])}"',
        **said,
        "directMembersCount": str(len(direct_members(call, group["email"]))),
        "adminCreated": True,
    }
