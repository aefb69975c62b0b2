"""Each job as the cloud runs it: the functions-framework command, HTTP in, real requests out to a local Workspace."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests

from peerpact.installing import initialise
from peerpact.jobs.table import JOBS
from peerpact.serving import NEVER, serve
from workspace_emulator.clock import Clock
from workspace_emulator.front import Front
from workspace_emulator.http_server import serving
from workspace_emulator.workspace import User, Workspace

ROOT = Path(__file__).resolve().parents[1]
MAILBOX = "mentoring@example.com"


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    """A local Workspace over HTTP with both spreadsheets in it, as environment variables."""
    workspace = Workspace(clock=Clock(datetime(2026, 1, 5, 6, tzinfo=UTC)), accept_any_token=True)
    workspace.add_user(User(email=MAILBOX, name="Peer mentoring"))
    with serving(Front(workspace)) as url:
        known = {"PEERPACT_WORKSPACE": url, "PEERPACT_MAILBOX": MAILBOX, "PEERPACT_TOKEN_KEY": "secret"}
        lines = list(initialise(known, admins=[], title="Peer mentoring"))
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
    for name, value in (environment | {"PEERPACT_LEASE_BUCKET": "leases"}).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PEERPACT_TIME", "2026-01-05T06:00:00+00:00")
    serve("report")
    monkeypatch.setenv("PEERPACT_TIME", "2026-01-06T09:30:00+00:00")
    serve("check_roster")
    beats = {b["job"]: b["hours_since_success"] for b in lines(capsys) if b["state"] == "heartbeat"}
    assert beats == dict.fromkeys(JOBS, NEVER) | {"report": 27.5, "check_roster": 0}
