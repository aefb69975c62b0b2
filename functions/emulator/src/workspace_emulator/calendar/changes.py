"""What a request changes in an event: by its organiser, by a guest, by nobody else.

Pure but for looking up accounts: takes the event before, gives the event after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from workspace_emulator.calendar import times
from workspace_emulator.calendar.book import Copy, Event
from workspace_emulator.calendar.options import calendar_options
from workspace_emulator.calendar.shapes import USUAL, is_owner, own_answer
from workspace_emulator.calendar.table import Place, invalid
from workspace_emulator.core.errors import ApiError
from workspace_emulator.core.workspace import Workspace

Json = dict[str, Any]

# What people write; everything else in a body is Google's and read over.
_SHARED = (
    "summary",
    "description",
    "location",
    "recurrence",
    "visibility",
    "transparency",
    "guestsCanInviteOthers",
    "guestsCanModify",
    "guestsCanSeeOtherGuests",
    "anyoneCanAddSelf",
    "source",
    "attachments",
    "eventType",
    "outOfOfficeProperties",
    "focusTimeProperties",
    "workingLocationProperties",
    "birthdayProperties",
)
_ORGANISERS = ("guestsCanInviteOthers", "guestsCanModify", "guestsCanSeeOtherGuests", "anyoneCanAddSelf")
_OWN = ("reminders", "colorId")
_GUESTS_OWN = (*_OWN, "transparency", "visibility")
_ANSWERS = ("needsAction", "declined", "tentative", "accepted")
_ENTRY = ("email", "displayName", "optional", "resource", "additionalGuests", "comment", "responseStatus")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """An event after a request, and what matters for telling people."""

    event: Event
    own: Mapping[str, Any]
    shared: bool
    answered: bool


def merged(before: Mapping[str, Any], given: Mapping[str, Any]) -> Json:
    """Return a patched object: null takes away, objects are patched inside, lists are replaced."""
    after = dict(before)
    for name, value in given.items():
        if value is None:
            after.pop(name, None)
        elif isinstance(value, dict):
            after[name] = merged(before[name] if isinstance(before.get(name), Mapping) else {}, value)
        else:
            after[name] = value
    return after


def by_organiser(
    workspace: Workspace, place: Place, event: Event, copy: Copy, body: Json, *, whole: bool, meet: bool
) -> Changed:
    """Return the event after its organiser's patch, or with ``whole`` after an update that replaces it."""
    fields = _fields(event["fields"], body, whole=whole, zone=place.time_zone)
    fields |= _conference(event, body if meet else {}, keep=True)
    if "conferenceData" in body and body["conferenceData"] is None and meet:
        fields.pop("conferenceData", None)
        fields.pop("hangoutLink", None)
    guests = event["attendees"]
    if "attendees" in body or whole:
        guests = _guest_list(_asked_again(workspace, event), body.get("attendees") or [], trusted=True)
    status = _status(body, event["status"])
    changed = {**event, "fields": fields, "attendees": guests, "status": status}
    after = _after_move(workspace, place, event, changed)
    own = _own_after(copy["own"], body, _OWN, whole=whole)
    return Changed(
        event=after, own=own, shared=not _only_answers(workspace, place, event, after, body), answered=False
    )


def by_guest(workspace: Workspace, place: Place, event: Event, copy: Copy, body: Json) -> Changed:
    """Return the event after a guest's patch or update.

    Their own answer and what is only theirs they may always change; what is shared, when guests may modify.

    Raises:
        ApiError: They may not.
    """
    given = {k: v for k, v in body.items() if k not in _GUESTS_OWN}
    wanted = _fields(event["fields"], given, whole=False, zone=place.time_zone)
    differing = [k for k in wanted.keys() | event["fields"].keys() if _differs(event["fields"], wanted, k)]
    may = bool(event["fields"].get("guestsCanModify"))
    if any(k in _ORGANISERS for k in differing) or (differing and not may):
        raise ApiError(
            403,
            "forbiddenForNonOrganizer",
            "Shared properties can only be changed by the organizer of the event.",
            domain="calendar",
        )
    fields = wanted if differing else event["fields"]
    guests = _guests_by_guest(workspace, place, event, body, may)
    changed = {**event, "fields": fields, "attendees": guests}
    shared = bool(differing) or _addresses(changed) != _addresses(event)
    after = _answered(workspace, place, _after_move(workspace, place, event, changed), body)
    answered = own_answer(workspace, place, after) != own_answer(workspace, place, event)
    own = _own_after(copy["own"], body, _GUESTS_OWN, whole=False)
    return Changed(event=after, own=own, shared=shared, answered=answered)


