"""Each job as the cloud runs it: the functions-framework command, HTTP in, real requests out to a local Workspace."""

from __future__ import annotations

import base64
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import pytest
import requests

from peerpact import serving as entry
from peerpact.google.refusals import Refusal, google_error
from peerpact.jobs.catalogue import JOBS
from peerpact.operating.init import initialise
from peerpact.serving import NEVER, serve
from workspace_emulator import Clock, Front, User, Workspace, serving

ROOT = Path(__file__).resolve().parents[1]
MAILBOX = "mentoring@example.com"


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    """A local Workspace over HTTP with both spreadsheets in it, as environment variables."""
    workspace = Workspace(clock=Clock(datetime(2026, 1, 5, 6, tzinfo=UTC)), accept_any_token=True)
    workspace.add_user(User(email=MAILBOX, name="Peer mentoring"))
    with serving(Front(workspace)) as url:
        known = {
            "PEERPACT_WORKSPACE": url,
            "PEERPACT_MAILBOX": MAILBOX,
            "PEERPACT_TOKEN_KEY": "a-secret-of-this-test",
        }
        known |= {"PEERPACT_EVENT_KEY": "another-of-this-test", "PEERPACT_LOG_KEY": "a-third-of-this-test"}
        lines = [said.words for said in initialise(known, admins=[], title="Peer mentoring")]
        known |= dict(line.split("=", 1) for line in lines if line.startswith("PEERPACT_"))
        yield known


