"""What Calendar was recorded or reported to answer, and nobody would guess."""

from __future__ import annotations

import pytest
from calendar_words import Diary, event, guests
from googleapiclient.errors import HttpError

from workspace_emulator import Workspace
from workspace_emulator.calendar.calendars import set_working_hours
from workspace_emulator.calendar.options import set_calendar_options


def test_reminds_of_whole_days_only_when_told_to(ada_diary: Diary) -> None:
    day = {"start": {"date": "2026-03-04"}, "end": {"date": "2026-03-05"}}
    assert ada_diary.insert(day)["reminders"] == {"useDefault": False}
    assert ada_diary.insert(event())["reminders"] == {"useDefault": True}
    own = {"useDefault": False, "overrides": [{"method": "popup", "minutes": 5}]}
    assert ada_diary.insert({**day, "reminders": own})["reminders"] == own
    moved = ada_diary.insert(event())
    nulls = {side: {**when, "dateTime": None} for side, when in day.items()}
    assert ada_diary.patch(moved["id"], nulls)["reminders"] == {"useDefault": False}


def test_makes_new_calendars_in_utc(cy_diary: Diary) -> None:
    made = cy_diary.api.calendars().insert(body={"summary": "Mentoring"}).execute()
    assert made["timeZone"] == "UTC"
    told = cy_diary.api.calendars().insert(body={"summary": "Other", "timeZone": "Europe/Oslo"}).execute()
    assert told["timeZone"] == "Europe/Oslo"


@pytest.mark.parametrize(("resets", "answer"), [(True, "needsAction"), (False, "accepted")])
def test_asks_again_whom_an_organisers_list_names_without_an_answer(
    workspace: Workspace, ada_diary: Diary, ben_diary: Diary, resets: bool, answer: str
) -> None:
    set_calendar_options(workspace, resets_unstated_answers=resets)
    made = ada_diary.insert(event(attendees=guests("ben@example.com")))
    ben_diary.answer(made["id"], "ben@example.com", "accepted")
    ada_diary.patch(made["id"], {"summary": "Another title"})
    assert ada_diary.get(made["id"])["attendees"][0]["responseStatus"] == "accepted"
    after = ada_diary.patch(made["id"], {"attendees": guests("ben@example.com", "x@elsewhere.test")})
    assert [a["responseStatus"] for a in after["attendees"]] == [answer, "needsAction"]


def test_keeps_an_answer_that_an_organisers_list_states(ada_diary: Diary, ben_diary: Diary) -> None:
    made = ada_diary.insert(event(attendees=guests("ben@example.com")))
    ben_diary.answer(made["id"], "ben@example.com", "accepted")
    seen = ada_diary.get(made["id"])["attendees"]
    after = ada_diary.patch(made["id"], {"attendees": [*seen, {"email": "x@elsewhere.test"}]})
    assert after["attendees"][0]["responseStatus"] == "accepted"


def test_shows_when_somebody_works(workspace: Workspace, ada_diary: Diary) -> None:
    get = ada_diary.api.calendars().get(calendarId="primary")
    assert "workingHours" not in get.execute()
    set_working_hours(workspace, "ada@example.com", {"monday": (540, 1020)})
    monday = {"dayOfWeek": "monday", "periodStart": 540, "periodEnd": 1020}
    assert get.execute()["workingHours"] == {"workingHoursEnabled": True, "availableTimes": [monday]}
    set_working_hours(workspace, "ada@example.com", {})
    assert get.execute()["workingHours"] == {"workingHoursEnabled": False}


def test_people_say_when_they_work(ada_diary: Diary) -> None:
    calendars = ada_diary.api.calendars()
    monday = {"dayOfWeek": "monday", "periodStart": 540, "periodEnd": 1020}
    hours = {"workingHoursEnabled": True, "availableTimes": [monday]}
    said = calendars.patch(calendarId="primary", body={"workingHours": hours}).execute()
    assert said["workingHours"] == hours
    renamed = calendars.patch(calendarId="primary", body={"summary": "Ada", "workingHours": {}}).execute()
    assert renamed["workingHours"] == hours, "what isn't passed stays"
    for wrong in ({**hours, "availableTimes": []}, {"availableTimes": [{**monday, "periodEnd": 9}]}):
        with pytest.raises(HttpError, match="400"):
            calendars.patch(calendarId="primary", body={"workingHours": wrong}).execute()
    off = calendars.patch(
        calendarId="primary", body={"workingHours": {"workingHoursEnabled": False}}
    ).execute()
    assert off["workingHours"] == {"workingHoursEnabled": False}
