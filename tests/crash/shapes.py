"""Shapes that an item may have: what Google's published schemas allow, what people make of events, what mails come as.

Each is a change of the item's usual answer: one field missing, one value, one other type of event, a field that nobody
knows; for mails one header or one form of the body.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache, partial
from importlib.resources import files
from typing import Any

Json = dict[str, Any]
Change = Callable[[Json], Json]
Path = tuple[str, ...]
MOMENTS = ({"date": "2026-01-12"}, {"dateTime": "2026-01-12T10:00:00+02:00", "timeZone": "Europe/Berlin"}, {})
SCHEMAS = {
    "event": ("calendar.v3", "Event", 2),
    "mail": ("gmail.v1", "Message", 2),
    "draft": ("gmail.v1", "Draft", 3),
    "listed draft": ("gmail.v1", "Draft", 1),
    "listed mail": ("gmail.v1", "Message", 1),
    "label": ("gmail.v1", "Label", 1),
    "account": ("admin.directory_v1", "User", 1),
    "hours": ("calendar.v3", "Calendar", 2),
    "busy": ("calendar.v3", "FreeBusyCalendar", 2),
    "comment": ("sheets.v4", "CommentThread", 2),
    "anchor": ("sheets.v4", "CommentAnchor", 2),
}
"""Of each kind of item the discovery document, the schema in it, and how deep it is changed."""
READ_ALONE = {"mail", "draft", "account", "hours"}
NO_ANSWERS = {"another page": b"<html>Blocked", "nothing": b"", "a list": b"[]", "a part of it": b'{"id": "a'}
"""What a proxy on the way, or a broken connection, leaves of an answer."""
OF_TYPES: dict[str, tuple[Any, ...]] = {
    "string": ("", "x"),
    "boolean": (True, False),
    "integer": (0, 2**31 - 1),
    "array": ([],),
    "object": ({},),
    "any": ([], [{}], [{"address": "x"}], {}, "x"),
}


def shapes_of(kind: str) -> Iterator[tuple[str, Change]]:
    """Yield the shapes of a kind of item, each with a name: what its schema allows, and what people make of it."""
    for path, schema in _fields(*SCHEMAS[kind]) if kind in SCHEMAS else ():
        name = ".".join(path)
        yield f"without {name}", partial(_at, path=path)
        for value in _values(schema):
            yield f"{name} = {value!r}"[:60], partial(_at, path=path, values=(value,))
    if kind == "event":
        yield from _made_by_people()
    if kind == "mail":
        yield from _mails()
    for name, answer in NO_ANSWERS.items() if kind in READ_ALONE else ():
        yield name, partial(_other, answer=answer)
    if kind in SCHEMAS:
        yield "something new", partial(_at, path=("somethingNew",), values=({"of": "Google's"},))


@cache
def _schemas(document: str) -> Json:
    text = files("googleapiclient").joinpath(f"discovery_cache/documents/{document}.json").read_text("utf-8")
    return dict(json.loads(text)["schemas"])


def _fields(document: str, schema: str, depth: int) -> Iterator[tuple[Path, Json]]:
    """Yield the fields of a schema, and those of its parts, as deep as is wanted."""
    for name, described in _properties(document, {"$ref": schema}).items():
        yield (name,), described
        inner = described.get("items", described)
        parts = _parts(document, inner, depth - 1)
        yield from (((name, *path), field) for path, field in parts)


def _parts(document: str, described: Json, depth: int) -> Iterator[tuple[Path, Json]]:
    for name, field in _properties(document, described).items() if depth else ():
        yield (name,), field
        yield from (((name, *p), f) for p, f in _parts(document, field.get("items", field), depth - 1))


def _properties(document: str, described: Json) -> Json:
    found = _schemas(document)[described["$ref"]] if "$ref" in described else described
    return dict(found.get("properties", {}))


def _values(schema: Json) -> Iterator[Any]:
    """Yield values that a field's schema allows."""
    if "$ref" in schema:
        yield from MOMENTS if schema["$ref"] == "EventDateTime" else ({},)
        return
    yield from re.findall(r'^- "(\w+)" - ', schema.get("description", ""), re.MULTILINE)
    yield from schema.get("enum", ())
    yield from OF_TYPES.get(schema.get("type", ""), ())


