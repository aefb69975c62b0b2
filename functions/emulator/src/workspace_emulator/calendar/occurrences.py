"""Single occurrences of repeated events: found by id, and made events of their own once they differ.

An occurrence that was changed is an event with a ``series`` and an ``original`` start; the series notes its mark, so
that unfolding leaves it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from workspace_emulator.calendar import times
from workspace_emulator.calendar.book import Book, Copy, Event
from workspace_emulator.calendar.table import Place
from workspace_emulator.core.errors import not_found

_ID = re.compile(r"(?P<series>[^_]+)_(?P<mark>\d{8}(?:T\d{6}Z)?)")


def occurrences_of(event: Event, zone: ZoneInfo, lower: datetime, upper: datetime) -> Iterator[times.Span]:
    """Go through an event's occurrences that are still as the series has them, between two moments."""
    apart = event.get("apart", {})
    for span in times.occurrences(event["fields"], zone, lower, upper):
        if not apart or mark_of(event["fields"], span[0], zone) not in apart:
            yield span


def mark_of(fields: Mapping[str, Any], start: datetime, zone: ZoneInfo) -> str:
    """Return what tells an occurrence from others in its id: its first start, as a day or a moment."""
    if "date" in fields["start"]:
        return f"{start.astimezone(zone):%Y%m%d}"
    return f"{start.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def found(book: Book, place: Place, event_id: str) -> tuple[Copy, Event]:
    """Return a calendar's copy of an event, or of one occurrence, and the event.

    Raises:
        ApiError: It never was on that calendar.
    """
    match = _ID.fullmatch(event_id)
    if match is None or event_id in book.copies(place):
        return book.find(place, event_id)
    copy, series = book.find(place, match["series"])
    span = _span(series, place.zone, match["mark"])
    if span is None:
        raise not_found("Not Found")
    return {**copy, "id": event_id}, as_event(series, span, place.zone)


def as_event(series: Event, span: times.Span, zone: ZoneInfo) -> Event:
    """Return an occurrence as an event of its own, as the series has it."""
    mark = mark_of(series["fields"], span[0], zone)
    fields = {k: v for k, v in series["fields"].items() if k != "recurrence"}
    sides = {"start": span[0], "end": span[1]}
    fields |= {side: times.placed(fields[side], moment, zone) for side, moment in sides.items()}
    own = {k: v for k, v in series.items() if k not in {"apart", "copies"}}
    return {
        **own,
        "id": f"{series['id']}_{mark}",
        "key": f"{series['key']}_{mark}",
        "fields": fields,
        "series": series["key"],
        "original": fields["start"],
    }


def set_apart(book: Book, occurrence: Event) -> None:
    """Make an occurrence an event in the store, if it isn't yet, so that it can be changed like any other."""
    if "series" not in occurrence or occurrence["key"] in book.events:
        return
    series = book.events[occurrence["series"]]
    mark = occurrence["key"].removeprefix(f"{series['key']}_")
    apart = {**series.get("apart", {}), mark: occurrence["key"]}
    book.events[series["key"]] = {**series, "apart": apart}
    book.add_apart(series, occurrence)


def join_again(book: Book, series: Event) -> Event:
    """Return a series that has moved, whose single occurrences follow it again."""
    for key in series.get("apart", {}).values():
        book.save({**book.events[key], "status": "cancelled", "forgotten": True})
    return {k: v for k, v in series.items() if k != "apart"}


def _span(series: Event, zone: ZoneInfo, mark: str) -> times.Span | None:
    if not series["fields"].get("recurrence"):
        return None
    form = "%Y%m%dT%H%M%SZ" if "T" in mark else "%Y%m%d"
    try:
        start = datetime.strptime(mark, form).replace(tzinfo=UTC)
    except ValueError:
        return None
    margin = timedelta(days=2)
    for span in times.occurrences(series["fields"], zone, start - margin, start + margin):
        if mark_of(series["fields"], span[0], zone) == mark:
            return span
    return None
