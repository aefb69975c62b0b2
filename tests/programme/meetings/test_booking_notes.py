"""Notes of a meeting read by Peerpact 0.1, numbers in them at their limits, and ids of later meetings: by value."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any

import pytest

from by_value import at, pairing
from peerpact.programme.meetings.booking import Booking, as_read_before, booking_of, meeting_id

KNOWN_TO_0_1 = {
    "event": "m1",
    "start": "2026-01-12T10:00:00+00:00",
    "written": "2026-01-06T08:00:00+00:00",
    "generation": 2,
    "minutes": 45,
    "moved": True,
    "automatic": 1,
    "quality": "good",
    "tried": ["2026-01-13T11:00:00+00:00"],
    "edge": ["a@example.com"],
    "unknown": ["b@example.com"],
}
"""Its class Notes (fb1b5bf) took these names and stopped at any other."""
EVERYTHING = Booking(
    event="m1",
    start=at("2026-01-12T10:00"),
    written=at("2026-01-06T08:00"),
    number=3,
    generation=2,
    minutes=45,
    moved=True,
    automatic=1,
    quality="good",
    tried=(at("2026-01-13T11:00"),),
    edge=("a@example.com",),
    edge_before=("b@example.com",),
    unknown=("b@example.com",),
    weeks=2,
    refused="cancel",
    refusal="why",
)


def test_leaves_0_1_nothing_that_it_stops_at() -> None:
    usual = Booking()
    assert all(getattr(EVERYTHING, f.name) != getattr(usual, f.name) for f in fields(Booking)), (
        "a field is new"
    )
    assert json.loads(as_read_before(EVERYTHING.text())) == KNOWN_TO_0_1


@pytest.mark.parametrize(
    "noted",
    ["", "what somebody typed", "[1]", '"number"', "3", "[" * 100_000, json.dumps(KNOWN_TO_0_1), "{}"],
    ids=range(8),
)
def test_leaves_a_note_as_it_is_that_0_1_reads_or_nobody(noted: str) -> None:
    assert as_read_before(noted) == noted


@pytest.mark.parametrize(
    ("number", "is_read"),
    [(0, True), (9_999, True), (10_000, False), (-1, False), (1.0, False), ("1", False), (None, False)],
)
def test_reads_no_number_with_which_there_is_no_reckoning(number: Any, *, is_read: bool) -> None:
    for name in ("number", "generation", "minutes", "automatic", "weeks"):
        found = booking_of(replace(pairing("ab"), booking=json.dumps({name: number})))
        assert (found is not None) is is_read
        assert found is None or getattr(found, name) == number


@pytest.mark.parametrize(("year", "is_read"), [(1949, False), (1950, True), (2099, True), (2100, False)])
def test_reads_no_moment_that_was_never_noted(year: int, *, is_read: bool) -> None:
    found = booking_of(replace(pairing("ab"), booking=json.dumps({"start": f"{year}-06-01T10:00:00+00:00"})))
    assert (found is not None) is is_read


def test_gives_each_meeting_of_a_pairing_an_id_that_stays() -> None:
    pair = replace(pairing("ab"), id="r1-084f0l")
    assert [meeting_id(pair, number=n) for n in (1, 2)] == [
        "mid901hn8u655uja6eoohksrf1sii2kjgj2115jasu5duu446dv90",
        "m5m4jopmhu0rgrkrf5k2g5u78ui74e3908sfracnkanmm2mb344t0",
    ]
