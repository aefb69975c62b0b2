"""Shared events: copies, answers, moves, cancellations, and the mails about them."""

from __future__ import annotations

import email
from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from calendar_words import Diary, event, guests
from googleapiclient.errors import HttpError

from workspace_emulator import Clock, Front, User, Workspace, session_for
from workspace_emulator.gmail.outside import outside_mail
from workspace_emulator.gmail.vacation import set_vacation

KEY = "m0123456789abcdefghijklmnopqrstuv"
BEN, CY = "ben@example.com", "cy@example.com"
LATER = {"start": {"dateTime": "2026-03-04T14:00:00Z"}, "end": {"dateTime": "2026-03-04T14:45:00Z"}}


@pytest.fixture
def meeting(ada_diary: Diary, cy_diary: Diary) -> Any:  # noqa: ARG001 - Cy has to be there
    """Ada has invited Ben and Cy, who may move the meeting."""
    more = {"extendedProperties": {"private": {"mentoring": "1"}}, "guestsCanModify": True}
    body = event(id=KEY, attendees=guests(BEN, CY), guestsCanInviteOthers=False, **more)
    return ada_diary.insert(body, sendUpdates="all")


def answers(diary: Diary) -> dict[str, str]:
    return {a["email"]: a["responseStatus"] for a in diary.get(KEY)["attendees"]}


def parts(mail: Any) -> dict[str, Any]:
    found, waiting = {}, [mail["payload"]]
    while waiting:
        part = waiting.pop()
        found[part["mimeType"]] = part
        waiting += part.get("parts", [])
    return found


def content(part: Any) -> str:
    return urlsafe_b64decode(part["body"]["data"]).decode()


def content_type(part: Any) -> Message:
    value = next(h["value"] for h in part["headers"] if h["name"] == "Content-Type")
    return email.message_from_string(f"Content-Type: {value}\n\n")


@pytest.mark.usefixtures("meeting")
def test_puts_the_same_event_on_the_guests_calendar(ben_diary: Diary) -> None:
    copy = ben_diary.get(KEY)
    assert copy["summary"] == "First meeting"
    assert copy["organizer"] == {"email": "ada@example.com"}
    own, other = copy["attendees"]
    assert own == {"email": BEN, "displayName": "Ben Okri", "responseStatus": "needsAction", "self": True}
    assert "self" not in other
    assert "extendedProperties" not in copy
    assert ben_diary.ids(privateExtendedProperty="mentoring=1") == []


@pytest.mark.usefixtures("meeting")
def test_mails_an_invitation_that_calendars_can_read(ben_diary: Diary) -> None:
    assert ben_diary.mail() == [
        "Invitation: First meeting @ Tue Mar 3, 2026 10am - 10:45am (UTC) (ben@example.com)"
    ]
    mail = ben_diary.last_mail()
    headers = {h["name"]: h["value"] for h in mail["payload"]["headers"]}
    assert headers["From"] == "Ada Byron <ada@example.com>"
    assert headers["Sender"] == "Google Calendar <calendar-notification@google.com>"
    assert headers["Auto-Submitted"] == "auto-generated"
    calendar = parts(mail)["text/calendar"]
    assert content_type(calendar).get_param("method") == "REQUEST"
    assert f"UID:{KEY}@google.com\r\n" in content(calendar)
    assert "DTSTART:20260303T100000Z\r\n" in content(calendar)
    assert parts(mail)["application/ics"]["filename"] == "invite.ics"


def test_mails_only_whom_send_updates_names(workspace: Workspace, ada_diary: Diary, ben_diary: Diary) -> None:
    everybody = guests(BEN, "zoe@elsewhere.test")
    ada_diary.insert(event(id="aaaaa", attendees=everybody))
    assert (ben_diary.mail(), outside_mail(workspace)) == ([], [])
    ada_diary.insert(event(id="bbbbb", attendees=everybody), sendUpdates="externalOnly")
    assert ben_diary.mail() == []
    assert len(outside_mail(workspace, "zoe@elsewhere.test")) == 1
    assert ben_diary.ids() == ["aaaaa", "bbbbb"]


