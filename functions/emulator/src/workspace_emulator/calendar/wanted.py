"""Which events a list asks for, by its call's parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from workspace_emulator.calendar.book import PRESENT, Copy, Event
from workspace_emulator.calendar.occurrences import occurrences_of
from workspace_emulator.calendar.table import Place, invalid
from workspace_emulator.calendar.times import exact
from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import bad_request

Wanted = Callable[[Copy, Event], bool]

_EVER = (datetime(1970, 1, 2, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


def is_wanted(call: Call) -> Wanted:
    """Return what tells whether an event is asked for, but for its time: no more than the call needs is looked at."""
    params = call.params
    if "updatedMin" in params:
        since = moment_of(call, "updatedMin")
        tests: list[Wanted] = [lambda copy, _: datetime.fromisoformat(copy["updated"]) >= since]
    else:
        tests = [] if params.get("showDeleted") else [_is_there(singly=bool(params.get("singleEvents")))]
    if wanted := params.get("privateExtendedProperty"):
        tests.append(lambda copy, _: _has_all(wanted, copy["own"].get("private", {})))
    if shared := params.get("sharedExtendedProperty"):
        tests.append(lambda _, event: _has_all(shared, _shared_properties(event)))
    if "iCalUID" in params:
        tests.append(lambda _, event: bool(event["iCalUID"] == params["iCalUID"]))
    if kinds := params.get("eventTypes"):
        tests.append(lambda _, event: event["fields"].get("eventType", "default") in kinds)
    if q := params.get("q"):
        tests.append(lambda _, event: _matches_words(q, event))
    return tests[0] if len(tests) == 1 else lambda copy, event: all(test(copy, event) for test in tests)


def is_in_window(call: Call, place: Place) -> Wanted:
    """Return what tells whether an event is, or once was repeated, in the time that is asked for."""
    if "timeMin" not in call.params and "timeMax" not in call.params:
        return lambda *_: True
    window = window_of(call)
    return lambda _, event: any(occurrences_of(event, place.zone, *window))


def _is_there(*, singly: bool) -> Wanted:
    """Return what leaves out the cancelled; but a series without its holes would be another one."""

    def is_there(copy: Copy, event: Event) -> bool:
        if copy["gone"] != PRESENT:
            return False
        is_hole = "series" in event and not event.get("forgotten")
        return event["status"] != "cancelled" or (is_hole and not singly)

    return is_there


def _shared_properties(event: Event) -> Mapping[str, Any]:
    shared: Mapping[str, Any] = event["fields"].get("extendedProperties", {}).get("shared", {})
    return shared


def _has_all(wanted: Any, properties: Mapping[str, Any]) -> bool:
    for pair in wanted:
        name, sign, value = pair.partition("=")
        if not sign:
            raise invalid("Invalid value for extended property constraint.")
        if properties.get(name) != value:
            return False
    return True


def _matches_words(q: str, event: Event) -> bool:
    if not q:
        return True
    fields = event["fields"]
    texts = [fields.get(k, "") for k in ("summary", "description", "location")]
    texts += [event["organizer"], *(a["email"] + " " + a.get("displayName", "") for a in event["attendees"])]
    text = " ".join(texts).lower()
    return all(word in text for word in q.lower().split())


def window_of(call: Call) -> tuple[datetime, datetime]:
    lower = moment_of(call, "timeMin") if "timeMin" in call.params else _EVER[0]
    upper = moment_of(call, "timeMax") if "timeMax" in call.params else _EVER[1]
    if upper <= lower:
        raise bad_request("The specified time range is empty.", "timeRangeEmpty")
    return lower, upper


def moment_of(call: Call, name: str) -> datetime:
    """Return the moment that a parameter names."""
    return exact(call.params[name])
