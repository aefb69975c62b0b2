"""Times how soon a function listens and answers, as ratios to a bare functions-framework, and weighs it when idle.

    python tests/bench/startup.py [RUNS]

Whole processes, in turn, so that whatever else the machine does falls on all of them alike; starts are compared. The
first answer is that of ``collect_replies``, which opens both spreadsheets, and of ``book_first_meetings``, which opens
Calendar and Gmail too, against a local Workspace in another process. Exit status 1 if one is above what it may be.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import requests
from rich.console import Console
from rich.table import Table

from peerpact.demo.company import Company, account_of, found
from peerpact.google.scopes import CLOUD, SHEETS
from peerpact.jobs import job as running
from peerpact.jobs.catalogue import JOBS
from workspace_emulator import Clock, Workspace, serving

ROOT = Path(__file__).resolve().parents[2]
RUNS = 7
LISTENING_AT_MOST = 1.15
ANSWERED_AT_MOST = 2.9
IDLE_AT_MOST = 100
"""Mebibytes of proportional set size, server and worker together."""
BARE = '''"""The least that functions-framework can serve."""


def nothing(request):
    return {}, 200
'''
NOTHING = "bare functions-framework"
WORKING = ("collect_replies", "book_first_meetings")
OPENS = datetime(2026, 1, 5, 6, tzinfo=UTC)
ROSTER = """Name,E-mail,Team,Manager,Time zone
Ben Berg,ben@example.com,Sales,,Europe/Berlin
Cleo Clark,cleo@example.com,Data,,Europe/Berlin
"""
_OURS_ALONE = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
"""A developer's own; without bytecode each start would compile the same modules again, which a deployed one doesn't."""
EAGER = ("gspread", "googleapiclient", "numpy")


@dataclass(frozen=True, slots=True)
class Start:
    """One process: seconds until it listened and until it had answered once, and mebibytes idle after that."""

    listening: float
    answered: float
    idle: float


def main(runs: int) -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare, real = folder / "main.py", ROOT / "functions" / "main.py"
        bare.write_text(BARE, encoding="utf-8")
        company = booked_pair(folder)
        starts: dict[str, list[Start]] = {name: [] for name in (NOTHING, *WORKING)}
        with serving(company.front) as url:
            for _ in range(runs + 1):  # the first of each warms the disk's cache and is left out
                starts[NOTHING].append(start(bare, "nothing", {}, folder))
                for job in WORKING:
                    starts[job].append(start(real, job, configuration(company, url, job, folder), folder))
    fastest_starts, imported = {name: fastest(found[1:]) for name, found in starts.items()}, eager()
    show(fastest_starts, imported)
    return int(bool(imported) or any(too_slow(it, fastest_starts[NOTHING]) for it in fastest_starts.values()))


def too_slow(it: Start, bare: Start) -> bool:
    return (
        it.listening > LISTENING_AT_MOST * bare.listening
        or it.answered > ANSWERED_AT_MOST * bare.answered
        or it.idle > IDLE_AT_MOST
    )


def show(starts: Mapping[str, Start], imported: list[str]) -> None:
    table = Table(title="Starting a function", title_justify="left")
    for name in ("Function", "Listening, ms", "x bare", "First answer, ms", "x bare", "Idle, MiB"):
        table.add_column(name, justify="left" if name == "Function" else "right")
    bare = starts[NOTHING]
    for name, it in starts.items():
        table.add_row(
            name,
            f"{it.listening * 1000:.0f}",
            f"{it.listening / bare.listening:.2f}",
            f"{it.answered * 1000:.0f}",
            f"{it.answered / bare.answered:.2f}",
            f"{it.idle:.0f}",
        )
    console = Console(width=100)
    console.print(table)
    console.print(f"Importing main imports {', '.join(imported) or 'none'} of {', '.join(EAGER)}.")
    console.print(
        f"At most: listening {LISTENING_AT_MOST} x, first answer {ANSWERED_AT_MOST} x, idle {IDLE_AT_MOST} MiB."
    )


def fastest(found: list[Start]) -> Start:
    return Start(*(min(getattr(it, part) for it in found) for part in ("listening", "answered", "idle")))


def start(source: Path, target: str, variables: Mapping[str, str], folder: Path) -> Start:
    """Start a function, wait until it listens, call it once, weigh it and end it."""
    port = free_port()
    command = [str(Path(sys.executable).parent / "functions-framework"), "--source", str(source)]
    command += ["--target", target, "--port", str(port), "--host", "127.0.0.1"]
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PEERPACT_", *_OURS_ALONE))}
    began = time.perf_counter()
    server = subprocess.Popen(
        command,
        cwd=folder,
        env={**clean, **variables},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_for(port)
        listening = time.perf_counter() - began
        asked = time.perf_counter()
        answer = requests.post(f"http://127.0.0.1:{port}/", timeout=60)
        answered = listening + time.perf_counter() - asked
        answer.raise_for_status()
        assert answer.json().get("actions", 0) == 0, "the tick was to be a quiet one: it is the usual one"
        return Start(listening, answered, weight(server.pid))
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_for(port: int) -> None:
    for _ in range(10_000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.002)
    raise RuntimeError("the function never listened")


def weight(pid: int) -> float:
    """Return the mebibytes of a process and its children, memory that they share counted once."""
    family = [pid, *(int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    kibibytes = 0
    for member in family:
        lines = Path(f"/proc/{member}/smaps_rollup").read_text().splitlines()
        kibibytes += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kibibytes / 1024


def eager() -> list[str]:
    """Return which of the slow packages are imported with main."""
    code = f"import sys, main; print(*(m for m in {EAGER!r} if m in sys.modules))"
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "functions", check=True, capture_output=True, text=True
    )
    return found.stdout.split()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def booked_pair(folder: Path) -> Company:
    """Return a company of two people who are introduced and whose first meeting is booked: the usual tick of a job."""
    roster = folder / "roster.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    workspace = Workspace(clock=Clock(OPENS - timedelta(days=3)))
    company = found(workspace, roster=roster, first_round=OPENS.date(), seed=1, calendars=False)
    for days, name in ((0, "pair_people"), (3, "pair_people"), (3, "book_first_meetings")):
        workspace.clock.set(OPENS + timedelta(days=days, hours=3))
        job = JOBS[name]
        running.run(job, partial(company.access, job), workspace.clock.now)
    return company


def configuration(company: Company, url: str, job: str, folder: Path) -> dict[str, str]:
    """Return the environment of a job's function: its own account, without a private key as in the cloud."""
    account = account_of(job)
    token = company.workspace.identity.issue_refresh_token(account, [SHEETS, CLOUD])
    signed_in = {"type": "authorized_user", "client_id": "c", "client_secret": "s", "refresh_token": token}
    key = folder / f"{account}.json"
    key.write_text(json.dumps(signed_in), encoding="utf-8")
    config = company.config
    return {
        "GOOGLE_APPLICATION_CREDENTIALS": str(key),
        "PEERPACT_WORKSPACE": url,
        **config.environment(),
        "PEERPACT_TIME": company.workspace.clock.now().isoformat(),
    }


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else RUNS))
