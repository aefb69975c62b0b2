"""Weighs each job after years, in a process of its own as the cloud starts it: what it holds in memory at the most.

    python tests/bench/heavy_years.py [10000 people] [3 years] [--kept FOLDER] [--only JOB]

With a folder the years are made once, kept there, and begun with by the next runs, of one job if wanted.
Rounds that are over are written where the jobs have moved such ones (past.py), the last two as they are when the last
one ends: the first runs move what is over, the next find nothing to do. Exit status 1 if a job holds more than 256 MiB,
or a tab has more than 2 million cells.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
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
from peerpact.config import from_environment
from peerpact.demo.company import Company, found
from peerpact.google.access import Access
from peerpact.jobs.catalogue import JOBS
from peerpact.jobs.programme_tabs import read_programme
from peerpact.programme.pairings import add_months
from workspace_emulator import Clock, Front, Workspace, serving

MOST = 256
"""Mebibytes."""
MOST_CELLS = 2_000_000
MOST_RUNS = 40
"""Of a whole round of 10,000 people, which is over at once, each run of send_follow_ups moves a 24th."""
ASKING = 40
"""More than one run of collect_replies usually finds."""
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


def made(size: int, years: int, folder: Path) -> Company:
    """Return a company with so many years behind it."""
    workspace = Workspace(clock=Clock(datetime(2026, 1, 2, tzinfo=UTC)))
    path = roster(size, folder / "roster.csv")
    company = found(workspace, roster=path, first_round=FIRST, seed=1, calendars=False)
    cast = Cast(company)
    cast.setting("Most letters per run", size + 1)
    with_past(cast, years)
    return company


def keep(company: Company, file: Path) -> None:
    """Write a company into a file."""
    into = Workspace(path=file)
    into.store.restore(company.workspace.store.snapshot())
    into.close()
    about = {"admin": company.admin, "environment": company.config.environment()}
    about["now"] = company.workspace.clock.now().isoformat()
    file.with_suffix(".json").write_text(json.dumps(about), encoding="utf-8")


def kept(file: Path) -> Company:
    """Return the company that a file holds; what becomes of it is not written there."""
    about = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    there = Workspace(path=file)
    workspace = Workspace(clock=Clock(datetime.fromisoformat(about["now"])))
    workspace.store.restore(there.store.snapshot())
    there.close()
    return Company(workspace, Front(workspace), from_environment(about["environment"]), about["admin"])


def begun(size: int, years: int, folder: Path, keeps: Path | None) -> Company:
    file = keeps / f"{size}-{years}.sqlite" if keeps else None
    if file and file.exists():
        return kept(file)
    company = made(size, years, folder)
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        keep(company, file)
    return company


def ask(cast: Cast) -> None:
    """Have people ask what there is about them: each is looked up, also in the archive, and written to."""
    for person in range(ASKING):
        cast.write(f"person{person}@example.com", "my data", to=cast.company.config.mailbox)


def main(size: int, years: int, keeps: Path | None, steps: Sequence[str]) -> int:
    console, began = Console(width=100), time.perf_counter()
    table = Table(title=f"Memory at {size} people after {years} years", title_justify="left")
    for header in ("Job", "Runs", "Most MiB", "Seconds"):
        table.add_column(header, justify="left" if header == "Job" else "right")
    heaviest = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        company = begun(size, years, folder, keeps)
        console.print(f"{years} years of {size} people there after {time.perf_counter() - began:.0f} s")
        with serving(company.front) as url:
            for job in steps:
                if job == "collect_replies":
                    ask(Cast(company))
                start = time.perf_counter()
                held = runs(job, configuration(company, url, job, folder), at_most=MOST_RUNS)
                heaviest = max(heaviest, *held)
                row = (job, len(held), max(held), f"{time.perf_counter() - start:.0f}")
                table.add_row(*map(str, row))
                console.print(*row)
        cells = cells_of(company.access(JOBS["send_follow_ups"]))
    console.print(table)
    largest = max(cells, key=lambda tab: cells[tab])
    console.print(f"The largest tab, {largest}, has {cells[largest]} cells")
    return int(heaviest > MOST or cells[largest] > MOST_CELLS)


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("people", type=int, nargs="?", default=10_000)
    parser.add_argument("years", type=int, nargs="?", default=3)
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--only", choices=[*JOBS], action="append")
    return parser.parse_args()


if __name__ == "__main__":
    wanted = asked()
    sys.exit(main(wanted.people, wanted.years, wanted.kept, wanted.only or STEPS))
