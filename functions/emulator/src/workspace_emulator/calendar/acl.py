"""With whom calendars are shared."""

from __future__ import annotations

from typing import Any

from workspace_emulator.calendar.shapes import Json
from workspace_emulator.calendar.table import RANK, Place, invalid, methods, place_of
from workspace_emulator.core.api import Call
from workspace_emulator.core.channels import open_channel
from workspace_emulator.core.errors import ApiError, not_found
from workspace_emulator.core.store import Collection


@methods.on("calendar.acl.list")
def list_rules(call: Call) -> Json:
    place = place_of(call, "writer")
    rules = [_owners(place), *_rules(call, place).values()]
    items = [_shown(rule) for rule in rules]
    number = call.workspace.store.collection("counters").get("calendar/acl", 0)
    return {"kind": "calendar#acl", "etag": f'"{number}"', "nextSyncToken": f"acl{number}", "items": items}


@methods.on("calendar.acl.get")
def get_rule(call: Call) -> Json:
    place = place_of(call, "writer")
    return _shown(_found(call, place))


@methods.on("calendar.acl.insert")
def insert_rule(call: Call) -> Json:
    """Share a calendar; the same scope again changes its role."""
    place, body = place_of(call, "owner"), call.body or {}
    scope = body.get("scope") or {}
    kind = scope.get("type")
    if kind not in {"default", "user", "group", "domain"} or (kind != "default" and not scope.get("value")):
        raise invalid("Invalid scope value.")
    value = {} if kind == "default" else {"value": scope["value"].lower()}
    rule = {
        "id": kind if kind == "default" else f"{kind}:{scope['value'].lower()}",
        "scope": {"type": kind, **value},
    }
    return _put(call, place, {**rule, "role": _role(body)})


@methods.on("calendar.acl.update", "calendar.acl.patch")
def change_rule(call: Call) -> Json:
    place = place_of(call, "owner")
    return _put(call, place, {**_found(call, place), "role": _role(call.body or {})})


@methods.on("calendar.acl.delete")
def delete_rule(call: Call) -> None:
    place = place_of(call, "owner")
    rule = _found(call, place)
    if rule["id"] not in _rules(call, place):
        raise ApiError(403, "cannotChangeOwnAcl", "Cannot change your own access level.", domain="calendar")
    del _rules(call, place)[rule["id"]]
    call.workspace.store.next_number("calendar/acl")


@methods.on("calendar.acl.watch")
def watch_rules(call: Call) -> Json:
    place = place_of(call, "owner")
    return open_channel(call, f"/calendar/v3/calendars/{place.id}/acl")


def hand_over(call: Call, place: Place, new: str) -> None:
    """Let a calendar's former owner share and change it still; the new one needs no rule."""
    rules = _rules(call, place)
    rules.pop(f"user:{new}", None)
    if new != place.owner:
        rules[_owners(place)["id"]] = {
            **_owners(place),
            "number": call.workspace.store.next_number("calendar/acl"),
        }


def _put(call: Call, place: Place, rule: dict[str, Any]) -> Json:
    if rule["id"] == _owners(place)["id"]:
        raise ApiError(403, "cannotChangeOwnAcl", "Cannot change your own access level.", domain="calendar")
    rules = _rules(call, place)
    number = call.workspace.store.next_number("calendar/acl")
    if rule["role"] == "none":
        rules.pop(rule["id"], None)
        return _shown({**rule, "number": number})
    rules[rule["id"]] = {**rule, "number": number}
    return _shown(rules[rule["id"]])


def _role(body: Json) -> str:
    if body.get("role") not in {*RANK, "none"}:
        raise invalid("Invalid role value.") if body.get("role") else ApiError(400, "required", "Required")
    return str(body["role"])


def _rules(call: Call, place: Place) -> Collection:
    return call.workspace.store.collection(f"calendar/acl/{place.id}")


def _owners(place: Place) -> dict[str, Any]:
    scope = {"type": "user", "value": place.owner}
    return {"id": f"user:{place.owner}", "scope": scope, "role": "owner", "number": 0}


def _found(call: Call, place: Place) -> dict[str, Any]:
    rule_id = call.params["ruleId"]
    own = _owners(place)
    rule = own if rule_id == own["id"] else _rules(call, place).get(rule_id)
    if rule is None:
        raise not_found("Not Found")
    return dict(rule)


def _shown(rule: dict[str, Any]) -> Json:
    etag = f'"{rule["number"]:017d}"'
    kept = {k: rule[k] for k in ("id", "scope", "role")}
    return {"kind": "calendar#aclRule", "etag": etag, **kept}
