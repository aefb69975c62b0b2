"""Shapes that an item may have: what Google's published schemas allow for an event, and what mail may come as.

Each is a change of the item's usual answer: one field missing, one enumeration value, one other type of event, a field
that nobody knows; for mails one header or one form of the body.
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
MOMENTS = ({"date": "2026-01-12"}, {"dateTime": "2026-01-12T10:00:00+02:00", "timeZone": "Europe/Berlin"}, {})


def shapes_of(kind: str) -> Iterator[tuple[str, Change]]:
    """Yield the shapes of an event or a mail, each with a name."""
    if kind == "event":
        yield from _events()
    if kind == "mail":
        yield from _mails()


@cache
def _schemas() -> Json:
    document = files("googleapiclient").joinpath("discovery_cache/documents/calendar.v3.json")
    return dict(json.loads(document.read_text(encoding="utf-8"))["schemas"])


def _events() -> Iterator[tuple[str, Change]]:
    fields = _schemas()["Event"]["properties"]
    for name, schema in fields.items():
        if name != "id":
            yield f"without {name}", partial(_without, name=name)
            for value in _values(schema):
                yield f"{name} = {value!r}"[:60], partial(_with, name=name, value=value)
    guest = _schemas()["EventAttendee"]["properties"]
    for name, schema in guest.items():
        yield f"guests without {name}", partial(_guests, name=name, value=None)
        for value in [*_values(schema), *(("accepted", "x") if name == "responseStatus" else ())]:
            yield f"guests' {name} = {value!r}"[:60], partial(_guests, name=name, value=value)
    yield "something new", partial(_with, name="somethingNew", value={"of": "Google's"})
    yield "whole days", partial(_whole_days)


def _values(schema: Json) -> Iterator[Any]:
    """Yield values that a field's schema allows."""
    if "$ref" in schema:
        yield from MOMENTS if schema["$ref"] == "EventDateTime" else ({},)
        return
    described = re.findall(r'^- "(\w+)" - ', schema.get("description", ""), re.MULTILINE)
    by_type = {
        "string": ["", *described, "x"],
        "boolean": [True, False],
        "integer": [0, 2**31 - 1],
        "array": [[]],
        "object": [{}],
    }
    yield from by_type.get(schema.get("type", ""), [])


def _without(event: Json, *, name: str) -> Json:
    return {k: v for k, v in event.items() if k != name}


def _with(event: Json, *, name: str, value: Any) -> Json:
    return {**event, name: value}


def _guests(event: Json, *, name: str, value: Any) -> Json:
    guests = [
        _without(g, name=name) if value is None else {**g, name: value} for g in event.get("attendees", ())
    ]
    return {**event, "attendees": guests}


def _whole_days(event: Json) -> Json:
    return {**event, "start": {"date": "2026-01-12"}, "end": {"date": "2026-01-13"}}


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
    for field in ("raw", "internalDate", "threadId", "labelIds", "sizeEstimate", "snippet", "historyId"):
        yield f"without {field}", partial(_without, name=field)
    yield "something new", partial(_with, name="somethingNew", value={"of": "Google's"})


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
