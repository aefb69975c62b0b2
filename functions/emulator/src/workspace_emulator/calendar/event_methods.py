"""Calendar's events: insert, get, patch, update, delete."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from workspace_emulator.calendar import times
from workspace_emulator.calendar.auto_decline import decline_automatically
from workspace_emulator.calendar.book import LEFT, PRESENT, Book, Copy, Event
from workspace_emulator.calendar.changes import Changed, by_guest, by_organiser, moved, new_event, with_answer
from workspace_emulator.calendar.invitations import Post
from workspace_emulator.calendar.occurrences import found, join_again, set_apart
from workspace_emulator.calendar.options import calendar_options
from workspace_emulator.calendar.shapes import Json, etag, own_answer, seen, status_of
from workspace_emulator.calendar.table import WRITES, Place, caller, invalid, methods, place_of, stamp
from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import ApiError, bad_request

# "characters allowed in the ID are those used in base32hex encoding, i.e. lowercase letters a-v and digits 0-9;
# the length of the ID must be between 5 and 1024 characters"
_ID = re.compile(r"[a-v0-9]{5,1024}")


@methods.on("calendar.events.insert")
def insert_event(call: Call) -> Json:
    place, body = place_of(call, WRITES), call.body or {}
    book = Book(call.workspace)
    _require_working_locations(call, body)
    event = identity(call, book, place, body)
    changed = new_event(place, event, body, meet=_meet(call))
    _require_conference_shape(body)
    return keep(call, place, book, changed, None)


@methods.on("calendar.events.get")
def get_event(call: Call) -> Json:
    place = place_of(call)
    zone = times.zone_named(call.params["timeZone"], "query") if "timeZone" in call.params else None
    copy, event = found(Book(call.workspace), place, call.params["eventId"])
    return seen(call.workspace, place, copy, event, zone=zone, most_guests=call.params.get("maxAttendees"))


@methods.on("calendar.events.patch", "calendar.events.update")
def change_event(call: Call) -> Json:
    place, book, body = place_of(call, WRITES), Book(call.workspace), call.body or {}
    copy, event = _to_change(call, book, place)
    if event["home"] == place.id:
        _require_conference_shape(body)
        whole = call.method_id.endswith("update")
        changed = by_organiser(call.workspace, place, event, copy, body, whole=whole, meet=_meet(call))
        if event.get("apart") and moved(event, changed.event):
            changed = replace(changed, event=join_again(book, changed.event))
    else:
        changed = by_guest(call.workspace, place, event, copy, body)
        _return_to_calendar(book, place, copy, body)
    return keep(call, place, book, changed, event)


@methods.on("calendar.events.delete")
def delete_event(call: Call) -> None:
    place, book = place_of(call, WRITES), Book(call.workspace)
    copy, event = found(book, place, call.params["eventId"])
    if status_of(copy, event) == "cancelled":
        raise ApiError(410, "deleted", "Resource has been deleted")
    copy, event = _to_change(call, book, place)
    if event["home"] == place.id:
        _cancel(call, place, book, event)
    else:
        _leave(call, place, book, event, copy)


def _to_change(call: Call, book: Book, place: Place) -> tuple[Copy, Event]:
    """Return an event that is about to change; an occurrence becomes an event of its own."""
    copy, event = found(book, place, call.params["eventId"])
    _require_same(call, copy)
    if "series" not in event:
        return copy, event
    set_apart(book, event)
    return book.find(place, event["id"])


def _require_same(call: Call, copy: Copy) -> None:
    """Refuse to change an event that is no longer as the caller saw it."""
    if call.if_match not in {"", "*", etag(copy)}:
        raise ApiError(412, "conditionNotMet", "Precondition Failed", location="If-Match")


def identity(call: Call, book: Book, place: Place, body: Json) -> Json:
    """Return a new event's ids and the time of its making.

    Raises:
        ApiError: The id that the client chose is not one, or taken, be it by a deleted event.
    """
    number = call.workspace.store.next_number("calendar/event")
    event_id = body.get("id") or f"e{number:025d}"
    if not _ID.fullmatch(event_id):
        raise invalid("Invalid resource id value.")
    if event_id in book.copies(place):
        raise ApiError(409, "duplicate", "The requested identifier already exists.")
    creator = caller(call).email
    owner = call.workspace.user(place.owner)
    organiser = (owner.email if owner else place.owner) if place.is_primary else place.id
    return {
        "key": f"{place.id}/{event_id}",
        "id": event_id,
        "number": number,
        "home": place.id,
        "iCalUID": body.get("iCalUID") or f"{event_id}@google.com",
        "created": stamp(call.workspace.clock.now()),
        "creator": creator,
        "organizer": organiser,
        "organizer_name": None if place.is_primary else place.name,
    }


def keep(call: Call, place: Place, book: Book, changed: Changed, before: Event | None) -> Json:
    """Keep what a request changed, tell people, and return the event as its writer sees it."""
    event, declined = decline_automatically(book, changed.event, before)
    if before is None:
        book.add(place, event, changed.own)
    elif event != before:
        book.save(event, place=place, own=changed.own)
    else:
        _keep_own(book, place, event, changed.own)
    _tell(call, place, changed, before, event)
    for guest in declined:
        Post(call.workspace, place, _updates(call)).tell_organiser(event, guest)
    copy, event = book.find(place, call.params.get("eventId", event["id"]))
    return seen(call.workspace, place, copy, event, most_guests=call.params.get("maxAttendees"))


def _keep_own(book: Book, place: Place, event: Event, own: Any) -> None:
    """Keep what is only this calendar's; nothing new leaves the copy as it is."""
    copy_id = book.copy_id(place, event)
    if dict(book.copies(place)[copy_id]["own"]) != dict(own):
        book.change_copy(place, copy_id, own=own)


