"""Plays a programme's month with Google's quotas enforced and every call taking 300 ms, on the local Workspace's clock.

    python tests/bench/load.py [10000]

Printed for each API: calls, refusals, and how long the jobs worked against what the tightest quota alone needs; and the
memory of this process, in which both the jobs and the whole local Workspace live.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from calls import OPENS, roster
from rich.console import Console
from rich.table import Table

from peerpact.demo.company import Company, found
from peerpact.errors import OutOfTime
from peerpact.google.pacing import Pace
from peerpact.jobs import job as running
from peerpact.jobs.table import JOBS
from workspace_emulator.clock import Clock
from workspace_emulator.faults import Effect, Fault
from workspace_emulator.quotas import GOOGLES_LIMITS
from workspace_emulator.workspace import CallRecord, Workspace

LATENCY = 0.3
MOST_RUNS = 200
STEPS = (
    ("check_roster", timedelta(0)),
    ("pair_people", timedelta(0)),
    ("pair_people", timedelta(days=3)),
    ("book_first_meetings", timedelta(days=3, hours=3)),
    ("book_first_meetings", timedelta(days=18)),
    ("send_follow_ups", timedelta(days=18, hours=3)),
    ("collect_replies", timedelta(days=30)),
    ("report", timedelta(days=30, hours=1)),
)
UNITS = {"gmail.users.drafts.create": 10, "gmail.users.drafts.send": 100, "gmail.users.messages.get": 20}
"""What the most frequent Gmail calls cost; the others count 5 here."""


def main(size: int) -> int:
    workspace = Workspace(clock=Clock(OPENS - timedelta(days=1)))
    with tempfile.TemporaryDirectory() as folder:
        path = roster(size, Path(folder) / "roster.csv")
        company = found(workspace, roster=path, first_round=date(2026, 1, 5), seed=1, calendars=False)
    sheet = company.sheet().worksheet("Settings")
    sheet.update_acell(f"B{sheet.col_values(1).index('Most letters per run') + 1}", size + 1)
    workspace.quotas.switch_on()
    workspace.faults.add(Fault(effect=Effect.DELAY, seconds=LATENCY))
    table = Table(title=f"A month of {size} people", title_justify="left")
    for name in (
        "Job",
        "Runs",
        "Calls",
        "Refused",
        "Worked s",
        "Quota alone s",
        "Ratio",
        "Real s",
        "Tightest",
    ):
        table.add_column(name, justify="left" if name == "Job" else "right")
    refused = 0
    for job, after in STEPS:
        workspace.clock.set(max(OPENS + after, workspace.clock.now()))
        row, n = step(company, job)
        refused += n
        table.add_row(*row)
    console = Console(width=110)
    console.print(table)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    console.print(
        f"{refused} calls refused for quota; {peak} MiB at most for jobs and local Workspace together"
    )
    return min(refused, 1)


def step(company: Company, name: str) -> tuple[list[str], int]:
    """Run a job until it has no more to do, a tick of half an hour after the other, over days where it must."""
    clock, began = company.workspace.clock, time.perf_counter()
    start = clock.now()

    def seconds() -> float:
        return (clock.now() - start) / timedelta(seconds=1)

    pace = Pace(seconds, lambda s: clock.move(timedelta(seconds=s)))
    paced = Company(
        company.workspace, company.front, company.config, company.admin, company.credentials, pace
    )
    job, worked, first = JOBS[name], 0.0, len(company.workspace.calls)
    runs = 0
    while runs < MOST_RUNS:
        runs += 1
        before = seconds()
        try:
            running.run(job, lambda: paced.doors(job), clock.now, timer=seconds)
            worked += seconds() - before
            break
        except OutOfTime:
            worked += seconds() - before
            clock.move(timedelta(minutes=30))
    calls = company.workspace.calls[first:]
    alone = needed(calls)
    tightest = max(alone, key=lambda a: alone[a], default="")
    need = alone.get(tightest, 0.0)
    bad = sum(call.status in {403, 429} for call in calls)
    real = time.perf_counter() - began
    ratio = f"{worked / need:.2f}" if need else ""
    figures = [str(runs), str(len(calls)), str(bad), f"{worked:.0f}", f"{need:.0f}", ratio, f"{real:.0f}"]
    return [name, *figures, tightest], bad


def needed(calls: list[CallRecord]) -> dict[str, float]:
    """Return the seconds that each API's limit a user alone would need for these calls."""
    units: Counter[Any] = Counter()
    for call in calls:
        api = call.method_id.partition(".")[0]
        if api in GOOGLES_LIMITS:
            key = (api, call.user, call.kind if GOOGLES_LIMITS[api].apart else "")
            units[key] += UNITS.get(call.method_id, 5) if api == "gmail" else 1
    return {
        f"{api} {kind}".strip(): n / GOOGLES_LIMITS[api].per_user * 60 for (api, _, kind), n in units.items()
    }


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
