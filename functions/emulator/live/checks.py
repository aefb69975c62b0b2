"""What is believed of Google, each as something to do and what comes of it: one list for here and for there.

``mark`` says where it is from: ``recorded``, ``reported`` (by others, in public threads), ``believed``, ``assumed`` (as
DIFFERENCES.md says), ``schema`` (published, never tried), or the ``option`` that lets the local Workspace do either.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from stage import NotTried, Refusal, Stage, answer_of, header, said

Ask = Callable[[Stage], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One fact: ``ask`` finds out how it is, ``expected`` is how the local Workspace has it."""

    name: str
    mark: str
    expected: object
    ask: Ask


CHECKS: list[Check] = []


def fact(mark: str, expected: object) -> Callable[[Ask], Ask]:
    """Enter a check whose name is its function's, read as a sentence."""

    def entered(ask: Ask) -> Ask:
        name = ask.__name__.replace("_", " ")
        CHECKS.append(Check(name=name, mark=mark, expected=expected, ask=ask))
        return ask

    return entered


# Calendar


@fact("option resets_unstated_answers", "needsAction")
def an_organisers_list_without_answers_makes_an_accepted_one(stage: Stage) -> object:
    made = stage.with_ben("unstated")
    listed = [{"email": stage.ben}, {"email": f"nobody@{stage.domain}"}]
    return answer_of(stage.change(made["id"], {"attendees": listed}).execute(), stage.ben)


@fact("recorded", "accepted")
def an_organisers_list_that_states_an_answer_makes_an_accepted_one(stage: Stage) -> object:
    made = stage.with_ben("stated")
    listed = [*made["attendees"], {"email": f"nobody@{stage.domain}"}]
    return answer_of(stage.change(made["id"], {"attendees": listed}).execute(), stage.ben)


@fact("assumed", "needsAction")
def an_event_that_is_moved_makes_an_accepted_answer(stage: Stage) -> object:
    made = stage.with_ben("moved")
    later = {side: {"dateTime": _later(stage, made, side)} for side in ("start", "end")}
    return answer_of(stage.change(made["id"], later).execute(), stage.ben)


def _later(stage: Stage, event: Any, side: str) -> str:
    minutes = 60 if side == "start" else 90
    start = (stage.now + timedelta(days=20)).replace(hour=10, minute=0, second=0, microsecond=0)
    assert event["start"]
    return (start + timedelta(minutes=minutes)).isoformat()


@fact("recorded", ["date"])
def a_guest_who_may_modify_makes_a_whole_day_of_it(stage: Stage) -> object:
    made = stage.with_ben("whole day", guestsCanModify=True)
    day = (stage.now + timedelta(days=20)).date()
    sides = {"start": day, "end": day + timedelta(days=1)}
    whole = {side: {"date": when.isoformat(), "dateTime": None} for side, when in sides.items()}
    answer = said(stage.change(made["id"], whole, stage.ben))
    return str(answer) if isinstance(answer, Refusal) else [k for k in answer["start"] if k != "timeZone"]


@fact("assumed", 403)
def a_guest_who_may_not_modify_and_renames_is_told(stage: Stage) -> object:
    made = stage.with_ben("renamed")
    answer = said(stage.change(made["id"], {"summary": stage.title("by a guest")}, stage.ben))
    return answer.status if isinstance(answer, Refusal) else "taken"


@fact("assumed", True)
def a_modifying_guests_list_of_nobody_else_leaves_the_others(stage: Stage) -> object:
    others = [{"email": stage.ben}, {"email": f"nobody@{stage.domain}"}]
    made = stage.event("alone", attendees=others, guestsCanModify=True)
    alone = {"attendees": [{"email": stage.ben, "responseStatus": "accepted"}]}
    stage.until(lambda: said(stage.change(made["id"], alone, stage.ben)), lasting=dict)
    seen = stage.api("calendar").events().get(calendarId="primary", eventId=made["id"]).execute()
    return f"nobody@{stage.domain}" in {a["email"] for a in seen["attendees"]}


@fact("assumed", 2)
def mails_to_a_guest_after_an_invitation_and_a_patch_that_changes_nothing(stage: Stage) -> object:
    made = stage.event("needless", quiet=False, attendees=[{"email": stage.ben}])
    stage.found("needless")
    stage.change(made["id"], {"summary": made["summary"]}, sendUpdates="all").execute()
    return len(stage.until(lambda: len(f := stage.found("needless")) > 1 and f) or stage.found("needless"))