@pytest.mark.usefixtures("meeting")
@pytest.mark.parametrize(
    ("status", "words", "partstat"),
    [
        ("accepted", "Accepted", "ACCEPTED"),
        ("declined", "Declined", "DECLINED"),
        ("tentative", "Tentatively Accepted", "TENTATIVE"),
    ],
)
def test_takes_an_answer_to_the_organiser(
    ada_diary: Diary, ben_diary: Diary, status: str, words: str, partstat: str
) -> None:
    ben_diary.answer(KEY, BEN, status, "See you", sendUpdates="all")
    assert answers(ada_diary) == {BEN: status, CY: "needsAction"}
    assert ada_diary.get(KEY)["attendees"][0]["comment"] == "See you"
    assert [s.partition(":")[0] for s in ada_diary.mail()] == [words]
    mail = ada_diary.last_mail()
    calendar = parts(mail)["text/calendar"]
    assert content_type(calendar).get_param("method") == "REPLY"
    assert f"PARTSTAT={partstat}" in content(calendar).replace("\r\n ", "")
    assert "Auto-Submitted" in {h["name"] for h in mail["payload"]["headers"]}


@pytest.mark.usefixtures("meeting")
def test_sends_no_mail_about_a_silent_answer(ada_diary: Diary, ben_diary: Diary) -> None:
    ben_diary.answer(KEY, BEN, "accepted")
    assert answers(ada_diary)[BEN] == "accepted"
    assert ada_diary.mail() == []


@pytest.mark.usefixtures("meeting")
def test_lets_nobody_answer_for_another(ada_diary: Diary, ben_diary: Diary) -> None:
    given = [{"email": BEN, "responseStatus": "accepted"}, {"email": CY, "responseStatus": "declined"}]
    ben_diary.patch(KEY, {"attendees": given})
    assert answers(ada_diary) == {BEN: "accepted", CY: "needsAction"}


@pytest.mark.usefixtures("meeting")
def test_lets_a_guest_move_it_for_all_and_asks_the_others_again(
    ada_diary: Diary, ben_diary: Diary, cy_diary: Diary
) -> None:
    ben_diary.answer(KEY, BEN, "accepted")
    cy_diary.answer(KEY, CY, "accepted")
    ben_diary.patch(KEY, LATER, sendUpdates="all")
    assert ada_diary.get(KEY)["start"]["dateTime"] == "2026-03-04T14:00:00Z"
    assert answers(ada_diary) == {BEN: "accepted", CY: "needsAction"}
    assert ada_diary.get(KEY)["sequence"] == 1
    assert cy_diary.mail()[-1].startswith(
        "Updated invitation: First meeting @ Wed Mar 4, 2026 9am - 9:45am (EST)"
    )
    assert [s.partition(":")[0] for s in ada_diary.mail()] == ["Updated invitation"]
    assert len(ben_diary.mail()) == 1


def test_refuses_a_guests_move_when_guests_may_not_modify(ada_diary: Diary, ben_diary: Diary) -> None:
    ada_diary.insert(event(id=KEY, attendees=guests(BEN)))
    with pytest.raises(HttpError) as refusal:
        ben_diary.patch(KEY, LATER)
    assert refusal.value.status_code == 403
    assert refusal.value.error_details[0]["reason"] == "forbiddenForNonOrganizer"
    whole = ben_diary.get(KEY)
    whole["attendees"][0]["responseStatus"] = "accepted"
    ben_diary.update(KEY, whole)
    assert answers(ada_diary) == {BEN: "accepted"}


@pytest.mark.usefixtures("meeting")
def test_asks_everybody_again_when_the_organiser_moves_it(ada_diary: Diary, ben_diary: Diary) -> None:
    ben_diary.answer(KEY, BEN, "declined", "On the road")
    ada_diary.patch(KEY, LATER, sendUpdates="all")
    assert answers(ada_diary) == {BEN: "needsAction", CY: "needsAction"}
    assert ben_diary.mail()[-1].startswith("Updated invitation:")


@pytest.mark.usefixtures("meeting")
def test_keeps_answers_when_something_else_changes(ada_diary: Diary, ben_diary: Diary) -> None:
    ben_diary.answer(KEY, BEN, "accepted")
    ada_diary.patch(KEY, {"summary": "Coffee"})
    assert answers(ada_diary) == {BEN: "accepted", CY: "needsAction"}
    assert ben_diary.get(KEY)["summary"] == "Coffee"