def new_event(place: Place, event: Json, body: Json, *, meet: bool) -> Changed:
    """Return a new event; ``event`` brings its ids and times of making."""
    fields = _fields({}, body, whole=True, zone=place.time_zone)
    blank = {**event, "fields": fields, "attendees": [], "status": _status(body, "confirmed"), "sequence": 0}
    blank["fields"] = fields | _conference(blank, body if meet else {}, keep=False)
    blank["attendees"] = _guest_list(blank, body.get("attendees") or [], trusted=True)
    return Changed(event=blank, own=_own_after({}, body, _OWN, whole=True), shared=True, answered=False)


def moved(before: Event, after: Event) -> bool:
    return any(_differs(before["fields"], after["fields"], k) for k in ("start", "end", "recurrence"))


def _fields(before: Mapping[str, Any], body: Json, *, whole: bool, zone: str) -> Json:
    kept = ("conferenceData", "hangoutLink")
    base = {k: v for k, v in before.items() if not whole or k in kept}
    after = merged(base, {k: v for k, v in body.items() if k in _SHARED})
    for side in ("start", "end"):
        given = body.get(side)
        after[side] = times.changed_time(None if whole else before.get(side), given or {})
    given = after["start"], after["end"]
    after["start"], after["end"] = times.checked(*given, zone)
    if after.get("recurrence"):
        times.check_recurrence(after["recurrence"], after["start"])
        _require_zones(*given)
    shared = (body.get("extendedProperties") or {}).get("shared")
    if shared is not None:
        properties = merged(base.get("extendedProperties", {}), {"shared": shared})
        after["extendedProperties"] = {k: v for k, v in properties.items() if v}
    return after


def _require_zones(start: Json, end: Json) -> None:
    """Refuse a series without a zone, which says in which one it repeats."""
    for side, when in (("start", start), ("end", end)):
        if when.get("dateTime") and not when.get("timeZone"):
            raise invalid(f"Missing time zone definition for {side} time.", "required")


def _conference(event: Event, body: Json, *, keep: bool) -> Json:
    """Return the Meet link that a request asks for; the same requestId again asks for nothing."""
    given = body.get("conferenceData") or {}
    request = given.get("createRequest") or {}
    before = event["fields"].get("conferenceData", {}) if keep else {}
    request_id = request.get("requestId")
    if not request_id:
        return {"conferenceData": given} if given.get("entryPoints") else {}
    if before.get("createRequest", {}).get("requestId") == request_id:
        return {}
    code = _meet_code(f"{event['key']} {request_id}")
    link = f"https://meet.google.com/{code}"
    key = {"type": "hangoutsMeet"}
    return {
        "hangoutLink": link,
        "conferenceData": {
            "createRequest": {
                "requestId": request_id,
                "conferenceSolutionKey": key,
                "status": {"statusCode": "success"},
            },
            "entryPoints": [{"entryPointType": "video", "uri": link, "label": link.removeprefix("https://")}],
            "conferenceSolution": {
                "key": key,
                "name": "Google Meet",
                "iconUri": "https://fonts.gstatic.com/s/i/productlogos/meet_2020q4/v6/web-512dp/logo_meet_2020q4_color_2x_web_512dp.png",
            },
            "conferenceId": code,
        },
    }


def _meet_code(seed: str) -> str:
    letters = "".join(chr(ord("a") + byte % 26) for byte in sha256(seed.encode()).digest()[:10])
    return f"{letters[:3]}-{letters[3:7]}-{letters[7:]}"


def _guest_list(event: Event, given: list[Json], *, trusted: bool) -> list[Json]:
    """Return the new guest list. Who was there keeps their answer unless a trusted list states another."""
    before = {a["email"].lower(): a for a in event["attendees"]}
    after: dict[str, Json] = {}
    for entry in given:
        address = str(entry.get("email") or "").strip()
        if "@" not in address or any(c.isspace() for c in address):
            raise invalid("Invalid attendee email.")
        known = before.get(address.lower(), {})
        fresh = {k: entry[k] for k in _ENTRY if entry.get(k) is not None} | {"email": address}
        organises = address.lower() == event["organizer"].lower()
        usual = {"responseStatus": "accepted" if organises else "needsAction"}
        after.setdefault(address.lower(), usual | known | fresh if trusted or not known else dict(known))
        if after[address.lower()]["responseStatus"] not in _ANSWERS:
            raise invalid("Invalid attendee response status.")
    return list(after.values())


