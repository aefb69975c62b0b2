"""What Google's APIs answer about one event, as a value of ours: always one, whatever its schema allows.

Any field may be missing, and people make of an event what they like; what can't be told is named as an oddity.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from peerpact.programme.meetings.event import EventSeen, Guest
from peerpact.programme.sentences import say

A_DAY = timedelta(days=1)
MOST_DIGITS = 7
_DAYS_OF = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 30, "YEARLY": 365}
MIDDAY = time(12, tzinfo=UTC)
"""Stands for the hour of a day whose hour nobody knows: at that moment it is that day nearly everywhere."""


def event_seen(raw: Mapping[str, Any]) -> EventSeen:
    """Return an event as Calendar gives it (calendar v3, Event)."""
    start, end = moment_of(raw, "start"), moment_of(raw, "end")
    day = _day_of(raw, "start")
    private = _part(_part(raw, "extendedProperties"), "private")
    is_cancelled = raw.get("status") == "cancelled"
    guests = [a for a in raw.get("attendees") or () if isinstance(a, Mapping) and not a.get("organizer")]
    return EventSeen(
        id=_text(raw, "id"),
        etag=_text(raw, "etag"),
        key=_text(private, "key"),
        pairing=_text(private, "pairing"),
        number=int(n) if (n := _text(private, "number")).isdecimal() else 1,
        organiser=_text(_part(raw, "organizer"), "email").lower(),
        is_ours=_part(raw, "organizer").get("self", not raw.get("organizer")) is True,
        is_cancelled=is_cancelled,
        start=start,
        end=max(start, end or start + (A_DAY if day else timedelta())) if start else None,
        is_all_day=day is not None and start is not None,
        is_series=bool(raw.get("recurrence")),
        series_until=_series_until(raw, start),
        part_of=_text(raw, "recurringEventId"),
        part_from=moment_of(raw, "originalStartTime"),
        guests=tuple(_guest(a) for a in guests if a.get("email")),
        hides_guests=raw.get("attendeesOmitted") is True,
        link=_text(raw, "htmlLink"),
        meet_link=_text(raw, "hangoutLink"),
        awaits_meet_link=_awaits_meet_link(raw),
        created=_moment(raw.get("created")),
        updated=_moment(raw.get("updated")),
        put=_moment(private.get("put")),
        moved=private.get("moved") == "1",
        automatic=int(n) if (n := _text(private, "automatic")).isdecimal() else 0,
        invited=tuple(_text(private, "invited").split()),
        taken_off=tuple(_text(private, "taken_off").split()),
        oddity="" if start or is_cancelled else say("it has no start that can be read"),
    )


def _awaits_meet_link(raw: Mapping[str, Any]) -> bool:
    request = _part(_part(raw, "conferenceData"), "createRequest")
    return _text(_part(request, "status"), "statusCode") == "pending"


def moment_of(raw: Mapping[str, Any], side: str) -> datetime | None:
    """Return an event's ``start``, ``end`` or ``originalStartTime`` in UTC; None where it can't be told."""
    there = _part(raw, side)
    return _moment(there.get("dateTime"), _text(there, "timeZone")) or _midday(_day_of(raw, side))


def _series_until(raw: Mapping[str, Any], start: datetime | None) -> datetime | None:
    """Return when a series begins for the last time, about; None where it has no end that can be told (RFC 5545)."""
    rules = [r for r in raw.get("recurrence") or () if isinstance(r, str) and r.startswith("RRULE:")]
    parts = dict(re.findall(r"([A-Z]+)=([^;]+)", rules[0])) if len(rules) == 1 else {}
    if until := re.match(r"(\d{4})(\d\d)(\d\d)", parts.get("UNTIL", "")):
        return _moment(f"{until[1]}-{until[2]}-{until[3]}T23:59:59Z")
    count, every = parts.get("COUNT", ""), parts.get("INTERVAL", "1")
    days = _DAYS_OF.get(parts.get("FREQ", ""), 0)
    if not (start and days and count.isdecimal() and every.isdecimal() and len(count + every) < MOST_DIGITS):
        return None
    return start + timedelta(days=days * int(every) * max(int(count) - 1, 0))


def _day_of(raw: Mapping[str, Any], side: str) -> date | None:
    there = _part(raw, side)
    if there.get("dateTime"):
        return None
    try:
        return date.fromisoformat(_text(there, "date"))
    except ValueError:
        return None


def _midday(day: date | None) -> datetime | None:
    return datetime.combine(day, MIDDAY) if day else None


def _moment(words: object, zone: str = "") -> datetime | None:
    """Return an RFC 3339 time as a moment in UTC. One without an offset is local to the zone that goes with it."""
    try:
        found = datetime.fromisoformat(str(words).replace("Z", "+00:00"))
        local = found if found.tzinfo else found.replace(tzinfo=ZoneInfo(zone or "UTC"))
        return local.astimezone(UTC)
    except (ValueError, OverflowError, ZoneInfoNotFoundError, OSError):
        return None


def busy_spans(calendar: Mapping[str, Any]) -> tuple[tuple[datetime, datetime], ...] | None:
    """Return one calendar's busy spans (UTC), or None where it can't be read."""
    if calendar.get("errors"):
        return None
    spans = [(_moment(b.get("start")), _moment(b.get("end"))) for b in calendar.get("busy") or ()]
    return tuple((start, end) for start, end in spans if start and end and start < end)


def _guest(raw: Mapping[str, Any]) -> Guest:
    return Guest(
        email=_text(raw, "email").lower(),
        answer=_text(raw, "responseStatus") or "needsAction",
        commented=bool(raw.get("comment")),
    )


def _part(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = raw.get(name)
    return part if isinstance(part, Mapping) else {}


def _text(raw: Mapping[str, Any], name: str) -> str:
    value = raw.get(name)
    return value if isinstance(value, str) else ""