def _at(whole: Any, *, path: Path, values: tuple[Any, ...] = ()) -> Any:
    """Put a value at a path, in all entries where there are lists on the way; without a value, leave it out."""
    if isinstance(whole, list):
        return [_at(entry, path=path, values=values) for entry in whole]
    if not isinstance(whole, dict):
        return whole
    name, rest = path[0], path[1:]
    if rest:
        return (
            {**whole, name: _at(whole.get(name, {}), path=rest, values=values)}
            if name in whole or values
            else whole
        )
    return {**{k: v for k, v in whole.items() if k != name}, **({name: values[0]} if values else {})}


EVENTS: dict[str, Json] = {
    "whole days": {"start": {"date": "2026-01-12"}, "end": {"date": "2026-01-13"}},
    "somebody else's": {"organizer": {"email": "ada@example.com"}, "creator": {"email": "ada@example.com"}},
    "another calendar's": {"organizer": {"email": "c_1@group.calendar.google.com", "displayName": "Rooms"}},
    "of another day than its end": {"end": {"dateTime": "2025-01-12T10:00:00Z"}},
    "without an end": {"endTimeUnspecified": True, "end": {"dateTime": "2026-01-12T10:00:00Z"}},
    "weekly": {"recurrence": ["RRULE:FREQ=WEEKLY"]},
    "repeated in no known way": {"recurrence": ["RRULE:FREQ=SOMETIMES;COUNT=x", "EXDATE:never"]},
    "repeated on days": {"recurrence": ["RDATE;VALUE=DATE:20260112,20260119"]},
    "one of a series": {"recurringEventId": "abc", "originalStartTime": {"date": "2026-01-12"}},
    "in a room": {"attendees": [{"email": "room@resource.calendar.google.com", "resource": True}]},
    "with a group": {"attendees": [{"email": "all@example.com", "responseStatus": "accepted"}]},
    "with a thousand": {"attendees": [{"email": f"p{n}@example.com"} for n in range(1000)]},
    "with nobody": {"attendees": []},
    "with few shown": {"attendees": [], "attendeesOmitted": True},
    "with one twice": {"attendees": [{"email": "BEN@example.com"}, {"email": "ben@example.com"}]},
    "of a time zone that is none": {"start": {"dateTime": "2026-01-12T10:00:00", "timeZone": "Mars/Base"}},
    "in the year 1": {"start": {"dateTime": "0001-01-01T00:00:00+14:00"}, "end": {"date": "0001-01-01"}},
    "in the year 9999": {"start": {"date": "9999-12-31"}, "end": {"date": "9999-12-31"}},
    "with other marks": {"extendedProperties": {"private": {"peerpact": "1", "number": "-1", "put": "noon"}}},
    "of another pairing": {"extendedProperties": {"private": {"peerpact": "1", "pairing": "r1-000000"}}},
    "with a conference alone": {"hangoutLink": None, "conferenceData": {"entryPoints": [{"uri": "tel:+1"}]}},
    "with a failed conference": {"conferenceData": {"createRequest": {"status": {"statusCode": "failure"}}}},
    "a birthday": {"eventType": "birthday", "birthdayProperties": {"type": "birthday"}, "attendees": []},
    "time to focus": {"eventType": "focusTime", "focusTimeProperties": {"autoDeclineMode": "declineAll"}},
    "where somebody works": {"eventType": "workingLocation", "start": {"date": "2026-01-12"}},
    "time away": {"eventType": "outOfOffice", "transparency": "opaque"},
    "from a mail": {"eventType": "fromGmail", "source": {"url": "https://mail.google.com"}},
    "gone but for its id": {"status": "cancelled", "start": None, "end": None, "attendees": None},
}
"""What people, and other programs of theirs, make of an event."""


def _other(_: Json, *, answer: bytes) -> Any:
    return answer


def _made_by_people() -> Iterator[tuple[str, Change]]:
    for name, fields in EVENTS.items():
        yield name, partial(_with_all, fields=fields)


def _with_all(event: Json, *, fields: Json) -> Json:
    return {k: v for k, v in {**event, **fields}.items() if v is not None}


