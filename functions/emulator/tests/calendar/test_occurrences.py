"""Single occurrences of repeated events: shown, changed, taken out, answered."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from googleapiclient.errors import HttpError

from workspace_emulator.clients import client

WEEKLY = {
    "summary": "Coffee",
    "start": {"dateTime": "2026-03-03T10:00:00", "timeZone": "Europe/Berlin"},
    "end": {"dateTime": "2026-03-03T10:30:00", "timeZone": "Europe/Berlin"},
    "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=5"],
    "attendees": [{"email": "ben@example.com"}],
}
# The clocks change on 29 March 2026: ten o'clock is another moment in UTC from then on.
IDS = [
    f"202603{day}T{hour}0000Z"
    for day, hour in (("03", "09"), ("10", "09"), ("17", "09"), ("24", "09"), ("31", "08"))
]


@pytest.fixture
def events(ada: requests.Session) -> Any:
    return client("calendar", "v3", ada).events()


@pytest.fixture
def series(events: Any) -> str:
    return str(events.insert(calendarId="primary", body=WEEKLY).execute()["id"])


def instances(events: Any, series: str, **more: Any) -> list[dict[str, Any]]:
    return list(events.instances(calendarId="primary", eventId=series, **more).execute()["items"])


def test_lists_and_gets_each_occurrence_by_its_first_start(events: Any, series: str) -> None:
    listed = instances(events, series)
    assert [i["id"] for i in listed] == [f"{series}_{mark}" for mark in IDS]
    one = events.get(calendarId="primary", eventId=listed[1]["id"]).execute()
    assert (one["recurringEventId"], one["originalStartTime"], one["start"]) == (
        series,
        listed[1]["originalStartTime"],
        listed[1]["start"],
    )
    assert "recurrence" not in one
    with pytest.raises(HttpError, match="404"):
        events.get(calendarId="primary", eventId=f"{series}_20260304T090000Z").execute()


def test_changes_one_occurrence_and_leaves_the_others(
    events: Any, series: str, ben: requests.Session
) -> None:
    second = f"{series}_{IDS[1]}"
    moved = {
        "start": {"dateTime": "2026-03-11T15:00:00+01:00"},
        "end": {"dateTime": "2026-03-11T15:30:00+01:00"},
    }
    events.patch(calendarId="primary", eventId=second, body={"summary": "Later", **moved}).execute()
    listed = instances(events, series)
    assert [i["summary"] for i in listed] == ["Coffee", "Later", "Coffee", "Coffee", "Coffee"]
    unfolded = events.list(calendarId="primary", singleEvents=True, orderBy="startTime").execute()["items"]
    assert [e["id"] for e in unfolded] == [i["id"] for i in listed]
    busy = client("calendar", "v3", ben).freebusy()
    window = {
        "timeMin": "2026-03-10T00:00:00Z",
        "timeMax": "2026-03-12T00:00:00Z",
        "items": [{"id": "ben@example.com"}],
    }
    assert [
        b["start"] for b in busy.query(body=window).execute()["calendars"]["ben@example.com"]["busy"]
    ] == ["2026-03-11T14:00:00Z"]


def test_takes_one_occurrence_out(events: Any, series: str) -> None:
    events.delete(calendarId="primary", eventId=f"{series}_{IDS[2]}").execute()
    assert [i["id"][-16:] for i in instances(events, series)] == [IDS[0], IDS[1], IDS[3], IDS[4]]
    assert len(instances(events, series, showDeleted=True)) == 5
    whole = events.list(calendarId="primary").execute()["items"]
    assert [(e["id"], e["status"]) for e in whole] == [
        (series, "confirmed"),
        (f"{series}_{IDS[2]}", "cancelled"),
    ]
    with pytest.raises(HttpError, match="410"):
        events.delete(calendarId="primary", eventId=f"{series}_{IDS[2]}").execute()


def test_lets_a_guest_answer_for_one_occurrence(events: Any, series: str, ben: requests.Session) -> None:
    second = f"{series}_{IDS[1]}"
    answer = {"attendees": [{"email": "ben@example.com", "responseStatus": "declined"}]}
    client("calendar", "v3", ben).events().patch(calendarId="primary", eventId=second, body=answer).execute()
    answers = [i["attendees"][0]["responseStatus"] for i in instances(events, series)]
    assert answers == ["needsAction", "declined", "needsAction", "needsAction", "needsAction"]


def test_lets_changed_occurrences_follow_a_series_that_is_moved_or_deleted(events: Any, series: str) -> None:
    events.patch(calendarId="primary", eventId=f"{series}_{IDS[1]}", body={"summary": "Other"}).execute()
    later = {
        "start": {"dateTime": "2026-03-03T11:00:00+01:00"},
        "end": {"dateTime": "2026-03-03T11:30:00+01:00"},
    }
    events.patch(calendarId="primary", eventId=series, body=later).execute()
    assert {i["summary"] for i in instances(events, series)} == {"Coffee"}
    events.delete(calendarId="primary", eventId=series).execute()
    assert events.list(calendarId="primary", singleEvents=True).execute()["items"] == []


def test_knows_whole_days_by_their_date(events: Any) -> None:
    days = {
        "start": {"date": "2026-03-03"},
        "end": {"date": "2026-03-04"},
        "recurrence": ["RRULE:FREQ=DAILY;COUNT=3"],
    }
    series = events.insert(calendarId="primary", body=days).execute()["id"]
    assert [i["id"].partition("_")[2] for i in instances(events, series)] == [
        "20260303",
        "20260304",
        "20260305",
    ]
    assert events.get(calendarId="primary", eventId=f"{series}_20260304").execute()["end"] == {
        "date": "2026-03-05"
    }