@fact("recorded", False)
def a_whole_day_reminds_as_the_calendar_does(stage: Stage) -> object:
    day = (stage.now + timedelta(days=21)).date()
    sides: Any = {"start": {"date": f"{day}"}, "end": {"date": f"{day + timedelta(days=1)}"}}
    return stage.event("day", **sides)["reminders"]["useDefault"]


@fact("recorded", "UTC")
def a_new_calendar_is_in(stage: Stage) -> object:
    made = stage.api("calendar").calendars().insert(body={"summary": stage.title("calendar")}).execute()
    return made["timeZone"]


@fact("option makes_meet_links", True)
def a_conference_that_is_asked_for_becomes_a_link(stage: Stage) -> object:
    wanted = {"createRequest": {"requestId": stage.run, "conferenceSolutionKey": {"type": "hangoutsMeet"}}}
    made = stage.event("call", conferenceData=wanted)
    return bool(stage.until(lambda: _again(stage, made).get("hangoutLink")))


def _again(stage: Stage, event: Any) -> Any:
    return stage.api("calendar").events().get(calendarId="primary", eventId=event["id"]).execute()


def _at_home(stage: Stage, day: int) -> Any:
    where = {"type": "homeOffice", "homeOffice": {}}
    look = {"eventType": "workingLocation", "visibility": "public", "transparency": "transparent"}
    start = (stage.now + timedelta(days=day)).replace(hour=9, minute=0, second=0, microsecond=0)
    body = {
        "summary": stage.title("home"),
        "start": {"dateTime": start.isoformat()},
        "end": {"dateTime": (start + timedelta(hours=8)).isoformat()},
        "workingLocationProperties": where,
        **look,
    }
    return said(stage.api("calendar").events().insert(calendarId="primary", body=body))


@fact("option has_working_locations", "taken")
def a_working_location_is(stage: Stage) -> object:
    made = _at_home(stage, 22)
    return str(made) if isinstance(made, Refusal) else "taken"


@fact("option working_locations_are_busy", False)
def a_working_location_is_busy(stage: Stage) -> object:
    if isinstance(_at_home(stage, 23), Refusal):
        raise NotTried("This Workspace has no working locations.")
    return bool(_busy(stage, 23, hours=24))


def _busy(stage: Stage, day: int, *, hours: int, minutes: int = 0) -> Any:
    start = (stage.now + timedelta(days=day)).replace(hour=0, minute=minutes, second=0, microsecond=0)
    window = {"timeMin": start.isoformat(), "timeMax": (start + timedelta(hours=hours)).isoformat()}
    body = {**window, "items": [{"id": stage.ada}]}
    answer = stage.api("calendar").freebusy().query(body=body).execute()
    return answer["calendars"][stage.ada]["busy"]


@fact("reported", "400 The requested time range is too long.")
def free_and_busy_of_ninety_one_days_is(stage: Stage) -> object:
    window = {"timeMin": stage.now.isoformat(), "timeMax": (stage.now + timedelta(days=91)).isoformat()}
    body = {**window, "items": [{"id": stage.ada}]}
    answer = said(stage.api("calendar").freebusy().query(body=body))
    return str(answer) if isinstance(answer, Refusal) else "answered"


@fact("assumed", True)
def busy_times_are_cut_at_the_window(stage: Stage) -> object:
    start = (stage.now + timedelta(days=24)).replace(hour=10, minute=0, second=0, microsecond=0)
    stage.event("cut", day=24)
    window = {
        "timeMin": (start + timedelta(minutes=10)).isoformat(),
        "timeMax": (start + timedelta(minutes=20)).isoformat(),
    }
    answer = stage.api("calendar").freebusy().query(body={**window, "items": [{"id": stage.ada}]}).execute()
    (span,) = answer["calendars"][stage.ada]["busy"]
    return ":10:" in span["start"] and ":20:" in span["end"]


@fact("assumed", ["tooManyCalendarsRequested"])
def more_than_fifty_calendars_are_refused_one_by_one(stage: Stage) -> object:
    window = {"timeMin": stage.now.isoformat(), "timeMax": (stage.now + timedelta(hours=1)).isoformat()}
    items = [{"id": f"nobody{n}@{stage.domain}"} for n in range(51)]
    answer = said(stage.api("calendar").freebusy().query(body={**window, "items": items}))
    if isinstance(answer, Refusal):
        return str(answer)
    return sorted({e["reason"] for c in answer["calendars"].values() for e in c.get("errors", ())})


