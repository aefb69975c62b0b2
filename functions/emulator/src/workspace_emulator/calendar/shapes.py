"""Events as one calendar's owner sees them."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from workspace_emulator.calendar import times
from workspace_emulator.calendar.book import LEFT, PRESENT, Copy, Event
from workspace_emulator.calendar.table import Place
from workspace_emulator.core.accounts import User
from workspace_emulator.core.workspace import Workspace

Json = dict[str, Any]

# What answers leave out when it has the usual value.
USUAL = {
    "transparency": "opaque",
    "visibility": "default",
    "guestsCanInviteOthers": True,
    "guestsCanModify": False,
    "guestsCanSeeOtherGuests": True,
    "anyoneCanAddSelf": False,
}


def seen(
    workspace: Workspace,
    place: Place,
    copy: Copy,
    event: Event,
    *,
    zone: ZoneInfo | None = None,
    most_guests: int | None = None,
) -> Json:
    """Return an event as it is on one calendar."""
    status = status_of(copy, event)
    head = {"kind": "calendar#event", "etag": etag(copy), "id": copy["id"], "status": status}
    if "series" in event:
        head["recurringEventId"] = copy["id"].rpartition("_")[0]
        head["originalStartTime"] = times.shown(event["original"], zone or place.zone)
    gone_for_all = status == "cancelled" and copy["gone"] != LEFT
    if gone_for_all and (event["home"] != place.id or "series" in event):
        return head
    fields = {**event["fields"], **{k: v for k, v in copy["own"].items() if k != "private"}}
    shown = head | {k: v for k, v in fields.items() if k not in USUAL or v != USUAL[k]}
    shown |= {
        "htmlLink": _link(copy, place),
        "created": event["created"],
        "updated": copy["updated"],
        "creator": _person(workspace, place, event["creator"]),
        "organizer": _organiser(workspace, place, event),
        "start": times.shown(fields["start"], zone or place.zone),
        "end": times.shown(fields["end"], zone or place.zone),
        "iCalUID": event["iCalUID"],
        "sequence": event["sequence"],
        "reminders": fields.get("reminders", {"useDefault": "dateTime" in fields["start"]}),
        "eventType": fields.get("eventType", "default"),
    }
    return shown | _guests(workspace, place, event, most_guests) | _properties(copy, event)


def one_of(shown: Json, start: datetime, end: datetime, zone: ZoneInfo) -> Json:
    """Return one occurrence of a repeated event as an event of its own."""
    series = {k: v for k, v in shown.items() if k != "recurrence"}
    whole_days = "date" in shown["start"]
    begins, ends = (times.placed(shown[k], m, zone) for k, m in (("start", start), ("end", end)))
    mark = f"{start.astimezone(zone):%Y%m%d}" if whole_days else f"{start:%Y%m%dT%H%M%SZ}"
    return series | {
        "id": f"{shown['id']}_{mark}",
        "recurringEventId": shown["id"],
        "originalStartTime": begins,
        "start": begins,
        "end": ends,
    }


def status_of(copy: Copy, event: Event) -> str:
    return "cancelled" if copy["gone"] != PRESENT else str(event["status"])


def etag(copy: Copy) -> str:
    return f'"{copy["changed"]:016d}"'


def own_answer(workspace: Workspace, place: Place, event: Event) -> Mapping[str, Any] | None:
    """Return the guest-list entry of the calendar's owner, if they are a guest."""
    return next((a for a in event["attendees"] if is_owner(workspace, place, a["email"])), None)


def is_owner(workspace: Workspace, place: Place, address: str) -> bool:
    """Say whether an address, in whatever form, is that of a primary calendar's owner."""
    plain = address.lower()
    if plain == place.owner or not place.is_primary:
        return place.is_primary
    if plain in workspace.store.collection("users"):  # somebody else's; spares looking through all aliases
        return False
    user = workspace.user(address)
    return user is not None and user.email.lower() == place.owner


def _organiser(workspace: Workspace, place: Place, event: Event) -> Json:
    person = _person(workspace, place, event["organizer"])
    name = event.get("organizer_name")
    own = {"self": True} if event["home"] == place.id else {}
    return person | ({"displayName": name} if name else {}) | own


def _person(workspace: Workspace, place: Place, address: str) -> Json:
    own = {"self": True} if is_owner(workspace, place, address) else {}
    return {"email": address} | own


def _guests(workspace: Workspace, place: Place, event: Event, most: int | None) -> Json:
    own = own_answer(workspace, place, event)
    guests = [_guest(workspace, event, guest, own is guest) for guest in event["attendees"]]
    hidden = event["home"] != place.id and event["fields"].get("guestsCanSeeOtherGuests") is False
    if hidden or (most is not None and len(guests) > most):
        mine = [g for g in guests if g.get("self")]
        return {"attendeesOmitted": True} | ({"attendees": mine} if mine else {})
    return {"attendees": guests} if guests else {}


def _guest(workspace: Workspace, event: Event, guest: Mapping[str, Any], own: bool) -> Json:
    marks = {"self": True} if own else {}
    if guest["email"].lower() == event["organizer"].lower():
        marks["organizer"] = True
    user: User | None = workspace.user(guest["email"])
    name = {"displayName": user.name} if user and "displayName" not in guest else {}
    return dict(guest) | name | marks


def _properties(copy: Copy, event: Event) -> Json:
    shared = event["fields"].get("extendedProperties", {})
    both = ({"private": copy["own"]["private"]} if copy["own"].get("private") else {}) | dict(shared)
    return {"extendedProperties": both} if both else {}


def _link(copy: Copy, place: Place) -> str:
    eid = urlsafe_b64encode(f"{copy['id']} {place.id}".encode()).decode().rstrip("=")
    return f"https://www.google.com/calendar/event?eid={eid}"
