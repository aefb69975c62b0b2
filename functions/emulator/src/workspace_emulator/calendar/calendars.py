"""Calendars themselves, and people's settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace

from workspace_emulator.calendar.acl import hand_over
from workspace_emulator.calendar.book import PRESENT, TAKEN_OFF, Book
from workspace_emulator.calendar.shapes import Json
from workspace_emulator.calendar.table import (
    Place,
    caller,
    find_place,
    invalid,
    methods,
    place_of,
    primary_place,
)
from workspace_emulator.calendar.times import zone_named
from workspace_emulator.core.accounts import User
from workspace_emulator.core.api import Call
from workspace_emulator.core.channels import close_channel, open_channel
from workspace_emulator.core.errors import ApiError, not_found
from workspace_emulator.core.store import Collection
from workspace_emulator.core.workspace import Workspace

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SETTINGS = {
    "autoAddHangouts": "true",
    "dateFieldOrder": "MDY",
    "defaultEventLength": "60",
    "format24HourTime": "false",
    "hideInvitations": "false",
    "hideWeekends": "false",
    "locale": "en",
    "remindOnRespondedEventsOnly": "false",
    "showDeclinedEvents": "true",
    "useKeyboardShortcuts": "true",
    "weekStart": "0",
}


@methods.on("calendar.calendars.get")
def get_calendar(call: Call) -> Json:
    return _calendar(call.workspace, _seen_by(call))


def _seen_by(call: Call) -> Place:
    """Return a calendar of the caller's, or a colleague's own who lets their free and busy times be seen."""
    colleague = call.workspace.user(call.params["calendarId"])
    if colleague and colleague.shares_free_busy:
        return primary_place(colleague)
    return place_of(call)


def _read_hours(given: Json) -> Json:
    """Return working hours as they are kept; as documented, they can't be on without any."""
    times = given.get("availableTimes") or []
    for time in times:
        begin, end = time.get("periodStart", 0), time.get("periodEnd", 0)
        if time.get("dayOfWeek") not in _DAYS or not 0 <= begin < end <= 24 * 60:
            raise invalid("Invalid working hours.")
    if given.get("workingHoursEnabled") and not times:
        raise invalid("Invalid working hours.")
    kept: Json = {"workingHoursEnabled": bool(given.get("workingHoursEnabled"))}
    return kept | ({"availableTimes": times} if times else {})


def set_working_hours(workspace: Workspace, address: str, hours: Mapping[str, tuple[int, int]]) -> None:
    """Say when somebody works: minutes of the day by name of the day (``monday``); none switches them off."""
    times = [{"dayOfWeek": d, "periodStart": a, "periodEnd": b} for d, (a, b) in hours.items()]
    _hours(workspace)[address.lower()] = _read_hours(
        {"workingHoursEnabled": bool(times), "availableTimes": times}
    )


def _hours(workspace: Workspace) -> Collection:
    return workspace.store.collection("calendar/hours")


@methods.on("calendar.calendars.insert")
def insert_calendar(call: Call) -> Json:
    user, body = caller(call), call.body or {}
    if not body.get("summary"):
        raise invalid("Missing title.", "required")
    zone_name = body.get("timeZone") or "UTC"
    zone_named(zone_name, "calendar")
    number = call.workspace.store.next_number("calendar/calendar")
    place = Place(
        id=f"c_{number:026d}@group.calendar.google.com",
        owner=user.email.lower(),
        name=body["summary"],
        time_zone=zone_name,
        description=body.get("description") or "",
        location=body.get("location") or "",
    )
    call.workspace.store.collection("calendar/calendars")[place.id] = asdict(place)
    return _calendar(call.workspace, place)


@methods.on("calendar.calendars.delete")
def delete_calendar(call: Call) -> None:
    place = place_of(call, "owner")
    if place.is_primary:
        raise ApiError(
            400, "cannotDeletePrimaryCalendar", "Cannot delete primary calendar.", domain="calendar"
        )
    _empty(call, place)
    del call.workspace.store.collection("calendar/calendars")[place.id]


@methods.on("calendar.calendars.patch", "calendar.calendars.update")
def change_calendar(call: Call) -> Json:
    """Rename a calendar, describe it, or give it another zone."""
    place, body = place_of(call, "owner"), call.body or {}
    whole = call.method_id.endswith("update")
    if "timeZone" in body:
        zone_named(body["timeZone"], "calendar")
    if body.get("workingHours") and place.is_primary:
        _hours(call.workspace)[place.id] = _read_hours(body["workingHours"])
    usual = {"name": "", "description": "", "location": ""} if whole else {}
    names = {"summary": "name", "description": "description", "timeZone": "time_zone", "location": "location"}
    given = {names[k]: v or "" for k, v in body.items() if k in names}
    changed = usual | given
    if changed.get("name", place.name) == "":
        raise invalid("Missing title.", "required")
    if place.is_primary:
        return _change_primary(call, place, changed)
    calendars = call.workspace.store.collection("calendar/calendars")
    calendars[place.id] = {**asdict(place), **changed}
    return _calendar(call.workspace, Place(**calendars[place.id]))


