"""Google's APIs under their usual paths, beside the pages."""

from __future__ import annotations

import json
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
import requests
from pages_world import World

from workspace_emulator.core.wire import Request

USER = "/admin/directory/v1/users/ada@example.com?viewType=domain_public"


def connected(world: World) -> HTTPConnection:
    return HTTPConnection(urlsplit(world.address).netloc, timeout=20)


def asked(connection: HTTPConnection, world: World, path: str) -> tuple[int, str, bytes]:
    token = world.workspace.identity.token_for("ada@example.com")
    connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
    answer = connection.getresponse()
    return answer.status, answer.headers["Content-Type"], answer.read()


def test_answers_as_google_does_when_it_has_failed_itself_and_keeps_the_connection(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError

    connection = connected(world)
    with monkeypatch.context() as patched:
        patched.setitem(world.front.handlers, "directory.users.get", fail)
        status, kind, body = asked(connection, world, USER)
    assert (status, kind) == (500, "application/json; charset=UTF-8")
    assert json.loads(body)["error"]["code"] == 500
    same = connection.sock
    assert asked(connection, world, USER)[0] == 200
    assert connection.sock is same


def test_answers_with_the_clock_of_the_workspace(world: World) -> None:
    connection = connected(world)
    connection.request("GET", "/local/clock")
    assert connection.getresponse().headers.get_all("Date") == ["Tue, 03 Mar 2026 09:20:00 GMT"]


@pytest.mark.parametrize(
    ("path", "google"),
    [
        ("/v4/spreadsheets/x", True),
        ("/calendar/v3/calendars/primary", True),
        ("/token", True),
        ("/o/oauth2/v2/auth", True),
        ("/tokeninfo", True),
        ("/discovery/v1/apis/drive/v3/rest", True),
        ("/spreadsheets/d/x/export?format=csv", True),
        ("/v1/people/me", True),
        ("/batch/drive/v3", True),
        ("/local/clock", True),
        ("/spreadsheets/x", False),
        ("/calendars/ada@example.com", False),
        ("/mail/ada@example.com", False),
        ("/v4beta", False),
        ("/", False),
    ],
)
def test_tells_what_google_is_asked_from_the_pages(world: World, path: str, google: bool) -> None:
    method = "POST" if path.startswith("/batch") else "GET"
    assert world.front.is_asked(Request(method=method, target=path)) is google
    assert world.front.is_asked(Request(method=method, target=path, headers={"Authorization": "Bearer x"}))


def test_has_every_address_that_is_no_api_s_beside_the_pages(world: World) -> None:
    document = requests.get(f"{world.address}/discovery/v1/apis/drive/v3/rest", timeout=20).json()
    assert document["rootUrl"] == f"{world.address}/"
    assert requests.get(f"{world.address}/tokeninfo?access_token=x", timeout=20).status_code == 400
    consent = requests.get(f"{world.address}/o/oauth2/v2/auth?client_id=nobody", timeout=20)
    assert consent.headers["content-type"].startswith("text/html")
    assert "There is no such page" not in consent.text


def test_understands_calls_to_its_root_address(world: World) -> None:
    connection = connected(world)
    assert (
        asked(connection, world, "/calendars/primary")[2]
        == asked(connection, world, "/calendar/v3/calendars/primary")[2]
    )
    assert asked(connection, world, "/files?pageSize=1")[0] == 200
    assert asked(connection, world, "/nothing/there")[:2] == (404, "text/html; charset=UTF-8")