@fact("schema", "answered")
def a_colleagues_primary_calendar_with_working_hours_is(stage: Stage) -> object:
    answer = said(stage.api("calendar", stage.ben).calendars().get(calendarId=stage.ada))
    return str(answer) if isinstance(answer, Refusal) else "answered"


# Gmail


@fact("option replaces_message_id", True)
def a_message_id_of_ones_own_is_kept(stage: Stage) -> object:
    own = f"<{stage.run}.own@{stage.domain}>"
    return header(stage.sent("own id", Message_ID=own), "Message-ID") == own


@fact("option keeps_own_headers", "kept")
def a_header_of_ones_own_is(stage: Stage) -> object:
    return header(stage.sent("own header", X_Livetest="kept"), "X-Livetest") or "dropped"


@fact("option vouches_for_internal_mail", True)
def mail_inside_the_domain_carries_authentication_results(stage: Stage) -> object:
    stage.sent("vouched")
    return bool(header(_first(stage.found("vouched")), "Authentication-Results"))


def _first(found: list[Any]) -> Any:
    if not found:
        raise NotTried("The mail did not arrive in time.")
    return found[0]


@fact("recorded", "")
def what_an_account_sends_itself_carries_as_authentication_results(stage: Stage) -> object:
    stage.sent("myself", stage.ada)
    found = _first(stage.found("myself", stage.ada, "in:inbox"))
    return header(found, "Authentication-Results")


@fact("option delivers_plus_addresses", 1)
def mails_that_arrive_at_a_plus_address(stage: Stage) -> object:
    name, _, domain = stage.ben.partition("@")
    stage.sent("plus", f"{name}+{stage.run}@{domain}")
    return len(stage.found("plus"))


@fact("option search_lag_seconds", True)
def a_mail_is_found_by_its_id_at_once(stage: Stage) -> object:
    own = header(stage.sent("lag"), "Message-ID").strip("<>")
    messages = stage.api("gmail").users().messages()
    return "messages" in messages.list(userId="me", q=f"rfc822msgid:{own}").execute()


@fact("option answers_that_a_draft_was_sent", "400 Message not a draft")
def sending_a_draft_that_was_sent_by_hand_is(stage: Stage) -> object:
    draft = stage.draft("by hand")
    stage.send_by_hand(draft, stage.title("by hand"))
    return str(said(stage.api("gmail").users().drafts().send(userId="me", body={"id": draft})))


@fact("reported", 0)
def mails_left_in_sent_after_deleting_a_draft_that_was_sent_by_hand(stage: Stage) -> object:
    draft = stage.draft("orphan")
    stage.send_by_hand(draft, stage.title("orphan"))
    stage.api("gmail").users().drafts().delete(userId="me", id=draft).execute()
    return len(stage.found("orphan", stage.ada, "in:sent"))


@fact("assumed", "404 Requested entity was not found.")
def sending_a_draft_again_is(stage: Stage) -> object:
    drafts, draft = stage.api("gmail").users().drafts(), stage.draft("again")
    drafts.send(userId="me", body={"id": draft}).execute()
    return str(said(drafts.send(userId="me", body={"id": draft})))


@fact("recorded", True)
def a_sent_draft_is_in_the_drafts_thread(stage: Stage) -> object:
    drafts = stage.api("gmail").users().drafts()
    made = drafts.create(userId="me", body={"message": stage.letter("thread")}).execute()
    sent = drafts.send(userId="me", body={"id": made["id"]}).execute()
    return bool(sent["threadId"] == made["message"]["threadId"])


@fact("recorded", ["Date", "From", "Message-ID"])
def a_draft_has_of_these_headers_when_it_is_made(stage: Stage) -> object:
    users = stage.api("gmail").users()
    draft = users.drafts().get(userId="me", id=stage.draft("headers"), format="metadata").execute()
    return [name for name in ("Date", "From", "Message-ID") if header(draft["message"], name)]


@fact("assumed", ["SENT", "TRASH"])
def a_sent_mail_in_the_bin_is_labelled(stage: Stage) -> object:
    sent = stage.sent("bin")
    return sorted(
        stage.api("gmail").users().messages().trash(userId="me", id=sent["id"]).execute()["labelIds"]
    )