@pytest.mark.usefixtures("meeting")
def test_cancels_for_everybody_and_says_so_once(ada_diary: Diary, ben_diary: Diary) -> None:
    ada_diary.delete(KEY, sendUpdates="all")
    assert ben_diary.get(KEY) == {
        "kind": "calendar#event",
        "id": KEY,
        "status": "cancelled",
        "etag": ben_diary.get(KEY)["etag"],
    }
    assert [s.partition(":")[0] for s in ben_diary.mail()] == ["Invitation", "Canceled event"]
    assert content_type(parts(ben_diary.last_mail())["text/calendar"]).get_param("method") == "CANCEL"
    (kept,) = ada_diary.list(privateExtendedProperty="mentoring=1", showDeleted=True)["items"]
    assert (kept["status"], kept["summary"]) == ("cancelled", "First meeting")


@pytest.mark.usefixtures("meeting")
def test_declines_when_a_guest_takes_it_off_their_calendar(ada_diary: Diary, ben_diary: Diary) -> None:
    ben_diary.delete(KEY, sendUpdates="all")
    assert answers(ada_diary) == {BEN: "declined", CY: "needsAction"}
    assert ada_diary.get(KEY)["status"] == "confirmed"
    assert ben_diary.ids() == []
    assert ben_diary.get(KEY)["status"] == "cancelled"
    assert ada_diary.mail()[-1].startswith("Declined:")


@pytest.mark.usefixtures("meeting")
def test_takes_it_off_the_calendar_of_who_is_no_longer_a_guest(ada_diary: Diary, cy_diary: Diary) -> None:
    ada_diary.patch(KEY, {"attendees": guests(BEN)}, sendUpdates="all")
    assert cy_diary.ids() == []
    assert cy_diary.mail()[-1].startswith("Canceled event:")
    ada_diary.patch(KEY, {"attendees": guests(BEN, CY)}, sendUpdates="all")
    assert cy_diary.ids() == [KEY]
    assert cy_diary.mail()[-1].startswith("Invitation:")


def test_hides_the_other_guests_when_told_to(ada_diary: Diary, ben_diary: Diary) -> None:
    hidden = event(id=KEY, attendees=guests(BEN, "zoe@elsewhere.test"), guestsCanSeeOtherGuests=False)
    assert len(ada_diary.insert(hidden)["attendees"]) == 2
    copy = ben_diary.get(KEY)
    assert [a["email"] for a in copy["attendees"]] == [BEN]
    assert copy["attendeesOmitted"]


def test_gives_a_guest_another_id_when_theirs_is_taken(ada_diary: Diary, ben_diary: Diary) -> None:
    ben_diary.insert(event(id=KEY, summary="Mine"))
    ada_diary.insert(event(id=KEY, attendees=guests(BEN)))
    (copy_id,) = [i for i in ben_diary.ids() if i != KEY]
    ben_diary.answer(copy_id, BEN, "accepted")
    assert answers(ada_diary) == {BEN: "accepted"}
    assert ben_diary.get(KEY)["summary"] == "Mine"


def test_declines_by_itself_while_somebody_is_away(ada_diary: Diary, ben_diary: Diary) -> None:
    away = {"autoDeclineMode": "declineOnlyNewConflictingInvitations", "declineMessage": "Away"}
    start, end = "2026-03-03T00:00:00Z", "2026-03-04T00:00:00Z"
    ben_diary.insert(event(start, end, eventType="outOfOffice", outOfOfficeProperties=away))
    ada_diary.insert(event(id=KEY, attendees=guests(BEN)), sendUpdates="all")
    assert answers(ada_diary) == {BEN: "declined"}
    assert ada_diary.get(KEY)["attendees"][0]["comment"] == "Away"
    assert ada_diary.mail()[-1].startswith("Declined:")
    ada_diary.patch(KEY, LATER)
    assert answers(ada_diary) == {BEN: "needsAction"}


@pytest.mark.usefixtures("meeting")
def test_is_not_answered_by_holiday_responders(
    workspace: Workspace, ada_diary: Diary, ben_diary: Diary
) -> None:
    set_vacation(workspace, "ada@example.com", "I am away.")
    ben_diary.answer(KEY, BEN, "accepted", sendUpdates="all")
    assert len(ben_diary.mail()) == 1
    assert len(ada_diary.mail()) == 1


