"""The local Workspace over a real socket, as a WSGI application, and its own paths under /local/."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from google.auth.transport.requests import Request as AuthRequest
from google.oauth2 import service_account

import workspace_emulator
from workspace_emulator import Effect, Fault, Front, Workspace
from workspace_emulator.__main__ import main
from workspace_emulator.http_server import serving, wsgi_app

USERS = "/admin/directory/v1/users"
SCOPES = ["https://www.googleapis.com/auth/admin.directory.user.readonly"]
UPLOADS = "/upload/storage/v1/b/bucket/o?uploadType=media&name="


@pytest.fixture
def url(front: Front) -> Iterator[str]:
    with serving(front) as address:
        yield address


@pytest.fixture
def http(front: Front) -> requests.Session:
    session = requests.Session()
    token = front.workspace.identity.token_for("ada@example.com")
    session.headers["Authorization"] = f"Bearer {token}"
    return session


def test_answers_over_a_socket_as_in_process(url: str, http: requests.Session, ada: requests.Session) -> None:
    for path in (f"{USERS}/ada@example.com", f"{USERS}/nobody@example.com", "/nowhere"):
        over_http, inside = http.get(url + path), ada.get("https://www.googleapis.com" + path)
        assert (over_http.status_code, over_http.content) == (inside.status_code, inside.content)


def test_keeps_a_connection_for_many_requests(front: Front, url: str) -> None:
    token = front.workspace.identity.token_for("ada@example.com")
    host, port = url.removeprefix("http://").split(":")
    ask = (
        f"GET {USERS}/ada@example.com HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n"
    ).encode()
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(ask * 3)
        received = b""
        while received.count(b"HTTP/1.1 200 OK") < 3 or not received.endswith(b"}"):
            received += connection.recv(65536)
    assert len(front.workspace.calls) == 3


def test_reads_a_body_in_chunks(url: str, http: requests.Session) -> None:
    http.post(url + UPLOADS + "a", data=(part for part in (b"one", b"two")))
    assert http.get(f"{url}/storage/v1/b/bucket/o/a?alt=media").content == b"onetwo"


@pytest.mark.parametrize(("effect", "found"), [(Effect.DROP_BEFORE, 404), (Effect.DROP_AFTER, 200)])
def test_hangs_up_without_an_answer_when_dropped(
    workspace: Workspace, url: str, http: requests.Session, effect: Effect, found: int
) -> None:
    workspace.faults.add(Fault(effect=effect, times=1))
    with pytest.raises(requests.ConnectionError):
        http.post(url + UPLOADS + "a", data=b"x")
    assert http.get(f"{url}/storage/v1/b/bucket/o/a").status_code == found


def test_loses_no_write_of_many_threads(url: str, http: requests.Session) -> None:
    def write(worker: int) -> None:
        session = requests.Session()
        session.headers.update(http.headers)
        for number in range(10):
            session.post(f"{url}{UPLOADS}{worker}-{number}", data=b"x")

    threads = [threading.Thread(target=write, args=(worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(http.get(f"{url}/storage/v1/b/bucket/o").json()["items"]) == 40


def test_answers_as_a_wsgi_application(front: Front, http: requests.Session) -> None:
    started: list[Any] = []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/upload/storage/v1/b/bucket/o",
        "QUERY_STRING": "uploadType=media&name=%C3%A4",
        "HTTP_AUTHORIZATION": http.headers["Authorization"],
        "CONTENT_TYPE": "text/plain",
        "CONTENT_LENGTH": "2",
        "wsgi.input": io.BytesIO(b"hi, and the next request"),
    }
    body = b"".join(wsgi_app(front)(environ, lambda *args: started.append(args)))
    status, headers = started[0]
    assert (status, dict(headers)["Content-Length"]) == ("200 OK", str(len(body)))
    assert "ä".encode() in body


def test_sets_moves_and_starts_the_clock(url: str) -> None:
    set_to = {"set": "2026-05-01T10:00:00+02:00"}
    assert requests.post(f"{url}/local/clock", json=set_to, timeout=9).json() == {
        "now": "2026-05-01T08:00:00+00:00",
        "stands_still": True,
    }
    requests.post(f"{url}/local/clock", json={"move": 3600}, timeout=9)
    assert requests.get(f"{url}/local/clock", timeout=9).json()["now"] == "2026-05-01T09:00:00+00:00"
    assert not requests.post(f"{url}/local/clock", json={"run": True}, timeout=9).json()["stands_still"]


def test_refuses_a_moment_without_a_zone(url: str, workspace: Workspace) -> None:
    before = workspace.clock.now()
    answer = requests.post(f"{url}/local/clock", json={"set": "2026-05-01T10:00:00"}, timeout=9)
    assert (answer.status_code, workspace.clock.now()) == (400, before)


def test_takes_faults_over_http(url: str, http: requests.Session) -> None:
    fault = {"effect": "refuse", "status": 429, "method": "directory.*", "times": 1}
    requests.post(f"{url}/local/faults", json=fault, timeout=9)
    assert [http.get(f"{url}{USERS}/ada@example.com").status_code for _ in range(2)] == [429, 200]
    assert requests.get(f"{url}/local/faults", timeout=9).json()["struck"][0]["status"] == 429
    requests.delete(f"{url}/local/faults", timeout=9)
    assert requests.get(f"{url}/local/faults", timeout=9).json() == {"faults": [], "struck": []}


@pytest.mark.parametrize("body", [{"effect": "explode"}, {"colour": "red"}])
def test_refuses_a_fault_that_it_does_not_understand(url: str, body: dict[str, str]) -> None:
    assert requests.post(f"{url}/local/faults", json=body, timeout=9).status_code == 400


def test_goes_back_to_a_snapshot_over_http(url: str, http: requests.Session) -> None:
    taken = requests.post(f"{url}/local/snapshot", timeout=9).json()
    http.post(url + UPLOADS + "a", data=b"x")
    requests.post(f"{url}/local/restore", json=taken, timeout=9)
    assert http.get(f"{url}/storage/v1/b/bucket/o/a").status_code == 404


def test_adds_users_and_gives_out_tokens_over_http(url: str) -> None:
    requests.post(f"{url}/local/users", json={"email": "new@example.com", "name": "New"}, timeout=9)
    token = requests.post(f"{url}/local/tokens", json={"user": "new@example.com"}, timeout=9).json()
    answer = requests.get(
        f"{url}{USERS}/new@example.com?viewType=domain_public",
        headers={"Authorization": f"Bearer {token['access_token']}"},
        timeout=9,
    )
    assert answer.json()["name"]["fullName"] == "New"
    assert requests.get(f"{url}/local/calls", timeout=9).json()["calls"][0]["user"] == "new@example.com"


def test_creates_a_service_account_with_its_rights_over_http(url: str, workspace: Workspace) -> None:
    wanted = {"email": "a@p.iam.gserviceaccount.com", "delegated_scopes": SCOPES, "signers": ["run@p"]}
    info = requests.post(f"{url}/local/service-accounts", json=wanted, timeout=9).json()
    info["token_uri"] = f"{url}/token"
    by = service_account.Credentials.from_service_account_info(info, scopes=SCOPES, subject="ben@example.com")
    by.refresh(AuthRequest())
    headers = {"Authorization": f"Bearer {by.token}"}
    assert requests.get(f"{url}{USERS}/ada@example.com", headers=headers, timeout=9).status_code == 403
    assert workspace.calls[-1].user == "ben@example.com"
    assert workspace.identity.may_sign_as("run@p", "a@p.iam.gserviceaccount.com")


def test_gives_out_and_revokes_a_refresh_token_over_http(url: str) -> None:
    wanted = {"user": "ben@example.com", "scopes": SCOPES}
    given = requests.post(f"{url}/local/refresh-tokens", json=wanted, timeout=9).json()
    form = {"grant_type": "refresh_token", **given}
    first = requests.post(f"{url}/token", data=form, timeout=9)
    requests.post(f"{url}/local/revoke", json={"token_or_user": given["refresh_token"]}, timeout=9)
    second = requests.post(f"{url}/token", data=form, timeout=9)
    assert (first.status_code, second.status_code, second.json()["error"]) == (200, 400, "invalid_grant")


def test_takes_nothing_from_a_form_on_somebody_elses_page(url: str, workspace: Workspace) -> None:
    before = workspace.clock.now()
    answer = requests.post(f"{url}/local/clock", data='{"move": 60}', timeout=9)
    assert (answer.status_code, workspace.clock.now()) == (400, before)


def test_tells_a_caller_when_it_has_failed_itself(
    front: Front, url: str, http: requests.Session, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError

    front.handlers["directory.users.get"] = fail
    before = list(front.workspace.store.collection("users"))
    answer = http.get(f"{url}{USERS}/ada@example.com")
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, 500)
    assert answer.json()["error"]["message"] == "Internal error encountered."
    assert "ZeroDivisionError" in caplog.text
    assert list(front.workspace.store.collection("users")) == before
    assert front.workspace.calls[-1].status == 500


def test_serves_from_the_command_line() -> None:
    command = [sys.executable, "-m", "workspace_emulator", "--port", "0", "--no-pages", "--domain", "x.org"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=_environment()) as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            answer = requests.get(said.split()[-1] + "/local/users", timeout=9).json()
        finally:
            process.terminate()
    assert said.startswith("A Google Workspace for x.org: http://127.0.0.1:")
    assert [user["email"] for user in answer["users"]] == ["admin@x.org"]


def _environment() -> dict[str, str]:
    """Return the environment with this checkout's packages on the path, installed or not."""
    here = Path(workspace_emulator.__file__).parent.parent
    return {**os.environ, "PYTHONPATH": str(here)}


