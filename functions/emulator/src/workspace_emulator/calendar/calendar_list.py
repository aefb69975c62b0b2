"""The list of calendars that somebody has: their own and those they added, and how these are shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workspace_emulator.calendar.calendars import common
from workspace_emulator.calendar.colours import CALENDARS
from workspace_emulator.calendar.shapes import Json
from workspace_emulator.calendar.table import (
    RANK,
    Place,
    access_of,
    caller,
    find_place,
    invalid,
    methods,
    primary_place,
    role_on,
)
from workspace_emulator.core.api import Call
from workspace_emulator.core.channels import open_channel
from workspace_emulator.core.errors import ApiError, not_found
from workspace_emulator.core.store import Collection

_OWN = (
    *("colorId", "backgroundColor", "foregroundColor", "hidden", "selected", "summaryOverride"),
    *("defaultReminders", "notificationSettings"),
)
_LEAST = {"freeBusyReader": 1, "reader": 2, "writer": 4, "owner": 5}


@methods.on("calendar.calendarList.list")
def list_calendars(call: Call) -> Json:
    least = _LEAST.get(call.params.get("minAccessRole", ""), 0)
    entries = [_entry(call, place) for place in _places(call)]
    shown = [
        e
        for e in entries
        if RANK[e["accessRole"]] >= least and (call.params.get("showHidden") or not e.get("hidden"))
    ]
    start, size = _start(call), min(call.params.get("maxResults", 100), 250)
    answer = {
        "kind": "calendar#calendarList",
        "etag": f'"{len(shown)}"',
        "items": shown[start : start + size],
    }
    if start + size < len(shown):
        return answer | {"nextPageToken": str(start + size)}
    return answer | {"nextSyncToken": f"list{len(shown)}"}


@methods.on("calendar.calendarList.get")
def get_entry(call: Call) -> Json:
    return _entry(call, _listed(call))


@methods.on("calendar.calendarList.insert")
def insert_entry(call: Call) -> Json:
    """Add a calendar that is shared with the caller, or one of their own again."""
    user, body = caller(call), call.body or {}
    place = find_place(call.workspace, str(body.get("id", "")))
    if place is None or role_on(call.workspace, place, user) is None:
        raise not_found("Not Found")
    return _put(call, place, {"listed": True, **_taken(call, body)})


@methods.on("calendar.calendarList.patch", "calendar.calendarList.update")
def change_entry(call: Call) -> Json:
    place = _listed(call)
    kept = {} if call.method_id.endswith("update") else _kept(call).get(place.id, {})
    return _put(call, place, {"listed": True, **kept, **_taken(call, call.body or {})})


@methods.on("calendar.calendarList.delete")
def delete_entry(call: Call) -> None:
    place = _listed(call)
    if place.is_primary and place.owner == caller(call).email.lower():
        raise ApiError(
            400, "cannotUnsubscribeFromOwnCalendar", "Cannot remove the primary calendar.", domain="calendar"
        )
    _kept(call)[place.id] = {"listed": False}


@methods.on("calendar.calendarList.watch")
def watch_list(call: Call) -> Json:
    return open_channel(call, f"/calendar/v3/users/{caller(call).email}/calendarList")


def _places(call: Call) -> Iterator[Place]:
    user = caller(call)
    yield primary_place(user)
    listed = _kept(call)
    for document in call.workspace.store.collection("calendar/calendars").values():
        place = Place(**document)
        if place.owner == user.email.lower() and listed.get(place.id, {}).get("listed", True):
            yield place
    for calendar_id, entry in listed.items():
        shared = find_place(call.workspace, calendar_id)
        is_others = shared is not None and shared.owner != user.email.lower()
        if shared and is_others and entry["listed"] and role_on(call.workspace, shared, user):
            yield shared


def _listed(call: Call) -> Place:
    wanted = call.params["calendarId"].lower()
    place = primary_place(caller(call)) if wanted == "primary" else find_place(call.workspace, wanted)
    if place is None or place.id not in {p.id for p in _places(call)}:
        raise not_found("Not Found")
    return place


def _kept(call: Call) -> Collection:
    return call.workspace.store.collection(f"calendar/list/{caller(call).email.lower()}")


def _taken(call: Call, body: Json) -> Json:
    """Return what a body says of an entry; colours by number unless ``colorRgbFormat`` says otherwise."""
    taken = {k: v for k, v in body.items() if k in _OWN}
    if not call.params.get("colorRgbFormat"):
        taken = {k: v for k, v in taken.items() if k not in {"backgroundColor", "foregroundColor"}}
    number = taken.get("colorId")
    if number is not None:
        if not (str(number).isdigit() and 1 <= int(number) <= len(CALENDARS)):
            raise invalid("Invalid color id value.")
        taken.setdefault("backgroundColor", CALENDARS[int(number) - 1])
    return taken


def _put(call: Call, place: Place, entry: dict[str, Any]) -> Json:
    _kept(call)[place.id] = {k: v for k, v in entry.items() if v is not None}
    return _entry(call, place)


def _entry(call: Call, place: Place) -> Json:
    own = {k: v for k, v in _kept(call).get(place.id, {}).items() if k != "listed"}
    role = access_of(call, place)
    is_mine = place.is_primary and place.owner == caller(call).email.lower()
    usual = {
        "colorId": "14",
        "backgroundColor": CALENDARS[13],
        "foregroundColor": "#000000",
        "selected": True,
        "accessRole": role,
        "defaultReminders": [{"method": "popup", "minutes": 10}] if role == "owner" else [],
    }
    primary = {"primary": True} if is_mine else {}
    head = {"kind": "calendar#calendarListEntry"} | common(call.workspace, place)
    return head | usual | {k: v for k, v in own.items() if v is not False or k == "selected"} | primary


def _start(call: Call) -> int:
    token = call.params.get("pageToken", "0")
    if not token.isdigit():
        raise invalid("Invalid page token value.")
    return int(token)