@contextmanager
def served(job: str, environment: dict[str, str], folder: Path) -> Iterator[str]:
    """Start a job's function from another folder, with the plain console script."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).parent / "functions-framework"), "--target", job, "--port", str(port)]
    command += ["--source", str(ROOT / "functions" / "main.py"), "--host", "127.0.0.1"]
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PEERPACT_", "PYTHONPATH"))}
    server = subprocess.Popen(command, cwd=folder, env={**clean, **environment})
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.mark.parametrize("job", list(JOBS))
def test_runs_each_job_when_the_scheduler_posts(
    job: str, environment: dict[str, str], tmp_path: Path
) -> None:
    with served(job, environment, tmp_path) as url:
        answer = requests.post(url, timeout=60)
        assert (answer.status_code, answer.json()["state"]) == (200, "done")
        assert requests.get(url, timeout=60).status_code == 405


def test_says_what_the_configuration_lacks(environment: dict[str, str], tmp_path: Path) -> None:
    lacking = {k: v for k, v in environment.items() if k != "PEERPACT_MAILBOX"}
    with served("check_roster", lacking, tmp_path) as url:
        answer = requests.post(url, timeout=60).json()
    assert answer["state"] == "failed"
    assert answer["why"].startswith("PEERPACT_MAILBOX is not set.")


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_writes_a_line_that_alerts_can_look_at(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    serve("collect_replies")
    monkeypatch.setenv("PEERPACT_PROGRAMME_SPREADSHEET", "nowhere")
    answer, status = serve("collect_replies")
    done, failed = lines(capsys)
    assert (done["severity"], done["job"], done["state"]) == ("INFO", "collect_replies", "done")
    assert (failed["severity"], failed["state"], failed["why"]) == ("ERROR", "failed", answer["why"])
    assert status == 200


def test_says_hourly_how_long_ago_each_job_succeeded(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in (environment | {"PEERPACT_LEASE_BUCKET": "hourly"}).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PEERPACT_TIME", "2026-01-05T06:00:00+00:00")
    serve("report")
    monkeypatch.setenv("PEERPACT_TIME", "2026-01-06T09:30:00+00:00")
    serve("check_roster")
    beats = {b["job"]: b["hours_since_success"] for b in lines(capsys) if b.get("state") == "heartbeat"}
    assert beats == dict.fromkeys(JOBS, NEVER) | {"report": 27.5, "check_roster": 0}


def test_writes_every_field_that_an_alert_looks_at(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in (environment | {"PEERPACT_LEASE_BUCKET": "leases"}).items():
        monkeypatch.setenv(name, value)
    mail = base64.urlsafe_b64encode(
        b"From: sam@example.com\r\nSubject: Hello\r\n\r\nWho are you?\r\n"
    ).decode()
    requests.post(
        f"{environment['PEERPACT_WORKSPACE']}/gmail/v1/users/me/messages",
        json={"raw": mail, "labelIds": ["INBOX"]},
        headers={"Authorization": f"Bearer local:{MAILBOX}"},
        timeout=9,
    ).raise_for_status()
    for job in JOBS:
        serve(job)
    written = {field for line in lines(capsys) for field in line}
    watched = set(re.findall(r"jsonPayload\.(\w+)", (ROOT / "infra" / "monitoring.tf").read_text("utf-8")))
    assert watched
    assert watched <= written


SECRETS = {"I will talk to Dina about the budget.", "ben@example.com", "a-very-secret-token"}


def without_secrets(said: str) -> str:
    assert [secret for secret in SECRETS if secret in said] == []
    return said


def test_says_where_a_bug_is_and_nothing_of_what_it_was_about(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stumble(*_: Any, **__: Any) -> NoReturn:
        raise KeyError(*SECRETS)

    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(entry, "run", stumble)
    answer, status = serve("check_roster")
    out, err = capsys.readouterr()
    line = json.loads(without_secrets(out))
    assert (status, line["severity"], line["state"], err) == (500, "ERROR", "failed", "")
    assert line["why"] == answer["why"]
    assert without_secrets(str(answer["why"])).startswith("A bug in Peerpact: KeyError at serving.py:")


@pytest.mark.parametrize(
    ("refusal", "state", "status", "says"),
    [
        (
            Refusal(429, "RESOURCE_EXHAUSTED", "Quota exceeded for a minute"),
            "continue",
            503,
            "goes on from here",
        ),
        (Refusal(403, "rateLimitExceeded", "Rate Limit Exceeded"), "continue", 503, "goes on from here"),
        (Refusal(0, "noAnswer", "no answer (Timeout)"), "failed", 503, "could not be reached"),
        (Refusal(403, "quotaExceeded", "Calendar usage limits exceeded."), "continue", 200, "limit of use"),
        (Refusal(403, "accessNotConfigured", "it is disabled."), "failed", 200, "is not switched on"),
        (Refusal(403, "insufficientPermissions", "insufficient"), "failed", 200, "A scope is missing"),
        (Refusal(403, "forbidden", "The caller does not have permission"), "failed", 200, "is shared with"),
    ],
    ids=lambda value: value.reason if isinstance(value, Refusal) else "",
)
def test_rings_no_alarm_where_nobody_can_do_anything_but_wait(
    refusal: Refusal,
    state: str,
    status: int,
    says: str,
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stop(*_: Any, **__: Any) -> NoReturn:
        raise google_error(refusal, "calendar")

    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(entry, "run", stop)
    answer, found = serve("check_roster")
    assert (answer["state"], found) == (state, status)
    assert says in str(answer["why"])


def test_passes_nothing_on_of_what_google_repeats_of_a_request(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words, _, address = sorted(SECRETS)
    fault = {
        "effect": "refuse",
        "method": "sheets.*",
        "status": 400,
        "times": 1,
        "message": f'Invalid value at data[0] (string), "{words}" of {address}',
    }
    requests.post(
        f"{environment['PEERPACT_WORKSPACE']}/local/faults", json=fault, timeout=9
    ).raise_for_status()
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    answer, _ = serve("check_roster")
    assert "Invalid value at data[0] (string), (text) of (address)" in without_secrets(str(answer))
    without_secrets(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"PEERPACT_MAILBOX": ""}, "PEERPACT_MAILBOX is not set."),
        ({"PEERPACT_MAILBOX": "a-very-secret-token"}, "PEERPACT_MAILBOX must be one address."),
        ({"PEERPACT_TOKEN_KEYS": "a-very-secret-token"}, "PEERPACT_TOKEN_KEYS is not a variable that"),
        ({"PEERPACT_TIME": "tomorrow"}, "PEERPACT_TIME must be a moment with its time zone"),
        ({"PEERPACT_TIME": "2026-01-05T06:00:00"}, "PEERPACT_TIME must be a moment with its time zone"),
        ({"PEERPACT_WORKSPACE": "127.0.0.1:8090"}, "PEERPACT_WORKSPACE must be the address of a local"),
        (
            {"PEERPACT_LEDGER_SPREADSHEET": "https://docs.google.com/spreadsheets/d/x/edit"},
            "must be a spreadsheet's id alone",
        ),
        (
            {"PEERPACT_DELEGATE_ACCOUNT": "d@example.com", "PEERPACT_REFRESH_TOKEN": "a-very-secret-token"},
            "Set PEERPACT_DELEGATE_ACCOUNT or PEERPACT_REFRESH_TOKEN, not both.",
        ),
        (
            {"PEERPACT_REFRESH_TOKEN": "a-very-secret-token"},
            "PEERPACT_REFRESH_TOKEN must be JSON with client_id, client_secret and refresh_token.",
        ),
        (
            {"PEERPACT_PROGRAMME_SPREADSHEET": "one", "PEERPACT_LEDGER_SPREADSHEET": "one"},
            "The ledger must be another spreadsheet than the programme's",
        ),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_says_in_one_sentence_what_is_wrong_with_the_environment_and_no_secret(
    environment: dict[str, str],
    wrong: dict[str, str],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in (environment | wrong).items():
        monkeypatch.setenv(name, value)
    answer, status = serve("send_follow_ups")
    assert (status, answer["state"]) == (200, "failed")
    assert words in without_secrets(str(answer["why"]))
    without_secrets(capsys.readouterr().out)
