"""Out-of-office and focus time that decline new invitations by themselves (``autoDeclineMode``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workspace_emulator.calendar import times
from workspace_emulator.calendar.book import PRESENT, Book, Event
from workspace_emulator.calendar.changes import moved
from workspace_emulator.calendar.occurrences import occurrences_of
from workspace_emulator.calendar.table import Place

Guest = Mapping[str, Any]

_PROPERTIES = {"outOfOffice": "outOfOfficeProperties", "focusTime": "focusTimeProperties"}
_DECLINING = frozenset({"declineAllConflictingInvitations", "declineOnlyNewConflictingInvitations"})


def decline_automatically(book: Book, event: Event, before: Event | None) -> tuple[Event, list[Guest]]:
    """Return the event with the answers of those who are away, and these answers.

    Only invitations that are new or moved are answered; declining older ones when an absence is entered is
    not done here.
    """
    known = {a["email"].lower() for a in before["attendees"]} if before else set()
    again = before is not None and moved(before, event)
    away: dict[str, str] = {}
    if event["status"] != "cancelled":
        for place, guest in book.guests_here(event):
            fresh = again or guest["email"].lower() not in known
            message = next(_absence(book, place, event), None) if fresh else None
            if message is not None and guest["responseStatus"] == "needsAction":
                away[guest["email"]] = message
    if not away:
        return event, []
    guests = [_declined(a, away[a["email"]]) if a["email"] in away else a for a in event["attendees"]]
    return {**event, "attendees": guests}, [a for a in guests if a["email"] in away]


def _declined(guest: Guest, message: str) -> Guest:
    return {**guest, "responseStatus": "declined"} | ({"comment": message} if message else {})


def _absence(book: Book, place: Place, event: Event) -> Iterator[str]:
    """Go through the messages of the absences that the event falls into."""
    start, end = times.span(event["fields"], place.zone)
    for copy, other in book.absences(place):
        fields = other["fields"]
        properties = fields.get(_PROPERTIES.get(fields.get("eventType", ""), ""), {})
        if properties.get("autoDeclineMode") not in _DECLINING or other["key"] == event["key"]:
            continue
        is_on = copy["gone"] == PRESENT and other["status"] != "cancelled"
        if is_on and any(occurrences_of(other, place.zone, start, end)):
            yield str(properties.get("declineMessage", ""))