def _tell(call: Call, place: Place, changed: Changed, before: Event | None, event: Event) -> None:
    post = Post(call.workspace, place, _updates(call))
    if changed.shared:
        post.tell_guests(event, before)
    answer = own_answer(call.workspace, place, event)
    if changed.answered and answer:
        post.tell_organiser(event, answer)


def _cancel(call: Call, place: Place, book: Book, event: Event) -> None:
    after = {**join_again(book, event), "status": "cancelled", "sequence": event["sequence"] + 1}
    book.save(after)
    Post(call.workspace, place, _updates(call)).tell_guests(after, event)


def _leave(call: Call, place: Place, book: Book, event: Event, copy: Copy) -> None:
    """Take an event off a guest's own calendar, which declines it."""
    after = with_answer(call.workspace, place, event, {"responseStatus": "declined"})
    book.change_copy(place, copy["id"], gone=LEFT)
    book.save(after)
    answer = own_answer(call.workspace, place, after)
    if answer:
        Post(call.workspace, place, _updates(call)).tell_organiser(after, answer)


def _return_to_calendar(book: Book, place: Place, copy: Copy, body: Json) -> None:
    """Put an event that its guest had taken off back when they say that it is on."""
    if copy["gone"] == LEFT and body.get("status") == "confirmed":
        book.change_copy(place, copy["id"], gone=PRESENT)


def _meet(call: Call) -> bool:
    """Say whether the request's conference data counts (version 0, the default, ignores it)."""
    counts = call.params.get("conferenceDataVersion", 0) == 1
    return bool(counts and calendar_options(call.workspace).makes_meet_links)


def _updates(call: Call) -> str:
    if "sendUpdates" in call.params:
        return str(call.params["sendUpdates"])
    return "all" if call.params.get("sendNotifications") else "none"


def _require_working_locations(call: Call, body: Json) -> None:
    """Refuse a working location as Google does that is not whole, or where there are none."""
    if body.get("eventType") != "workingLocation":
        return
    if not calendar_options(call.workspace).has_working_locations:
        raise bad_request("This user may not have working locations.", "eventTypeRestriction")
    is_whole = "workingLocationProperties" in body and body.get("visibility") == "public"
    if not is_whole or body.get("transparency") != "transparent":
        raise bad_request(
            "A working location is public and transparent, and says where.", "malformedWorkingLocationEvent"
        )


def _require_conference_shape(body: Json) -> None:
    request = (body.get("conferenceData") or {}).get("createRequest")
    kind = ((request or {}).get("conferenceSolutionKey") or {}).get("type", "hangoutsMeet")
    if request is not None and (not request.get("requestId") or kind != "hangoutsMeet"):
        raise invalid("Invalid conference type value.")
