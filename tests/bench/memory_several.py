"""Weighs each unit of a programme of 100,000 people over 12 mailboxes, in a process of its own, as memory.py does.

    python tests/bench/memory_several.py [100000 people] [12 mailboxes]

Nobody plays the month: the roster is generated, and each job is run as often as it takes to get through its step; of
the jobs that every mailbox has, those of the second one. One run proposes all pairings, and silence approves them.
Printed is the most that a process ever held (VmHWM). Exit status 1 if one holds more than 512 MiB.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from calls import OPENS, roster
from memory import MOST, runs
from rich.console import Console
from startup import configuration

from cast import Cast
from mailboxes import Several
from peerpact.demo.company import found
from peerpact.jobs.catalogue import JOBS
from workspace_emulator import Clock, Workspace, serving

FIRST = date(2026, 1, 5)
MOST_LETTERS = 100_000
"""The largest number that Settings takes for the letters of a run."""
STEPS: tuple[tuple[timedelta, tuple[str, ...]], ...] = (
    (timedelta(0), ("check_roster", "pair_people")),
    (timedelta(days=3, hours=1), ("check_roster", "pair_people")),
    (timedelta(days=3, hours=3), ("book_first_meetings",)),
    (timedelta(days=4, hours=3), ("check_roster", "book_first_meetings")),
    (
        timedelta(days=21, hours=4),
        ("check_roster", "send_follow_ups", "collect_replies", "check_roster", "report"),
    ),
)


def main(size: int = 100_000, many: int = 12) -> int:
    console, began = Console(width=100), time.perf_counter()
    heaviest: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace = Workspace(clock=Clock(OPENS - timedelta(days=1)))
        path = roster(size, folder / "roster.csv")
        company = found(workspace, roster=path, first_round=FIRST, seed=1, calendars=False)
        Cast(company).setting("Most letters per run", MOST_LETTERS)
        several = Several(company, *(f"mentoring{n}@{company.config.domain}" for n in range(2, many + 1)))
        second = list(several.of)[1]
        console.print(f"{size} people and {many} mailboxes made in {time.perf_counter() - began:.0f} s")
        with serving(company.front) as url:
            for after, jobs in STEPS:
                workspace.clock.set(OPENS + after)
                for job in jobs:
                    of = several.of[second].company if JOBS[job].is_of_mailbox else several.company
                    held = runs(job, configuration(of, url, job, folder))
                    heaviest[job] = max(heaviest.get(job, 0), *held)
                    console.print(f"{job}, {len(held)} runs: at most {max(held)} MiB of {MOST}")
    return int(set(heaviest) != set(JOBS) or max(heaviest.values()) > MOST)


if __name__ == "__main__":
    sys.exit(main(*(int(a) for a in sys.argv[1:])))
