"""The deployed bundle in an environment of its own: installed from its own pins, each job called over HTTP.

Credentials are those of production: each job's own account, signJwt on the delegate and a token for the mailbox, all
answered by the local Workspace, which knows who may sign and with whom a spreadsheet is shared.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from cast import Cast
from peerpact.demo.company import account_of, config_of, found
from peerpact.jobs.catalogue import JOBS
from workspace_emulator import Clock, User, Workspace, serving

ROOT = Path(__file__).resolve().parents[2]
MONDAY = datetime(2026, 1, 5, 6, tzinfo=UTC)


class Cloud:
    """The bundle as the cloud would run it, beside a local Workspace."""

    def __init__(self, folder: Path, cast: Cast, url: str) -> None:
        self.folder, self.cast, self.url = folder, cast, url
        self.code = folder / "workspace"
        self.bin = folder / "environment" / "bin"
        (folder / "elsewhere").mkdir()

    def install(self) -> None:
        """Build the bundle, unpack it into an empty folder and install what it pins, as the buildpack does."""
        bundle = self.folder / "bundle.zip"
        build = [sys.executable, str(ROOT / "infra" / "bundle.py"), str(bundle)]
        subprocess.run(build, check=True, capture_output=True)
        zipfile.ZipFile(bundle).extractall(self.code)
        venv.create(self.bin.parent)
        pip = [
            sys.executable,
            "-m",
            "pip",
            "--python",
            str(self.bin / "python"),
            "--disable-pip-version-check",
        ]
        # Modules are compiled when they are used: most never are.
        pins = ["install", "--quiet", "--no-compile", "--require-hashes", "-r", "requirements.txt"]
        subprocess.run([*pip, *pins], check=True, capture_output=True, cwd=self.code)

    def call(self, job: str, *, account: str = "") -> tuple[int, dict[str, Any]]:
        """Start a job's function, call it once as the Scheduler does, and stop it."""
        with self._served(job, self._environment(job, account or account_of(job))) as url:
            answer = requests.post(url, timeout=120)
        return answer.status_code, answer.json()

    def _environment(self, job: str, account: str) -> dict[str, str]:
        config, workspace = config_of(JOBS[job], self.cast.company.config), self.cast.company.workspace
        key = self.folder / f"{account}.json"
        key.write_text(json.dumps(workspace.identity.service_account_info(account)), encoding="utf-8")
        return {
            "PATH": os.environ["PATH"],
            "GOOGLE_APPLICATION_CREDENTIALS": str(key),
            "CLOUD_RUN_TIMEOUT_SECONDS": "540",
            "PEERPACT_WORKSPACE": self.url,
            **config.environment(),
            "PEERPACT_LEASE_BUCKET": "leases",
            "PEERPACT_TIME": self.cast.clock.now().isoformat(),
        }

    @contextmanager
    def _served(self, job: str, environment: dict[str, str]) -> Iterator[str]:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [str(self.bin / "functions-framework"), "--target", job, "--port", str(port)]
        command += ["--source", str(self.code / "main.py"), "--host", "127.0.0.1"]
        with (self.folder / f"{job}.log").open("w") as log:
            server = subprocess.Popen(
                command, cwd=self.folder / "elsewhere", env=environment, stdout=log, stderr=log
            )
            try:
                _wait_for(port)
                yield f"http://127.0.0.1:{port}/"
            finally:
                server.send_signal(signal.SIGQUIT)  # gunicorn would wait for callers who may still come
                server.wait(timeout=30)

    def log(self, job: str) -> list[dict[str, Any]]:
        """Return the lines that Cloud Logging would take apart."""
        lines = (self.folder / f"{job}.log").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]


def _wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the function never listened")


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[Cloud]:
    roster = ROOT / "tests" / "roster.csv"
    workspace = Workspace(clock=Clock(MONDAY - timedelta(days=3)))
    company = found(workspace, roster=roster, first_round=date(2026, 1, 5), seed=1, calendars=False)
    with serving(company.front) as url:
        cloud = Cloud(tmp_path, Cast(company), url)
        cloud.install()
        yield cloud


def test_does_the_work_of_all_six_jobs_from_its_own_pins_with_production_s_credentials(cloud: Cloud) -> None:
    cast = cloud.cast

    def done(job: str, moment: datetime) -> None:
        cast.go_to(moment)
        status, answer = cloud.call(job)
        assert (status, answer["state"]) == (200, "done"), answer

    cast.enter("Roster", "E3", "nobody at all")
    done("check_roster", MONDAY)
    assert any("nobody at all" in row["What is wrong"] for row in cast.tab("Problems"))
    cast.enter("Roster", "E3", "ada@example.com")

    done("pair_people", MONDAY)
    assert {row["State"] for row in cast.tab("Pairings")} == {"Proposed"}
    done("pair_people", MONDAY + timedelta(days=3))
    assert {row["State"] for row in cast.tab("Pairings")} == {"Approved"}

    done("book_first_meetings", MONDAY + timedelta(days=3, hours=3))
    assert len(cast.events("ben@example.com")) == 1

    done("send_follow_ups", MONDAY + timedelta(days=21, hours=3))
    assert any(key.startswith("commitment") for key in cast.letters("ben@example.com"))

    cast.reply(
        "ben@example.com", "I will read one book about listening by the end of the month.", to="commitment"
    )
    done("collect_replies", MONDAY + timedelta(days=21, hours=4))
    assert any("listening" in row["Text"] for row in cast.ledger("Commitments"))

    cast.company.workspace.add_user(User(email="stranger@example.com", name="Sam Stranger"))
    cast.write("stranger@example.com", "Who are you?", to=cast.company.config.mailbox)
    done("collect_replies", MONDAY + timedelta(days=21, hours=5))
    ended = [line for line in cloud.log("collect_replies") if line.get("state") == "done"]
    assert [line["needs_a_person"] for line in ended] == [1]

    done("report", MONDAY + timedelta(days=21, hours=6))
    assert any(key.startswith("digest") for key in cast.letters(cast.company.admin))


def test_refuses_the_work_of_one_job_to_the_account_of_another(cloud: Cloud) -> None:
    cloud.cast.go_to(MONDAY + timedelta(days=21, hours=7))
    status, answer = cloud.call("collect_replies", account=account_of("pair_people"))
    assert (status, answer["state"]) == (200, "failed")
    assert "share it as editor" in answer["why"]
    status, answer = cloud.call("report", account=account_of("pair_people"))
    assert (status, answer["state"]) == (200, "failed")
    assert "sign-in" in answer["why"]