def _asked_again(workspace: Workspace, event: Event) -> Event:
    """Return the event as its organiser's guest list is held against: with the answers that stay unless stated."""
    if not calendar_options(workspace).resets_unstated_answers:
        return event
    guests = [{k: v for k, v in a.items() if k != "responseStatus"} for a in event["attendees"]]
    return {**event, "attendees": guests}


def _guests_by_guest(
    workspace: Workspace, place: Place, event: Event, body: Json, may_modify: bool
) -> list[Json]:
    """Return the guest list that a guest leaves behind: who may, adds and removes; answers are others' own.

    A list of nobody but themselves is taken as an answer, not as taking everybody else off.
    """
    before: list[Json] = event["attendees"]
    given = body.get("attendees") or []
    if all(is_owner(workspace, place, a.get("email") or "") for a in given):
        return before
    wanted = _guest_list(event, body["attendees"], trusted=False)
    if may_modify:
        return wanted
    if event["fields"].get("guestsCanInviteOthers", True):
        known = {a["email"].lower() for a in before}
        return [*before, *(a for a in wanted if a["email"].lower() not in known)]
    return before


def _answered(workspace: Workspace, place: Place, event: Event, body: Json) -> Event:
    """Return the event with the guest's own answer as their list states it."""
    mine = next(
        (a for a in body.get("attendees") or () if is_owner(workspace, place, a.get("email") or "")), None
    )
    if mine is None:
        return event
    if mine.get("responseStatus", "accepted") not in _ANSWERS:
        raise invalid("Invalid attendee response status.")
    answer = {
        k: mine[k] for k in ("responseStatus", "comment", "additionalGuests") if mine.get(k) is not None
    }
    return with_answer(workspace, place, event, answer)


def with_answer(workspace: Workspace, place: Place, event: Event, answer: Mapping[str, Any]) -> Event:
    """Return the event with something changed in the owner's own entry on the guest list."""
    guests = [{**a, **answer} if is_owner(workspace, place, a["email"]) else a for a in event["attendees"]]
    return {**event, "attendees": guests}


def _after_move(workspace: Workspace, place: Place, before: Event, after: Event) -> Event:
    """After a move everybody but the mover and the organiser has to answer again."""
    if not moved(before, after):
        return after
    guests = [
        a
        if is_owner(workspace, place, a["email"]) or a["email"].lower() == after["organizer"].lower()
        else {**{k: v for k, v in a.items() if k != "comment"}, "responseStatus": "needsAction"}
        for a in after["attendees"]
    ]
    return {**after, "attendees": guests, "sequence": before["sequence"] + 1}


def _own_after(before: Mapping[str, Any], body: Json, names: tuple[str, ...], *, whole: bool) -> Json:
    after = merged({} if whole else before, {k: v for k, v in body.items() if k in names})
    properties = body.get("extendedProperties") or {}
    if "private" in properties or whole:
        kept = {} if whole else before.get("private", {})
        after["private"] = merged(kept, properties.get("private") or {})
    return after


def _differs(before: Mapping[str, Any], after: Mapping[str, Any], name: str) -> bool:
    usual = {**USUAL, "eventType": "default"}.get(name)
    one, other = before.get(name, usual), after.get(name, usual)
    if name in ("start", "end") and one and other and ("date" in one) == ("date" in other):
        return times.moment(one, times.UTC_ZONE) != times.moment(other, times.UTC_ZONE)
    return bool(one != other)


def _only_answers(workspace: Workspace, place: Place, before: Event, after: Event, body: Json) -> bool:
    """Say whether an organiser did no more than answer their own invitation; of all else guests are told."""

    def others(event: Event) -> list[tuple[str, str]]:
        guests = (a for a in event["attendees"] if not is_owner(workspace, place, a["email"]))
        return [(a["email"], a["responseStatus"]) for a in guests]

    return bool(body) and body.keys() <= {"attendees"} and others(before) == others(after)


def _status(body: Json, before: str) -> str:
    status = body.get("status") or before
    if status not in ("confirmed", "tentative", "cancelled"):
        raise invalid("Invalid event status.")
    return str(status)


def _addresses(event: Event) -> set[str]:
    return {a["email"].lower() for a in event["attendees"]}
