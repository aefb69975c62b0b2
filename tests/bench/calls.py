"""Counts the calls that each job makes, at several sizes: Sheets must not grow with the number of people.

    python tests/bench/calls.py [50 500 5000 ...]

Each size is a company of its own on the local Workspace; the jobs run as the first round opens, is approved and
booked, and as the letters after the first meetings go out. Calls to Calendar are told by method: a run lists events
once, inserts each meeting once, and changes none that is as it should be.
"""

from __future__ import annotations

import csv
import random
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from peerpact.demo.company import Company, found
from peerpact.errors import OutOfTime
from peerpact.google.access import Access
from peerpact.google.session import CallClass
from peerpact.jobs import job as running
from peerpact.jobs.catalogue import JOBS
from workspace_emulator import Clock, Workspace

SIZES = (50, 500, 5000)
OPENS = datetime(2026, 1, 5, 6, tzinfo=UTC)
TEAMS = ("Sales", "Finance", "Data", "Platform", "Product", "People", "Marketing")
STEPS = (
    ("check_roster", timedelta(0)),
    ("pair_people", timedelta(0)),
    ("pair_people", timedelta(days=3)),
    ("book_first_meetings", timedelta(days=3, hours=3)),
    ("book_first_meetings", timedelta(days=3, hours=4)),
    ("send_follow_ups", timedelta(days=18, hours=3)),
    ("send_follow_ups", timedelta(days=18, hours=7)),
    ("collect_replies", timedelta(days=18, hours=4)),
    ("report", timedelta(days=18, hours=5)),
)


def roster(size: int, path: Path) -> Path:
    """Write a roster with managers of ten, in three time zones."""
    dice = random.Random(size)  # noqa: S311 - a roster, seeded
    with path.open("w", newline="", encoding="utf-8") as out:
        lines = csv.writer(out)
        lines.writerow(["Name", "E-mail", "Team", "Manager", "Time zone", "Languages"])
        for n in range(size):
            boss = f"person{(n - 1) // 10}@example.com" if n else ""
            zone = dice.choice(("Europe/Berlin", "Europe/London", "Europe/Lisbon"))
            lines.writerow([f"Person {n}", f"person{n}@example.com", TEAMS[n % 7], boss, zone, "English"])
    return path


def main(sizes: list[int]) -> None:
    table = Table(title="Calls a job makes", title_justify="left")
    for name in ("Job", "People", "Sheets reads", "Sheets writes", "Calendar", "Gmail", "Seconds"):
        table.add_column(name, justify="left" if name == "Job" else "right")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = roster(size, Path(folder) / "roster.csv")
            workspace = Workspace(clock=Clock(OPENS - timedelta(days=1)))
            company = found(workspace, roster=path, first_round=date(2026, 1, 5), seed=1, calendars=False)
            sheet = company.sheet().worksheet("Settings")
            row = sheet.col_values(1).index("Most letters per run") + 1
            sheet.update_acell(f"B{row}", 20_000)  # one run a job, so that calls can be compared
        for job, after in STEPS:
            table.add_row(*step(company, job, OPENS + after, size))
    Console(width=100).print(table, "* ended by the limit of letters a day; later runs go on")


def step(company: Company, name: str, moment: datetime, size: int) -> list[str]:
    """Run a job once and count its calls; a star where the day's limit of letters ended the run."""
    company.workspace.clock.set(moment)
    company.workspace.calls.clear()
    job, began, opened = JOBS[name], time.perf_counter(), list[Access]()

    def access() -> Access:
        opened.append(company.access(job))
        return opened[-1]

    star = ""
    try:
        running.run(job, access, company.workspace.clock.now)
    except OutOfTime:
        star = " *"
    except Exception as error:
        return [name, str(size), type(error).__name__, "", "", "", ""]
    seconds = time.perf_counter() - began
    calls: Counter[Any] = sum((d.calls() for d in opened), Counter())
    reads = calls["sheets", CallClass.READ]
    writes = sum(n for (api, kind), n in calls.items() if api == "sheets" and kind is not CallClass.READ)
    gmail = sum(n for (api, _), n in calls.items() if api == "gmail")
    asked = Counter(c.method_id for c in company.workspace.calls if c.method_id.startswith("calendar."))
    calendar = ", ".join(f"{n} {method.removeprefix('calendar.')}" for method, n in sorted(asked.items()))
    return [name + star, str(size), str(reads), str(writes), calendar, str(gmail), f"{seconds:.1f}"]


if __name__ == "__main__":
    main([int(a) for a in sys.argv[1:]] or list(SIZES))
