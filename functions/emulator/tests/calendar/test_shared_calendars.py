"""Calendars of one's own and of others: made, changed, shared, listed, watched; events that come otherwise."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import requests
from googleapiclient.errors import HttpError

from workspace_emulator import Workspace
from workspace_emulator.calendar.quick_add import read
from workspace_emulator.clients import client
from workspace_emulator.core.channels import notice
from workspace_emulator.directory import add_group

HOUR = {"start": {"dateTime": "2026-03-03T10:00:00Z"}, "end": {"dateTime": "2026-03-03T11:00:00Z"}}


@pytest.fixture
def hers(ada: requests.Session) -> Any:
    return client("calendar", "v3", ada)


@pytest.fixture
def his(ben: requests.Session) -> Any:
    return client("calendar", "v3", ben)


@pytest.fixture
def team(hers: Any) -> str:
    return str(hers.calendars().insert(body={"summary": "Team", "timeZone": "Europe/Berlin"}).execute()["id"])


def share(api: Any, calendar_id: str, role: str, kind: str = "user", value: str = "ben@example.com") -> Any:
    scope = {"type": kind} | ({} if kind == "default" else {"value": value})
    return api.acl().insert(calendarId=calendar_id, body={"role": role, "scope": scope}).execute()


def test_changes_and_empties_calendars(hers: Any, team: str) -> None:
    changed = (
        hers.calendars().patch(calendarId=team, body={"description": "Ours", "location": "Berlin"}).execute()
    )
    assert (changed["summary"], changed["description"], changed["location"]) == ("Team", "Ours", "Berlin")
    hers.events().insert(calendarId="primary", body=HOUR).execute()
    hers.calendars().clear(calendarId="primary").execute()
    assert hers.events().list(calendarId="primary").execute()["items"] == []
    hers.calendars().delete(calendarId=team).execute()
    with pytest.raises(HttpError, match="404"):
        hers.calendars().get(calendarId=team).execute()


def test_an_admin_gives_a_calendar_to_somebody_else(hers: Any, his: Any, team: str) -> None:
    assert hers.calendars().get(calendarId=team).execute()["dataOwner"] == "ada@example.com"
    assert "dataOwner" not in hers.calendars().get(calendarId="primary").execute()
    share(hers, team, "reader")

    def give(api: Any, calendar_id: str = team, to: str = "ben@example.com", as_admin: bool = True) -> Any:
        asked = api.calendars().transferOwnership(
            calendarId=calendar_id, newDataOwner=to, useAdminAccess=as_admin
        )
        return asked.execute()

    with pytest.raises(HttpError, match="403"):
        give(his)
    for refused in (
        {"as_admin": False},
        {"to": "nobody@example.com"},
        {"calendar_id": "ada@example.com"},
    ):
        with pytest.raises(HttpError, match="400"):
            give(hers, **refused)
    with pytest.raises(HttpError, match="404"):
        give(hers, "c_none@group.calendar.google.com")
    assert give(hers) == ""
    assert his.calendars().get(calendarId=team).execute()["dataOwner"] == "ben@example.com"
    rules = {r["id"]: r["role"] for r in his.acl().list(calendarId=team).execute()["items"]}
    assert rules == {"user:ben@example.com": "owner", "user:ada@example.com": "owner"}
    his.acl().delete(calendarId=team, ruleId="user:ada@example.com").execute()
    with pytest.raises(HttpError, match="404"):
        hers.events().list(calendarId=team).execute()


def test_lets_others_do_what_their_role_allows(hers: Any, his: Any, team: str) -> None:
    with pytest.raises(HttpError, match="404"):
        his.events().list(calendarId=team).execute()
    share(hers, team, "reader")
    assert his.events().list(calendarId=team).execute()["accessRole"] == "reader"
    with pytest.raises(HttpError, match="writer access"):
        his.events().insert(calendarId=team, body=HOUR).execute()
    share(hers, team, "writerWithoutPrivateAccess")
    his.events().insert(calendarId=team, body=HOUR).execute()
    with pytest.raises(HttpError, match="writer access"):
        his.acl().list(calendarId=team).execute()
    share(hers, team, "writer")
    made = his.events().insert(calendarId=team, body=HOUR).execute()
    assert (made["creator"]["email"], made["organizer"]["email"]) == ("ben@example.com", team)
    with pytest.raises(HttpError, match="owner access"):
        share(his, team, "reader", "default")


def test_shares_with_groups_and_everybody_and_takes_it_back(
    workspace: Workspace, hers: Any, his: Any, team: str
) -> None:
    add_group(workspace, "all@example.com", members=["ben@example.com"])
    rule = share(hers, team, "reader", "group", "all@example.com")
    assert rule["id"] == "group:all@example.com"
    assert his.events().list(calendarId=team).execute()["items"] == []
    hers.acl().delete(calendarId=team, ruleId=rule["id"]).execute()
    with pytest.raises(HttpError, match="404"):
        his.events().list(calendarId=team).execute()
    share(hers, team, "freeBusyReader", "default")
    rules = [(r["id"], r["role"]) for r in hers.acl().list(calendarId=team).execute()["items"]]
    assert rules == [("user:ada@example.com", "owner"), ("default", "freeBusyReader")]


def test_lists_a_shared_calendar_once_it_was_added(hers: Any, his: Any, team: str) -> None:
    share(hers, team, "reader")
    added = (
        his.calendarList().insert(body={"id": team, "colorId": "3", "summaryOverride": "Theirs"}).execute()
    )
    assert (added["accessRole"], added["backgroundColor"], added["summaryOverride"]) == (
        "reader",
        "#f83a22",
        "Theirs",
    )
    his.calendarList().patch(calendarId=team, body={"hidden": True}).execute()
    assert [e["id"] for e in his.calendarList().list().execute()["items"]] == ["ben@example.com"]
    assert len(his.calendarList().list(showHidden=True).execute()["items"]) == 2
    his.calendarList().delete(calendarId=team).execute()
    assert len(his.calendarList().list(showHidden=True).execute()["items"]) == 1


def test_gives_an_event_to_another_calendar(hers: Any, team: str) -> None:
    event = hers.events().insert(calendarId="primary", body={"summary": "Talk", **HOUR}).execute()
    moved = hers.events().move(calendarId="primary", eventId=event["id"], destination=team).execute()
    assert moved["organizer"]["email"] == team
    assert hers.events().list(calendarId="primary").execute()["items"] == []
    assert [e["summary"] for e in hers.events().list(calendarId=team).execute()["items"]] == ["Talk"]


def test_imports_an_event_once_however_often(hers: Any) -> None:
    body = {"iCalUID": "abc@elsewhere.example", "summary": "Talk", **HOUR}
    first = hers.events().import_(calendarId="primary", body=body).execute()
    again = hers.events().import_(calendarId="primary", body={**body, "summary": "Talk, moved"}).execute()
    assert (first["id"], first["iCalUID"]) == (again["id"], "abc@elsewhere.example")
    assert [e["summary"] for e in hers.events().list(calendarId="primary").execute()["items"]] == [
        "Talk, moved"
    ]


def test_keeps_who_watches_and_tells_them_on_demand(workspace: Workspace, hers: Any) -> None:
    body = {"id": "c1", "type": "web_hook", "address": "https://app.example/hook", "token": "t"}
    channel = hers.events().watch(calendarId="primary", body=body).execute()
    told = notice(workspace, "c1")
    assert (told.address, told.headers["X-Goog-Resource-ID"]) == (body["address"], channel["resourceId"])
    assert (told.headers["X-Goog-Channel-Token"], told.headers["X-Goog-Message-Number"]) == ("t", "1")
    hers.channels().stop(body={"id": "c1", "resourceId": channel["resourceId"]}).execute()
    with pytest.raises(HttpError, match="404"):
        hers.channels().stop(body={"id": "c1", "resourceId": channel["resourceId"]}).execute()


def test_tells_the_colours(hers: Any) -> None:
    colours = hers.colors().get().execute()
    assert (len(colours["calendar"]), len(colours["event"])) == (24, 11)


BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "summary", "location", "start", "minutes"),
    [
        ("Lunch tomorrow 12:30-13:30", "Lunch", "", "2026-03-03T12:30", 60),
        ("Breakfast at 9am", "Breakfast", "", "2026-03-02T09:00", 60),
        ("Talk on June 3rd 10am-10:25am", "Talk", "", "2026-06-03T10:00", 25),
        (
            "Coffee with Ben on Friday at 3pm for 30 minutes",
            "Coffee with Ben",
            "",
            "2026-03-06T15:00",
            30,
        ),
        ("Dinner 2026-04-01 7pm at Clara's", "Dinner", "Clara's", "2026-04-01T19:00", 60),
        ("Holiday 1/15", "Holiday", "", "2027-01-15", 24 * 60),
        ("Plan the year", "Plan the year", "", "2026-03-02", 24 * 60),
    ],
)
def test_reads_a_text_as_an_event(text: str, summary: str, location: str, start: str, minutes: int) -> None:
    found = read(text, MONDAY, BERLIN)
    begins = found.start.isoformat()[:16]
    length = found.end - found.start  # type: ignore[operator]  # both have a time of day, or neither
    assert (found.summary, found.location, begins, length.total_seconds() / 60) == (
        summary,
        location,
        start,
        minutes,
    )


def test_enters_what_a_text_says(hers: Any) -> None:
    made = hers.events().quickAdd(calendarId="primary", text="Lunch tomorrow 12:30-13:30").execute()
    assert (made["summary"], made["start"]["dateTime"]) == ("Lunch", "2026-03-03T12:30:00Z")
