"""The way in: routes, permissions, refusals in each API's style, uploads and the record of calls."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from workspace_emulator import Front, Workspace, session_for
from workspace_emulator.core import discovery
from workspace_emulator.core.api import Call
from workspace_emulator.core.errors import forbidden

USERS = "https://admin.googleapis.com/admin/directory/v1/users"
BUCKET = "https://storage.googleapis.com/storage/v1/b/bucket/o"
READ_USERS = "https://www.googleapis.com/auth/admin.directory.user.readonly"


def test_knows_every_method_that_its_services_answer(front: Front) -> None:
    unknown = [method for method in front.handlers if discovery.method(method).id != method]
    assert unknown == []
    assert "directory.users.list" in front.handlers


@pytest.mark.parametrize(
    ("verb", "path", "method_id"),
    [
        ("GET", "/v4/spreadsheets/1a", "sheets.spreadsheets.get"),
        ("POST", "/v4/spreadsheets", "sheets.spreadsheets.create"),
        ("POST", "/v4/spreadsheets/1a:batchUpdate", "sheets.spreadsheets.batchUpdate"),
        ("GET", "/v4/spreadsheets/1a/values/A1:B2", "sheets.spreadsheets.values.get"),
        ("POST", "/v4/spreadsheets/1a/values/A1%3AB2:append", "sheets.spreadsheets.values.append"),
        ("POST", "/v4/spreadsheets/1a/values/A1:B2%3Aappend", "sheets.spreadsheets.values.append"),
        ("GET", "/v4/spreadsheets/1a/values:batchGet", "sheets.spreadsheets.values.batchGet"),
        ("POST", "/calendar/v3/freeBusy", "calendar.freebusy.query"),
        ("GET", "/calendar/v3/calendars/ada%40example.com/events/e1", "calendar.events.get"),
        ("POST", "/upload/gmail/v1/users/me/messages/send", "gmail.users.messages.send"),
        ("POST", "/gmail/v1/users/me/messages/batchModify", "gmail.users.messages.batchModify"),
        ("GET", "/gmail/v1/users/me/messages/m1", "gmail.users.messages.get"),
        ("GET", "/download/storage/v1/b/bucket/o/a%2Fb", "storage.objects.get"),
        (
            "POST",
            "/v1/projects/-/serviceAccounts/a@b.iam.gserviceaccount.com:signJwt",
            "iamcredentials.projects.serviceAccounts.signJwt",
        ),
    ],
)
def test_finds_the_method_behind_a_path(verb: str, path: str, method_id: str) -> None:
    route = discovery.find(verb, path)
    assert route is not None
    assert route.method.id == method_id


def test_decodes_path_parameters_after_finding_them() -> None:
    route = discovery.find("GET", "/v4/spreadsheets/1a/values/%27A%2FB%27%21A1%3AB2")
    assert route is not None
    assert route.path == {"spreadsheetId": "1a", "range": "'A/B'!A1:B2"}


def test_takes_no_uploads_where_google_takes_none() -> None:
    assert discovery.find("POST", "/upload/calendar/v3/freeBusy") is None


def test_answers_501_with_the_name_of_a_method_that_is_missing(
    ada: requests.Session, caplog: pytest.LogCaptureFixture
) -> None:
    answer = ada.get("https://storage.googleapis.com/storage/v1/b/bucket/iam")
    assert answer.status_code == 501
    assert (
        answer.json()["error"]["message"] == "The local Workspace does not do storage.buckets.getIamPolicy."
    )
    assert "storage.buckets.getIamPolicy is not implemented" in caplog.text


def test_answers_404_to_a_path_that_no_api_has(
    ada: requests.Session, caplog: pytest.LogCaptureFixture
) -> None:
    answer = ada.get("https://www.googleapis.com/sheets/v9/<b>")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "<b>" not in answer.text
    assert "/sheets/v9/" in caplog.text


def test_asks_for_a_token(ada: requests.Session) -> None:
    del ada.headers["Authorization"]
    answer = ada.get(USERS, params={"customer": "my_customer"})
    assert (answer.status_code, answer.json()["error"]["status"]) == (401, "UNAUTHENTICATED")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_refuses_a_token_without_a_fitting_scope(front: Front) -> None:
    session = session_for(front, "ada@example.com", ["https://www.googleapis.com/auth/spreadsheets"])
    error = session.get(USERS, params={"customer": "my_customer"}).json()["error"]
    assert (error["code"], error["status"]) == (403, "PERMISSION_DENIED")
    assert error["details"][0]["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"
    assert error["details"][0]["metadata"]["method"] == "directory.users.list"


def test_admits_a_token_with_one_of_the_fitting_scopes(front: Front) -> None:
    session = session_for(front, "ada@example.com", [READ_USERS])
    assert session.get(USERS, params={"customer": "my_customer"}).status_code == 200


def test_refuses_in_the_newer_style_for_sheets(front: Front, ada: requests.Session) -> None:
    front.handlers.setdefault("sheets.spreadsheets.get", lambda _: {})
    answer = ada.get("https://sheets.googleapis.com/v4/spreadsheets/x?includeGridData=maybe")
    error = answer.json()["error"]
    assert (answer.status_code, set(error)) == (400, {"code", "message", "status", "details"})


def test_refuses_in_the_older_style_for_storage(ada: requests.Session) -> None:
    words = "The specified bucket does not exist."
    assert ada.get(f"{BUCKET}/none").json() == {
        "error": {
            "code": 404,
            "message": words,
            "errors": [{"message": words, "domain": "global", "reason": "notFound"}],
        }
    }


def test_refuses_a_wrong_body_in_the_older_style_for_calendar(ada: requests.Session) -> None:
    answer = ada.post("https://www.googleapis.com/calendar/v3/freeBusy", json={"timeMin": 5})
    assert set(answer.json()["error"]) == {"code", "message", "errors"}
    assert answer.json()["error"]["errors"][0]["reason"] == "invalid"


def test_refuses_a_lacking_scope_in_the_newer_style_for_calendar_too(front: Front) -> None:
    session = session_for(front, "ada@example.com", [READ_USERS])
    error = session.get("https://www.googleapis.com/calendar/v3/users/me/settings").json()["error"]
    assert set(error) == {"code", "message", "errors", "status", "details"}
    assert error["errors"][0]["reason"] == "insufficientPermissions"


def test_refuses_in_both_styles_at_once_for_the_directory(ada: requests.Session) -> None:
    error = ada.get(f"{USERS}/nobody@example.com").json()["error"]
    assert (error["status"], error["errors"][0]["reason"]) == ("NOT_FOUND", "notFound")


def test_undoes_what_a_refused_call_has_done(
    front: Front, workspace: Workspace, ada: requests.Session
) -> None:
    def change_then_refuse(call: Call) -> Any:
        call.workspace.store.collection("c")["half"] = "done"
        raise forbidden()

    front.handlers["directory.users.get"] = change_then_refuse
    assert ada.get(f"{USERS}/ada@example.com").status_code == 403
    assert dict(workspace.store.collection("c")) == {}


def test_fails_loudly_over_an_answer_that_google_would_never_give(
    front: Front, ada: requests.Session
) -> None:
    front.handlers["directory.users.get"] = lambda _: {"primaryEmail": 5}
    with pytest.raises(AssertionError, match=r"directory.users.get .*primary_email"):
        ada.get(f"{USERS}/ada@example.com")


def test_records_each_call_with_its_user_and_kind(workspace: Workspace, ben: requests.Session) -> None:
    ben.get(f"{BUCKET}/none")
    ben.post("https://storage.googleapis.com/upload/storage/v1/b/bucket/o?name=a", data=b"x")
    ben.get("https://www.googleapis.com/nowhere")
    assert [(c.number, c.method_id, c.user, c.kind, c.status) for c in workspace.calls] == [
        (1, "storage.objects.get", "ben@example.com", "read", 404),
        (2, "storage.objects.insert", "ben@example.com", "write", 200),
        (3, "", "", "read", 404),
    ]


def test_counts_a_post_that_changes_nothing_as_a_read(workspace: Workspace, ada: requests.Session) -> None:
    ada.post("https://www.googleapis.com/calendar/v3/freeBusy", json={})
    ada.post("https://oauth2.googleapis.com/token", data={"grant_type": "none"})
    assert [c.kind for c in workspace.calls] == ["read", "read"]


def test_reads_a_multipart_upload_byte_for_byte(ada: requests.Session) -> None:
    content = b"one\ntwo\r\n--three\r\n\r\n\xff"
    body = (
        b'--b\r\nContent-Type: application/json\r\n\r\n{"name": "a"}\r\n'
        b"--b\r\nContent-Type: text/plain\r\n\r\n" + content + b"\r\n--b--\r\n"
    )
    answer = ada.post(
        "https://storage.googleapis.com/upload/storage/v1/b/bucket/o?uploadType=multipart",
        data=body,
        headers={"Content-Type": "multipart/related; boundary=b"},
    )
    assert answer.json()["contentType"] == "text/plain"
    assert ada.get(f"{BUCKET}/a?alt=media").content == content


def test_names_the_kind_of_upload_that_it_does_not_do(ada: requests.Session) -> None:
    answer = ada.post("https://storage.googleapis.com/upload/storage/v1/b/b/o?uploadType=forms&name=a")
    assert answer.status_code == 501
    assert "forms uploads" in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    "path", ["//storage/v1/b/", "/storage/v1/b/", "/v4/spreadsheets/x/", "/v4/spreadsheets/x/:batchUpdate"]
)
def test_forgives_a_slash_too_many(ada: requests.Session, path: str) -> None:
    method = "POST" if ":" in path else "GET"
    answer = ada.request(method, f"https://www.googleapis.com{path}?project=p")
    assert "text/html" not in answer.headers["Content-Type"]


@pytest.mark.parametrize(
    ("url", "api"),
    [
        ("https://people.googleapis.com/v1/people/me", "the People API"),
        ("https://docs.googleapis.com/v1/documents/x", "the Docs API"),
        ("https://pubsub.googleapis.com/v1/projects/p/topics", "the Pub/Sub API"),
        ("https://www.googleapis.com/calendar/v3/nothing/of/the/kind", "an API that it knows otherwise"),
    ],
)
def test_says_which_of_googles_other_apis_a_path_is_of(ada: requests.Session, url: str, api: str) -> None:
    answer = ada.get(url)
    assert (answer.status_code, api in answer.json()["error"]["message"]) == (501, True)
