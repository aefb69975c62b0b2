"""Google's HTTP batches, sent by google-api-python-client."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from googleapiclient.errors import HttpError

from workspace_emulator import Workspace
from workspace_emulator.clients import client


@pytest.fixture
def directory(ada: requests.Session) -> Any:
    return client("admin", "directory_v1", ada)


def test_answers_each_call_of_a_batch_by_its_id(directory: Any, workspace: Workspace) -> None:
    found: dict[str, Any] = {}
    batch = directory.new_batch_http_request(
        callback=lambda name, answer, error: found.update({name: error or answer})
    )
    for name in ("ada", "nobody", "ben"):
        batch.add(directory.users().get(userKey=f"{name}@example.com"), request_id=name)
    batch.execute()
    assert [found[name]["name"]["fullName"] for name in ("ada", "ben")] == ["Ada Byron", "Ben Okri"]
    assert isinstance(found["nobody"], HttpError)
    assert found["nobody"].status_code == 404
    assert [c.method_id for c in workspace.calls] == ["directory.users.get"] * 3


def test_refuses_a_batch_that_is_no_multipart_body(ada: requests.Session) -> None:
    answer = ada.post("https://www.googleapis.com/batch/calendar/v3", data=b"x")
    assert answer.status_code == 400
