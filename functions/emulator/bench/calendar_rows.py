"""Calendar, beside emulate 0.12.2 of npm, with 500 events there; and from 100 to 20,000 events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from frame import Ask, Client, Growth, Row

DIARY = "/calendar/v3/calendars/primary/events"
THERE = 500
BEGIN = datetime(2026, 3, 2, 8, tzinfo=UTC)
_WEEK = (
    "timeMin=2026-03-02T00:00:00Z&timeMax=2026-03-09T00:00:00Z&maxResults=250"  # emulate shows ten otherwise
)


def _event(number: int) -> dict[str, object]:
    """Return one of ten events a day, half an hour each, so that a week has the same however many there are."""
    start = BEGIN + timedelta(days=number // 10, minutes=40 * (number % 10))
    return {
        "summary": f"Meeting {number}",
        "description": "What we talk about is ours.",
        "start": {"dateTime": start.isoformat()},
        "end": {"dateTime": (start + timedelta(minutes=30)).isoformat()},
    }


def filled(client: Client, events: int = THERE) -> list[str]:
    """Enter events; return their ids. A calendar that has enough keeps what it has."""
    found = client.call("GET", f"{DIARY}?maxResults=250")["items"]
    if len(found) >= min(events, 250):
        return [event["id"] for event in found]
    return [client.call("POST", DIARY, _event(number))["id"] for number in range(events)]


def _getting(name: str, query: str, events: int = THERE) -> Row:
    def prepare(client: Client) -> Ask:
        filled(client, events)
        return lambda _: client.call("GET", f"{DIARY}?{query}")

    return Row(name=name, prepare=prepare)


def _insert(client: Client, events: int = THERE) -> Ask:
    filled(client, events)
    return lambda number: client.call("POST", DIARY, _event(10**5 + number % 10**5))


def _insert_and_delete(client: Client) -> Ask:
    filled(client)

    def ask(number: int) -> object:
        made = client.call("POST", DIARY, _event(3 * 10**5 + number % 10**5))
        return client.call("DELETE", f"{DIARY}/{made['id']}")

    return ask


def _busy(client: Client, events: int = THERE) -> Ask:
    filled(client, events)
    window = {"timeMin": "2026-03-02T00:00:00Z", "timeMax": "2026-03-09T00:00:00Z"}
    body = {**window, "items": [{"id": "primary"}]}
    return lambda _: client.call("POST", "/calendar/v3/freeBusy", body)


def _calendars(client: Client) -> Ask:
    return lambda _: client.call("GET", "/calendar/v3/users/me/calendarList")


_IN_ORDER = "singleEvents=true&orderBy=startTime"
ROWS: Sequence[Row] = (
    _getting("events.list, a page of 250", "maxResults=250"),
    _getting("events.list of a week", f"{_WEEK}&{_IN_ORDER}"),
    _getting("events.list, the next ten", f"timeMin=2026-03-09T00:00:00Z&maxResults=10&{_IN_ORDER}"),
    Row(name="free/busy of a week", prepare=_busy),
    Row(name="calendarList.list", prepare=_calendars),
    Row(name="events.insert", prepare=_insert),
    Row(name="events.insert and delete", prepare=_insert_and_delete),
)
_SIZES = (100, 20_000)
GROWTH: Sequence[Growth] = (
    Growth(
        name="events.list of a week, 100 to 20,000 events",
        sizes=_SIZES,
        prepare=lambda client, events: _getting("", f"{_WEEK}&{_IN_ORDER}", events).prepare(client),
    ),
    Growth(name="free/busy of a week, 100 to 20,000 events", sizes=_SIZES, prepare=_busy),
    Growth(name="events.insert, 100 to 20,000 events", sizes=_SIZES, prepare=_insert),
)
