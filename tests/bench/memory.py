"""Weighs each job at its largest run, in a process of its own as the cloud starts it, against a local Workspace.

    python tests/bench/memory.py [10000]

The Workspace is served by this process; each job comes over HTTP with the production credential code, as often as it
takes to get through its step of the month. Printed is the most that a process ever held in memory (VmHWM), against
what its function is given. Exit status 1 if a job holds more.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from calls import OPENS, roster
from rich.console import Console
from rich.table import Table
from startup import ROOT, configuration

from cast import Cast
from peerpact.demo.company import found
from peerpact.jobs.catalogue import JOBS
from workspace_emulator import Clock, Workspace, serving

MOST = 512
"""Mebibytes that the functions are given (infra/)."""
ANSWERS = 300
"""More than one run reads."""
MOST_RUNS = 12
STEPS = (
    ("check_roster", timedelta(0)),
    ("pair_people", timedelta(0)),
    ("pair_people", timedelta(days=3)),
    ("book_first_meetings", timedelta(days=3, hours=3)),
    ("book_first_meetings", timedelta(days=18)),
    ("send_follow_ups", timedelta(days=21, hours=4)),
    ("collect_replies", timedelta(days=21, hours=5)),
    ("report", timedelta(days=24)),
)
ONE_RUN = """
import json, functions_framework, main
from peerpact.serving import serve
answer, status = serve({job!r})
held = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps([status, int(held.split()[1]) // 1024]))
"""


def main(size: int) -> int:
    table = Table(title=f"Memory at {size} people", title_justify="left")
    for name in ("Job", "Runs", "Most MiB", "Given MiB", "Seconds"):
        table.add_column(name, justify="left" if name == "Job" else "right")
    heaviest: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace = Workspace(clock=Clock(OPENS - timedelta(days=1)))
        path = roster(size, folder / "roster.csv")
        company = found(workspace, roster=path, first_round=date(2026, 1, 5), seed=1, calendars=False)
        Cast(company).setting("Most letters per run", size + 1)
        with serving(company.front) as url:
            for job, after in STEPS:
                workspace.clock.set(OPENS + after)
                if job == "collect_replies":
                    answer(Cast(company))
                began = time.perf_counter()
                held = runs(job, configuration(company, url, job, folder))
                heaviest[job] = max(heaviest.get(job, 0), *held)
                row = (len(held), max(held), MOST, f"{time.perf_counter() - began:.0f}")
                table.add_row(job, *map(str, row))
    Console(width=90).print(table)
    return int(set(heaviest) != set(JOBS) or max(heaviest.values()) > MOST)


def runs(job: str, variables: dict[str, str], at_most: int = MOST_RUNS) -> list[int]:
    """Run a job until it has come to its end; return how many mebibytes each run held at the most."""
    held = []
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PEERPACT_", "PYTHONPATH"))}
    for _ in range(at_most):
        code = ONE_RUN.format(job=job)
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT / "functions",
            env={**clean, **variables, **allocator()},
            check=True,
            capture_output=True,
            text=True,
        )
        status, mebibytes = json.loads(done.stdout.splitlines()[-1])
        held.append(mebibytes)
        if status == 200:
            failed = [line for line in done.stdout.splitlines() if '"failed"' in line]
            assert not failed, failed
            return held
    raise RuntimeError(f"{job} never came to its end")


def allocator() -> dict[str, str]:
    """Return how the functions are told to hold memory (infra/)."""
    given = (ROOT / "infra" / "functions.tf").read_text(encoding="utf-8")
    told = dict(re.findall(r'(MALLOC_\w+)\s*=\s*"(\d+)"', given))
    assert len(told) == 2, "infra/functions.tf tells nothing, or not in these words"
    return told


def answer(cast: Cast) -> None:
    asked = [r for r in cast.ledger("Letters") if r["Letter"].startswith("commitment-request:")]
    for row in asked[:ANSWERS]:
        if row["State"] == "sent":
            cast.reply(
                row["Person"], "I will ask two colleagues what to do more of.", to="commitment-request"
            )


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