HEADERS: tuple[tuple[str, str | None], ...] = (
    ("Subject", None),
    ("Subject", ""),
    ("Date", None),
    ("Date", "some day"),
    ("Message-ID", None),
    ("Message-ID", "no brackets"),
    ("In-Reply-To", None),
    ("References", "<a> <b> " * 200),
    ("From", None),
    ("From", "nobody"),
    ("From", "Ben Berg <ben@example.com>, Cleo Clark <cleo@example.com>"),
    ("To", None),
    ("Auto-Submitted", "auto-replied"),
    ("Precedence", "bulk"),
    ("List-Id", "<all.example.com>"),
    ("Return-Path", "<>"),
    ("Content-Language", "tlh"),
    ("X-Long", "x" * 5_000),
    ("Disposition-Notification-To", "ben@example.com"),
    ("Authentication-Results", "nothing that anybody could read"),
)
BODIES: dict[str, bytes] = {
    "empty": b"",
    "only spaces": b"  \r\n \r\n",
    "unknown charset": b"Content-Type: text/plain; charset=klingon\r\n\r\nThank you",
    "wrong charset": b"Content-Type: text/plain; charset=utf-8\r\n\r\nGr\xfc\xdfe",
    "unknown encoding": b"Content-Type: text/plain\r\nContent-Transfer-Encoding: rot13\r\n\r\nGunax lbh",
    "broken base64": b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!",
    "html alone": b"Content-Type: text/html; charset=utf-8\r\n\r\n<p>Thank <b>you</b>",
    "html that never closes": b"Content-Type: text/html\r\n\r\n" + b"<div>" * 300 + b"Thank you",
    "a picture": b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=",
    "a calendar": b"Content-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR",
    "parts without a boundary": b"Content-Type: multipart/mixed\r\n\r\nThank you",
    "parts that never begin": b"Content-Type: multipart/mixed; boundary=x\r\n\r\nThank you",
    "no parts": b"Content-Type: multipart/alternative; boundary=x\r\n\r\n--x--",
    "a mail in a mail": b"Content-Type: message/rfc822\r\n\r\nSubject: Hello\r\n\r\nThank you",
    "an empty mail in a mail": b"Content-Type: message/rfc822\r\n\r\n",
    "a report": b"Content-Type: multipart/report; report-type=delivery-status; boundary=x"
    b"\r\n\r\n--x\r\n\r\nNo.\r\n--x--",
    "signed": b"Content-Type: multipart/signed; boundary=x\r\n\r\n--x\r\n\r\nThank you\r\n--x--",
    "ciphered": b"Content-Type: multipart/encrypted; boundary=x\r\n\r\n--x\r\n\r\nVersion: 1\r\n--x--",
    "an unknown type": b"Content-Type: nothing/known; a=b; c\r\n\r\nThank you",
    "a type that is none": b"Content-Type: ;;;\r\n\r\nThank you",
    "parts within parts": b"".join(
        b"Content-Type: multipart/mixed; boundary=x%d\r\n\r\n--x%d\r\n" % (n, n) for n in range(40)
    )
    + b"\r\nThank you",
}


def _mails() -> Iterator[tuple[str, Change]]:
    for name, value in HEADERS:
        yield f"{name}: {value}"[:60], partial(_mail, header=(name, value))
    for name, body in BODIES.items():
        yield name, partial(_mail, body=body)
        for header, value in HEADERS[:3]:
            yield f"{name}, {header}: {value}", partial(_mail, body=body, header=(header, value))


def _mail(message: Json, *, header: tuple[str, str | None] | None = None, body: bytes | None = None) -> Json:
    """Change the mail's bytes: one header, or all of its body with what says how to read it."""
    if "raw" not in message:
        return message
    mail = message_from_bytes(base64.urlsafe_b64decode(message["raw"] + "=="), policy=policy.compat32)
    if header:
        del mail[header[0]]
        if header[1] is not None:
            mail[header[0]] = header[1]
    whole = mail.as_bytes()
    if body is not None:
        whole = _headers(mail) + (body if body[:8] == b"Content-" else b"\r\n" + body)
    return {**message, "raw": base64.urlsafe_b64encode(whole).decode()}


def _headers(mail: Any) -> bytes:
    kept = EmailMessage(policy=policy.compat32.clone(linesep="\r\n"))  # type: ignore[arg-type]
    for name, value in mail.items():
        if not name.lower().startswith(("content-", "mime-")):
            kept[name] = value
    return kept.as_bytes().rstrip(b"\r\n") + b"\r\n"
