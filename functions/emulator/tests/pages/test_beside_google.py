"""Google's APIs under their usual paths, beside the pages."""

from __future__ import annotations

import json
import re
import socket
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
import requests
from pages_world import World

from workspace_emulator import Effect, Fault
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


def call(world: World, method: str, path: str, *head: str, version: str = "1.1") -> bytes:
    token = world.workspace.identity.token_for("ada@example.com")
    lines = [f"{method} {path} HTTP/{version}", "Host: here", f"Authorization: Bearer {token}", *head, "", ""]
    return "\r\n".join(lines).encode()


def said(world: World, *pieces: bytes, until: bytes) -> bytes:
    """Return what comes back over one connection for what is sent in pieces."""
    address = urlsplit(world.address)
    with socket.create_connection((str(address.hostname), int(address.port or 0)), timeout=20) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        received = b""
        for piece in pieces:
            connection.sendall(piece)
        while until not in received:
            received += connection.recv(65536) or pytest.fail(f"{received!r} ended before {until!r}")
    return received


BUCKET = "/upload/storage/v1/b/{}/o?uploadType=media&name=a"


def test_answers_calls_that_come_at_once_in_their_order(world: World) -> None:
    calls = [call(world, "GET", f"/files?pageSize={size}") for size in (1, 2)]
    page, last = b"GET /clock HTTP/1.1\r\nHost: here\r\n\r\n", call(world, "GET", "/storage/v1/b/none/o/last")
    received = said(world, calls[0] + page + calls[1] + last, until=b"notFound")
    assert re.findall(rb"HTTP/1.1 (\d+)", received) == [b"200", b"200", b"200", b"404"]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (("Content-Length: 6",), (b"one", b"two")),
        (("Transfer-Encoding: chunked",), (b"3\r\none\r\n", b"3\r\ntwo\r\n0\r\n\r\n")),
        (("Content-Length: 6", "Expect: 100-continue"), (b"one", b"two")),
        (("Content-Length: 6", "Connection: close"), (b"one", b"two")),
    ],
)
def test_takes_a_body_however_it_comes(world: World, head: tuple[str, ...], body: tuple[bytes, ...]) -> None:
    received = said(world, call(world, "POST", BUCKET.format("taken"), *head), *body, until=b'"size":"6"')
    assert received.startswith((b"HTTP/1.1 200", b"HTTP/1.1 100"))
    assert (b"connection: close" in received) is ("Connection: close" in head)
    assert asked(connected(world), world, "/storage/v1/b/taken/o/a?alt=media")[2] == b"onetwo"


def test_says_the_length_alone_where_only_the_head_is_asked_for(world: World) -> None:
    both = call(world, "HEAD", "/local/clock") + call(world, "GET", "/local/clock")
    first, second, body = said(world, both, until=b"}").split(b"\r\n\r\n")
    assert first.startswith(b"HTTP/1.1 404 ")
    assert f"content-length: {len(body)}".encode() in second


def test_lets_others_ask_while_a_delayed_call_waits(world: World) -> None:
    """A fault may wait, so it goes to a thread; without one the connection answers itself."""
    world.workspace.faults.add(Fault(effect=Effect.REFUSE, status=429, method="drive.*", times=1))
    try:
        connection = connected(world)
        assert [asked(connection, world, "/files?pageSize=1")[0] for _ in range(2)] == [429, 200]
    finally:
        world.workspace.faults.clear()
