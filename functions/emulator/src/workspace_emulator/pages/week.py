"""A week of a calendar: which event is where on the page. Pure; no browser, no API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Json = Mapping[str, Any]
_DAY = timedelta(days=1)
_SHORTEST = timedelta(minutes=25)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One event on one day: minutes from midnight, and its share of the day's width (0..1)."""

    event: Json
    start: int
    minutes: int
    left: float
    width: float


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def days_of(monday: date) -> list[date]:
    return [monday + timedelta(days=i) for i in range(7)]


def is_all_day(event: Json) -> bool:
    return "date" in event["start"]


def span(event: Json, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return when an event begins and ends, in a zone; an all-day event from midnight to midnight."""
    return _moment(event["start"], zone), _moment(event["end"], zone)


def all_day_on(events: Iterable[Json], day: date) -> list[Json]:
    """Return the all-day events that cover a day. Their end date is not part of them, as Google has it."""
    return [e for e in events if is_all_day(e) and e["start"]["date"] <= day.isoformat() < e["end"]["date"]]


def blocks_on(events: Iterable[Json], day: date, zone: ZoneInfo) -> list[Block]:
    """Return the timed events of a day; those that overlap share the width in columns."""
    midnight = datetime.combine(day, time(), zone)
    placed = sorted(
        ((*_within(event, midnight, zone), event) for event in events if _touches(event, midnight, zone)),
        key=lambda p: (p[0], -p[1]),
    )
    blocks: list[Block] = []
    for cluster in _clusters(placed):
        blocks += _columns(cluster)
    return blocks


def _moment(value: Json, zone: ZoneInfo) -> datetime:
    if "date" in value:
        return datetime.combine(date.fromisoformat(value["date"]), time(), zone)
    moment = datetime.fromisoformat(value["dateTime"])
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(value.get("timeZone", str(zone))))
    return moment.astimezone(zone)


def _touches(event: Json, midnight: datetime, zone: ZoneInfo) -> bool:
    if is_all_day(event):
        return False
    start, end = span(event, zone)
    return start < midnight + _DAY and max(end, start + _SHORTEST) > midnight


def _within(event: Json, midnight: datetime, zone: ZoneInfo) -> tuple[int, int]:
    """Return the first and the last minute of an event on the wall clock of one day."""
    start, end = span(event, zone)
    first = start.hour * 60 + start.minute if start.date() == midnight.date() else 0
    last = end.hour * 60 + end.minute if end.date() == midnight.date() else 24 * 60
    return first, max(last, first + int(_SHORTEST.total_seconds() // 60))


def _clusters(placed: list[tuple[int, int, Json]]) -> list[list[tuple[int, int, Json]]]:
    clusters: list[list[tuple[int, int, Json]]] = []
    until = -1
    for first, last, event in placed:
        if first >= until:
            clusters.append([])
        clusters[-1].append((first, last, event))
        until = max(until, last)
    return clusters


def _columns(cluster: list[tuple[int, int, Json]]) -> list[Block]:
    ends: list[int] = []
    seats: list[int] = []
    for first, last, _ in cluster:
        seat = next((i for i, end in enumerate(ends) if end <= first), len(ends))
        ends[seat : seat + 1] = [last]
        seats.append(seat)
    return [
        Block(event=event, start=first, minutes=last - first, left=seat / len(ends), width=1 / len(ends))
        for (first, last, event), seat in zip(cluster, seats, strict=True)
    ]
