"""Events of one calendar: ids, times, patches, lists, conferences."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import requests
from calendar_words import Diary, event
from googleapiclient.errors import HttpError

from workspace_emulator import User, Workspace
from workspace_emulator.calendar.listing import expire_sync_tokens

KEY = "m0123456789abcdefghijklmnopqrstuv"


def refused(call: Any) -> tuple[int, str]:
    with pytest.raises(HttpError) as refusal:
        call()
    return int(refusal.value.status_code), str(refusal.value.error_details[0]["reason"])


def test_keeps_the_id_that_the_client_chose(ada_diary: Diary) -> None:
    made = ada_diary.insert(event(id=KEY))
    assert made["id"] == KEY
    assert made["iCalUID"] == f"{KEY}@google.com"
    assert made["organizer"] == made["creator"] == {"email": "ada@example.com", "self": True}
    assert (made["status"], made["sequence"], made["eventType"]) == ("confirmed", 0, "default")
    assert ada_diary.get(KEY) == made


def test_refuses_an_id_that_is_taken_even_by_a_deleted_event(ada_diary: Diary) -> None:
    ada_diary.insert(event(id=KEY))
    assert refused(lambda: ada_diary.insert(event(id=KEY))) == (409, "duplicate")
    ada_diary.delete(KEY)
    assert ada_diary.get(KEY)["status"] == "cancelled"
    assert refused(lambda: ada_diary.insert(event(id=KEY))) == (409, "duplicate")
    assert refused(lambda: ada_diary.delete(KEY)) == (410, "deleted")


@pytest.mark.parametrize("event_id", ["abcd", "UPPER1", "wxyz12", "with-dash", "a" * 1025])
def test_refuses_ids_outside_the_alphabet(ada_diary: Diary, event_id: str) -> None:
    assert refused(lambda: ada_diary.insert(event(id=event_id))) == (400, "invalid")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"end": None}, (400, "required")),
        ({"start": {}}, (400, "required")),
        ({"end": {"dateTime": "2026-03-03T09:00:00Z"}}, (400, "timeRangeEmpty")),
        ({"end": {"date": "2026-03-03"}}, (400, "invalid")),
        ({"start": {"dateTime": "2026-03-03T10:00:00Z", "timeZone": "Mars/Base"}}, (400, "invalid")),
        ({"recurrence": ["RRULE:FREQ=NEVER"]}, (400, "invalid")),
        ({"recurrence": ["RRULE:FREQ=DAILY"]}, (400, "required")),  # in which zone?
        ({"start": {"date": "2026-13-01"}, "end": {"date": "2026-13-02"}}, (400, "invalid")),
        ({"attendees": [{"email": "nobody"}]}, (400, "invalid")),
    ],
)
def test_refuses_events_that_make_no_sense(
    ada_diary: Diary, change: dict[str, Any], expected: tuple[int, str]
) -> None:
    assert refused(lambda: ada_diary.insert({**event(), **change})) == expected


def test_shows_times_in_the_calendars_zone(cy_diary: Diary) -> None:
    start = cy_diary.insert(event(id=KEY))["start"]
    assert start == {"dateTime": "2026-03-03T05:00:00-05:00", "timeZone": "America/New_York"}
    asked = cy_diary.events.get(calendarId="primary", eventId=KEY, timeZone="Asia/Kolkata").execute()
    assert asked["start"]["dateTime"] == "2026-03-03T15:30:00+05:30"


def test_makes_a_meet_link_once_per_request(ada_diary: Diary) -> None:
    def asking(request_id: str) -> dict[str, Any]:
        request = {"requestId": request_id, "conferenceSolutionKey": {"type": "hangoutsMeet"}}
        return {"conferenceData": {"createRequest": request}}

    ignored = ada_diary.insert(event(id=KEY, **asking("one")))
    assert "conferenceData" not in ignored
    made = ada_diary.patch(KEY, asking("one"), conferenceDataVersion=1)
    assert made["conferenceData"]["createRequest"]["status"] == {"statusCode": "success"}
    assert made["conferenceData"]["entryPoints"][0]["uri"] == made["hangoutLink"]
    assert ada_diary.patch(KEY, asking("one"), conferenceDataVersion=1) == made
    other = ada_diary.patch(KEY, asking("two"), conferenceDataVersion=1)
    assert other["hangoutLink"] != made["hangoutLink"]
    assert "hangoutLink" not in ada_diary.patch(KEY, {"conferenceData": None}, conferenceDataVersion=1)


def test_patches_inside_objects_and_takes_away_with_null(ada_diary: Diary) -> None:
    ada_diary.insert(event(id=KEY, location="Here", extendedProperties={"private": {"a": "1", "b": "2"}}))
    after = ada_diary.patch(KEY, {"location": None, "extendedProperties": {"private": {"b": None, "c": "3"}}})
    assert "location" not in after
    assert after["extendedProperties"] == {"private": {"a": "1", "c": "3"}}


def test_replaces_everything_on_update(ada_diary: Diary) -> None:
    ada_diary.insert(event(id=KEY, location="Here", colorId="3"))
    after = ada_diary.update(KEY, event(summary="Other"))
    assert after["summary"] == "Other"
    assert "location" not in after
    assert "colorId" not in after


def test_counts_moves_and_moments_of_change(workspace: Workspace, ada_diary: Diary) -> None:
    made = ada_diary.insert(event(id=KEY))
    workspace.clock.move(timedelta(minutes=1))
    same = ada_diary.patch(KEY, {"summary": "First meeting"})
    assert (same["etag"], same["updated"]) == (made["etag"], made["updated"])
    named = ada_diary.patch(KEY, {"summary": "Second"})
    assert named["sequence"] == 0
    assert named["updated"] == "2026-03-02T09:01:00.000Z"
    assert named["etag"] != made["etag"]
    later = event("2026-03-04T10:00:00Z", "2026-03-04T10:45:00Z")
    assert ada_diary.patch(KEY, {k: later[k] for k in ("start", "end")})["sequence"] == 1


def test_brings_a_cancelled_event_back_when_its_status_is_set(ada_diary: Diary) -> None:
    ada_diary.insert(event(id=KEY))
    ada_diary.delete(KEY)
    assert ada_diary.patch(KEY, {"status": "confirmed"})["status"] == "confirmed"
    assert ada_diary.ids() == [KEY]


@pytest.fixture
def three(ada_diary: Diary) -> Diary:
    mine = {"private": {"mentoring": "1", "round": "7"}, "shared": {"s": "1"}}
    ada_diary.insert(event(id="aaaaa", extendedProperties=mine, location="Oslo"))
    ada_diary.insert(
        event("2026-03-05T10:00:00Z", "2026-03-05T11:00:00Z", id="bbbbb", summary="Later")
        | {"extendedProperties": {"private": {"mentoring": "1"}}}
    )
    ada_diary.insert(
        {"id": "ccccc", "summary": "Off", "start": {"date": "2026-03-04"}, "end": {"date": "2026-03-05"}}
    )
    return ada_diary


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, ["aaaaa", "bbbbb", "ccccc"]),
        ({"singleEvents": True, "orderBy": "startTime"}, ["aaaaa", "ccccc", "bbbbb"]),
        ({"privateExtendedProperty": "mentoring=1"}, ["aaaaa", "bbbbb"]),
        ({"privateExtendedProperty": ["mentoring=1", "round=7"]}, ["aaaaa"]),
        ({"sharedExtendedProperty": "s=1"}, ["aaaaa"]),
        ({"timeMin": "2026-03-03T10:45:00Z"}, ["bbbbb", "ccccc"]),
        ({"timeMax": "2026-03-04T00:00:00Z"}, ["aaaaa"]),
        ({"timeMin": "2026-03-04T23:00:00Z", "timeMax": "2026-03-05T00:30:00Z"}, ["ccccc"]),
        ({"q": "oslo first"}, ["aaaaa"]),
        ({"iCalUID": "bbbbb@google.com"}, ["bbbbb"]),
        ({"eventTypes": "focusTime"}, []),
    ],
)
def test_lists_what_was_asked_for(three: Diary, options: dict[str, Any], expected: list[str]) -> None:
    assert three.ids(**options) == expected


@pytest.mark.parametrize("moment", ["2026-03-03", "2026-03-03T10:00:00", "2026-03-03T10:00:00 01:00", "soon"])
@pytest.mark.parametrize("bound", ["timeMin", "timeMax", "updatedMin"])
def test_refuses_a_bound_that_is_no_moment_with_its_offset(ada_diary: Diary, bound: str, moment: str) -> None:
    assert refused(lambda: ada_diary.list(**{bound: moment})) == (400, "badRequest")


def test_shows_deleted_events_on_request(three: Diary) -> None:
    three.delete("bbbbb")
    assert three.ids(privateExtendedProperty="mentoring=1") == ["aaaaa"]
    found = three.list(privateExtendedProperty="mentoring=1", showDeleted=True)["items"]
    assert [(e["id"], e["status"]) for e in found] == [("aaaaa", "confirmed"), ("bbbbb", "cancelled")]


def test_pages_through_a_list(three: Diary) -> None:
    first = three.list(maxResults=2)
    assert "nextSyncToken" not in first
    rest = three.list(maxResults=2, pageToken=first["nextPageToken"])
    assert [e["id"] for e in first["items"] + rest["items"]] == ["aaaaa", "bbbbb", "ccccc"]
    assert "nextPageToken" not in rest


def test_tells_with_a_sync_token_what_changed(workspace: Workspace, three: Diary) -> None:
    token = three.list()["nextSyncToken"]
    assert three.ids(syncToken=token) == []
    three.delete("bbbbb")
    three.patch("ccccc", {"summary": "On"})
    changed = three.list(syncToken=token)
    assert {e["id"]: e["status"] for e in changed["items"]} == {"bbbbb": "cancelled", "ccccc": "confirmed"}
    assert refused(lambda: three.list(syncToken=token, timeMin="2026-03-01T00:00:00Z"))[0] == 400
    expire_sync_tokens(workspace)
    assert refused(lambda: three.list(syncToken=token)) == (410, "fullSyncRequired")


def test_lists_changes_since_a_moment_deleted_ones_too(workspace: Workspace, three: Diary) -> None:
    workspace.clock.move(timedelta(hours=1))
    three.delete("aaaaa")
    assert three.ids(updatedMin="2026-03-02T09:30:00Z") == ["aaaaa"]
    workspace.clock.move(timedelta(days=60))
    assert refused(lambda: three.list(updatedMin="2026-03-02T09:30:00Z")) == (410, "updatedMinTooLongAgo")


def test_orders_by_start_only_when_repetitions_are_unfolded(three: Diary) -> None:
    assert refused(lambda: three.list(orderBy="startTime")) == (400, "badRequest")


def test_unfolds_repetitions_in_wall_time(cy_diary: Diary) -> None:
    weekly = event("2026-03-05T09:00:00-05:00", "2026-03-05T10:00:00-05:00", id=KEY)
    weekly["start"]["timeZone"] = weekly["end"]["timeZone"] = "America/New_York"
    cy_diary.insert(weekly | {"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=3"]})
    assert cy_diary.ids() == [KEY]
    found = cy_diary.list(singleEvents=True, orderBy="startTime")["items"]
    assert [e["start"]["dateTime"] for e in found] == [
        "2026-03-05T09:00:00-05:00",
        "2026-03-12T09:00:00-04:00",
        "2026-03-19T09:00:00-04:00",
    ]
    assert found[1]["id"] == f"{KEY}_20260312T130000Z"
    assert found[1]["recurringEventId"] == KEY


def test_keeps_other_peoples_calendars_shut(workspace: Workspace, ada_diary: Diary) -> None:
    workspace.add_user(User(email="dee@example.com", name="Dee"))
    call = ada_diary.events.list(calendarId="dee@example.com")
    assert refused(call.execute) == (404, "notFound")
    assert refused(ada_diary.events.list(calendarId="nobody@x.test").execute) == (404, "notFound")


def test_keeps_further_calendars(ada_diary: Diary) -> None:
    made = ada_diary.api.calendars().insert(body={"summary": "Mentoring"}).execute()
    ada_diary.events.insert(calendarId=made["id"], body=event(id=KEY)).execute()
    ada_diary.insert(event(id=KEY))
    assert ada_diary.events.get(calendarId=made["id"], eventId=KEY).execute()["organizer"] == {
        "email": made["id"],
        "displayName": "Mentoring",
        "self": True,
    }
    listed = ada_diary.api.calendarList().list().execute()["items"]
    assert [c["summary"] for c in listed] == ["ada@example.com", "Mentoring"]
    ada_diary.api.calendars().delete(calendarId=made["id"]).execute()
    assert len(ada_diary.api.calendarList().list().execute()["items"]) == 1


def test_knows_peoples_settings(cy_diary: Diary) -> None:
    assert cy_diary.api.settings().get(setting="timezone").execute()["value"] == "America/New_York"
    assert refused(cy_diary.api.settings().get(setting="nonsense").execute)[0] == 404
    assert cy_diary.api.calendarList().get(calendarId="primary").execute()["timeZone"] == "America/New_York"


def test_takes_wall_time_with_a_zone(ada_diary: Diary) -> None:
    def at(hour: int) -> dict[str, str]:
        return {"dateTime": f"2026-03-03T{hour:02d}:00:00", "timeZone": "Europe/Berlin"}

    made = ada_diary.insert({"start": at(10), "end": at(11)})
    assert made["start"] == {"dateTime": "2026-03-03T09:00:00Z", "timeZone": "Europe/Berlin"}
    only = {"start": {"dateTime": "2026-03-03T10:00:00"}, "end": {"dateTime": "2026-03-03T11:00:00"}}
    assert refused(lambda: ada_diary.insert(only)) == (400, "required")


def test_changes_an_event_only_while_it_is_as_the_caller_saw_it(ada: requests.Session) -> None:
    url = "https://www.googleapis.com/calendar/v3/calendars/primary/events"
    times = {"start": {"dateTime": "2026-03-04T10:00:00Z"}, "end": {"dateTime": "2026-03-04T11:00:00Z"}}
    event = ada.post(url, json={"summary": "Talk", **times}).json()
    seen = {"If-Match": event["etag"]}

    first = ada.patch(f"{url}/{event['id']}", json={"summary": "Long talk"}, headers=seen)
    second = ada.patch(f"{url}/{event['id']}", json={"summary": "Short talk"}, headers=seen)
    gone = ada.delete(f"{url}/{event['id']}", headers=seen)

    assert (first.status_code, second.status_code, gone.status_code) == (200, 412, 412)
    assert second.json()["error"]["errors"][0]["reason"] == "conditionNotMet"
    assert ada.get(f"{url}/{event['id']}").json()["summary"] == "Long talk"
