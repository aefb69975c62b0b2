"""A calendar's index: always what walking through all events would find, at a cost that doesn't grow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from calendar_words import Diary, event
from hypothesis import given, settings
from hypothesis import strategies as st

from work import calls_for
from workspace_emulator import Clock, Front, User, Workspace, session_for
from workspace_emulator.calendar import times
from workspace_emulator.calendar.book import Book
from workspace_emulator.calendar.index import CopiesIndex, ShownEvents
from workspace_emulator.calendar.table import primary_place

ADA = "ada@example.com"
START = datetime(2026, 3, 2, tzinfo=UTC)
HOURS = st.integers(0, 24 * 14)


@st.composite
def bodies(draw: st.DrawFn) -> dict[str, Any]:
    begins = START + timedelta(hours=draw(HOURS))
    if draw(st.booleans()):
        last = begins + timedelta(days=draw(st.integers(1, 5)))
        return {"start": {"date": f"{begins:%Y-%m-%d}"}, "end": {"date": f"{last:%Y-%m-%d}"}}
    ends = begins + timedelta(minutes=draw(st.sampled_from([0, 1, 30, 64, 600, 10_000])))
    repeated = {"recurrence": ["RRULE:FREQ=WEEKLY;COUNT=3"]} if draw(st.booleans()) else {}
    return event(begins.isoformat(), ends.isoformat()) | repeated


@given(
    st.sampled_from(["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"]),
    st.lists(
        st.tuples(st.sampled_from(["insert", "update", "delete"]), bodies(), st.integers(0, 9)), max_size=12
    ),
    HOURS,
    st.integers(1, 200),
)
@settings(max_examples=40)
def test_finds_what_looking_at_every_event_would(
    zone: str, steps: list[tuple[str, dict[str, Any], int]], begins: int, length: int
) -> None:
    workspace = Workspace(clock=Clock(START), check_responses=True)
    user = workspace.add_user(User(email=ADA, name="Ada Byron", time_zone=zone))
    diary, place, book = Diary(session_for(Front(workspace), ADA)), primary_place(user), Book(workspace)
    for kind, body, number in steps:
        there = diary.ids()
        if kind == "insert" or not there:
            diary.insert(_zoned(body))
        elif kind == "update":
            diary.update(there[number % len(there)], _zoned(body))
        else:
            diary.delete(there[number % len(there)])
    lower = START + timedelta(hours=begins)
    upper = lower + timedelta(hours=length)
    wanted = [
        copy["id"]
        for copy, found in book.all(place)
        if found["status"] != "cancelled"
        and any(times.occurrences(found["fields"], place.zone, lower, upper))
    ]
    assert diary.ids(timeMin=lower.isoformat(), timeMax=upper.isoformat()) == wanted
    anew = CopiesIndex()
    for key, copy in book.copies(place).items():
        anew.changed(key, None, copy)
    kept = book.copies(place).index(CopiesIndex)
    assert set(kept.touching(lower, upper)) == set(anew.touching(lower, upper))
    assert list(kept.changed_after(0)) == list(anew.changed_after(0))


@given(st.lists(bodies(), max_size=14), HOURS, st.integers(1, 4), st.booleans())
@settings(max_examples=40)
def test_pages_in_order_of_beginning_through_what_there_is(
    events: list[dict[str, Any]], begins: int, size: int, bounded: bool
) -> None:
    workspace = Workspace(clock=Clock(START), check_responses=True)
    workspace.add_user(User(email=ADA, name="Ada Byron", time_zone="America/New_York"))
    diary = Diary(session_for(Front(workspace), ADA))
    for body in events:
        diary.insert(_zoned(body))
    lower = START + timedelta(hours=begins)
    bound = {"timeMax": (lower + timedelta(days=6)).isoformat()} if bounded else {}
    window = {"timeMin": lower.isoformat(), "singleEvents": True, **bound}
    whole = diary.list(**window, maxResults=2500)["items"]
    paged: list[Any] = []
    more: dict[str, str] = {}
    while more is not None:
        page = diary.list(**window, orderBy="startTime", maxResults=size, **more)
        paged += page["items"]
        more = {"pageToken": page["nextPageToken"]} if "nextPageToken" in page else None  # type: ignore[assignment]
    zone = primary_place(workspace.users()[0]).zone
    assert [e["id"] for e in paged] == [
        e["id"] for e in sorted(whole, key=lambda e: times.moment(e["start"], zone))
    ]


def _zoned(body: dict[str, Any]) -> dict[str, Any]:
    return {
        k: {**v, "timeZone": "UTC"} if k in ("start", "end") and "dateTime" in v else v
        for k, v in body.items()
    }


WEEK = {"timeMin": "2026-03-02T00:00:00Z", "timeMax": "2026-03-09T00:00:00Z"}
ASKED: dict[str, Callable[[Diary], Any]] = {
    "free/busy": lambda d: d.api.freebusy().query(body={**WEEK, "items": [{"id": ADA}]}),
    "a window": lambda d: d.events.list(calendarId="primary", singleEvents=True, orderBy="startTime", **WEEK),
    "a page in no order": lambda d: d.events.list(calendarId="primary", maxResults=30),
    "an iCalUID": lambda d: d.events.list(calendarId="primary", iCalUID="event00003@google.com"),
    "one": lambda d: d.events.get(calendarId="primary", eventId="event00003"),
    "a new one": lambda d: d.events.insert(calendarId="primary", body=event()),
}


@pytest.mark.parametrize("asked", ASKED)
def test_costs_the_same_with_a_few_and_with_thousands_of_events(asked: str) -> None:
    costs = []
    for many in (40, 1500):
        call = ASKED[asked](diary_of(many))
        call.execute()
        costs.append(calls_for(call.execute))
    assert costs[1] <= 1.5 * costs[0]


@cache
def diary_of(many: int) -> Diary:
    """Return a diary with so many events, made once for all that is asked of it."""
    workspace = Workspace(clock=Clock(START))
    workspace.add_user(User(email=ADA, name="Ada Byron"))
    diary = Diary(session_for(Front(workspace), ADA))
    for number in range(many):
        begins = START + timedelta(hours=5 * number)
        ends = begins + timedelta(minutes=30)
        diary.insert(event(begins.isoformat(), ends.isoformat(), id=f"event{number:05d}"))
    return diary


CHANGES: dict[str, Callable[[Workspace, Diary, Diary, str], object]] = {
    "a guest answers": lambda _, __, ben, i: ben.answer(i, "ben@example.com", "accepted"),
    "a guest is called otherwise": lambda w, *_: w.add_user(User(email="ben@example.com", name="Benjamin")),
    "it is moved": lambda _, ada, __, i: ada.patch(i, event("2026-03-04T10:00:00Z", "2026-03-04T11:00:00Z")),
    "a guest keeps something": lambda _, __, ben, i: ben.patch(
        i, {"extendedProperties": {"private": {"a": "b"}}}
    ),
    "a guest leaves": lambda _, __, ben, i: ben.delete(i),
    "it is deleted": lambda _, ada, __, i: ada.delete(i),
}


@pytest.mark.parametrize("what", CHANGES)
def test_lists_what_it_listed_before_as_it_is_now(
    what: str, workspace: Workspace, ada_diary: Diary, ben_diary: Diary
) -> None:
    """With a bound on guests nothing is taken from what was shown before."""
    diaries = (ada_diary, ben_diary)
    made = ada_diary.insert(event(attendees=[{"email": "ben@example.com"}]), sendUpdates="all")
    before = [diary.list(showDeleted=True)["items"] for diary in diaries]
    kept = workspace.store.snapshot()
    CHANGES[what](workspace, ada_diary, ben_diary, made["id"])
    after = [diary.list(showDeleted=True)["items"] for diary in diaries]
    assert after == [diary.list(showDeleted=True, maxAttendees=99)["items"] for diary in diaries]
    assert after != before
    workspace.store.restore(kept)
    assert [diary.list(showDeleted=True)["items"] for diary in diaries] == before
    assert ada_diary.list(timeZone="Asia/Tokyo")["items"] != before[0]


def test_shows_no_event_twice_of_as_many_as_a_large_company_has() -> None:
    """More than are kept are shown anew each time, as a list goes through them from the beginning."""
    known, shown = ShownEvents(), list[str]()
    copies = [{"event": str(n)} for n in range(15_000)]

    def show(copy: Mapping[str, Any], _: Mapping[str, Any]) -> dict[str, Any]:
        shown.append(copy["event"])
        return {}

    for _ in range(2):
        for copy in copies:
            known.shown(copy, {}, ("ada", "UTC"), 1, "items/id", show)
    assert len(shown) == len(copies)
