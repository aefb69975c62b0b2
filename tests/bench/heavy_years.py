"""Weighs each job after years, in a process of its own as the cloud starts it: what it holds in memory at the most.

    python tests/bench/heavy_years.py [10000 people] [3 years]

Rounds that are over are written where the jobs have moved such ones (past.py), the last two as they are when the last
one ends: the first runs move what is over, the next find nothing to do. Exit status 1 if a job holds more than 256 MiB,
or a tab has more than 2 million cells.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from memory import runs
from past import MONTHS, end, quarter, write, write_over
from rich.console import Console
from rich.table import Table
from startup import configuration
from years import FIRST, roster

from cast import Cast
from peerpact.demo.company import found
from peerpact.google.access import Access
from peerpact.jobs.catalogue import JOBS
from peerpact.jobs.programme_tabs import read_programme
from peerpact.programme.pairings import add_months
from workspace_emulator import Clock, Workspace, serving

MOST = 256
"""Mebibytes."""
MOST_CELLS = 2_000_000
STEPS = ("pair_people", "send_follow_ups", *JOBS)
"""The first two move what is over."""


def with_past(cast: Cast, years: int) -> None:
    """Give a company so many years, until shortly before the last round's end."""
    access = cast.company.access(JOBS["check_roster"])
    people = dict(read_programme(access.programme, cast.clock.now()).people)
    rounds = years * 12 // MONTHS
    made_up = [
        quarter(
            list(people.values()),
            number,
            add_months(FIRST, (number - 1) * MONTHS),
            cast.company.config.mailbox,
        )
        for number in range(1, rounds + 1)
    ]
    *over, last_but_one, last = made_up
    day = add_months(FIRST, rounds * MONTHS) - timedelta(days=4)
    write_over(cast, over, people, day)
    write(cast, last_but_one, people)
    end(cast, rounds - 1)
    write(cast, last, people)
    cast.clock.set(datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=3))


def cells_of(access: Access) -> dict[str, int]:
    """Return how many cells each tab has."""
    found = {}
    for workbook in (access.programme, access.ledger):
        for sheet in workbook.metadata["sheets"]:
            grid = sheet["properties"].get("gridProperties", {})
            many = grid.get("rowCount", 0) * grid.get("columnCount", 0)
            found[f"{workbook.name}, {sheet['properties']['title']}"] = many
    return found


def main(size: int, years: int) -> int:
    console, began = Console(width=100), time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace = Workspace(clock=Clock(datetime(2026, 1, 2, tzinfo=UTC)))
        company = found(
            workspace, roster=roster(size, folder / "roster.csv"), first_round=FIRST, seed=1, calendars=False
        )
        cast = Cast(company)
        cast.setting("Most letters per run", size + 1)
        with_past(cast, years)
        console.print(f"{years} years of {size} people made in {time.perf_counter() - began:.0f} s")
        table = Table(title=f"Memory at {size} people after {years} years", title_justify="left")
        for header in ("Job", "Runs", "Most MiB", "Seconds"):
            table.add_column(header, justify="left" if header == "Job" else "right")
        heaviest = 0
        with serving(company.front) as url:
            for job in STEPS:
                start = time.perf_counter()
                held = runs(job, configuration(company, url, job, folder))
                heaviest = max(heaviest, *held)
                row = (job, len(held), max(held), f"{time.perf_counter() - start:.0f}")
                table.add_row(*map(str, row))
                console.print(*row)
        cells = cells_of(company.access(JOBS["send_follow_ups"]))
    console.print(table)
    largest = max(cells, key=lambda tab: cells[tab])
    console.print(f"The largest tab, {largest}, has {cells[largest]} cells")
    return int(heaviest > MOST or cells[largest] > MOST_CELLS)


if __name__ == "__main__":
    sys.exit(main(*(int(a) for a in (sys.argv[1:] or ["10000", "3"]))))
