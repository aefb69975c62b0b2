"""Whatever fits a method's form is answered or refused: never is it a server's error. The seed is fixed.

``REQUESTS=200 python -m pytest tests/test_any_request.py`` makes so many to each method; six take two seconds.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from any_request import Maker, templates
from workspace_emulator import Clock, Front, User, Workspace
from workspace_emulator.core.discovery import NAMES, Document, Method, document
from workspace_emulator.core.wire import Request

REQUESTS = int(os.environ.get("REQUESTS", "6"))
AT_TEN = {"dateTime": "2026-03-03T10:00:00Z", "timeZone": "UTC"}
MAIL = {"raw": base64.urlsafe_b64encode(b"To: ada@example.com\r\nSubject: x\r\n\r\nHi").decode()}


DAILY = {
    "start": AT_TEN,
    "end": AT_TEN,
    "recurrence": ["RRULE:FREQ=DAILY"],
    "attendees": [{"email": "b@x.y"}],
}


def furnished() -> tuple[Front, dict[str, str]]:
    """Return a Workspace in which there is one of each thing, and what they are called."""
    workspace = Workspace(accept_any_token=True, clock=Clock(datetime(2026, 3, 2, 9, tzinfo=UTC)))
    for name in ("ada", "ben"):
        workspace.add_user(User(email=f"{name}@example.com", name=name.title(), is_admin=name == "ada"))
    front = Front(workspace)

    def made(path: str, body: object) -> Any:
        headers = {"Authorization": "Bearer local:ada@example.com", "Content-Type": "application/json"}
        request = Request(method="POST", target=path, headers=headers, body=json.dumps(body).encode())
        return front.answer(request).json

    book = made("/v4/spreadsheets", {})["spreadsheetId"]
    made(
        f"/v4/spreadsheets/{book}/values/A1:append?valueInputOption=USER_ENTERED",
        {"values": [["a", 1, "=B1"]]},
    )
    message = made("/gmail/v1/users/me/messages", MAIL | {"labelIds": ["INBOX"]})
    made("/storage/v1/b?project=p", {"name": "bucket"})
    made("/upload/storage/v1/b/bucket/o?uploadType=media&name=object", {})
    return front, {
        "spreadsheetId": book,
        "fileId": book,
        "sheetId": "0",
        "range": "A1:C3",
        "calendarId": "primary",
        "eventId": made("/calendar/v3/calendars/primary/events", DAILY)["id"],
        "userId": "me",
        "messages.id": message["id"],
        "messageId": message["id"],
        "threads.id": message["threadId"],
        "drafts.id": made("/gmail/v1/users/me/drafts", {"message": MAIL})["id"],
        "labels.id": made("/gmail/v1/users/me/labels", {"name": "L"})["id"],
        "bucket": "bucket",
        "object": "object",
        "userKey": "ada@example.com",
        "setting": "timezone",
    }


def methods(front: Front) -> Iterator[tuple[Document, Method, str]]:
    for found in map(document, NAMES):
        for method_id, template in templates(found.source):
            if method_id in front.handlers and method_id in found.methods:
                yield found, found.methods[method_id], template


def test_never_fails_whatever_a_request_holds() -> None:
    front, known = furnished()
    fresh = front.workspace.store.snapshot()
    maker = Maker(Random(1), known)  # noqa: S311 - the same requests each time
    for found, method, template in methods(front):
        for _ in range(REQUESTS):
            request = maker.request(found, method, template)
            status = front.answer(request).status
            assert status < 500 or status == 501, request
        front.workspace.store.restore(fresh)


NO_JSON = (
    "NaN",
    "-Infinity",
    "1e999",
    "9" * 5000,
    '"\\ud800"',
    "[" * 101 + "]" * 101,
    '{"x":' * 100_000 + "1",
)


@pytest.mark.parametrize("odd", NO_JSON, ids=lambda odd: odd[:9])
def test_refuses_what_is_no_json_or_too_deep(odd: str) -> None:
    front, known = furnished()
    maker = Maker(Random(1), known)  # noqa: S311 - the same requests each time
    for found, method, template in methods(front):
        for name in found.source["schemas"][method.request].get("properties", {}) if method.request else ():
            request = replace(maker.request(found, method, template), body=f'{{"{name}": [{odd}]}}'.encode())
            answer = front.answer(request)
            assert answer.status in {400, 403, 404, 501}, request
            assert answer.status != 400 or answer.json["error"]["code"] == 400


def test_refuses_what_is_no_json_in_its_own_calls() -> None:
    front, _ = furnished()
    headers = {"Content-Type": "application/json"}
    request = Request(method="POST", target="/local/clock", headers=headers, body=b"[" * 100_000)
    assert front.answer(request).json["error"]["code"] == 400
