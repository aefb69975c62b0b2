"""The Admin Directory: the domain's users, as ``users.list`` and ``users.get`` show them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from workspace_emulator.core.accounts import User, user_id
from workspace_emulator.core.api import Call, Methods
from workspace_emulator.core.errors import ApiError, bad_request, forbidden, not_here
from workspace_emulator.core.workspace import Workspace

methods = Methods("admin", "directory_v1")

_CLAUSE = re.compile(r"(?P<field>\w+)(?P<sign>[:=])(?P<value>'(?:[^'\\]|\\.)*'|\S+)|(?P<bare>\S+)")
_PAGE = 100
_LARGEST_PAGE = 500


@methods.on("directory.users.list")
def list_users(call: Call) -> dict[str, Any]:
    """List the users of the domain, all of them or those that a query finds."""
    _may_look(call)
    _check_place(call)
    found = [u for u in _ordered(call) if _fits(u, call.params.get("query", ""))]
    token = call.params.get("pageToken", "0")
    if call.workspace.store.collection("directory/options").get("empty_pages") and not token.startswith("0"):
        return {"kind": "admin#directory#users", "nextPageToken": f"0{token}"}
    start = _start(token)
    size = min(call.params.get("maxResults", _PAGE), _LARGEST_PAGE)
    page = {"kind": "admin#directory#users", "users": [_shown(call, u) for u in found[start : start + size]]}
    if start + size < len(found):
        page["nextPageToken"] = str(start + size)
    if not page["users"]:
        del page["users"]
    return page


@methods.on("directory.users.update", "directory.users.patch")
def change_user(call: Call) -> dict[str, Any]:
    """Suspend an account or let it in again; nothing else of it is changed here."""
    body = call.body or {}
    if others := sorted(set(body) - {"suspended"}):
        raise not_here(f"changing {', '.join(others)} of a user (directory.users.update)")
    user = _to_change(call)
    changed = replace(user, is_suspended=bool(body.get("suspended", user.is_suspended)))
    return _shown(call, call.workspace.add_user(changed))


@methods.on("directory.users.delete")
def delete_user(call: Call) -> None:
    """Delete an account; it is listed among the deleted ones from then on."""
    call.workspace.accounts.remove(_to_change(call))


def _to_change(call: Call) -> User:
    account = call.workspace.user(call.user)
    if not (account and account.is_admin):
        raise forbidden("Not Authorized to access this resource/api")
    user = call.workspace.user(call.params["userKey"])
    if user is None:
        raise ApiError(404, "notFound", "Resource Not Found: userKey")
    return user


@methods.on("directory.users.get")
def get_user(call: Call) -> dict[str, Any]:
    """Show one user, found by address, alias or id."""
    _may_look(call)
    key = call.params["userKey"]
    user = call.workspace.user(key) or _by_id(call, key)
    if user is None and key.lower() in call.workspace.store.collection("directory/groups"):
        raise bad_request("Type not supported: userKey")
    if user is None:
        raise ApiError(404, "notFound", "Resource Not Found: userKey")
    return _shown(call, user)


def add_group(workspace: Workspace, address: str, *, members: Iterable[str] = (), name: str = "") -> None:
    """Make a group of the domain, of people here or outside."""
    groups = workspace.store.collection("directory/groups")
    groups[address.lower()] = {"email": address, "name": name or address.partition("@")[0], "description": ""}
    kept = workspace.store.collection(f"directory/members/{address.lower()}")
    kept.update((m.lower(), {"email": m, "role": "MEMBER"}) for m in members)


def set_empty_pages(workspace: Workspace, often: bool) -> None:
    """Let every second page of a list be empty but for the token of the next, as Google may."""
    workspace.store.collection("directory/options")["empty_pages"] = often


def _by_id(call: Call, key: str) -> User | None:
    return next((u for u in call.workspace.users() if user_id(u) == key), None) if key.isdigit() else None


def _may_look(call: Call) -> None:
    asks_as_admin = call.params.get("viewType", "admin_view") == "admin_view"
    account = call.workspace.user(call.user)
    if asks_as_admin and not (account and (account.is_admin or account.reads_users)):
        raise forbidden("Not Authorized to access this resource/api")


def _check_place(call: Call) -> None:
    domain, customer = call.params.get("domain"), call.params.get("customer")
    if not domain and not customer:
        raise bad_request("Bad Request")
    if domain and domain.lower() != call.workspace.domain.lower():
        raise ApiError(404, "notFound", "Domain not found.")


def _ordered(call: Call) -> list[User]:
    keys = {
        "email": lambda u: u.email.lower(),
        "givenName": lambda u: _names(u)["givenName"].lower(),
        "familyName": lambda u: _names(u)["familyName"].lower(),
    }
    key = keys[call.params.get("orderBy", "email")]
    is_about_deleted = str(call.params.get("showDeleted")).lower() == "true"
    users = call.workspace.accounts.deleted() if is_about_deleted else call.workspace.users()
    return sorted(users, key=key, reverse=call.params.get("sortOrder") == "DESCENDING")


def _fits(user: User, query: str) -> bool:
    return all(_fits_clause(user, m) for m in _CLAUSE.finditer(query))


def _fits_clause(user: User, clause: re.Match[str]) -> bool:
    if clause["bare"]:
        field, sign, value = "any", ":", clause["bare"].lower()
    else:
        field, sign, value = clause["field"], clause["sign"], clause["value"].strip("'").lower()
    texts = _searched(user, field)
    if value.endswith("*"):
        return any(t.startswith(value[:-1]) for t in texts)
    return any(value in t if sign == ":" else value == t for t in texts)


def _searched(user: User, field: str) -> list[str]:
    names = _names(user)
    texts = {
        "email": [user.email, *user.aliases],
        "name": [user.name],
        "givenName": [names["givenName"]],
        "familyName": [names["familyName"]],
        "orgDepartment": [user.department or ""],
        "manager": [user.manager or ""],
        "directManager": [user.manager or ""],
        "isAdmin": [str(user.is_admin)],
        "isSuspended": [str(user.is_suspended)],
        "any": [user.email, user.name],
    }
    if field not in texts:
        raise not_here(f"the query field {field} (directory.users.list)")
    return [t.lower() for t in texts[field]]


def _shown(call: Call, user: User) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "kind": "admin#directory#user",
        "id": user_id(user),
        "etag": f'"{user_id(user)}"',
        "primaryEmail": user.email,
        "name": _names(user),
        "emails": _emails(user),
    }
    if user.manager:
        shown["relations"] = [{"value": user.manager, "type": "manager"}]
    if user.department:
        shown["organizations"] = [{"department": user.department, "primary": True}]
    if call.params.get("viewType") != "domain_public":
        shown |= _only_for_admins(user)
    return shown


def _only_for_admins(user: User) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "isAdmin": user.is_admin,
        "isDelegatedAdmin": user.reads_users,
        "suspended": user.is_suspended,
        "archived": False,
        "orgUnitPath": "/",
        "customerId": "C01234567",
        "isMailboxSetup": True,
        "includeInGlobalAddressList": True,
    }
    return shown | ({"aliases": list(user.aliases)} if user.aliases else {})


def _names(user: User) -> dict[str, str]:
    given, _, family = user.name.partition(" ")
    return {"givenName": given, "familyName": family or given, "fullName": user.name}


def _emails(user: User) -> list[dict[str, Any]]:
    return [{"address": user.email, "primary": True}, *({"address": a} for a in user.aliases)]


def _start(token: str) -> int:
    if not token.isdigit():
        raise bad_request("Invalid Input: pageToken", "invalid")
    return int(token)