@fact("assumed", ["STARRED", "IMPORTANT", "SENT", "own"])
def labels_are_in_the_order(stage: Stage) -> object:
    users = stage.api("gmail").users()
    own = users.labels().create(userId="me", body={"name": stage.title("label")}).execute()["id"]
    wanted = {"addLabelIds": [own, "STARRED", "IMPORTANT"]}
    sent = stage.sent("labels")
    users.messages().modify(userId="me", id=sent["id"], body=wanted).execute()
    shown = users.messages().get(userId="me", id=sent["id"], format="minimal").execute()["labelIds"]
    return ["own" if label == own else label for label in shown]


@fact("recorded", ["historyId", "id", "internalDate", "labelIds", "sizeEstimate", "snippet", "threadId"])
def labelling_is_answered_with(stage: Stage) -> object:
    sent = stage.sent("answer")
    body = {"addLabelIds": ["STARRED"]}
    return sorted(
        stage.api("gmail").users().messages().modify(userId="me", id=sent["id"], body=body).execute()
    )


@fact("recorded", 404)
def history_from_before_the_beginning_is_refused_with(stage: Stage) -> object:
    answer = said(stage.api("gmail").users().history().list(userId="me", startHistoryId="1"))
    return answer.status if isinstance(answer, Refusal) else "answered"


@fact("reported", "403 Metadata scope does not support 'q' parameter")
def searching_with_the_metadata_scope_is(stage: Stage) -> object:
    scope = "https://www.googleapis.com/auth/gmail.metadata"
    answer = said(stage.api("gmail", scopes=(scope,)).users().messages().list(userId="me", q="is:unread"))
    return str(answer) if isinstance(answer, Refusal) else "answered"


# Directory and tokens


@fact("reported", "400 Type not supported: userKey")
def a_user_that_is_a_group_is(stage: Stage) -> object:
    directory = stage.api("admin")
    group = f"livetest-{stage.run}@{stage.domain}"
    directory.groups().insert(body={"email": group}).execute()
    stage.until(lambda: said(directory.groups().get(groupKey=group)), lasting=dict)
    return str(said(directory.users().get(userKey=group)))


@fact("recorded", "403 Request had insufficient authentication scopes.")
def a_call_without_its_scope_is(stage: Stage) -> object:
    reading = ("https://www.googleapis.com/auth/calendar.readonly",)
    return str(said(stage.api("gmail", scopes=reading).users().getProfile(userId="me")))


@fact("believed", "answered")
def a_file_that_was_merely_shared_is_to_drive_file(stage: Stage) -> object:
    book = stage.spreadsheet("shared")
    permission = {"type": "user", "role": "reader", "emailAddress": stage.ben}
    options = {"fileId": book, "body": permission, "sendNotificationEmail": False}
    stage.api("drive").permissions().create(**options).execute()
    scope = ("https://www.googleapis.com/auth/drive.file",)
    answer = said(stage.api("drive", stage.ben, scope).files().get(fileId=book))
    return str(answer) if isinstance(answer, Refusal) else "answered"


# Sheets


@fact("believed", ["taken", 400, [["1"]]])
def a_named_range_of_an_id_that_is_there_refuses_the_whole_batch(stage: Stage) -> object:
    book = stage.spreadsheet("named", [[1]])
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
    named = {"namedRangeId": f"key_{stage.run}", "name": f"key_{stage.run}", "range": area}
    first = stage.batch(book, {"addNamedRange": {"namedRange": named}})
    cell = {"userEnteredValue": {"numberValue": 2}}
    write = {"repeatCell": {"range": area, "cell": cell, "fields": "userEnteredValue"}}
    again = stage.batch(book, write, {"addNamedRange": {"namedRange": {**named, "name": "other"}}})
    values = stage.api("sheets").spreadsheets().values().get(spreadsheetId=book, range="A1").execute()
    return [_taken(first), _taken(again), values["values"]]


def _taken(answer: Any) -> object:
    return answer.status if isinstance(answer, Refusal) else "taken"