@pytest.mark.usefixtures("meeting")
def test_shows_the_organiser_when_a_guest_answered(
    workspace: Workspace, ada_diary: Diary, ben_diary: Diary
) -> None:
    token = ada_diary.list()["nextSyncToken"]
    workspace.clock.move(timedelta(minutes=5))
    ben_diary.answer(KEY, BEN, "accepted")
    assert ada_diary.ids(syncToken=token) == [KEY]
    assert ada_diary.get(KEY)["updated"] == "2026-03-02T09:05:00.000Z"


@pytest.mark.usefixtures("meeting")
def test_mails_everybody_on_each_patch_that_says_all(ada_diary: Diary, ben_diary: Diary) -> None:
    ada_diary.patch(KEY, {"summary": "First meeting"}, sendUpdates="all")
    assert [s.partition(":")[0] for s in ben_diary.mail()] == ["Invitation", "Updated invitation"]
    ada_diary.patch(KEY, {"summary": "First meeting"})
    assert len(ben_diary.mail()) == 2


def test_mails_nobody_about_the_organisers_own_answer(ada_diary: Diary, ben_diary: Diary) -> None:
    body = event(id=KEY, attendees=guests("ada@example.com", BEN))
    made = ada_diary.insert(body)
    assert made["attendees"][0]["organizer"]
    assert made["attendees"][0]["responseStatus"] == "accepted"
    made["attendees"][0]["responseStatus"] = "declined"
    ada_diary.patch(KEY, {"attendees": made["attendees"]}, sendUpdates="all")
    assert ben_diary.get(KEY)["attendees"][0]["responseStatus"] == "declined"
    assert ben_diary.mail() == []


def test_renders_a_description_for_mail_programs_of_both_kinds(ada_diary: Diary, ben_diary: Diary) -> None:
    text = "<p>Listen &amp; ask</p><ul><li>One</li></ul>"
    ada_diary.insert(event(id=KEY, attendees=guests(BEN), description=text), sendUpdates="all")
    mail = parts(ben_diary.last_mail())
    assert text in content(mail["text/html"])
    assert "<p>" not in content(mail["text/plain"])
    assert "Listen & ask\n" in content(mail["text/plain"]).replace("\r", "")


def test_loses_an_invitation_to_nobody_without_a_bounce(
    workspace: Workspace, ada_diary: Diary, ben_diary: Diary
) -> None:
    ada_diary.insert(event(id=KEY, attendees=guests("gone@example.com", BEN)), sendUpdates="all")
    assert (ada_diary.mail(), outside_mail(workspace)) == ([], [])
    assert len(ben_diary.mail()) == 1


def test_is_kept_in_a_file(tmp_path: Path) -> None:
    def opened() -> Workspace:
        return Workspace(path=tmp_path / "store.sqlite", clock=Clock(datetime(2026, 3, 2, 9, tzinfo=UTC)))

    first = opened()
    for name in ("ada", "ben"):
        first.add_user(User(email=f"{name}@example.com", name=name.title()))
    Diary(session_for(Front(first), "ada@example.com")).insert(event(id=KEY, attendees=guests(BEN)))
    first.close()
    again = opened()
    ben = Diary(session_for(Front(again), BEN))
    assert ben.answer(KEY, BEN, "accepted")["attendees"][0]["responseStatus"] == "accepted"
    assert ben.busy(BEN)[BEN]["busy"][0]["start"] == "2026-03-03T10:00:00Z"


@pytest.mark.usefixtures("meeting")
def test_lets_a_guest_make_it_a_whole_day_a_series_with_another_title_and_further_guests(
    ada_diary: Diary, ben_diary: Diary, cy_diary: Diary
) -> None:
    """Who may modify may change anything: start and end have a date then, and no moment."""
    day = {"start": {"date": "2026-03-05", "dateTime": None}, "end": {"date": "2026-03-06", "dateTime": None}}
    further = [*guests(BEN, CY), {"email": "dee@elsewhere.example"}]
    ben_diary.patch(KEY, {**day, "summary": "Away day", "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=2"]})
    ben_diary.patch(KEY, {"attendees": further})
    for diary in (ada_diary, cy_diary):
        seen = diary.get(KEY)
        assert (seen["start"], seen["end"]) == ({"date": "2026-03-05"}, {"date": "2026-03-06"})
        assert (seen["summary"], seen["recurrence"]) == ("Away day", ["RRULE:FREQ=WEEKLY;COUNT=2"])
        assert {a["email"] for a in seen["attendees"]} == {BEN, CY, "dee@elsewhere.example"}
