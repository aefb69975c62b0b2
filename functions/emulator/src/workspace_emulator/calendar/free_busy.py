"""Calendar's free/busy query: when people are taken, without saying by what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from workspace_emulator.calendar import times
from workspace_emulator.calendar.book import PRESENT, Book, Copy, Event
from workspace_emulator.calendar.occurrences import occurrences_of
from workspace_emulator.calendar.options import calendar_options
from workspace_emulator.calendar.shapes import Json, own_answer
from workspace_emulator.calendar.table import (
    Place,
    caller,
    find_place,
    invalid,
    methods,
    primary_place,
    role_on,
)
from workspace_emulator.core.accounts import User
from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import bad_request
from workspace_emulator.core.groups import members_of

_MOST_CALENDARS = 50
_LONGEST = timedelta(days=90)
"""As reported; Google doesn't document it."""


@methods.on("calendar.freebusy.query")
def query(call: Call) -> Json:
    """Answer for up to fifty calendars; what is wrong with one of them is said in its place."""
    body, user = call.body or {}, caller(call)
    lower, upper = _window(body)
    zone = times.zone_named(body.get("timeZone") or "UTC", "query")
    items = [str(item.get("id", "")) for item in body.get("items") or ()]
    groups = {i: list(members_of(call.workspace.store, i)) for i in items if _is_group(call, i)}
    ids = list(dict.fromkeys(m for i in items for m in groups.get(i, [i])))
    most = min(body.get("calendarExpansionMax") or _MOST_CALENDARS, _MOST_CALENDARS)
    calendars: dict[str, Any] = {}
    for calendar_id in ids:
        place = _readable(call, user, calendar_id)
        if len(ids) > most:
            calendars[calendar_id] = _error("tooManyCalendarsRequested")
        elif place is None:
            calendars[calendar_id] = _error("notFound")
        else:
            spans = _merged(_busy(call, place, lower, upper))
            calendars[calendar_id] = {
                "busy": [{"start": times.written(a, zone), "end": times.written(b, zone)} for a, b in spans]
            }
    return {
        "kind": "calendar#freeBusy",
        "timeMin": _stamp(lower),
        "timeMax": _stamp(upper),
        "calendars": calendars,
        **({"groups": {g: {"calendars": m} for g, m in groups.items()}} if groups else {}),
    }


def _is_group(call: Call, address: str) -> bool:
    return address.lower() in call.workspace.store.collection("directory/groups")


def _window(body: Json) -> times.Span:
    for name in ("timeMin", "timeMax"):
        if not body.get(name):
            raise invalid(f"Missing {name} parameter.", "required")
    lower, upper = (times.exact(body[name]) for name in ("timeMin", "timeMax"))
    if upper <= lower:
        raise bad_request("The specified time range is empty.", "timeRangeEmpty")
    if upper - lower > _LONGEST:
        raise bad_request("The requested time range is too long.", "timeRangeTooLong")
    return lower, upper


def _readable(call: Call, asker: User, calendar_id: str) -> Place | None:
    """Return the calendar if the asker may see when it is busy."""
    if calendar_id.lower() == "primary":
        return primary_place(asker)
    place = find_place(call.workspace, calendar_id)
    owner = call.workspace.user(place.owner) if place else None
    if place is None or owner is None:
        return None
    if (
        owner.email != asker.email
        and not owner.shares_free_busy
        and not role_on(call.workspace, place, asker)
    ):
        return None
    return place


def _error(reason: str) -> Json:
    return {"errors": [{"domain": "global", "reason": reason}], "busy": []}


def _busy(call: Call, place: Place, lower: datetime, upper: datetime) -> Iterator[times.Span]:
    """Go through the busy spans inside the window: what is opaque and not declined, tentative included."""
    for copy, event in Book(call.workspace).touching(place, lower, upper):
        if copy["gone"] != PRESENT or event["status"] == "cancelled" or _is_free(call, copy, event):
            continue
        answer = own_answer(call.workspace, place, event) if event["attendees"] else None
        if answer and answer.get("responseStatus") == "declined":
            continue
        for start, end in occurrences_of(event, place.zone, lower, upper):
            yield max(start, lower), min(end, upper)


def _is_free(call: Call, copy: Copy, event: Event) -> bool:
    own, fields = copy["own"], event["fields"]
    if fields.get("eventType") == "workingLocation":
        return not calendar_options(call.workspace).working_locations_are_busy
    return bool((own.get("transparency") or fields.get("transparency")) == "transparent")


def _merged(spans: Iterator[times.Span]) -> list[times.Span]:
    merged: list[times.Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif end > start:
            merged.append((start, end))
    return merged


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"
