"""When events are: Google's date and dateTime forms checked and compared, repetitions unfolded.

An all-day event lasts from midnight to midnight in the zone of the calendar that looks at it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from workspace_emulator.calendar.table import invalid
from workspace_emulator.core.errors import bad_request

Json = dict[str, Any]
Span = tuple[datetime, datetime]

# Nobody looks at more repetitions of one event at a time.
_MOST_REPETITIONS = 2_500
# The same texts are read, and the same moments written, with every list.
_TIMES_KNOWN = 65_536


def zone_named(name: str, what: str) -> ZoneInfo:
    """Return a time zone.

    Raises:
        ApiError: There is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise invalid(f"Invalid time zone definition for {what}.") from None


def exact(text: str) -> datetime:
    """Return the moment that a window's end or a query means: RFC 3339, with its offset.

    Raises:
        ApiError: It is no moment, or has no offset; a ``+`` in an address has to be written ``%2B``.
    """
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise bad_request("Bad Request") from None
    if read.tzinfo is None:
        raise bad_request("Bad Request")
    return read.astimezone(UTC)


def checked(start: Any, end: Any, default_zone: str) -> tuple[Json, Json]:
    """Return an event's start and end as they are kept: with their zone, in it.

    Raises:
        ApiError: One is missing, they are of two kinds, or the event ends before it starts.
    """
    kept_start, kept_end = _checked(start, "start", default_zone), _checked(end, "end", default_zone)
    if ("date" in kept_start) != ("date" in kept_end):
        raise invalid("Start and end times must either both be date or both be dateTime.")
    first, last = span({"start": kept_start, "end": kept_end}, UTC_ZONE)
    if last < first or (last == first and "date" in kept_start):
        raise invalid("The specified time range is empty.", "timeRangeEmpty")
    return kept_start, kept_end


def changed_time(before: Mapping[str, Any] | None, given: Mapping[str, Any]) -> Json:
    """Return a start or end after a patch: a date replaces a dateTime and the other way round."""
    after = {**(before or {}), **given}
    if given.get("dateTime"):
        after.pop("date", None)
    elif given.get("date"):
        after.pop("dateTime", None)
        after.pop("timeZone", None)
    return {k: v for k, v in after.items() if v is not None}


def span(event: Mapping[str, Any], zone: ZoneInfo) -> Span:
    return moment(event["start"], zone), moment(event["end"], zone)


def moment(when: Mapping[str, Any], zone: ZoneInfo) -> datetime:
    """Return the moment, in UTC, that a start or end means in a calendar of that zone."""
    if "date" in when:
        return datetime.combine(date.fromisoformat(when["date"]), time(), zone).astimezone(UTC)
    return _read(when["dateTime"], when.get("timeZone"), zone)


@lru_cache(maxsize=_TIMES_KNOWN)
def _read(text: str, own_zone: str | None, zone: ZoneInfo) -> datetime:
    read = datetime.fromisoformat(text)
    if read.tzinfo is None:
        read = read.replace(tzinfo=ZoneInfo(own_zone) if own_zone else zone)
    return read.astimezone(UTC)


def shown(when: Mapping[str, Any], zone: ZoneInfo) -> Json:
    """Return a start or end as answers show it: in the zone of the looker's calendar."""
    if "date" in when:
        return dict(when)
    return {**when, "dateTime": written(moment(when, zone), zone)}


def placed(like: Mapping[str, Any], instant: datetime, zone: ZoneInfo) -> Json:
    """Return a moment in the form of another start or end: a day, or a time of day in its zone."""
    if "date" in like:
        return {"date": f"{instant.astimezone(zone):%Y-%m-%d}"}
    return {**like, "dateTime": written(instant, zone)}


@lru_cache(maxsize=_TIMES_KNOWN)
def written(instant: datetime, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).isoformat(timespec="seconds").replace("+00:00", "Z")


def occurrences(event: Mapping[str, Any], zone: ZoneInfo, lower: datetime, upper: datetime) -> Iterator[Span]:
    """Go through an event's occurrences that touch the time between two moments, both left out."""
    if not event.get("recurrence"):
        start, end = span(event, zone)
        if end > lower and start < upper:
            yield start, end
        return
    own_zone = ZoneInfo(event["start"].get("timeZone") or str(zone))
    start, end = span(event, own_zone)
    length, first = end - start, start.astimezone(own_zone).replace(tzinfo=None)
    edges = [
        (m.astimezone(own_zone) - timedelta(days=1)).replace(tzinfo=None) for m in (lower - length, upper)
    ]
    rule = _rule(event["recurrence"], first, own_zone)
    for count, local in enumerate(rule.xafter(edges[0], inc=True)):
        begins = local.replace(tzinfo=own_zone).astimezone(UTC)
        if begins >= upper or count > _MOST_REPETITIONS:
            return
        if begins + length > lower:
            yield begins, begins + length


def check_recurrence(lines: list[str], start: Mapping[str, Any]) -> None:
    """Refuse rules that can't be read.

    Raises:
        ApiError: A line is no RRULE, RDATE, EXDATE or EXRULE.
    """
    zone = ZoneInfo(start.get("timeZone") or "UTC")
    try:
        _rule(lines, moment(start, zone).astimezone(zone).replace(tzinfo=None), zone)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise invalid("Invalid recurrence rule.") from None


UTC_ZONE = ZoneInfo("UTC")


def _checked(when: Any, what: str, default_zone: str) -> Json:
    if not isinstance(when, dict) or not (when.get("date") or when.get("dateTime")):
        raise invalid(f"Missing {what} time.", "required")
    if when.get("date"):
        return {"date": _day(when["date"], what)}
    try:
        read = datetime.fromisoformat(when["dateTime"])
    except ValueError:
        raise invalid(f"Invalid value for {what} time.") from None
    if read.tzinfo is None and not when.get("timeZone"):
        raise invalid(f"Missing time zone definition for {what} time.", "required")
    name = when.get("timeZone") or default_zone
    zone = zone_named(name, f"{what} time")
    placed = read.astimezone(zone) if read.tzinfo else read.replace(tzinfo=zone)
    return {"dateTime": placed.isoformat(timespec="seconds"), "timeZone": name}


def _day(text: str, what: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise invalid(f"Invalid value for {what} time.") from None


def _rule(lines: list[str], first: datetime, zone: ZoneInfo) -> Any:
    """Read rules in the event's wall time; an UNTIL in UTC is brought into it."""
    return rrulestr("\n".join(_local(line, zone) for line in lines), dtstart=first, forceset=True)


def _local(line: str, zone: ZoneInfo) -> str:
    name, _, value = line.partition(":")
    if name.startswith(("EXDATE", "RDATE")):
        value = ",".join(_local_stamp(v, zone) for v in value.split(","))
        return f"{name.partition(';')[0]}:{value}"
    parts = [f"UNTIL={_local_stamp(p[6:], zone)}" if p.startswith("UNTIL=") else p for p in value.split(";")]
    return f"{name}:{';'.join(parts)}"


def _local_stamp(text: str, zone: ZoneInfo) -> str:
    if not text.endswith("Z"):
        return text
    instant = datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return f"{instant.astimezone(zone):%Y%m%dT%H%M%S}"