def _change_primary(call: Call, place: Place, changed: dict[str, str]) -> Json:
    owner = call.workspace.user(place.owner)
    if owner and "time_zone" in changed:
        owner = call.workspace.add_user(replace(owner, time_zone=changed["time_zone"]))
    primaries = call.workspace.store.collection("calendar/primaries")
    shown = {k: v for k, v in changed.items() if k != "time_zone"}
    primaries[place.id] = {**primaries.get(place.id, {}), **shown}
    return _calendar(call.workspace, primary_place(owner) if owner else place)


@methods.on("calendar.calendars.transferOwnership")
def transfer_calendar(call: Call) -> None:
    """Give a further calendar to somebody of the domain; whoever had it may still do everything with it."""
    user, place = caller(call), find_place(call.workspace, call.params["calendarId"])
    if call.params["useAdminAccess"] is not True:
        raise invalid("Invalid value for useAdminAccess: only true is supported.")
    if not user.is_admin:
        raise ApiError(403, "forbidden", "Forbidden", domain="calendar")
    if place is None:
        raise not_found("Not Found")
    if place.is_primary:
        raise invalid("A primary calendar can't be transferred.")
    new = call.workspace.user(call.params["newDataOwner"])
    if new is None:
        raise invalid("Invalid value for newDataOwner.")
    call.workspace.store.collection("calendar/calendars")[place.id] = asdict(
        replace(place, owner=new.email.lower())
    )
    hand_over(call, place, new.email.lower())


@methods.on("calendar.calendars.clear")
def clear_calendar(call: Call) -> None:
    """Delete every event of a primary calendar; nobody is told."""
    place = place_of(call, "owner")
    if not place.is_primary:
        raise invalid("Invalid Value")
    _empty(call, place)


def _empty(call: Call, place: Place) -> None:
    book = Book(call.workspace)
    for copy, event in list(book.all(place)):
        if event["home"] == place.id and ("series" in event or event["status"] != "cancelled"):
            book.save({**event, "status": "cancelled", "forgotten": True})
        elif copy["gone"] == PRESENT and event["home"] != place.id:
            book.change_copy(place, copy["id"], gone=TAKEN_OFF)


@methods.on("calendar.settings.list")
def list_settings(call: Call) -> Json:
    items = [_setting(name, value) for name, value in _settings(caller(call)).items()]
    head = {"kind": "calendar#settings", "etag": f'"{len(items)}"', "nextSyncToken": f"settings{len(items)}"}
    return head | {"items": items}


@methods.on("calendar.settings.watch")
def watch_settings(call: Call) -> Json:
    return open_channel(call, f"/calendar/v3/users/{caller(call).email}/settings")


@methods.on("calendar.channels.stop")
def stop_channel(call: Call) -> None:
    close_channel(call)


@methods.on("calendar.settings.get")
def get_setting(call: Call) -> Json:
    settings, name = _settings(caller(call)), call.params["setting"]
    if name not in settings:
        raise not_found("Not Found")
    return _setting(name, settings[name])


def _calendar(workspace: Workspace, place: Place) -> Json:
    hours = _hours(workspace).get(place.id)
    return (
        {"kind": "calendar#calendar"} | common(workspace, place) | ({"workingHours": hours} if hours else {})
    )


def common(workspace: Workspace, place: Place) -> Json:
    """Return what is said of a calendar wherever it is shown."""
    said = asdict(place) | workspace.store.collection("calendar/primaries").get(place.id, {})
    return {
        "etag": f'"{place.id}"',
        "id": place.id,
        **({} if place.is_primary else {"dataOwner": place.owner}),
        "summary": said["name"],
        "timeZone": place.time_zone,
        "conferenceProperties": {"allowedConferenceSolutionTypes": ["hangoutsMeet"]},
        **{k: said[k] for k in ("description", "location") if said[k]},
    }


def _settings(user: User) -> dict[str, str]:
    return _SETTINGS | {"timezone": user.time_zone}


def _setting(name: str, value: str) -> Json:
    return {"kind": "calendar#setting", "etag": f'"{value}"', "id": name, "value": value}
