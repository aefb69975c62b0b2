"""Requests and answers held against the discovery documents, in Google's words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from workspace_emulator.core import arguments
from workspace_emulator.core.discovery import method
from workspace_emulator.core.errors import ApiError
from workspace_emulator.core.schemas import Mismatch, answer_check
from workspace_emulator.core.wire import Kept, KeptRows, json_response
from workspace_emulator.sheets.functions import Linked

BATCH_UPDATE = method("sheets.spreadsheets.batchUpdate")
UPDATE = method("sheets.spreadsheets.values.update")
GET = method("sheets.spreadsheets.get")
EVENT = method("calendar.events.insert")


def refusal(body: Any, of: Any = BATCH_UPDATE) -> str:
    with pytest.raises(ApiError) as caught:
        arguments.body(of, json.dumps(body).encode())
    assert caught.value.status == 400
    return caught.value.message


def accepted(body: Any, of: Any = BATCH_UPDATE) -> Any:
    return arguments.body(of, json.dumps(body).encode())


def test_names_an_unknown_field_and_its_place() -> None:
    body = {"requests": [{"addSheet": {"properties": {"titel": "x"}}}]}
    assert refusal(body) == (
        "Invalid JSON payload received. Unknown name \"titel\" at 'requests[0].add_sheet.properties': "
        "Cannot find field."
    )


def test_names_an_unknown_field_at_the_top() -> None:
    assert refusal({"request": []}) == (
        'Invalid JSON payload received. Unknown name "request": Cannot find field.'
    )


def test_names_a_value_of_the_wrong_type() -> None:
    body = {"requests": [{"addSheet": {}}, {"deleteSheet": {"sheetId": "first"}}]}
    assert refusal(body) == "Invalid value at 'requests[1].delete_sheet.sheet_id' (TYPE_INT32), \"first\""


def test_refuses_a_list_of_values_as_google_was_seen_to() -> None:
    assert refusal({"values": "X", "majorDimension": None}, UPDATE) == (
        "Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue), \"X\""
    )


def test_refuses_a_word_that_is_not_in_the_list() -> None:
    assert "'data.major_dimension'" in refusal({"majorDimension": "DIAGONALS"}, UPDATE)


@pytest.mark.parametrize("number", [2**31, -(2**31) - 1, 1.5, True, "1.5"])
def test_refuses_a_number_that_is_no_int32(number: object) -> None:
    assert "TYPE_INT32" in refusal({"requests": [{"deleteSheet": {"sheetId": number}}]})


@pytest.mark.parametrize("number", [7, "7", 7.0, "7.0", "70e-1"])
def test_takes_whole_numbers_as_google_does(number: object) -> None:
    taken = accepted({"requests": [{"deleteSheet": {"sheetId": number}}]})
    assert taken == {"requests": [{"deleteSheet": {"sheetId": 7}}]}
    assert isinstance(taken["requests"][0]["deleteSheet"]["sheetId"], int)


def test_reads_null_as_absent() -> None:
    assert accepted({"values": [[1, None]], "majorDimension": None}, UPDATE) == {"values": [[1, None]]}


def test_keeps_null_in_a_patch_of_an_older_api() -> None:
    assert accepted({"location": None}, method("calendar.events.patch")) == {"location": None}


def test_reads_a_lone_value_as_a_list_of_one() -> None:
    assert accepted({"requests": {"addSheet": {}}}) == {"requests": [{"addSheet": {}}]}


def test_refuses_what_is_not_json() -> None:
    with pytest.raises(ApiError, match="Invalid JSON payload received"):
        arguments.body(BATCH_UPDATE, b"{requests: []}")


@pytest.mark.parametrize(
    ("before", "text", "read"),
    [(b"\xef\xbb\xbf", b"x", "x"), (b"", b"\\ud83d\\ude00", "\U0001f600"), (b" \n", b"x", "x")],
)
def test_reads_what_is_rare_in_json(before: bytes, text: bytes, read: str) -> None:
    content = before + b'{"summary": "' + text + b'"}'
    assert arguments.body(EVENT, content) == {"summary": read}


@pytest.mark.parametrize("text", ["True", "true"])
def test_takes_true_and_True_in_a_query(text: str) -> None:  # noqa: N802 - both spellings matter
    assert arguments.typed(GET, {"spreadsheetId": "1"}, [("includeGridData", text)]) == {
        "spreadsheetId": "1",
        "includeGridData": True,
    }


def test_gathers_a_repeated_parameter() -> None:
    params = arguments.typed(GET, {"spreadsheetId": "1"}, [("ranges", "A1"), ("ranges", "B2")])
    assert params["ranges"] == ["A1", "B2"]


def test_refuses_an_unknown_parameter() -> None:
    with pytest.raises(ApiError, match='Unknown name "includeGrid": Cannot bind query parameter'):
        arguments.typed(GET, {"spreadsheetId": "1"}, [("includeGrid", "true")])


def test_ignores_a_parameter_of_another_method_in_drive() -> None:
    get = method("drive.files.get")
    query = [("includeItemsFromAllDrives", "True"), ("fields", "id")]
    assert arguments.typed(get, {"fileId": "1"}, query) == {"fileId": "1", "fields": "id"}


def test_refuses_a_parameter_that_is_missing() -> None:
    with pytest.raises(ApiError, match="Required parameter: destination"):
        arguments.typed(method("calendar.events.move"), {"calendarId": "c", "eventId": "e"}, [])


@pytest.mark.parametrize(("name", "text"), [("maxResults", "many"), ("maxResults", "0"), ("orderBy", "size")])
def test_refuses_a_parameter_of_the_wrong_type(name: str, text: str) -> None:
    with pytest.raises(ApiError) as caught:
        arguments.typed(method("calendar.events.list"), {"calendarId": "c"}, [(name, text)])
    assert (caught.value.status, caught.value.location) == (400, name)


@pytest.mark.parametrize(
    ("answer", "place"),
    [
        ({"start": {"dateTime": "2026-03-02T09:00:00"}}, "start.date_time"),
        ({"sequence": "1"}, "sequence"),
        ({"attendees": {"email": "a@b.c"}}, "attendees"),
        ({"updated": None}, "updated"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_holds_answers_to_the_letter(answer: Any, place: str) -> None:
    with pytest.raises(Mismatch) as caught:
        answer_check("calendar.v3", "Event")(answer)
    assert place in str(caught.value)


def test_accepts_an_answer_as_documented() -> None:
    answer_check("calendar.v3", "Event")(
        {"id": "e1", "sequence": 0, "start": {"dateTime": "2026-03-02T09:00:00Z"}, "attendees": []}
    )


def test_compiles_a_document_whose_schemas_contain_themselves() -> None:
    part = {"parts": [{"parts": [{"partId": 5}]}]}
    with pytest.raises(Mismatch, match=r"parts\[0\].parts\[0\].part_id"):
        answer_check("gmail.v1", "MessagePart")(part)


COLOUR = method("sheets.spreadsheets.create")


@pytest.mark.parametrize("amount", [1, 0.5, "0.5", "-1e2"])
def test_takes_numbers_as_google_does(amount: str | float) -> None:
    body = {"properties": {"defaultFormat": {"backgroundColor": {"red": amount}}}}
    taken = accepted(body, COLOUR)["properties"]["defaultFormat"]["backgroundColor"]["red"]
    assert (taken, type(taken)) == (float(amount), type(taken))
    assert not isinstance(taken, str)


@pytest.mark.parametrize("amount", [True, "red", {}])
def test_refuses_what_is_no_number(amount: object) -> None:
    body = {"properties": {"defaultFormat": {"backgroundColor": {"red": amount}}}}
    assert refusal(body, COLOUR).startswith(
        "Invalid value at 'spreadsheet.properties.default_format.background_color.red' (TYPE_DOUBLE)"
    )


@pytest.mark.parametrize(("flag", "fits"), [(True, True), ("true", True), ("yes", False), (1, False)])
def test_takes_flags_as_google_does(flag: object, fits: bool) -> None:
    body = {"requests": [], "includeSpreadsheetInResponse": flag}
    if fits:
        assert accepted(body)["includeSpreadsheetInResponse"] is True
    else:
        assert "TYPE_BOOL" in refusal(body)


def test_refuses_a_text_that_is_none() -> None:
    assert refusal({"raw": 5}, method("gmail.users.messages.send")) == (
        "Invalid value at 'message.raw' (TYPE_BYTES), Base64 decoding failed for 5"
    )
    assert "TYPE_STRING" in refusal({"threadId": 5}, method("gmail.users.messages.send"))


@pytest.mark.parametrize("number", [7, "7"])
def test_takes_a_large_number_as_text_or_number(number: object) -> None:
    assert accepted({"historyId": number}, method("gmail.users.messages.send")) == {"historyId": "7"}


@pytest.mark.parametrize(
    ("document", "schema", "answer"),
    [
        ("gmail.v1", "Profile", {"historyId": 7}),
        ("sheets.v4", "GridProperties", {"rowCount": "7"}),
        ("sheets.v4", "SpreadsheetProperties", {"title": None}),
        ("sheets.v4", "Sheet", {"merges": {}}),
        ("sheets.v4", "Spreadsheet", {"sheets": ["A"]}),
        ("storage.v1", "Object", {"metadata": {"a": 1}}),
        ("calendar.v3", "EventDateTime", {"date": "2026-02-30"}),
    ],
)
def test_never_lets_an_answer_of_the_wrong_type_pass(document: str, schema: str, answer: Any) -> None:
    with pytest.raises(Mismatch):
        answer_check(document, schema)(answer)


def test_takes_no_body_where_the_method_has_none() -> None:
    assert arguments.body(GET, b"whatever") is None


def test_reads_an_empty_body_as_an_empty_message() -> None:
    assert arguments.body(method("sheets.spreadsheets.values.clear"), b"") == {}


@pytest.mark.parametrize(
    "value", [10**30, 0.1, float(10**17), "half \ud83d a pair", {"a": ["ü", None, True]}]
)
def test_writes_whatever_an_answer_holds(value: Any) -> None:
    written = json_response({"value": value}).json["value"]
    assert written == (value.replace("\ud83d", "?") if isinstance(value, str) else value)


def test_writes_what_is_kept_once_and_as_it_would_anyway() -> None:
    kept = Kept(id="é", inner={"n": 2**60})
    assert json_response({"items": [kept, kept]}).body == json_response({"items": [dict(kept)] * 2}).body
    written = kept.written
    assert json_response(kept).body == json_response(dict(kept)).body
    assert kept.written is written
    assert json_response({"items": [Kept(n=2**70)]}).json == {"items": [{"n": 2**70}]}


def test_writes_rows_that_are_kept_with_text_that_leads_somewhere() -> None:
    link = Linked("Ada")
    link.address = "https://example.com"
    assert json_response({"values": KeptRows([[link, 1], []])}).body == b'{"values":[["Ada",1],[]]}'
