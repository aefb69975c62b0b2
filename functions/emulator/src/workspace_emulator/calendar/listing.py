"""Calendar's ``events.list``: filters, repetitions unfolded, pages, and sync tokens for what changed."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from bisect import insort
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from workspace_emulator.calendar import times
from workspace_emulator.calendar.book import Book, Copy, Event
from workspace_emulator.calendar.index import ShownEvents
from workspace_emulator.calendar.occurrences import found, occurrences_of
from workspace_emulator.calendar.shapes import Json, one_of, seen, status_of
from workspace_emulator.calendar.table import Place, access_of, invalid, methods, place_of, stamp
from workspace_emulator.calendar.wanted import is_in_window, is_wanted, moment_of, window_of
from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import ApiError, bad_request

Entry = tuple[Copy, Event]
Item = tuple[Copy, Event, times.Span | None]

# "Sync tokens cannot be combined with" these.
_NOT_WITH_TOKEN = (
    "iCalUID",
    "orderBy",
    "privateExtendedProperty",
    "q",
    "sharedExtendedProperty",
    "timeMin",
    "timeMax",
    "updatedMin",
)
# Google does not say how long tokens last; here four weeks.
_TOKENS_LAST = timedelta(days=28)


@methods.on("calendar.events.list")
def list_events(call: Call) -> Json:
    place, book = place_of(call), Book(call.workspace)
    since = _since(call)
    zone = times.zone_named(call.params["timeZone"], "query") if "timeZone" in call.params else place.zone
    offset, size = _page(call), max(1, min(call.params.get("maxResults", 250), 2500))
    if call.params.get("orderBy") == "startTime" and since is None:
        items = _as_they_begin(call, place, book, offset + size)
    else:
        items = _ordered(call, _items(call, place, _wanted_entries(call, place, book, since)), offset + size)
    page = list(map(_showing(call, place, zone), items[offset : offset + size]))
    answer = _head(call, place, book, zone) | {"items": page}
    return answer | _continuation(call, offset + size if len(items) > offset + size else None)


def _head(call: Call, place: Place, book: Book, zone: ZoneInfo) -> Json:
    return {
        "kind": "calendar#events",
        "etag": f'"{_changes(call)}"',
        "summary": place.name,
        "description": place.description,
        "updated": book.last_changed(place) or _now(call),
        "timeZone": str(zone),
        "accessRole": access_of(call, place),
        "defaultReminders": [{"method": "popup", "minutes": 10}],
    }


@methods.on("calendar.events.instances")
def list_instances(call: Call) -> Json:
    """List the occurrences of a repeated event, those that were changed among them."""
    place, book = place_of(call), Book(call.workspace)
    zone = times.zone_named(call.params["timeZone"], "query") if "timeZone" in call.params else place.zone
    copy, series = found(book, place, call.params["eventId"])
    items: list[tuple[datetime, Json]] = []
    if not series["fields"].get("recurrence"):
        raise invalid("The requested event is not a recurring event.")
    as_seen = seen(
        call.workspace, place, copy, series, zone=zone, most_guests=call.params.get("maxAttendees")
    )
    if "start" in as_seen:
        for span in occurrences_of(series, place.zone, *window_of(call)):
            items.append((span[0], one_of(as_seen, *span, zone)))
    items += _changed_instances(call, place, book, series, zone)
    shown = [item for _, item in sorted(items, key=lambda i: i[0])]
    if "originalStart" in call.params:
        wanted = times.exact(call.params["originalStart"])
        shown = [s for s in shown if times.moment(s["originalStartTime"], place.zone) == wanted]
    offset, size = _page(call), max(1, min(call.params.get("maxResults", 250), 2500))
    head = _head(call, place, book, zone) | {"items": shown[offset : offset + size]}
    return head | _continuation(call, offset + size if len(shown) > offset + size else None)


def _changed_instances(
    call: Call, place: Place, book: Book, series: Event, zone: ZoneInfo
) -> Iterator[tuple[datetime, Json]]:
    for key in series.get("apart", {}).values():
        event = book.events[key]
        copy = book.copies(place).get(event["id"])
        if copy is None or not is_in_window(call, place)(copy, event):
            continue
        if call.params.get("showDeleted") or status_of(copy, event) != "cancelled":
            shown = seen(call.workspace, place, copy, event, zone=zone)
            yield times.moment(event["original"], place.zone), shown


def expire_sync_tokens(workspace: Any) -> None:
    """Make every sync token given out so far invalid, as Google may at any time."""
    now = workspace.store.collection("counters").get("calendar/change", 0)
    workspace.store.collection("calendar/sync")["oldest"] = now + 1
    workspace.store.next_number("calendar/change")


def _since(call: Call) -> int | None:
    """Return the change after which ``syncToken`` asks.

    Raises:
        ApiError: The token came with filters, or is no longer valid.
    """
    if "syncToken" not in call.params:
        _check_updated_min(call)
        return None
    combined = [name for name in _NOT_WITH_TOKEN if name in call.params]
    if combined or call.params.get("showDeleted") is False:
        raise bad_request(f"Sync tokens cannot be combined with {(combined or ['showDeleted=False'])[0]}.")
    token = _read_token(call.params["syncToken"])
    oldest = call.workspace.store.collection("calendar/sync").get("oldest", 0)
    expired = token.get("at", 0) < (call.workspace.clock.now() - _TOKENS_LAST).timestamp()
    if expired or token["n"] < oldest:
        raise ApiError(
            410,
            "fullSyncRequired",
            "Sync token is no longer valid, a full sync is required.",
            location="syncToken",
            domain="calendar",
        )
    return int(token["n"])


def _check_updated_min(call: Call) -> None:
    if "updatedMin" not in call.params:
        return
    if moment_of(call, "updatedMin") < call.workspace.clock.now() - _TOKENS_LAST:
        raise ApiError(
            410,
            "updatedMinTooLongAgo",
            "The requested minimum modification time lies too far in the past.",
            domain="calendar",
        )


def _wanted_entries(call: Call, place: Place, book: Book, since: int | None) -> Iterator[Entry]:
    if since is not None:
        return ((copy, event) for copy, event in book.changed_after(place, since) if copy["changed"] > since)
    wanted, in_window = is_wanted(call), is_in_window(call, place)
    return (e for e in _possible(call, place, book) if wanted(*e) and in_window(*e))


def _possible(call: Call, place: Place, book: Book) -> Iterable[Entry]:
    """Return what an index gives of what is asked for, and more."""
    if "timeMin" in call.params or "timeMax" in call.params:
        return book.between(place, *window_of(call))
    if "iCalUID" in call.params:
        return book.with_uid(place, call.params["iCalUID"])
    return book.all(place)


def _items(call: Call, place: Place, entries: Iterable[Entry]) -> Iterator[Item]:
    """Go through what is listed: events, and with ``singleEvents`` each occurrence of the repeated ones."""
    for copy, event in entries:
        if call.params.get("singleEvents") and event["fields"].get("recurrence"):
            for span in occurrences_of(event, place.zone, *window_of(call)):
                yield copy, event, span
        else:
            yield copy, event, None


def _ordered(call: Call, items: Iterator[Item], most: int) -> list[Item]:
    """Return the items in order, one more than ``most`` where there are more."""
    if call.params.get("orderBy") == "updated":
        return sorted(items, key=lambda i: i[0]["updated"])
    return list(islice(items, most + 1))


def _as_they_begin(call: Call, place: Place, book: Book, most: int) -> list[Item]:
    """Return the items that begin first, one more than ``most`` where there are more: the index says when to stop."""
    if not call.params.get("singleEvents"):
        raise bad_request("The requested ordering is not available for the particular query.")
    wanted, (lower, upper) = is_wanted(call), window_of(call)
    repeated = [e for e in book.at_any_time(place) if wanted(*e)]
    found = [
        ((span or times.span(event["fields"], place.zone))[0], event["number"], (copy, event, span))
        for copy, event, span in _items(call, place, repeated)
    ]
    starts = sorted(start.timestamp() for start, _, _ in found)
    for begins, (copy, event) in book.in_order(place, lower, upper):
        if len(starts) > most and starts[most] < begins:
            break
        start, end = times.span(event["fields"], place.zone)
        if end > lower and start < upper and wanted(copy, event):
            found.append((start, event["number"], (copy, event, None)))
            insort(starts, start.timestamp())
    return [item for *_, item in sorted(found, key=lambda f: f[:2])]


def _showing(call: Call, place: Place, zone: ZoneInfo) -> Callable[[Item], Json]:
    """Return what shows an item of a list."""
    workspace, most = call.workspace, call.params.get("maxAttendees")
    known = workspace.store.collection("calendar/events").index(ShownEvents)
    people, seen_by = workspace.store.collection("users").version, (place.id, str(zone))

    def whole(copy: Copy, event: Event) -> Json:
        return seen(workspace, place, copy, event, zone=zone, most_guests=most)

    def shown(item: Item) -> Json:
        copy, event, span = item
        if most is not None:
            found = whole(copy, event)
        else:
            asked = "" if span else call.params.get("fields", "")
            found = known.shown(copy, event, seen_by, people, asked, whole)
        return one_of(found, *span, zone) if span and "start" in found else found

    return shown


def _continuation(call: Call, next_offset: int | None) -> Json:
    if next_offset is not None:
        return {"nextPageToken": _write_token({"offset": next_offset})}
    token = {"n": _changes(call), "at": int(call.workspace.clock.now().timestamp())}
    return {"nextSyncToken": _write_token(token)}


def _page(call: Call) -> int:
    return int(_read_token(call.params["pageToken"]).get("offset", 0)) if "pageToken" in call.params else 0


def _changes(call: Call) -> int:
    return int(call.workspace.store.collection("counters").get("calendar/change", 0))


def _now(call: Call) -> str:
    return stamp(call.workspace.clock.now())


def _write_token(content: Json) -> str:
    return urlsafe_b64encode(json.dumps(content).encode()).decode()


def _read_token(text: str) -> Json:
    try:
        content = json.loads(urlsafe_b64decode(text))
    except ValueError:
        content = None
    if not isinstance(content, dict) or not ({"n", "offset"} & content.keys()):
        raise invalid("Invalid sync token value.")
    return content
