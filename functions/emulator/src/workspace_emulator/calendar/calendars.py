"""Calendars themselves, the list of them, and people's settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from workspace_emulator.calendar.shapes import Json
from workspace_emulator.calendar.table import Place, caller, invalid, methods, place_of, primary_place
from workspace_emulator.calendar.times import zone_named
from workspace_emulator.core.accounts import User
from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import ApiError, not_found
from workspace_emulator.core.store import Collection
from workspace_emulator.core.workspace import Workspace

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
    place = _seen_by(call)
    hours = _hours(call.workspace).get(place.id)
    return _calendar(place) | ({"workingHours": hours} if hours else {})


def _seen_by(call: Call) -> Place:
    """Return a calendar of the caller's, or a colleague's own who lets their free and busy times be seen."""
    colleague = call.workspace.user(call.params["calendarId"])
    if colleague and colleague.shares_free_busy:
        return primary_place(colleague)
    return place_of(call)


def set_working_hours(workspace: Workspace, address: str, hours: Mapping[str, tuple[int, int]]) -> None:
    """Say when somebody works: minutes of the day by name of the day (``monday``); none switches them off."""
    times = [{"dayOfWeek": d, "periodStart": a, "periodEnd": b} for d, (a, b) in hours.items()]
    kept: Json = {"workingHoursEnabled": bool(times)} | ({"availableTimes": times} if times else {})
    _hours(workspace)[address.lower()] = kept


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
    )
    call.workspace.store.collection("calendar/calendars")[place.id] = asdict(place)
    return _calendar(place)


@methods.on("calendar.calendars.delete")
def delete_calendar(call: Call) -> None:
    place = place_of(call)
    if place.is_primary:
        raise ApiError(
            400, "cannotDeletePrimaryCalendar", "Cannot delete primary calendar.", domain="calendar"
        )
    del call.workspace.store.collection("calendar/calendars")[place.id]


@methods.on("calendar.calendarList.list")
def list_calendars(call: Call) -> Json:
    items = [_entry(place) for place in _places(call)]
    return {"kind": "calendar#calendarList", "etag": f'"{len(items)}"', "items": items}


@methods.on("calendar.calendarList.get")
def get_entry(call: Call) -> Json:
    return _entry(place_of(call))


@methods.on("calendar.settings.list")
def list_settings(call: Call) -> Json:
    items = [_setting(name, value) for name, value in _settings(caller(call)).items()]
    return {"kind": "calendar#settings", "etag": f'"{len(items)}"', "items": items}


@methods.on("calendar.settings.get")
def get_setting(call: Call) -> Json:
    settings, name = _settings(caller(call)), call.params["setting"]
    if name not in settings:
        raise not_found("Not Found")
    return _setting(name, settings[name])


def _places(call: Call) -> list[Place]:
    user = caller(call)
    kept = [Place(**d) for d in call.workspace.store.collection("calendar/calendars").values()]
    return [primary_place(user), *(p for p in kept if p.owner == user.email.lower())]


def _calendar(place: Place) -> Json:
    return {"kind": "calendar#calendar"} | _common(place)


def _entry(place: Place) -> Json:
    primary = {"primary": True} if place.is_primary else {}
    return (
        {"kind": "calendar#calendarListEntry"}
        | _common(place)
        | {
            "colorId": "14",
            "backgroundColor": "#9fe1e7",
            "foregroundColor": "#000000",
            "selected": True,
            "accessRole": "owner",
            "defaultReminders": [{"method": "popup", "minutes": 10}],
        }
        | primary
    )


def _common(place: Place) -> Json:
    return {
        "etag": f'"{place.id}"',
        "id": place.id,
        "summary": place.name,
        "timeZone": place.time_zone,
        "conferenceProperties": {"allowedConferenceSolutionTypes": ["hangoutsMeet"]},
        **({"description": place.description} if place.description else {}),
    }


def _settings(user: User) -> dict[str, str]:
    return _SETTINGS | {"timezone": user.time_zone}


def _setting(name: str, value: str) -> Json:
    return {"kind": "calendar#setting", "etag": f'"{value}"', "id": name, "value": value}
