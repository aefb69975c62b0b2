"""What Calendar may answer about an event becomes a value, whatever its published schema allows."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerpact.google.calendars import SEEN, seen_of
from peerpact.google.seen import event_seen
from peerpact.programme.correspondence import LetterState, planned
from peerpact.programme.meetings.booking import Booking, meeting_id
from peerpact.programme.meetings.decision import decide
from peerpact.programme.meetings.event import our_meetings
from peerpact.programme.meetings.meeting import MeetingsSeen
from peerpact.programme.pairings import Pairing, PairingState
from peerpact.programme.people import Person
from peerpact.programme.seen import ProgrammeSeen
from workspace_emulator.core.masks import keep, parse

SCHEMAS = json.loads(
    files("googleapiclient")
    .joinpath("discovery_cache/documents/calendar.v3.json")
    .read_text(encoding="utf-8")
)["schemas"]
NOW = datetime(2026, 1, 6, 9, tzinfo=UTC)
START = datetime(2026, 1, 9, 9, tzinfo=UTC)
ADA, BEN, CY, DEE = (Person(email=f"{n}@example.com", name=n) for n in ("ada", "ben", "cy", "dee"))


def pairing(name: str, one: Person, other: Person) -> Pairing:
    row = Pairing(
        id=name,
        round=1,
        people=(one.email, other.email),
        state=PairingState.APPROVED,
        approved_on=NOW - timedelta(days=1),
        meeting_start=START,
        meeting_state="invited",
        answers=f"{one.name}: no answer; {other.name}: no answer",
    )
    booking = Booking(event=meeting_id(row), start=START, written=NOW - timedelta(hours=4), minutes=45)
    return replace(row, booking=booking.text())


ODD, PLAIN = pairing("odd", ADA, BEN), pairing("plain", CY, DEE)


def usual(of: Pairing) -> dict[str, Any]:
    key = meeting_id(of)
    return {
        "kind": "calendar#event",
        "id": key,
        "etag": '"1"',
        "status": "confirmed",
        "created": "2026-01-06T05:00:00.000Z",
        "updated": "2026-01-06T05:00:00.000Z",
        "organizer": {"email": "mentoring@example.com", "self": True},
        "start": {"dateTime": START.isoformat(), "timeZone": "UTC"},
        "end": {"dateTime": (START + timedelta(minutes=45)).isoformat(), "timeZone": "UTC"},
        "attendees": [{"email": p, "responseStatus": "needsAction"} for p in of.people],
        "extendedProperties": {
            "private": {"peerpact": "1", "key": key, "pairing": of.id, "put": START.isoformat()}
        },
    }


def values(schema: dict[str, Any], depth: int = 0) -> st.SearchStrategy[Any]:
    """Return what a schema allows: any enumeration value, any of an object's fields, and one that it doesn't name."""
    if "$ref" in schema:
        return values(SCHEMAS[schema["$ref"]], depth)
    kind = schema.get("type", "any")
    if kind == "object":
        known = schema.get("properties", {}) if depth < 4 else {}
        more = schema.get("additionalProperties")
        fields = {name: values(s, depth + 1) for name, s in known.items()}
        if more:
            return st.dictionaries(st.text(max_size=5), values(more, depth + 1), max_size=2)
        return st.fixed_dictionaries({}, optional=fields | {"somethingNew": st.just({"of": "Google's"})})
    if kind == "array":
        return st.lists(values(schema["items"], depth + 1), max_size=3)
    if schema.get("format") in {"date-time", "date"} or "RFC3339" in schema.get("description", ""):
        return st.sampled_from(
            ["2026-01-12", "2026-01-12T10:00:00Z", "2026-01-12T10:00:00+02:00", "0001-01-01", ""]
        )
    plain = {"boolean": st.booleans(), "integer": st.integers(), "number": st.floats(allow_nan=False)}
    return plain.get(
        kind, st.sampled_from(["confirmed", "cancelled", "declined", "accepted", "tentative", "x", ""])
    )


WHOLE = values(SCHEMAS["Event"])


@given(WHOLE)
def test_makes_a_value_of_whatever_the_schema_allows(raw: dict[str, Any]) -> None:
    seen = event_seen(raw)
    assert (seen.start is not None) or seen.is_cancelled or bool(seen.oddity)


@given(WHOLE)
def test_needs_no_more_of_an_event_than_is_asked_for(raw: dict[str, Any]) -> None:
    assert event_seen(keep(parse(SEEN)["items"], raw)) == event_seen(raw)


def test_makes_values_anew_of_events_that_say_something_else() -> None:
    moved = usual(ODD) | {"summary": "Ours"}
    one, other = seen_of([usual(PLAIN), usual(ODD)])
    same, new, twice = seen_of([usual(PLAIN), moved, moved])
    assert same is one
    assert new == twice == other
    assert new is not other


def decided(*raw: dict[str, Any]) -> list[str]:
    seen = MeetingsSeen(
        programme=ProgrammeSeen(
            now=NOW, people={p.email: p for p in (ADA, BEN, CY, DEE)}, pairings=(ODD, PLAIN)
        ),
        events=our_meetings(event_seen(e) for e in raw),
        busy=dict.fromkeys((ADA.email, BEN.email, CY.email, DEE.email), ()),
        letters={
            letter.key: replace(letter, state=LetterState.SENT)
            for p in (ODD, PLAIN)
            for e in p.people
            for letter in [planned("introduction", f"introduction:{p.id}:{e}", e, at=NOW)]
        },
    )
    return [a.summary for a in decide(seen).actions if "plain" in a.key or a.key == meeting_id(PLAIN)]


@given(WHOLE)
def test_decides_about_everybody_else_as_if_nothing_were_odd(raw: dict[str, Any]) -> None:
    odd = usual(ODD) | {k: v for k, v in raw.items() if k not in {"id", "extendedProperties"}}
    assert decided(odd, usual(PLAIN)) == []


@pytest.mark.parametrize("field", sorted(SCHEMAS["Event"]["properties"]))
def test_does_without_any_field_but_its_start(field: str) -> None:
    without = {k: v for k, v in usual(ODD).items() if k != field}
    seen = event_seen(without)
    assert bool(seen.oddity) is (field == "start")
    assert decided(without, usual(PLAIN)) == []


@pytest.mark.parametrize(
    ("start", "moment", "is_all_day"),
    [
        ({"dateTime": "2026-01-12T10:00:00Z"}, datetime(2026, 1, 12, 10, tzinfo=UTC), False),
        ({"dateTime": "2026-01-12T10:00:00+02:00"}, datetime(2026, 1, 12, 8, tzinfo=UTC), False),
        (
            {"dateTime": "2026-01-12T10:00:00", "timeZone": "Europe/Berlin"},
            datetime(2026, 1, 12, 9, tzinfo=UTC),
            False,
        ),
        ({"dateTime": "2026-01-12T10:00:00", "timeZone": "Mars/Base"}, None, False),
        ({"date": "2026-01-12"}, datetime(2026, 1, 12, 12, tzinfo=UTC), True),
        ({"date": "soon"}, None, False),
        ({}, None, False),
    ],
)
def test_reads_when_it_begins(start: dict[str, str], moment: datetime | None, *, is_all_day: bool) -> None:
    seen = event_seen(usual(ODD) | {"start": start})
    assert (seen.start, seen.is_all_day) == (moment, is_all_day)


def test_takes_an_all_day_meeting_for_over_when_its_day_is_over_everywhere() -> None:
    seen = event_seen(usual(ODD) | {"start": {"date": "2026-01-12"}, "end": {"date": "2026-01-13"}})
    assert seen.end == datetime(2026, 1, 13, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("organiser", "is_ours"),
    [({"email": "m@example.com", "self": True}, True), ({"email": "x@example.com"}, False), (None, True)],
)
def test_tells_whose_event_it_is(organiser: dict[str, Any] | None, *, is_ours: bool) -> None:
    assert event_seen(usual(ODD) | {"organizer": organiser}).is_ours is is_ours
