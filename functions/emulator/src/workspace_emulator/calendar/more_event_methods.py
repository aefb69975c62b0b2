"""Calendar's events that come otherwise than by insert: imported, read from text, moved to another calendar."""

from __future__ import annotations

from datetime import datetime

from workspace_emulator.calendar import quick_add
from workspace_emulator.calendar.book import Book
from workspace_emulator.calendar.changes import by_organiser, new_event
from workspace_emulator.calendar.event_methods import identity, keep
from workspace_emulator.calendar.shapes import Json, seen
from workspace_emulator.calendar.table import WRITES, invalid, methods, place_of
from workspace_emulator.core.api import Call
from workspace_emulator.core.channels import open_channel
from workspace_emulator.core.errors import ApiError


@methods.on("calendar.events.import")
def import_event(call: Call) -> Json:
    """Put a private copy of an event on a calendar; the same iCalUID again changes it. Nobody is told."""
    place, book, body = place_of(call, WRITES), Book(call.workspace), call.body or {}
    uid = body.get("iCalUID")
    if not uid:
        raise ApiError(400, "required", "Required")
    there = next(
        (e for e in book.with_uid(place, uid) if e[1]["home"] == place.id and "series" not in e[1]), None
    )
    if there is None:
        changed = new_event(place, identity(call, book, place, {**body, "id": None}), body, meet=False)
        return keep(call, place, book, changed, None)
    copy, event = there
    changed = by_organiser(call.workspace, place, event, copy, body, whole=True, meet=False)
    book.save(changed.event, place=place, own=changed.own)
    return seen(call.workspace, place, *book.find(place, copy["id"]))


@methods.on("calendar.events.quickAdd")
def quick_add_event(call: Call) -> Json:
    place, book = place_of(call, WRITES), Book(call.workspace)
    found = quick_add.read(call.params["text"], call.workspace.clock.now(), place.zone)
    body: Json = {"summary": found.summary} | ({"location": found.location} if found.location else {})
    for side, when in (("start", found.start), ("end", found.end)):
        if isinstance(when, datetime):
            body[side] = {"dateTime": when.isoformat(), "timeZone": place.time_zone}
        else:
            body[side] = {"date": when.isoformat()}
    changed = new_event(place, identity(call, book, place, {}), body, meet=False)
    return keep(call, place, book, changed, None)


@methods.on("calendar.events.move")
def move_event(call: Call) -> Json:
    """Give an event to another calendar, whose it is from then on."""
    place, book = place_of(call, WRITES), Book(call.workspace)
    wanted = Call(
        workspace=call.workspace,
        method_id=call.method_id,
        user=call.user,
        params={"calendarId": call.params["destination"]},
    )
    target = place_of(wanted, WRITES)
    copy, event = book.find(place, call.params["eventId"])
    if event["home"] != place.id:
        message = "Shared properties can only be changed by the organizer of the event."
        raise ApiError(403, "cannotChangeOrganizer", message, domain="calendar")
    if event["fields"].get("eventType", "default") != "default" or "series" in event:
        raise invalid("This event can't be moved.", "cannotChangeOrganizerOfInstance")
    if target.id == place.id:
        return seen(call.workspace, place, copy, event)
    owner = call.workspace.user(target.owner)
    organiser = (owner.email if owner else target.owner) if target.is_primary else target.id
    name = None if target.is_primary else target.name
    book.save({**event, "home": target.id, "organizer": organiser, "organizer_name": name})
    return seen(call.workspace, target, *book.find(target, book.copy_id(target, event)))


@methods.on("calendar.events.watch")
def watch_events(call: Call) -> Json:
    place = place_of(call)
    return open_channel(call, f"/calendar/v3/calendars/{place.id}/events")
