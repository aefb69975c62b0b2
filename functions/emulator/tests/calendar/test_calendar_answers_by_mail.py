"""Answers that guests of other calendars send by mail, in the forms of Outlook, Apple and others."""

from __future__ import annotations

from typing import Any

import pytest
from calendar_words import Diary, event, guests
from hypothesis import given
from hypothesis import strategies as st

from workspace_emulator import User, Workspace
from workspace_emulator.calendar.answers_by_mail import take_answer
from workspace_emulator.gmail.delivery import deliver

ZOE = "zoe@elsewhere.test"
OUTLOOK = """BEGIN:VCALENDAR
METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;PARTSTAT={answer};CN=Zoe:mailto:{guest}
COMMENT;LANGUAGE=de-DE:\\n
UID:{uid}
DTSTART;TZID=W. Europe Standard Time:20260303T110000
DTSTAMP:20260301T101010Z
END:VEVENT
END:VCALENDAR
"""
APPLE = """BEGIN:VCALENDAR
CALSCALE:GREGORIAN
VERSION:2.0
METHOD:REPLY
PRODID:-//Apple Inc.//macOS 26.1//EN
BEGIN:VEVENT
UID:{uid}
DTSTAMP:20260301T101010Z
ORGANIZER;CN="Ada":mailto:ada@example.com
ATTENDEE;CN="Zoe Who Has a Very Long Name";CUTYPE=INDIVIDUAL;EMAIL="zoe@else
 where.test";PARTSTAT={answer}:MAILTO:{guest}
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def invited(ada_diary: Diary) -> Any:
    """Ada's event, to which somebody of another company is invited."""
    return ada_diary.insert(event(attendees=guests(ZOE, "ben@example.com")), sendUpdates="all")


def comes(
    workspace: Workspace, text: str, *, author: str = ZOE, kind: str = "text/calendar; method=REPLY"
) -> None:
    raw = (
        f"From: Zoe <{author}>\r\nTo: ada@example.com\r\nSubject: Accepted\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/alternative; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nYes\r\n'
        f"--x\r\nContent-Type: {kind}\r\n\r\n{text}\r\n--x--\r\n"
    )
    deliver(workspace, raw.encode(), envelope_from=author, recipients=["ada@example.com"])


def answers(diary: Diary, event_id: str) -> dict[str, str]:
    return {a["email"]: a["responseStatus"] for a in diary.get(event_id)["attendees"]}


@pytest.mark.parametrize("form", [OUTLOOK, APPLE], ids=["Outlook", "Apple"])
@pytest.mark.parametrize(
    ("said", "status"), [("ACCEPTED", "accepted"), ("DECLINED", "declined"), ("TENTATIVE", "tentative")]
)
def test_takes_a_guests_answer_from_the_organisers_mail(
    workspace: Workspace, ada_diary: Diary, invited: Any, form: str, said: str, status: str
) -> None:
    before = ada_diary.get(invited["id"])
    comes(workspace, form.format(answer=said, guest=ZOE, uid=invited["iCalUID"]))
    assert answers(ada_diary, invited["id"]) == {ZOE: status, "ben@example.com": "needsAction"}
    assert ada_diary.get(invited["id"])["etag"] != before["etag"]


@pytest.mark.parametrize(
    ("text", "author"),
    [
        (OUTLOOK.format(answer="ACCEPTED", guest="ben@example.com", uid="{uid}"), ZOE),
        (OUTLOOK.format(answer="ACCEPTED", guest=ZOE, uid="{uid}"), "mallory@elsewhere.test"),
        (OUTLOOK.format(answer="ACCEPTED", guest=ZOE, uid="another@google.com"), ZOE),
        (OUTLOOK.format(answer="DELEGATED", guest=ZOE, uid="{uid}"), ZOE),
        (OUTLOOK.format(answer="ACCEPTED", guest=ZOE, uid="{uid}").replace("REPLY", "COUNTER"), ZOE),
        (OUTLOOK.format(answer="ACCEPTED", guest=ZOE, uid="{uid}").replace("DTSTAMP", "RECURRENCE-ID"), ZOE),
        ("BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:{uid}\n", ZOE),
    ],
    ids=[
        "for another",
        "by another",
        "of another event",
        "no answer",
        "a proposal",
        "of one occurrence",
        "torn",
    ],
)
def test_takes_no_answer_that_is_not_the_guests_own(
    workspace: Workspace, ada_diary: Diary, invited: Any, text: str, author: str
) -> None:
    comes(workspace, text.replace("{uid}", invited["iCalUID"]), author=author)
    assert set(answers(ada_diary, invited["id"]).values()) == {"needsAction"}


def test_tells_the_other_guests_calendar_too(workspace: Workspace, ben_diary: Diary, invited: Any) -> None:
    comes(workspace, APPLE.format(answer="ACCEPTED", guest=ZOE, uid=invited["iCalUID"]))
    [seen] = ben_diary.list(iCalUID=invited["iCalUID"])["items"]
    assert {a["email"]: a["responseStatus"] for a in seen["attendees"]}[ZOE] == "accepted"


LINES = st.lists(
    st.sampled_from([*OUTLOOK.splitlines(), *APPLE.splitlines(), "", "ATTENDEE", "UID:", "END:", ":"])
)


@given(LINES)
def test_takes_any_mail_for_what_it_is(lines: list[str]) -> None:
    raw = "From: zoe@elsewhere.test\r\nContent-Type: text/calendar\r\n\r\n" + "\r\n".join(lines)
    take_answer(Workspace(), User(email="ada@example.com", name="Ada"), raw.encode())
