"""One event as an iCalendar object (RFC 5545), as far as invitations and answers need it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from workspace_emulator.calendar import times
from workspace_emulator.calendar.book import Event

_LONGEST = 74  # with the space before a continued line 75 bytes
_PARTSTAT = {
    "needsAction": "NEEDS-ACTION",
    "accepted": "ACCEPTED",
    "declined": "DECLINED",
    "tentative": "TENTATIVE",
}


def calendar_object(event: Event, *, method: str, now: datetime, guests: Iterable[Mapping[str, Any]]) -> str:
    """Return the object for a method (REQUEST, CANCEL, REPLY), naming some guests."""
    status = "CANCELLED" if method == "CANCEL" else "CONFIRMED"
    lines = [
        "BEGIN:VCALENDAR",
        "PRODID:-//Google Inc//Google Calendar 70.9054//EN",
        "VERSION:2.0",
        "CALSCALE:GREGORIAN",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        *_times(event),
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"ORGANIZER;CN={_quoted(event['organizer'])}:mailto:{event['organizer']}",
        f"UID:{event['iCalUID']}",
        *(_guest(g) for g in guests),
        *_words(event["fields"]),
        f"SEQUENCE:{event['sequence']}",
        f"STATUS:{status}",
        "TRANSP:OPAQUE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(_folded(line) for line in lines)


def _times(event: Event) -> Iterator[str]:
    for name, side in (("DTSTART", "start"), ("DTEND", "end")):
        when = event["fields"][side]
        if "date" in when:
            yield f"{name};VALUE=DATE:{when['date'].replace('-', '')}"
        else:
            yield f"{name}:{times.moment(when, times.UTC_ZONE):%Y%m%dT%H%M%SZ}"
    yield from event["fields"].get("recurrence", ())
    if "original" in event:
        when = event["original"]
        if "date" in when:
            yield f"RECURRENCE-ID;VALUE=DATE:{when['date'].replace('-', '')}"
        else:
            yield f"RECURRENCE-ID:{times.moment(when, times.UTC_ZONE):%Y%m%dT%H%M%SZ}"


def _words(fields: Mapping[str, Any]) -> Iterator[str]:
    for name in ("summary", "description", "location"):
        if fields.get(name):
            yield f"{name.upper()}:{_escaped(str(fields[name]))}"
    if fields.get("hangoutLink"):
        yield f"X-GOOGLE-CONFERENCE:{fields['hangoutLink']}"


def _guest(guest: Mapping[str, Any]) -> str:
    answer = _PARTSTAT[guest.get("responseStatus", "needsAction")]
    name = _quoted(guest.get("displayName") or guest["email"])
    comment = f";X-RESPONSE-COMMENT={_quoted(guest['comment'])}" if guest.get("comment") else ""
    role = "OPT-PARTICIPANT" if guest.get("optional") else "REQ-PARTICIPANT"
    head = f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE={role};PARTSTAT={answer};RSVP=TRUE;CN={name}"
    return f"{head};X-NUM-GUESTS={guest.get('additionalGuests', 0)}{comment}:mailto:{guest['email']}"


def _quoted(text: str) -> str:
    """Return a parameter's value; what would end it early is left out."""
    clean = " ".join(text.replace('"', "'").split())
    return f'"{clean}"' if any(c in clean for c in ":;,") else clean


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "")


def _folded(line: str) -> str:
    """Break a line at 75 bytes, never inside a letter."""
    rest, pieces = line.encode(), []
    while len(rest) > _LONGEST:
        cut = _LONGEST
        while rest[cut] & 0xC0 == 0x80:
            cut -= 1
        pieces.append(rest[:cut].decode())
        rest = rest[cut:]
    return "\r\n ".join([*pieces, rest.decode()]) + "\r\n"