def test_explains_its_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert "--strict-tokens" in capsys.readouterr().out


def test_refuses_to_start_at_a_time_without_a_zone(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--time", "2026-03-02T09:00:00"])
    assert "needs a time zone" in capsys.readouterr().err


def test_finds_everything_again_in_its_file(tmp_path: Path) -> None:
    path = tmp_path / "workspace.sqlite"
    first = Front(Workspace(path=path, accept_any_token=True))
    with serving(first) as url:
        requests.post(f"{url}/local/users", json={"email": "a@example.com", "name": "A"}, timeout=9)
        headers = {"Authorization": "Bearer x"}
        requests.post(url + UPLOADS + "a", data=b"x", headers=headers, timeout=9)
    first.workspace.close()
    second = Workspace(path=path)
    assert [u.email for u in second.users()] == ["a@example.com"]
    assert list(second.store.collection("storage/bucket")) == ["a"]


def test_finds_its_clock_again_in_its_file(tmp_path: Path) -> None:
    path = tmp_path / "workspace.sqlite"
    moment = datetime(2026, 5, 1, 8, 0, tzinfo=UTC)
    with reopened(path) as workspace:
        workspace.clock.set(moment)
    with reopened(path) as workspace:
        assert workspace.clock.now() == moment
        workspace.clock.run()
    with reopened(path) as workspace:
        assert not workspace.clock.stands_still
        assert moment <= workspace.clock.now() < moment + timedelta(minutes=5)


@contextmanager
def reopened(path: Path) -> Iterator[Workspace]:
    workspace = Workspace(path=path)
    yield workspace
    workspace.close()


def test_names_the_file_that_another_command_holds(tmp_path: Path) -> None:
    path = tmp_path / "workspace.sqlite"
    with reopened(path), pytest.raises(SystemExit) as ended:
        main(["--store", str(path)])
    assert f"{path} is in use" in str(ended.value.code)


def test_refuses_a_body_of_unreadable_length(url: str) -> None:
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(b"POST /v4/spreadsheets HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n")
        assert connection.recv(4096).startswith(b"HTTP/1.1 400 ")
