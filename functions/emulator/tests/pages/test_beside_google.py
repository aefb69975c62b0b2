"""Google's APIs under their usual paths, beside the pages."""

from __future__ import annotations

from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from pages_world import World

from workspace_emulator.pages.google_api import is_google

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
    assert b'"code": 500' in body
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
        ("/token", True),
        ("/calendar/v3/calendars/primary", True),
        ("/calendars/ada@example.com", False),
        ("/mail/ada@example.com", False),
        ("/v4beta", False),
        ("/", False),
    ],
)
def test_tells_google_s_paths_from_the_pages(path: str, google: bool) -> None:
    assert is_google(path) is google