@fact("believed", 1)
def the_row_of_metadata_after_sorting_its_values_to_the_top(stage: Stage) -> object:
    book = stage.spreadsheet("sorted", [["b"], ["a"]])
    row = {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    data = {"metadataKey": "k", "visibility": "DOCUMENT", "location": {"dimensionRange": row}}
    order = {"range": {"sheetId": 0, "endRowIndex": 2}, "sortSpecs": [{"dimensionIndex": 0}]}
    stage.batch(book, {"createDeveloperMetadata": {"developerMetadata": data}}, {"sortRange": order})
    search = stage.api("sheets").spreadsheets().developerMetadata()
    lookup = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": "k"}}]}
    (found,) = search.search(spreadsheetId=book, body=lookup).execute()["matchedDeveloperMetadata"]
    return found["developerMetadata"]["location"]["dimensionRange"].get("startIndex", 0)


@fact("assumed", [["first"]])
def metadata_of_the_whole_spreadsheet_finds(stage: Stage) -> object:
    book = stage.spreadsheet("whole", [["first"]])
    data = {"metadataKey": "all", "visibility": "DOCUMENT", "location": {"spreadsheet": True}}
    stage.batch(book, {"createDeveloperMetadata": {"developerMetadata": data}})
    body = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": "all"}}]}
    values = stage.api("sheets").spreadsheets().values()
    answer = said(values.batchGetByDataFilter(spreadsheetId=book, body=body))
    return str(answer) if isinstance(answer, Refusal) else answer["valueRanges"][0]["valueRange"]["values"]


_END = {"sheetId": 0, "startRowIndex": 998, "endRowIndex": 1003, "startColumnIndex": 0, "endColumnIndex": 1}


@fact("recorded", "taken")
def repeating_a_cell_over_the_last_rows_and_beyond_is(stage: Stage) -> object:
    request = {"repeatCell": {"range": _END, "cell": {"note": "x"}, "fields": "note"}}
    return _taken(stage.batch(stage.spreadsheet("repeat"), request))


@fact("assumed", 400)
def merging_the_last_rows_and_beyond_is(stage: Stage) -> object:
    request = {"mergeCells": {"range": _END, "mergeType": "MERGE_ALL"}}
    return _taken(stage.batch(stage.spreadsheet("merge"), request))


@fact("assumed", "20260101000")
def a_number_beyond_all_dates_is_shown_as(stage: Stage) -> object:
    book = stage.spreadsheet("dates", [[20260101000]])
    date = {"userEnteredFormat": {"numberFormat": {"type": "DATE", "pattern": "yyyy-mm-dd"}}}
    area = {"sheetId": 0, "endRowIndex": 1, "endColumnIndex": 1}
    stage.batch(
        book, {"repeatCell": {"range": area, "cell": date, "fields": "userEnteredFormat.numberFormat"}}
    )
    values = stage.api("sheets").spreadsheets().values().get(spreadsheetId=book, range="A1").execute()
    return values["values"][0][0]


@fact("assumed", ["Sheet1!A2", [["there"], ["new"], ["below"]]])
def appending_with_new_rows_above_what_is_there(stage: Stage) -> object:
    book = stage.spreadsheet("append", [["there"], [], ["below"]])
    values = stage.api("sheets").spreadsheets().values()
    how = {"valueInputOption": "RAW", "insertDataOption": "INSERT_ROWS"}
    body = {"values": [["new"]]}
    answer = values.append(spreadsheetId=book, range="A1:A1", body=body, **how).execute()
    after = values.get(spreadsheetId=book, range="A1:A5").execute()["values"]
    return [answer["updates"]["updatedRange"], [row for row in after if row]]


@fact("assumed", ["RIGHT", "Arial"])
def a_number_is_aligned_and_in_the_font(stage: Stage) -> object:
    look = "sheets.data.rowData.values.effectiveFormat(horizontalAlignment,textFormat.fontFamily)"
    shown = stage.look(stage.spreadsheet("look", [[7]]), look)
    found = shown["sheets"][0]["data"][0]["rowData"][0]["values"][0]["effectiveFormat"]
    return [found.get("horizontalAlignment"), found["textFormat"]["fontFamily"]]


@fact("schema", ["OPEN", "RESOLVED"])
def a_comment_on_a_cell_is_first_and_then(stage: Stage) -> object:
    book = stage.spreadsheet("comments", [["what it says"]])
    wanted = {"content": "Why?", "coordinate": {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}}
    made = stage.batch(book, {"insertComment": wanted})
    if isinstance(made, Refusal):
        return str(made)
    thread = made["insertComment"]["commentThread"]
    reply = {"commentId": thread["commentId"], "post": {"commentAction": "RESOLVE"}}
    stage.batch(book, {"addCommentReply": reply})
    options = {"commentsViewMode": "COMMENTS_VIEW_MODE_INCLUDED", "fields": "comments.status"}
    after = stage.api("sheets").spreadsheets().get(spreadsheetId=book, **options).execute()
    return [thread["status"], after["comments"][0]["status"]]
