"""Free/busy: what blocks, what does not, and what is not told."""

from __future__ import annotations

from typing import Any

import pytest
from calendar_words import Diary, event, guests, series
from googleapiclient.errors import HttpError

from workspace_emulator import User, Workspace
from workspace_emulator.calendar.options import set_calendar_options

BEN = "ben@example.com"
HOME = {
    "eventType": "workingLocation",
    "workingLocationProperties": {"type": "homeOffice"},
    "transparency": "transparent",
    "visibility": "public",
}
BUSY = [{"start": "2026-03-03T10:00:00Z", "end": "2026-03-03T10:45:00Z"}]


@pytest.mark.parametrize(
    ("more", "busy"),
    [
        ({}, BUSY),
        ({"status": "tentative"}, BUSY),
        ({"visibility": "private"}, BUSY),
        ({"eventType": "outOfOffice"}, BUSY),
        ({"transparency": "transparent"}, []),
        (HOME, []),
    ],
)
def test_follows_from_the_calendar(
    ada_diary: Diary, ben_diary: Diary, more: dict[str, Any], busy: list[Any]
) -> None:
    ben_diary.insert(event(**more))
    assert ada_diary.busy(BEN)[BEN] == {"busy": busy}


def test_takes_working_locations_for_meetings_or_has_none_when_told_to(
    workspace: Workspace, ada_diary: Diary, ben_diary: Diary
) -> None:
    set_calendar_options(workspace, working_locations_are_busy=True)
    ben_diary.insert(event(**HOME))
    assert ada_diary.busy(BEN)[BEN] == {"busy": BUSY}
    set_calendar_options(workspace, has_working_locations=False)
    with pytest.raises(HttpError, match="may not have working locations"):
        ben_diary.insert(event(**HOME))


def test_refuses_a_working_location_that_would_take_time(ben_diary: Diary) -> None:
    with pytest.raises(HttpError, match="is public and transparent"):
        ben_diary.insert(event(**{**HOME, "transparency": "opaque"}))


@pytest.mark.parametrize(
    ("status", "busy"), [("needsAction", BUSY), ("tentative", BUSY), ("accepted", BUSY), ("declined", [])]
)
def test_follows_from_a_guests_answer(
    ada_diary: Diary, ben_diary: Diary, status: str, busy: list[Any]
) -> None:
    ada_diary.insert(event(id="aaaaa", attendees=guests(BEN)))
    ben_diary.answer("aaaaa", BEN, status)
    assert ada_diary.busy(BEN)[BEN] == {"busy": busy}


def test_merges_what_touches_and_ends_at_the_window(ada_diary: Diary) -> None:
    for start, end in (("09:00", "10:00"), ("10:00", "10:30"), ("09:30", "10:10"), ("12:00", "13:00")):
        ada_diary.insert(event(f"2026-03-03T{start}:00Z", f"2026-03-03T{end}:00Z"))
    ada_diary.insert(event("2026-03-02T23:00:00Z", "2026-03-03T01:00:00Z"))
    spans = ada_diary.busy("primary")["primary"]["busy"]
    assert [(s["start"][11:16], s["end"][11:16]) for s in spans] == [
        ("00:00", "01:00"),
        ("09:00", "10:30"),
        ("12:00", "13:00"),
    ]


def test_counts_whole_days_in_the_owners_zone(ada_diary: Diary, cy_diary: Diary) -> None:
    cy_diary.insert({"start": {"date": "2026-03-03"}, "end": {"date": "2026-03-04"}})
    cy = ada_diary.busy("cy@example.com", timeZone="America/New_York")["cy@example.com"]
    assert cy["busy"] == [{"start": "2026-03-03T00:00:00-05:00", "end": "2026-03-03T19:00:00-05:00"}]


def test_unfolds_repetitions(ada_diary: Diary) -> None:
    rule = "RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20260303T100000Z"
    ada_diary.insert(series(rule, "2026-02-02T10:00:00Z", "2026-02-02T10:45:00Z"))
    assert ada_diary.busy("primary")["primary"]["busy"] == BUSY


def test_forgets_deleted_events(ada_diary: Diary) -> None:
    ada_diary.insert(event(id="aaaaa"))
    ada_diary.delete("aaaaa")
    assert ada_diary.busy("primary")["primary"]["busy"] == []


def test_says_of_each_calendar_what_is_wrong_with_it(workspace: Workspace, ada_diary: Diary) -> None:
    workspace.add_user(User(email="dee@example.com", name="Dee", shares_free_busy=False))
    answer = ada_diary.busy(BEN, "dee@example.com", "zoe@elsewhere.test")
    not_found = {"errors": [{"domain": "global", "reason": "notFound"}], "busy": []}
    assert answer == {BEN: {"busy": []}, "dee@example.com": not_found, "zoe@elsewhere.test": not_found}


def test_answers_for_fifty_calendars_and_no_more(ada_diary: Diary) -> None:
    ids = [f"p{i}@elsewhere.test" for i in range(51)]
    reasons = {c["errors"][0]["reason"] for c in ada_diary.busy(*ids[:50]).values()}
    assert reasons == {"notFound"}
    reasons = {c["errors"][0]["reason"] for c in ada_diary.busy(*ids).values()}
    assert reasons == {"tooManyCalendarsRequested"}


@pytest.mark.parametrize(
    ("window", "reason"),
    [
        ({"timeMin": None}, "required"),
        ({"timeMax": "2026-03-03T00:00:00Z"}, "timeRangeEmpty"),
        ({"timeZone": "Mars/Base"}, "invalid"),
    ],
)
def test_refuses_a_window_that_is_none(ada_diary: Diary, window: dict[str, Any], reason: str) -> None:
    with pytest.raises(HttpError) as refusal:
        ada_diary.busy("primary", **window)
    assert refusal.value.status_code == 400
    assert refusal.value.error_details[0]["reason"] == reason


def test_refuses_a_window_that_is_too_long(ada_diary: Diary) -> None:
    for end in ("2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z"):
        body = {"timeMin": "2026-03-03T00:00:00Z", "timeMax": end, "items": [{"id": "primary"}]}
        query = ada_diary.api.freebusy().query(body=body)
        if end < "2026-06-02":
            query.execute()
            continue
        with pytest.raises(HttpError, match="The requested time range is too long"):
            query.execute()
